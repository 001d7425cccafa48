"""Every screen by its name, with the action one must be allowed to see it."""

from collections.abc import Awaitable, Callable

from handlers.screen import Screen, View
from solidarity.access import is_at_desk, named

Draw = Callable[[View], Awaitable[Screen]]

ACTION_OF: dict[str, str] = {}
SCREENS: dict[str, Draw] = {}


def desk_screens() -> list[str]:
    """Name the screens of a coordinator's desk."""
    return [name for name, action in ACTION_OF.items() if is_at_desk(action)]


def screen(name: str, action: str) -> Callable[[Draw], Draw]:
    """Register the function that draws a screen.

    Raises:
        ValueError: two screens would have one name, or nobody may see it.
    """

    def register(draw: Draw) -> Draw:
        if name in SCREENS:
            raise ValueError(f"two screens are called {name}")
        SCREENS[name], ACTION_OF[name] = draw, named(action)
        return draw

    return register
