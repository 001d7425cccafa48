"""What people say and are told: taken up when somebody first says something, or is first told something.

Until then a process holds nothing of it (docs/decisions/0021).
"""

from collections.abc import Callable
from datetime import datetime

from handlers import deps, gate, notices
from handlers.answer import Answer
from handlers.arrival import Arrival
from solidarity.work import Claimed, UnitOfWork


class Talking:
    """The door to all conversations, for intake; `make_deps` is called once, before the first update."""

    def __init__(self, make_deps: "Callable[[], deps.Deps]") -> None:
        self._make_deps = make_deps
        self._gate: gate.Gate | None = None

    async def take(self, arrival: Arrival) -> Answer:
        """Let an update have its effect, once.

        Raises:
            DatabaseUnavailable: nothing happened; the update must be given again.
        """
        if self._gate is None:
            self._gate = gate.Gate(self._make_deps())
        return await self._gate.take(arrival)


async def write(uow: UnitOfWork, row: Claimed, *, now: datetime) -> "notices.Push | None":
    """Write a due message, for delivery, as `handlers.notices.prepare_push` does."""
    return await notices.prepare_push(uow, row, now=now)
