"""The sittings of one month, in the order in which a calendar numbers them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.hearings.sitting_times import wall_start
from solidarity.naming import name_for
from solidarity.pictures import MonthPicture, numbers_of
from solidarity.reminders import hearings_for, is_spoken_of
from storage.models import Hearing
from storage.unit_of_work import UnitOfWork

MONTHS_BACK, MONTHS_AHEAD = 12, 24
ON_A_PAGE = 15
# Which day it is at a court differs from UTC by no more.
MOST_AWAY = timedelta(hours=15)


@dataclass(frozen=True)
class Month:
    """The sittings of the month that begins on `first`, those past too; none that was cancelled."""

    first: date
    sittings: Sequence[Hearing]


@dataclass(frozen=True)
class Numbered:
    """One sitting as the list below a calendar explains it; `starts` is wall time at the court."""

    number: int
    name: str
    starts: datetime
    starts_at: datetime
    zone: str


def month_named(text: str, today: date) -> date:
    """Return the first day of a month written ``2026-12``; of today's where nothing is written.

    Raises:
        NotForYou: that is no month, or one further away than the calendar goes.
    """
    if not text:
        return today.replace(day=1)
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NotForYou(text) from None
    if not -MONTHS_BACK <= _months(first) - _months(today) <= MONTHS_AHEAD:
        raise NotForYou(text)
    return first


def months_beside(first: date, today: date) -> tuple[date | None, date | None]:
    """Return the month before and the month after, None where the calendar ends."""
    away = _months(first) - _months(today)
    before = (first - timedelta(days=1)).replace(day=1)
    return before if away > -MONTHS_BACK else None, _next(first) if away < MONTHS_AHEAD else None


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


async def month_at_desk(uow: UnitOfWork, first: date) -> Month:
    """Return the month as coordinators see it: everybody's sittings."""
    return _month(first, await _sittings(uow, first))


async def month_for(uow: UnitOfWork, actor: Actor, first: date, *, now: datetime) -> Month:
    """Return the month as one person may see it: what lies ahead, and what is past of their own."""
    mine = await uow.kinships.prisoners_of(actor.id)
    past = [one for one in await _sittings(uow, first, mine) if one.starts_at < now]
    spoken_of = [one for one in past if is_spoken_of(await uow.prisoners.get(one.prisoner_id))]
    return _month(first, [*spoken_of, *await hearings_for(uow, actor.id, now=now)])


async def _sittings(uow: UnitOfWork, first: date, prisoner_ids: set[UUID] | None = None) -> Sequence[Hearing]:
    begins, ends = (datetime.combine(day, time(), UTC) for day in (first, _next(first)))
    return await uow.pictures.sittings(
        since=begins - MOST_AWAY, until=ends + MOST_AWAY, prisoner_ids=prisoner_ids
    )


def _month(first: date, found: Sequence[Hearing]) -> Month:
    within = [one for one in found if wall_start(one).date().replace(day=1) == first]
    return Month(first, sorted(within, key=lambda one: (wall_start(one), one.starts_at, one.id)))


async def numbered(
    uow: UnitOfWork, actor: Actor, month: Month, page: int, *, at_desk: bool
) -> Sequence[Numbered]:
    """Open the names on one page of a month's list, each as this person may see it."""
    start = page * ON_A_PAGE
    shown = month.sittings[start : start + ON_A_PAGE]
    await uow.vault.load_keys(one.prisoner_id for one in shown)
    found = []
    for number, sitting in enumerate(shown, start + 1):
        prisoner = await uow.prisoners.get(sitting.prisoner_id)
        if prisoner is None:
            raise NotForYou(str(sitting.prisoner_id))
        name = await name_for(uow, actor, prisoner, at_desk=at_desk)
        found.append(Numbered(number, name, wall_start(sitting), sitting.starts_at, sitting.zone))
    return found


def pages_of(month: Month) -> int:
    """Return how many pages a month's list has, one at least."""
    return max(-(-len(month.sittings) // ON_A_PAGE), 1)


def month_picture(actor: Actor, month: Month) -> MonthPicture:
    """Return the calendar of a month, in which a sitting is a number and nothing else."""
    days = [wall_start(one).date() for one in month.sittings]
    return MonthPicture(actor.language, actor.today, month.first, numbers_of(days))
