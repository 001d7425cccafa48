"""How well a prisoner is written to, and whom to suggest next.

A guardianship counts for more the more frequent its rhythm is, and for half with each rhythm that has passed
in silence beyond the first; letters of anybody in 90 days count a little. Who has nobody stands before all
others. Everything here is whole numbers and steps of days, so that a database counts the same by adding.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from solidarity.rhythm import RHYTHMS
from storage.coverage import CLOSED, Counting, Step

RECENT = timedelta(days=90)
FEWEST_GUARDIANS, MOST_GUARDIANS = 1, 3
# An application that nobody decides must not hide a prisoner from others for ever.
APPLICATION_COUNTS = timedelta(days=14)
# A guardian who writes every four weeks.
ONE_GUARDIAN = 160
EVERY_FOUR_WEEKS = 4
HALVINGS = 4
LETTER = ONE_GUARDIAN // 10
LETTERS_THAT_COUNT = 10
# A silence is as long as the longest of these it has passed: finer differences are none, and ties turn.
SILENCES = tuple(timedelta(days=days) for days in (365, 180, 90, 60, 30, 14, 7))


class Tier(IntEnum):
    """What is asked first of a prisoner: lower ones are suggested first, the last never."""

    NOBODY = 0
    SOMEBODY = 1
    CLOSED = CLOSED


@dataclass(frozen=True)
class Promise:
    """A guardianship as coverage sees it; `since` is its last letter, or the day it began."""

    rhythm_weeks: int
    since: date


class Cover(NamedTuple):
    """How one prisoner is written to; the lower is suggested first.

    `heard` is 0 where nobody has written for a year and rises to 7 where somebody did within a week.
    """

    tier: Tier
    points: int
    heard: int


@dataclass(frozen=True)
class Candidate:
    """A prisoner who may be suggested, and how they are written to."""

    prisoner_id: UUID
    cover: Cover


@lru_cache(maxsize=8)
def steps(today: date) -> tuple[Step, ...]:
    """Say what a guardianship counts for by its rhythm and the day it was last heard of."""
    return tuple(
        Step(
            weeks,
            today - timedelta(weeks=(halvings + 2) * weeks) + timedelta(days=1),
            (ONE_GUARDIAN * EVERY_FOUR_WEEKS // weeks) >> halvings,
        )
        for weeks in RHYTHMS
        for halvings in range(HALVINGS + 1)
    )


def counting(today: date) -> Counting:
    """Put together what the database needs to count as `cover_of` does."""
    return Counting(
        steps=steps(today),
        silences=silences(today),
        recent_since=today - RECENT,
        points_a_letter=LETTER,
        most_letters=LETTERS_THAT_COUNT,
        applied_since=today - APPLICATION_COUNTS,
        tiers=((MOST_GUARDIANS, Tier.CLOSED), (FEWEST_GUARDIANS, Tier.SOMEBODY)),
    )


def silences(today: date) -> list[date]:
    """Return since when a letter shortens a silence, from the longest to the shortest."""
    return [today - silence for silence in SILENCES]


def cover_of(
    promises: Iterable[Promise], *, last_letter_on: date | None, recent_letters: int, today: date
) -> Cover:
    """Say how a prisoner is written to who may be suggested.

    Args:
        promises: those that count: active ones, and applications of the last 14 days.
        recent_letters: from anybody, within 90 days.
    """
    standing = list(promises)
    known = steps(today)
    points = sum(_points(promise, known) for promise in standing)
    heard = sum(last_letter_on is not None and last_letter_on >= day for day in silences(today))
    return Cover(tier_of(len(standing)), points + LETTER * min(recent_letters, LETTERS_THAT_COUNT), heard)


def tier_of(guardians: int) -> Tier:
    """Say what a prisoner with so many guardians is asked for: floor and cap."""
    if guardians < FEWEST_GUARDIANS:
        return Tier.NOBODY
    return Tier.SOMEBODY if guardians < MOST_GUARDIANS else Tier.CLOSED


def least_covered(candidates: Iterable[Candidate], *, seed: bytes, today: date) -> list[Candidate]:
    """Order those who may be suggested to one person, least covered first.

    Ties turn with the person, whom `seed` stands for, and with the week: two who ask today see different
    people, and somebody who asks again next month does too.
    """
    week = today.toordinal() // 7
    fitting = [one for one in candidates if one.cover.tier is not Tier.CLOSED]
    return sorted(fitting, key=lambda one: (one.cover, _turn(one.prisoner_id, seed, week)))


def beginning(*, seed: bytes, today: date) -> UUID:
    """Say where among all ids somebody's search among equals begins this week."""
    return UUID(bytes=_hash(b"", seed, today.toordinal() // 7))


def _points(promise: Promise, known: Iterable[Step]) -> int:
    fitting = (s for s in known if s.rhythm_weeks == promise.rhythm_weeks and promise.since >= s.since)
    return next((step.points for step in fitting), 0)


def _turn(prisoner_id: UUID, seed: bytes, week: int) -> bytes:
    return _hash(prisoner_id.bytes, seed, week)


def _hash(what: bytes, seed: bytes, week: int) -> bytes:
    return blake2b(what, key=seed[:64], salt=week.to_bytes(16), digest_size=16).digest()
