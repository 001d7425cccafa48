"""Ten years of letter reminders, planned, sent and planned again, wherever somebody may live.

A small pure stand-in for the outbox holds what waits; ``test_letter_days.py`` goes through storage.
"""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solidarity.days import next_reminder, told_by
from solidarity.hours import Hours, is_quiet
from solidarity.rhythm import RHYTHMS, due_at, next_letter_on, put_off, resumes_on

BEGIN = datetime(2026, 1, 1, 12, tzinfo=UTC)
A_DAY = timedelta(days=1)
TEN_YEARS = 3_653
LEAP = date(2004, 2, 29)
# A gap or a fold mostly comes in these hours.
SMALL_HOURS = [time(0), time(1, 30), time(2, 15), time(2, 45), time(3)]


def offset(zone: ZoneInfo, day: int) -> timedelta | None:
    return (BEGIN + timedelta(days=day)).astimezone(zone).utcoffset()


@cache
def different_zones() -> list[str]:
    """One zone of all those whose clocks show the same through ten years."""
    # No clock changes and changes back within five days.
    shown = {
        tuple(offset(ZoneInfo(zone), day) for day in range(0, TEN_YEARS, 5)): zone
        for zone in sorted(available_timezones())
    }
    return sorted(shown.values())


def changes_in(zone: str) -> list[date]:
    """The days about which the clocks of a zone change."""
    place = ZoneInfo(zone)
    shown = [offset(place, day) for day in range(TEN_YEARS)]
    return [
        (BEGIN + timedelta(days=day)).date() for day in range(1, TEN_YEARS) if shown[day] != shown[day - 1]
    ]


@dataclass
class Guardian:
    """One guardianship through the years."""

    hours: Hours
    rhythm: int
    chance: random.Random
    now: datetime = BEGIN
    last: date | None = None
    rhythm_on: date | None = None
    told_until: date | None = None
    ended: bool = False
    waiting: list[datetime] = field(default_factory=list)
    sent: list[datetime] = field(default_factory=list)

    def today(self) -> date:
        return self.now.astimezone(ZoneInfo(self.hours.zone)).date()

    def plan(self, rhythm_on: date | None = None, not_before: date | None = None) -> None:
        """As `plan_letter` does: what waits goes, and one comes unless it has ended."""
        self.waiting.clear()
        if self.ended:
            return
        self.rhythm_on = rhythm_on or next_letter_on(self.last, joined=BEGIN.date(), rhythm_weeks=self.rhythm)
        planned = next_reminder(
            self.rhythm_on,
            today=self.today(),
            born=LEAP,
            told_until=self.told_until,
            not_before=not_before,
        )
        self.waiting.append(due_at(planned.on, self.hours, now=self.now))

    def check(self) -> None:
        assert len(self.waiting) == (0 if self.ended else 1)
        assert all(due >= self.now and not is_quiet(due, self.hours) for due in self.waiting)

    def live(self, until: datetime) -> None:
        """Go on until an instant: reminders go out, sometimes late, and are answered in every way."""
        self.plan()
        self.check()
        while not self.ended and self.now < until:
            due = self.waiting.pop()
            self.sent.append(due)
            self.now = due + timedelta(minutes=self.chance.choice([0, 1, 90, 3 * 24 * 60]))
            self.told_until = told_by(self.today())
            is_for_a_day = self.rhythm_on is not None and self.rhythm_on > self.told_until
            self.plan(self.rhythm_on if is_for_a_day else self.today() + timedelta(weeks=self.rhythm))
            self.check()
            self.now += timedelta(minutes=self.chance.choice([0, 5, 300, 9 * 24 * 60]))
            self.answer()
            self.check()

    def answer(self) -> None:
        what = self.chance.choice(["wrote", "wrote", "3 days", "not this time", "nothing", "pause", "hours"])
        if self.waiting[0] < self.now:
            # It went out meanwhile.
            self.now = self.waiting[0]
        if what == "wrote":
            self.last = self.today()
            self.plan()
        elif what == "3 days":
            until = put_off(self.today())
            self.plan(until, not_before=until)
        elif what == "not this time":
            self.plan(self.today() + timedelta(weeks=self.rhythm))
        elif what == "pause":
            until = self.today() + timedelta(days=40)
            joined = BEGIN.date()
            rhythm_on = next_letter_on(self.last, joined=joined, rhythm_weeks=self.rhythm)
            self.plan(resumes_on(rhythm_on, paused_until=until), not_before=until)
        elif what == "hours":
            self.hours = Hours(self.hours.zone, self.chance.choice(SMALL_HOURS), time(22), time(2, 30))
            self.plan()

    def end(self) -> None:
        self.ended = True
        self.plan()
        self.check()


wall_times = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@settings(deadline=None, max_examples=30)
@given(
    st.sampled_from(sorted(available_timezones())),
    wall_times,
    wall_times,
    wall_times,
    st.sampled_from(RHYTHMS),
    st.integers(),
)
def test_ten_years_of_any_hours_anywhere(zone, hour, quiet_from, quiet_to, rhythm, seed):
    guardian = Guardian(Hours(zone, hour, quiet_from, quiet_to), rhythm, random.Random(seed))

    guardian.live(BEGIN + timedelta(days=TEN_YEARS))

    assert guardian.sent == sorted(guardian.sent)
    guardian.end()


def test_ten_years_in_every_zone_there_is():
    zones = different_zones()
    assert len(zones) > 50

    for number, zone in enumerate(zones):
        hours = Hours(zone, SMALL_HOURS[number % len(SMALL_HOURS)], time(21), time(2, 30))
        guardian = Guardian(hours, 8, random.Random(number))
        guardian.live(BEGIN + timedelta(days=TEN_YEARS))
        guardian.end()


@pytest.mark.parametrize("hour", SMALL_HOURS)
def test_about_every_change_of_clocks_there_is(hour: time):
    """Whatever the clocks leave out or repeat, a reminder of that day is on it and not in quiet hours."""
    count = 0
    for zone in different_zones():
        hours, place = Hours(zone, hour, time(22), time(1, 45)), ZoneInfo(zone)
        for change in changes_in(zone):
            for day in (change - A_DAY, change, change + A_DAY):
                long_before = datetime(2025, 1, 1, tzinfo=UTC)
                due = due_at(day, hours, now=long_before)
                count += 1
                assert not is_quiet(due, hours)
                assert due.astimezone(place).date() == day
                late = due_at(day, hours, now=due + timedelta(hours=14))
                assert late >= due + timedelta(hours=14)
                assert not is_quiet(late, hours)
    assert count > 1000


def test_what_is_planned_at_night_waits_for_the_morning():
    hours = Hours("Europe/Minsk", time(10), time(21), time(9))
    night = datetime(2026, 11, 23, 22, tzinfo=UTC)

    assert due_at(date(2026, 11, 1), hours, now=night) == datetime(2026, 11, 24, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("rhythm_on", "expected"),
    [
        pytest.param(date(2026, 12, 1), date(2026, 12, 24), id="what fell into the pause comes at its end"),
        pytest.param(date(2027, 1, 8), date(2027, 1, 8), id="what is later stays"),
    ],
)
def test_when_reminders_come_again_after_a_pause(rhythm_on: date, expected: date):
    assert resumes_on(rhythm_on, paused_until=date(2026, 12, 24)) == expected


def test_three_days_are_three_days():
    assert put_off(date(2028, 2, 27)) == date(2028, 3, 1)
