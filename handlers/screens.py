"""What draws each screen, once its room is loaded."""

from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import Any

from handlers.rooms import ROOM_OF
from handlers.screen import Screen, View

Draw = Callable[[View], Awaitable[Screen]]

_DRAWS: dict[str, Draw] = {}


def screen(name: str) -> Callable[[Draw], Draw]:
    """Register the function that draws a screen.

    Raises:
        ValueError: the table says that another room draws it, or none; or two functions would.
    """

    def register(draw: Draw) -> Draw:
        if ROOM_OF.get(name) != draw.__module__:
            raise ValueError(f"{draw.__module__} is no room in which {name} stands")
        # A room that could not be loaded is loaded anew.
        if name in _DRAWS and _DRAWS[name].__qualname__ != draw.__qualname__:
            raise ValueError(f"two screens are called {name}")
        _DRAWS[name] = draw
        return draw

    return register


def drawing_of(name: str) -> Draw:
    """Return what draws a screen.

    Raises:
        KeyError: there is no such screen.
        NotLoaded: its room cannot be read just now.
    """
    if name not in _DRAWS:
        room: Any = import_module(ROOM_OF[name])
        # It waits until something in it is asked for.
        _ = room.screen
    return _DRAWS[name]
