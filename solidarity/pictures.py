"""What a picture shows: numbers and days, and nothing by which anybody could be known; pure."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Half a year: long enough to see a summer, few enough columns for a telephone.
WEEKS = 26
WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class CoveragePicture:
    """How people are written to: counted as `coverage_desk` counts, and the letters of each week.

    Weeks begin on Mondays, the oldest stands first, and the last one is not over.
    """

    language: str
    today: date
    by_guardians: Sequence[int]
    by_silence: Sequence[int]
    by_week: Sequence[int]


@dataclass(frozen=True)
class MonthPicture:
    """The month that begins on `first`; days with sittings have the first and the last of their numbers."""

    language: str
    today: date
    first: date
    numbers: Mapping[date, tuple[int, int]]


PictureOrder = CoveragePicture | MonthPicture


def first_week(today: date) -> date:
    """Return the Monday of the oldest week that is drawn."""
    return today - timedelta(days=today.weekday()) - WEEK * (WEEKS - 1)


def weekly(by_day: Mapping[date, int], today: date) -> tuple[int, ...]:
    """Add up days to weeks; where it is next week already somebody may have written."""
    weeks, start = Counter[int](), first_week(today)
    for day, count in by_day.items():
        weeks[min((day - start).days // WEEK.days, WEEKS - 1)] += count
    return tuple(weeks[number] for number in range(WEEKS))


def numbers_of(days: Sequence[date]) -> dict[date, tuple[int, int]]:
    """Number sittings from one on; the days of all are given in their order."""
    numbers: dict[date, tuple[int, int]] = {}
    for number, day in enumerate(days, 1):
        numbers[day] = (numbers.get(day, (number, number))[0], number)
    return numbers
