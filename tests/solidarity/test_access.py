"""One table says who may do what: nobody by default, and nothing can be offered that does not stand in it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.menu import open_menu
from handlers.rooms import ACTION_OF
from handlers.route import Route
from handlers.routes import BUTTONS, COMMANDS, WORDS
from handlers.screens import screen
from solidarity import access
from solidarity.access import ACTIONS, CLOCKS_DIFFER, OPEN_FOR, Actor, Rule, Who, Whose, named, require
from solidarity.errors import DeskClosed, NotForYou
from tests import access_table
from tests.solidarity.conftest import NOON


@pytest.fixture
def at_open_desk(bob: Actor) -> Actor:
    return replace(bob, is_administrator=True, is_relative=True, desk_open_until=NOON + timedelta(minutes=1))


async def test_what_does_not_stand_in_the_table_is_for_nobody(at_open_desk: Actor):
    for actor in (None, at_open_desk):
        with pytest.raises(NotForYou):
            require(actor, "desk.surprise", now=NOON)


@pytest.mark.parametrize("action", [name for name, rule in ACTIONS.items() if rule.who is Who.HOST])
async def test_what_the_host_does_nobody_may_do_in_a_chat(at_open_desk: Actor, action: str):
    for actor in (None, at_open_desk):
        with pytest.raises(NotForYou):
            require(actor, action, now=NOON)


@pytest.mark.parametrize("action", [name for name, rule in ACTIONS.items() if rule.at_desk])
async def test_what_needs_an_open_desk_is_refused_from_the_instant_it_closes(
    at_open_desk: Actor, action: str
):
    assert at_open_desk.desk_open_until is not None
    require(at_open_desk, action, now=NOON)

    with pytest.raises(DeskClosed):
        require(at_open_desk, action, now=at_open_desk.desk_open_until)


@pytest.mark.parametrize("action", ["desk.surprise", "", "Menu"])
def test_a_route_without_a_rule_cannot_be_made(action: str):
    with pytest.raises(ValueError, match="does not stand in the table"):
        Route("surprise", action, lambda: open_menu)


def test_a_screen_without_a_rule_cannot_be_registered():
    async def draw(_: object) -> None: ...

    with pytest.raises(ValueError, match="surprise"):
        screen("surprise")(draw)  # type: ignore[arg-type]


def test_a_host_command_without_a_rule_does_not_load(monkeypatch: pytest.MonkeyPatch):
    without = {name: rule for name, rule in ACTIONS.items() if name != "host.destroy"}
    monkeypatch.setattr(access, "ACTIONS", without)

    with pytest.raises(ValueError, match=r"host\.destroy"):
        named("host.destroy")


def test_words_count_as_the_screen_on_which_they_are_typed():
    assert {route.on: route.action for route in WORDS} == {route.on: ACTION_OF[route.on] for route in WORDS}


def test_every_rule_is_of_some_use():
    used = {action for action, _ in access_table.ways()}

    assert used == set(ACTIONS)


def test_the_page_says_what_the_tables_say():
    assert access_table.PAGE.read_text(encoding="utf-8") == access_table.page(), (
        "run python -m tests.access_table"
    )


def test_what_is_done_at_a_desk_is_named_so():
    rules: list[tuple[str, Rule]] = list(ACTIONS.items())

    assert [name for name, rule in rules if rule.who is Who.COORDINATOR and not name.startswith("desk")] == []
    assert [name for name, rule in rules if rule.at_desk and rule.who is not Who.COORDINATOR] == []
    assert [name for name, rule in rules if (rule.who is Who.HOST) != name.startswith("host.")] == []


def test_strangers_have_no_things_and_only_shelters_are_open_to_everybody():
    for_strangers = {rule.whose for rule in ACTIONS.values() if rule.who is Who.STRANGER}

    assert for_strangers <= {Whose.NOBODYS, Whose.PUBLIC}
    assert {r.on for r in (*COMMANDS, *BUTTONS) if ACTIONS[r.action].is_shelter} == {
        "erase", "forget", "hide", "danger",
    }  # fmt: skip


@pytest.mark.parametrize("later", [timedelta(milliseconds=1), timedelta(seconds=30)])
def test_a_desk_that_another_process_opened_a_moment_later_stands_open(bob: Actor, later: timedelta):
    opened = replace(bob, desk_open_until=NOON + OPEN_FOR + later)

    assert opened.has_open_desk(NOON)
    require(opened, "desk", now=NOON)


@pytest.mark.parametrize("later", [OPEN_FOR + CLOCKS_DIFFER + timedelta(milliseconds=1), timedelta(hours=3)])
def test_no_desk_stands_open_longer_than_it_ever_may_though_the_clock_is_set_back(
    bob: Actor, later: timedelta
):
    set_back = replace(bob, desk_open_until=NOON + later)

    assert replace(bob, desk_open_until=NOON + OPEN_FOR).has_open_desk(NOON)
    assert not set_back.has_open_desk(NOON)
    assert not replace(set_back, is_coordinator=False, has_decoy_desk=True).has_open_decoy(NOON)
    with pytest.raises(DeskClosed):
        require(set_back, "desk", now=NOON)
