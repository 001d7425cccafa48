"""Coverage as a picture, beside the blocks of text that say the same."""

from collections.abc import Awaitable, Callable

from handlers.coordinator.coverage import OWN, scope_of
from handlers.deps import Deps
from handlers.pictures import OF_COVERAGE, show_picture
from handlers.screen import Turn
from solidarity.coverage_picture import coverage_picture


async def prepare(turn: Turn) -> Callable[[Deps], Awaitable[bytes]]:
    """Count what is to be drawn."""
    order = await coverage_picture(turn.uow, turn.actor, is_own=scope_of(turn.argument) == OWN)

    async def work(deps: Deps) -> bytes:
        return await deps.press.draw_picture(order)

    return work


async def send(turn: Turn) -> None:
    """Send the picture as it was counted a moment ago."""
    caption = turn.say("picture-coverage-caption")
    await show_picture(turn, turn.prepared, caption=caption, name=OF_COVERAGE)
    turn.go("coverage", argument=scope_of(turn.argument))
