"""The calendar of a month: a list in the screen, and a picture below it whose numbers the list explains.

Names stand in the list alone: a screen is edited and covered, a picture lies in the cache of a telephone.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from zoneinfo import ZoneInfo

from handlers.deps import Deps
from handlers.fitting import fit_label
from handlers.pictures import OF_COURT, show_picture, take_picture_away
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.errors import NoLongerSo
from solidarity.hearings.months import (
    Month,
    Numbered,
    month_for,
    month_named,
    month_picture,
    months_beside,
    numbered,
    pages_of,
)
from solidarity.pictures import MonthPicture


@dataclass(frozen=True)
class Calendar:
    """Whose calendar it is: its screen, with verbs ``NAME-turn`` and ``NAME-picture``, and the way back."""

    screen: str
    back: str
    picture: str
    read: Callable[[View, date], Awaitable[Month]]
    at_desk: bool = False


@dataclass(frozen=True)
class Drawn:
    """A month as it was when it was drawn."""

    order: MonthPicture
    png: bytes = field(repr=False)


async def _month_of(view: View, first: date) -> Month:
    return await month_for(view.uow, view.actor, first, now=view.now)


COURT = Calendar("court-month", "court", OF_COURT, _month_of)


@screen("court-month")
async def court_month(view: View) -> Screen:
    """List the sittings of a month that a person may know of."""
    return await month_screen(view, COURT)


async def court_turn(turn: Turn) -> None:
    """Turn to another month."""
    await turn_month(turn, COURT)


async def court_prepare(turn: Turn) -> Callable[[Deps], Awaitable[Drawn]]:
    """Read the month that is to be drawn."""
    return await prepare_month(turn, COURT)


async def court_send(turn: Turn) -> None:
    """Send the calendar of a month."""
    await send_month(turn, COURT)


async def month_screen(view: View, calendar: Calendar) -> Screen:
    """Draw the list, its numbers, and the way to the picture and to the months beside."""
    month, page = await _asked(view, calendar)
    found = await numbered(view.uow, view.actor, month, page, at_desk=calendar.at_desk)
    parts = [view.say("month-title", month=view.words.month(month.first))]
    parts += ["\n".join(_line(view, one) for one in found)] if found else [view.say("month-none")]
    if found:
        parts.insert(1, view.say("desk-hearings-listed"))
    before, after = months_beside(month.first, view.actor.today)
    beside = [
        view.button(
            f"month-{where}", f"{calendar.screen}-turn", None, _written(day), month=view.words.month(day)
        )
        for where, day in (("before", before), ("after", after))
        if day is not None
    ]
    picture = [view.button("picture", f"{calendar.screen}-picture", None, view.argument)]
    rows: list[Row] = [*_pages(view, calendar, month, page), picture, beside, [view.back(calendar.back)]]
    return Screen("\n\n".join(parts), rows)


async def turn_month(turn: Turn, calendar: Calendar) -> None:
    """Turn to another month; a picture of the one before would say other numbers than the list."""
    month_named(turn.argument, turn.actor.today)
    await take_picture_away(turn, calendar.picture)
    turn.go(calendar.screen, argument=turn.argument)


async def prepare_month(turn: Turn, calendar: Calendar) -> Callable[[Deps], Awaitable[Drawn]]:
    """Read the month that is to be drawn."""
    month, _ = await _asked(turn, calendar)
    order = month_picture(turn.actor, month)

    async def work(deps: Deps) -> Drawn:
        return Drawn(order, await deps.press.draw_picture(order))

    return work


async def send_month(turn: Turn, calendar: Calendar) -> None:
    """Send the calendar, unless its numbers should be others by now.

    Raises:
        NoLongerSo: they should.
    """
    month, _ = await _asked(turn, calendar)
    drawn: Drawn = turn.prepared
    if month_picture(turn.actor, month) != drawn.order:
        raise NoLongerSo(calendar.screen)
    await show_month(turn, calendar)


async def show_month(turn: Turn, calendar: Calendar) -> None:
    """Let the calendar follow the list."""
    drawn: Drawn = turn.prepared
    caption = turn.say("picture-month-caption")
    await show_picture(turn, drawn.png, caption=caption, name=calendar.picture)
    turn.go(calendar.screen, argument=turn.argument)


async def _asked(view: View, calendar: Calendar) -> tuple[Month, int]:
    text, _, page = view.argument.partition(":")
    month = await calendar.read(view, month_named(text, view.actor.today))
    return month, min(int(page), pages_of(month) - 1) if page.isdecimal() else 0


def _pages(view: View, calendar: Calendar, month: Month, page: int) -> Sequence[Row]:
    turns: list[Button] = []
    for key, other in (("family-earlier", page - 1), ("family-further", page + 1)):
        if 0 <= other < pages_of(month):
            argument = f"{_written(month.first)}:{other}"
            turns.append(view.button(key, f"go:{calendar.screen}", argument=argument))
    return [turns] if turns else []


def _line(view: View, one: Numbered) -> str:
    name, when = fit_label(one.name), view.words.short_wall(one.starts)
    mine = one.starts_at.astimezone(ZoneInfo(view.actor.hours.zone))
    if mine.utcoffset() == one.starts_at.astimezone(ZoneInfo(one.zone)).utcoffset():
        return view.say("month-line", number=one.number, when=when, name=name)
    yours = view.words.short_wall(mine)
    return view.say("month-line-yours", number=one.number, when=when, yours=yours, name=name)


def _written(first: date) -> str:
    return f"{first:%Y-%m}"
