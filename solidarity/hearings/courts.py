"""The courts that are known: what was named before is chosen, anything else is typed."""

from dataclasses import dataclass
from uuid import UUID

from solidarity.errors import NotForYou
from solidarity.typed_errors import CourtRefused, TextTooLong
from storage.unit_of_work import UnitOfWork

LIMIT = 200
PAGE = 6


@dataclass(frozen=True)
class Known:
    """A court that was named before."""

    court_id: UUID
    name: str


@dataclass(frozen=True)
class KnownCourts:
    """Six courts at most, the last named first; pages count from nought."""

    courts: tuple[Known, ...]
    number: int
    has_more: bool


async def known_courts(uow: UnitOfWork, number: int = 0) -> KnownCourts:
    """Return one page of the courts that are known."""
    found = await uow.courts.latest(limit=PAGE + 1, offset=number * PAGE)
    named = [Known(court.id, await uow.courts.reveal_name(court)) for court in found[:PAGE]]
    return KnownCourts(tuple(court for court in named if court.name), number, len(found) > PAGE)


async def court_named(uow: UnitOfWork, court_id: UUID | None) -> str:
    """Return the name of a court that is known.

    Raises:
        NotForYou: there is none with this id.
    """
    court = None if court_id is None else await uow.courts.get(court_id)
    name = "" if court is None else await uow.courts.reveal_name(court)
    if not name:
        raise NotForYou(str(court_id))
    return name


def checked_court(typed: str) -> str:
    """Return the name of a court in one line.

    Raises:
        TextTooLong: more than 200 characters.
        CourtRefused: no letter in it.
    """
    court = " ".join(typed.split())
    if len(court) > LIMIT:
        raise TextTooLong(LIMIT)
    if not any(c.isalpha() for c in court):
        raise CourtRefused("court")
    return court
