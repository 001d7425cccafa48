"""One thing a person can do in the chat, as the list of routes names it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from handlers.screen import Turn
from solidarity.access import named

Do = Callable[[Turn], Awaitable[None]]
Prepare = Callable[[Turn], Awaitable[Callable[[Any], Awaitable[object]]]]


@dataclass(frozen=True)
class Route:
    """One thing a person can do: how it is said, what it counts as, and what does it.

    What does it is asked for when it is done: only then its module is loaded (docs/decisions/0021).

    Raises:
        ValueError: nobody may do it, since its action does not stand in the table.
    """

    on: str
    action: str
    do: Callable[[], Do]
    # Reads what must be worked out before the unit of work, and returns that work.
    prepare: Callable[[], Prepare] | None = None

    def __post_init__(self) -> None:
        named(self.action)
