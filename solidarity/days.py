"""Days on which a letter means more: birthdays and the group's own, and when to be reminded of them.

A reminder comes as long before such a day as a letter is under way. Where the next letter is due within a
week of that anyway, or another such day is near, there is one reminder and not two.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

# How long letters are under way where nothing else is known of a place.
TRANSIT = timedelta(days=21)
TOGETHER = timedelta(days=7)
LEAP_DAY = (2, 29)
DAY_BEFORE = (2, 28)


class Why(StrEnum):
    """What makes a day one on which a letter means more."""

    BIRTHDAY = "birthday"
    NEW_YEAR = "new-year"
    FREEDOM_DAY = "freedom-day"
    PRISONERS_DAY = "prisoners-day"


# The 25th of March, on which the Belarusian People's Republic was proclaimed, and the 21st of May, on which
# political prisoners are thought of.
GROUP_DAYS = {(1, 1): Why.NEW_YEAR, (3, 25): Why.FREEDOM_DAY, (5, 21): Why.PRISONERS_DAY}


@dataclass(frozen=True)
class Occasion:
    """One such day, and the day on which a letter should leave to be there in time."""

    why: Why
    day: date
    write_on: date


@dataclass(frozen=True)
class Planned:
    """When a guardian is next reminded to write, and of what besides the rhythm, soonest first."""

    on: date
    occasions: tuple[Occasion, ...]


def birthday_in(year: int, born: date) -> date:
    """Return somebody's birthday in a year; who was born on a leap day has it on the 28th in others."""
    is_leap_day = (born.month, born.day) == LEAP_DAY
    try:
        return born.replace(year=year)
    except ValueError:
        assert is_leap_day
        return date(year, *DAY_BEFORE)


def occasions(*, born: date | None, transit: timedelta, since: date) -> Iterator[Occasion]:
    """Return whatever is to be written for on a day or later, within a year and a bit of it; in no order."""
    first = (since + transit).year
    for year in (first, first + 1):
        days = [(date(year, *each), why) for each, why in GROUP_DAYS.items()]
        if born is not None:
            days.append((birthday_in(year, born), Why.BIRTHDAY))
        for day, why in days:
            if day - transit >= since:
                yield Occasion(why, day, day - transit)


def next_reminder(
    rhythm_on: date,
    *,
    today: date,
    born: date | None,
    transit: timedelta = TRANSIT,
    told_until: date | None = None,
    not_before: date | None = None,
    own_days_from: date | None = None,
) -> Planned:
    """Plan the one reminder of a guardianship: for the rhythm, or sooner where a day asks for it.

    Args:
        rhythm_on: when the rhythm asks for a letter; may have passed.
        today: where the guardian lives; nothing is planned before it.
        transit: how long letters to this prisoner are under way.
        told_until: occasions to be written for until then were in a reminder already (`told_by`).
        not_before: for who asked to be left alone until then.
        own_days_from: the group's own days to be written for before it are left out.
    """
    since = today if told_until is None else max(today, told_until + timedelta(days=1))
    known = occasions(born=born, transit=transit, since=since)
    fitting = (one for one in known if _is_told(one, own_days_from))
    ahead = sorted(fitting, key=lambda one: (one.day, one.why))
    soonest = min([rhythm_on, *(one.write_on for one in ahead)])
    on = max(soonest, today, not_before or today)
    return Planned(on, tuple(one for one in ahead if one.write_on <= told_by(on)))


def _is_told(occasion: Occasion, own_days_from: date | None) -> bool:
    return occasion.why is Why.BIRTHDAY or own_days_from is None or occasion.write_on >= own_days_from


def told_by(reminded_on: date) -> date:
    """Say until when occasions count as told by a reminder that went out on a day."""
    return reminded_on + TOGETHER


def near(
    *, born: date | None, transit: timedelta, today: date, own_days_from: date | None = None
) -> list[Occasion]:
    """Return for which days ahead a letter written today is, soonest first.

    Args:
        own_days_from: the group's own days to be written for before it are left out.
    """
    around = occasions(born=born, transit=transit, since=today - transit)
    told = (one for one in around if one.write_on <= told_by(today))
    found = (one for one in told if _is_told(one, own_days_from))
    return sorted(found, key=lambda one: (one.day, one.why))
