"""Silence beyond what is usual for a place: a possible sign that somebody is held without contact.

What is usual is learnt from the ledgers of all Guardians. It says nothing about one letter: many never
arrive, and an answer that came is known only where its reader says so.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from storage.letters import Fates, Unanswered
from storage.unit_of_work import UnitOfWork

LEARNT_FROM = timedelta(days=730)
# Fewer answers than these say nothing about what is usual.
FEWEST_ANSWERS = 5
# Of ten answers nine had come by then.
SHARE = 0.9
# One letter alone may simply have been lost.
FEWEST_LETTERS = 2
# A letter alone is under way for three. Silence is told of once: whoever invents quick answers must not have
# it told, and so used up, of everybody in a place.
SOONEST = timedelta(weeks=4)


@dataclass(frozen=True)
class Usual:
    """What is known of the letters to one place; a gap is None where too few answers are known.

    The shares are of the letters reported, from 0 to 1; of those of which nothing is known, most were
    perhaps never handed over.
    """

    gap: timedelta | None
    longest: timedelta | None
    answered: float
    returned: float


@dataclass(frozen=True)
class Silence:
    """Somebody who was written to and not heard of for longer than is usual where they are."""

    prisoner_id: UUID
    since: date
    letters: int
    usual: Usual


def usual_of(fates: Fates) -> Usual:
    """Work out what is usual for a place: the median gap, and that within which nine of ten answers came."""
    answers = sum(fates.gaps.values())
    known = answers >= FEWEST_ANSWERS
    return Usual(
        gap=timedelta(days=_within(fates, 0.5)) if known else None,
        longest=timedelta(days=_within(fates, SHARE)) if known else None,
        answered=answers / fates.written if fates.written else 0.0,
        returned=fates.returned / fates.written if fates.written else 0.0,
    )


def _within(fates: Fates, share: float) -> int:
    wanted = share * sum(fates.gaps.values())
    seen = 0
    for days in sorted(fates.gaps):
        seen += fates.gaps[days]
        if seen >= wanted:
            return days
    raise ValueError("nothing is known")


def is_beyond(unanswered: Unanswered, usual: Usual, *, today: date) -> bool:
    """Say whether letters wait for longer than nine of ten answers from there took, and for four weeks."""
    return usual.longest is not None and today - unanswered.first_written_on > max(usual.longest, SOONEST)


async def usual_by_place(uow: UnitOfWork, *, today: date) -> dict[str, Usual]:
    """Return what is usual, by the code of each place that letters were reported to in two years."""
    fates = await uow.letters.fates(since=today - LEARNT_FROM)
    return {code: usual_of(known) for code, known in fates.items()}


async def silences(uow: UnitOfWork, *, today: date) -> list[Silence]:
    """Return whose silence is beyond the usual and was not told of yet, the longest first."""
    usual = await usual_by_place(uow, today=today)
    waiting = await uow.letters.unanswered(fewest=FEWEST_LETTERS)
    found = [
        Silence(one.prisoner_id, one.first_written_on, one.letters, usual[one.facility_code])
        for one in waiting
        if one.facility_code in usual and is_beyond(one, usual[one.facility_code], today=today)
    ]
    return sorted(found, key=lambda one: (one.since, one.prisoner_id))
