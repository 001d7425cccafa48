"""Birthdays and the group's own days, a transit time ahead, and never two reminders where one will do."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solidarity.days import (
    GROUP_DAYS,
    TOGETHER,
    TRANSIT,
    Occasion,
    Planned,
    Why,
    birthday_in,
    next_reminder,
    occasions,
    told_by,
)

A_DAY = timedelta(days=1)
days = st.dates(date(2024, 1, 1), date(2036, 12, 31))
births = st.none() | st.dates(date(1930, 1, 1), date(2010, 12, 31)) | st.just(date(2004, 2, 29))
transits = st.integers(0, 90).map(lambda number: timedelta(days=number))


def plan(rhythm_on: str, today: str, **more) -> Planned:
    given = {name: date.fromisoformat(value) for name, value in more.items() if isinstance(value, str)}
    rest = {name: value for name, value in more.items() if not isinstance(value, str)}
    return next_reminder(
        date.fromisoformat(rhythm_on), today=date.fromisoformat(today), **({"born": None} | given | rest)
    )


def whys(planned: Planned) -> list[Why]:
    return [one.why for one in planned.occasions]


@pytest.mark.parametrize(
    ("born", "year", "expected"),
    [
        pytest.param(date(1990, 7, 4), 2027, date(2027, 7, 4), id="an ordinary day"),
        pytest.param(date(2004, 2, 29), 2028, date(2028, 2, 29), id="a leap day in a leap year"),
        pytest.param(date(2004, 2, 29), 2027, date(2027, 2, 28), id="a leap day in another: not too late"),
        pytest.param(date(2004, 2, 29), 2100, date(2100, 2, 28), id="no leap year every hundred"),
    ],
)
def test_when_a_birthday_is(born: date, year: int, expected: date):
    assert birthday_in(year, born) == expected


def test_a_birthday_is_told_one_transit_time_ahead():
    planned = plan("2027-12-01", "2027-06-01", born="1990-07-30")

    assert planned == Planned(
        date(2027, 7, 9), (Occasion(Why.BIRTHDAY, date(2027, 7, 30), date(2027, 7, 9)),)
    )


def test_another_place_has_another_transit_time():
    planned = plan("2027-12-01", "2027-06-01", born="1990-07-30", transit=timedelta(days=35))

    assert planned.on == date(2027, 6, 25)


@pytest.mark.parametrize(
    ("today", "on", "why"),
    [
        pytest.param("2026-11-23", date(2026, 12, 11), Why.NEW_YEAR, id="the new year, told in the old one"),
        pytest.param("2027-02-01", date(2027, 3, 4), Why.FREEDOM_DAY, id="the 25th of March"),
        pytest.param("2027-04-01", date(2027, 4, 30), Why.PRISONERS_DAY, id="the 21st of May"),
    ],
)
def test_the_groups_own_days_are_told_one_transit_time_ahead(today: str, on: date, why: Why):
    planned = plan("2027-12-01", today)

    assert (planned.on, whys(planned)) == (on, [why])


def test_a_letter_that_is_due_long_before_is_not_kept_waiting():
    planned = plan("2027-06-20", "2027-06-01", born="1990-07-30")

    assert planned == Planned(date(2027, 6, 20), ())


@pytest.mark.parametrize(
    "rhythm_on",
    [
        pytest.param("2027-07-02", id="a week before"),
        pytest.param("2027-07-09", id="on that day"),
        pytest.param("2027-07-16", id="a week after"),
    ],
)
def test_a_birthday_within_a_week_of_the_rhythm_makes_one_reminder_that_says_so(rhythm_on: str):
    planned = plan(rhythm_on, "2027-06-01", born="1990-07-30")

    assert planned.on == min(date.fromisoformat(rhythm_on), date(2027, 7, 9))
    assert whys(planned) == [Why.BIRTHDAY]


def test_what_was_told_with_the_rhythm_is_not_told_again():
    sent = plan("2027-07-04", "2027-06-01", born="1990-07-30")

    after = plan(
        "2027-08-01", sent.on.isoformat(), born="1990-07-30", told_until=told_by(sent.on).isoformat()
    )

    assert (whys(sent), after) == ([Why.BIRTHDAY], Planned(date(2027, 8, 1), ()))


def test_a_birthday_beside_a_day_of_the_group_makes_one_reminder_of_both():
    planned = plan("2027-12-01", "2027-02-01", born="1990-03-28")

    assert (planned.on, whys(planned)) == (date(2027, 3, 4), [Why.FREEDOM_DAY, Why.BIRTHDAY])


def test_who_asked_for_three_days_is_left_alone_for_three_days():
    planned = plan("2027-07-11", "2027-07-08", born="1990-07-30", not_before="2027-07-11")

    assert (planned.on, whys(planned)) == (date(2027, 7, 11), [Why.BIRTHDAY])


def test_a_day_that_is_too_near_for_a_letter_is_left_to_the_next_year():
    planned = plan("2028-12-01", "2027-07-10", born="1990-07-30", told_until="2027-07-08")

    assert planned.on > date(2027, 7, 30)


def test_a_rhythm_that_has_passed_is_due_today():
    assert plan("2027-05-01", "2027-06-01").on == date(2027, 6, 1)


@given(days, days, births, transits, st.none() | days, st.none() | days)
def test_nothing_is_planned_in_the_past_nor_later_than_the_rhythm(
    rhythm_on, today, born, transit, told_until, not_before
):
    planned = next_reminder(
        rhythm_on, today=today, born=born, transit=transit, told_until=told_until, not_before=not_before
    )

    assert planned.on >= max(today, not_before or today)
    assert planned.on <= max(rhythm_on, today, not_before or today)


@given(days, births, transits)
def test_each_occasion_of_a_year_is_there_once_and_in_time(since, born, transit):
    found = list(occasions(born=born, transit=transit, since=since))
    within_a_year = [one for one in found if one.write_on < since + timedelta(days=366)]

    assert len({(one.why, one.day) for one in found}) == len(found)
    assert all(one.day - one.write_on == transit and one.write_on >= since for one in found)
    assert {one.why for one in within_a_year} >= {*GROUP_DAYS.values(), *([Why.BIRTHDAY] if born else [])}


@settings(deadline=None)
@given(days, births, transits, st.sampled_from([14, 28, 56]))
def test_through_ten_years_each_occasion_is_told_once_and_a_week_early_at_most(begin, born, transit, rhythm):
    told: list[Occasion] = []
    reminded: list[date] = []
    today, told_until = begin, None
    while today < begin + timedelta(days=3650):
        planned = next_reminder(
            today + timedelta(days=rhythm), today=today, born=born, transit=transit, told_until=told_until
        )
        told += planned.occasions
        reminded.append(planned.on)
        assert all(planned.on <= one.write_on <= planned.on + TOGETHER for one in planned.occasions)
        today, told_until = planned.on, told_by(planned.on)

    wanted = {
        (why, day)
        for year in range(begin.year, begin.year + 12)
        for why, day in [
            *((why, date(year, *at)) for at, why in GROUP_DAYS.items()),
            *([(Why.BIRTHDAY, birthday_in(year, born))] if born else []),
        ]
        if begin <= day - transit <= reminded[-1] + TOGETHER
    }
    assert len(told) == len({(one.why, one.day) for one in told})
    assert {(one.why, one.day) for one in told} == wanted
    assert all(later > sooner for sooner, later in pairwise(reminded))


def test_three_weeks_are_taken_where_nothing_is_known_of_a_place():
    assert timedelta(days=21) == TRANSIT
