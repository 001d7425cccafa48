"""Every room can be loaded, and does what the tables say of it."""

from importlib import import_module
from inspect import signature
from pkgutil import walk_packages

import pytest

import handlers
from handlers.coordinator.routes import AT_CLOSED_DESK
from handlers.rooms import ACTION_OF, ROOM_OF, ROOMS
from handlers.route import Route
from handlers.routes import BUTTONS, CODE, COMMANDS, FORWARDED, WORDS
from handlers.screens import drawing_of, screen

ROUTES = (*COMMANDS, *BUTTONS, *WORDS, CODE, FORWARDED, AT_CLOSED_DESK)


@pytest.mark.parametrize("name", sorted(ROOM_OF))
def test_every_screen_is_drawn_by_its_room(name: str):
    assert drawing_of(name).__module__ == ROOM_OF[name]


def test_every_screen_stands_in_the_table_once():
    names = [name for screens in ROOMS.values() for some in screens.values() for name in some.split()]

    assert sorted(names) == sorted(ACTION_OF)


def test_every_module_loads_and_draws_nothing_that_the_table_does_not_know():
    for module in walk_packages(handlers.__path__, "handlers."):
        _ = import_module(module.name).__dict__
        getattr(import_module(module.name), "screen", None)


@pytest.mark.parametrize("route", [pytest.param(route, id=f"{route.on} {route.action}") for route in ROUTES])
def test_every_route_leads_somewhere(route: Route):
    assert len(signature(route.do()).parameters) == 1
    assert route.prepare is None or len(signature(route.prepare()).parameters) == 1


def test_a_screen_is_drawn_by_no_other_room():
    async def draw(_: object) -> None: ...

    with pytest.raises(ValueError, match="is no room in which menu stands"):
        screen("menu")(draw)  # type: ignore[arg-type]
