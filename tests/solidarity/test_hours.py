"""A person's hour, quiet hours and zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.hours import (
    Hours,
    at_their_hour,
    evening_before,
    is_quiet,
    local_instant,
    within_waking_hours,
)

MINSK = Hours("Europe/Minsk", time(10), time(21), time(9))
ZONES = ["America/New_York", "Europe/Minsk", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]

# One day in three stands beside a change of clocks in one of the zones above.
CHANGES = [
    datetime(2026, 3, 8, 7, tzinfo=UTC),
    datetime(2026, 11, 1, 6, tzinfo=UTC),
    datetime(2026, 4, 4, 15, tzinfo=UTC),
    datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
]
wall_times = st.times().map(lambda at: at.replace(microsecond=0))
instants = st.one_of(
    st.integers(0, 30 * 365 * 86400).map(lambda seconds: at("2010-01-01") + timedelta(seconds=seconds)),
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        st.sampled_from(CHANGES),
        st.integers(-2000, 2000),
    ),
)
any_hours = st.builds(Hours, st.sampled_from(ZONES), wall_times, wall_times, wall_times)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("wall", "zone", "instant"),
    [
        pytest.param("2026-11-20 10:00", "Europe/Minsk", "2026-11-20 07:00", id="an ordinary hour"),
        pytest.param("2026-11-20 10:00", "Asia/Kathmandu", "2026-11-20 04:15", id="a zone of quarters"),
        pytest.param("2026-03-08 02:30", "America/New_York", "2026-03-08 07:00", id="an hour left out"),
        pytest.param("2026-03-08 02:00", "America/New_York", "2026-03-08 07:00", id="the start of a gap"),
        pytest.param("2026-03-08 03:00", "America/New_York", "2026-03-08 07:00", id="the end of a gap"),
        pytest.param(
            "2026-11-01 01:30", "America/New_York", "2026-11-01 05:30", id="the first of a double hour"
        ),
        pytest.param(
            "2026-10-04 02:10", "Australia/Lord_Howe", "2026-10-03 15:30", id="half an hour left out"
        ),
        pytest.param("2026-04-05 01:45", "Australia/Lord_Howe", "2026-04-04 14:45", id="half an hour twice"),
        pytest.param("2011-12-30 12:00", "Pacific/Apia", "2011-12-30 10:00", id="a whole day left out"),
    ],
)
def test_a_wall_time_means_one_instant(wall, zone, instant):
    assert local_instant(datetime.fromisoformat(wall), zone) == at(instant)


def test_a_wall_time_with_a_zone_of_its_own_is_refused():
    with pytest.raises(ValueError):
        local_instant(at("2026-11-20 10:00"), "Europe/Minsk")


def test_an_unknown_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        local_instant(datetime.fromisoformat("2026-11-20 10:00"), "Europe/Nowhere")


@given(instants, st.sampled_from(ZONES))
def test_a_wall_time_that_exists_is_kept_and_another_only_moves_on(reading, zone):
    wall = reading.replace(tzinfo=None)
    shown = local_instant(wall, zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    assert shown == wall or timedelta() < shown - wall <= timedelta(days=1)


@pytest.mark.parametrize(
    ("wall", "quiet_from", "quiet_to", "expected"),
    [
        pytest.param("20:59", "21:00", "09:00", False, id="awake until the minute before"),
        pytest.param("21:00", "21:00", "09:00", True, id="quiet from the first minute"),
        pytest.param("03:00", "21:00", "09:00", True, id="quiet past midnight"),
        pytest.param("09:00", "21:00", "09:00", False, id="awake when quiet ends"),
        pytest.param("14:00", "13:00", "15:00", True, id="quiet by day"),
        pytest.param("12:59", "13:00", "15:00", False, id="awake before a quiet afternoon"),
        pytest.param("00:00", "00:00", "08:00", True, id="quiet from midnight"),
        pytest.param("23:59", "22:00", "00:00", True, id="quiet until midnight"),
        pytest.param("00:00", "22:00", "00:00", False, id="awake at midnight"),
        pytest.param("12:00", "12:00", "12:00", False, id="an empty window is never quiet"),
    ],
)
def test_what_is_quiet(wall, quiet_from, quiet_to, expected):
    hours = Hours("Europe/Minsk", time(10), time.fromisoformat(quiet_from), time.fromisoformat(quiet_to))

    assert (
        is_quiet(local_instant(datetime.fromisoformat(f"2026-11-20 {wall}"), hours.zone), hours) is expected
    )


def test_an_hour_that_comes_twice_is_quiet_twice():
    hours = Hours("America/New_York", time(10), time(1), time(1, 30))

    assert [is_quiet(at(f"2026-11-01 0{hour}:10"), hours) for hour in (5, 6)] == [True, True]


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        pytest.param("2026-11-20 12:34", "2026-11-20 12:34", id="by day nothing changes"),
        pytest.param("2026-11-20 19:00", "2026-11-21 06:00", id="late in the evening waits for the morning"),
        pytest.param("2026-11-20 00:00", "2026-11-20 06:00", id="before dawn waits for the same morning"),
    ],
)
def test_a_message_waits_until_the_person_is_awake(instant, expected):
    assert within_waking_hours(at(instant), MINSK) == at(expected)


def test_quiet_hours_that_end_in_a_gap_end_after_it():
    hours = Hours("America/New_York", time(10), time(21), time(2, 30))

    assert within_waking_hours(at("2026-03-08 06:00"), hours) == at("2026-03-08 07:00")


def test_quiet_hours_in_the_second_pass_of_an_hour_end_in_that_pass():
    hours = Hours("America/New_York", time(10), time(21), time(1, 30))

    assert within_waking_hours(at("2026-11-01 06:10"), hours) == at("2026-11-01 06:30")


def test_a_gap_that_swallows_the_waking_time_leaves_the_next_day():
    hours = Hours("America/New_York", time(10), time(2, 45), time(2, 15))

    assert within_waking_hours(at("2026-03-08 06:00"), hours) == at("2026-03-09 06:15")


@given(instants, any_hours)
def test_waiting_never_goes_back_nor_ends_in_quiet_hours(instant, hours):
    awake = within_waking_hours(instant, hours)

    assert awake >= instant
    assert not is_quiet(awake, hours)


@given(instants, any_hours)
def test_who_is_awake_never_waits(instant, hours):
    assert (within_waking_hours(instant, hours) == instant) is not is_quiet(instant, hours)


@pytest.mark.parametrize(
    ("hour", "quiet_from", "quiet_to", "expected"),
    [
        pytest.param("10:00", "21:00", "09:00", "2026-11-20 07:00", id="their hour"),
        pytest.param("22:00", "21:00", "09:00", "2026-11-20 06:00", id="a quiet evening hour: that morning"),
        pytest.param(
            "07:00", "21:00", "09:00", "2026-11-20 06:00", id="a quiet morning hour: the end of quiet"
        ),
        pytest.param("14:00", "13:00", "15:00", "2026-11-20 12:00", id="a quiet afternoon hour: its end"),
        pytest.param("22:00", "21:00", "21:00", "2026-11-20 19:00", id="no quiet hours: their hour"),
    ],
)
def test_their_hour_on_a_day(hour, quiet_from, quiet_to, expected):
    hours = Hours("Europe/Minsk", *(time.fromisoformat(text) for text in (hour, quiet_from, quiet_to)))

    assert at_their_hour(date(2026, 11, 20), hours) == at(expected)


@given(st.dates(date(2012, 1, 1), date(2039, 12, 31)), st.sampled_from(ZONES))
def test_their_hour_stays_on_their_day(day, zone):
    hours = Hours(zone, time(2, 15), time(21), time(2, 20))

    assert at_their_hour(day, hours).astimezone(ZoneInfo(zone)).date() == day


@given(st.dates(date(2010, 1, 1), date(2039, 12, 31)), any_hours)
def test_their_hour_is_never_quiet(day, hours):
    assert not is_quiet(at_their_hour(day, hours), hours)


@pytest.mark.parametrize(
    ("quiet_from", "quiet_to", "expected"),
    [
        pytest.param("21:00", "09:00", "2026-11-19 20:00", id="an hour before quiet begins"),
        pytest.param("12:00", "12:00", "2026-11-19 20:00", id="eight o'clock where nothing is quiet"),
        pytest.param(
            "00:00", "08:00", "2026-11-19 23:00", id="quiet from midnight: eleven the evening before"
        ),
        pytest.param(
            "00:30", "08:00", "2026-11-19 23:30", id="quiet soon after midnight: still that evening"
        ),
        pytest.param("08:00", "16:00", "2026-11-19 20:00", id="who sleeps by day: eight o'clock"),
        pytest.param("06:00", "22:00", "2026-11-19 05:00", id="who is up at night: before quiet begins"),
        pytest.param("21:00", "20:30", "2026-11-19 20:30", id="hardly ever awake: then"),
    ],
)
def test_the_evening_before(quiet_from, quiet_to, expected):
    hours = Hours("Europe/Minsk", time(10), time.fromisoformat(quiet_from), time.fromisoformat(quiet_to))

    evening = evening_before(at("2026-11-20 05:00"), hours)

    assert evening.astimezone(ZoneInfo("Europe/Minsk")).strftime("%Y-%m-%d %H:%M") == expected


def test_the_day_before_is_counted_where_the_person_lives():
    new_york = Hours("America/New_York", time(10), time(21), time(9))

    assert evening_before(at("2026-11-20 03:00"), new_york) == at("2026-11-19 01:00")
