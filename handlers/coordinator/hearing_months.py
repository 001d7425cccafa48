"""The calendar of a month at the desk: everybody's sittings, named as the desk names them."""

from collections.abc import Awaitable, Callable
from datetime import date

from handlers.deps import Deps
from handlers.months import Calendar, Drawn, month_screen, prepare_month, send_month, show_month, turn_month
from handlers.pictures import OF_HEARINGS
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.hearings.months import Month, month_at_desk


async def _month_of(view: View, first: date) -> Month:
    return await month_at_desk(view.uow, first)


DESK = Calendar("hearings-month", "hearings", OF_HEARINGS, _month_of, at_desk=True)


@screen("hearings-month")
async def hearings_month(view: View) -> Screen:
    """List the sittings of a month."""
    return await month_screen(view, DESK)


async def turn_page(turn: Turn) -> None:
    """Turn to another month."""
    await turn_month(turn, DESK)


async def prepare(turn: Turn) -> Callable[[Deps], Awaitable[Drawn]]:
    """Read the month that is to be drawn."""
    return await prepare_month(turn, DESK)


async def send(turn: Turn) -> None:
    """Send the calendar of a month."""
    await send_month(turn, DESK)


async def show(turn: Turn) -> None:
    """Let the calendar follow the list, as it was drawn."""
    await show_month(turn, DESK)
