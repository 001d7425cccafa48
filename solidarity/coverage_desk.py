"""How people behind bars are written to, as coordinators see it: counted, by place, and one by one.

Nobody is shown the points by which suggestions are ordered: here are Guardians and days alone.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID

from solidarity.access import Actor
from solidarity.addresses import place_of
from solidarity.naming import name_for
from storage.coverage import Written
from storage.unit_of_work import UnitOfWork

# Nobody, one, two, and three or more.
MOST_COUNTED = 3
# A letter within so many days; what is longer ago comes after them, and none at all last.
WITHIN = (14, 30, 90)
ON_A_PAGE = 8
T = TypeVar("T")


@dataclass(frozen=True)
class Picture:
    """How many people have nobody, one, two, three; and to how many the last letter was how long ago."""

    by_guardians: Sequence[int]
    by_silence: Sequence[int]

    @property
    def people(self) -> int:
        return sum(self.by_guardians)


@dataclass(frozen=True)
class AtPlace:
    """The people of one place: how many, with nobody, and days since anybody wrote to any of them.

    The name is None where the place is not known; the days are where no letter is.
    """

    name: str | None
    people: int
    nobodys: int
    days: int | None


@dataclass(frozen=True)
class One:
    """A prisoner as the desk names them; no days where no letter is known."""

    prisoner_id: UUID
    name: str
    guardians: int
    days: int | None


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some of a list."""

    some: Sequence[T]
    number: int
    has_more: bool


async def picture_of(uow: UnitOfWork, actor: Actor, *, is_own: bool) -> Picture:
    """Count everybody who may be written to, or those of the coordinator's own portfolio."""
    rows = await _rows(uow, actor, is_own=is_own)
    guardians = Counter(min(one.guardians, MOST_COUNTED) for one in rows)
    silence = Counter(_step(_days(one.last_on, actor.today)) for one in rows)
    return Picture(
        [guardians[number] for number in range(MOST_COUNTED + 1)],
        [silence[step] for step in range(len(WITHIN) + 2)],
    )


async def least_written_to(uow: UnitOfWork, actor: Actor, *, is_own: bool, page: int) -> Page[One]:
    """Return who has fewest Guardians, of those who waits longest for a letter first."""
    rows = await _rows(uow, actor, is_own=is_own)
    found = _page(rows, page)
    some = []
    for row in found.some:
        prisoner = await uow.prisoners.get(row.prisoner_id)
        if prisoner is not None:
            name = await name_for(uow, actor, prisoner, at_desk=True)
            some.append(One(row.prisoner_id, name, row.guardians, _days(row.last_on, actor.today)))
    return Page(some, found.number, found.has_more)


async def by_place(uow: UnitOfWork, actor: Actor, *, is_own: bool, page: int) -> Page[AtPlace]:
    """Return the places, those first where most have nobody."""
    places: defaultdict[str, list[Written]] = defaultdict(list)
    for row in await _rows(uow, actor, is_own=is_own):
        places[row.facility_code or ""].append(row)
    ordered = sorted(places.items(), key=lambda one: (-_nobodys(one[1]), -len(one[1]), one[0]))
    found = _page(ordered, page)
    some = []
    for code, rows in found.some:
        place = await place_of(uow, code or None, actor.language, today=actor.today)
        last = max((row.last_on for row in rows if row.last_on is not None), default=None)
        name = None if place is None else place.name
        some.append(AtPlace(name, len(rows), _nobodys(rows), _days(last, actor.today)))
    return Page(some, found.number, found.has_more)


async def _rows(uow: UnitOfWork, actor: Actor, *, is_own: bool) -> Sequence[Written]:
    return await uow.coverage.today(keeper_id=actor.id if is_own else None)


def _page(everything: Sequence[T], number: int) -> Page[T]:
    number = min(number, max((len(everything) - 1) // ON_A_PAGE, 0))
    rest = everything[number * ON_A_PAGE :]
    return Page(rest[:ON_A_PAGE], number, len(rest) > ON_A_PAGE)


def _nobodys(rows: Sequence[Written]) -> int:
    return sum(row.guardians == 0 for row in rows)


def _days(last_on: date | None, today: date) -> int | None:
    # Where it is tomorrow already somebody may have written.
    return None if last_on is None else max((today - last_on).days, 0)


def _step(days: int | None) -> int:
    return len(WITHIN) + 1 if days is None else bisect_left(WITHIN, days)
