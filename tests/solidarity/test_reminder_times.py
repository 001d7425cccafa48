"""When people are reminded of a hearing."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from solidarity.hours import Hours, is_quiet, local_instant
from solidarity.reminder_times import GRADES, HearingReminder, grade_of, hearing_reminders

MINSK = Hours("Europe/Minsk", time(10), time(21), time(9))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ["America/New_York", "Europe/Minsk", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
HALF_HOURS = [time(number // 2, number % 2 * 30) for number in range(48)]

half_hours = st.sampled_from(HALF_HOURS)
any_hours = st.builds(Hours, st.sampled_from(ZONES), half_hours, half_hours, half_hours)
changes_of_clocks = st.sampled_from(
    [
        datetime(2026, 3, 8, 7, tzinfo=UTC),
        datetime(2026, 11, 1, 6, tzinfo=UTC),
        datetime(2026, 4, 4, 15, tzinfo=UTC),
        datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
        datetime(2011, 12, 30, 10, tzinfo=UTC),
    ]
)
starts = st.one_of(
    st.integers(0, 25 * 365 * 86400).map(lambda seconds: LONG_AGO + timedelta(seconds=seconds)),
    st.builds(
        lambda change, minutes: change + timedelta(minutes=minutes),
        changes_of_clocks,
        st.integers(-2000, 12000),
    ),
)
ahead = st.timedeltas(timedelta(hours=-2), timedelta(days=12))


def minsk(text: str) -> datetime:
    return local_instant(datetime.fromisoformat(text), "Europe/Minsk")


def planned(
    starts_at: datetime, hours: Hours, now: datetime = LONG_AGO, off: tuple[str, ...] = ()
) -> list[tuple[str, str]]:
    zone = ZoneInfo(hours.zone)
    found = hearing_reminders(starts_at, hours=hours, now=now, off=off)
    return [(one.kind, one.due_at.astimezone(zone).strftime("%d %H:%M")) for one in found]


def test_a_hearing_is_told_of_three_times():
    assert planned(minsk("2026-11-20 14:00"), MINSK) == [
        ("7d", "13 10:00"),
        ("1d", "19 10:00"),
        ("3h", "20 11:00"),
    ]


def test_each_reminder_helps_until_the_next_is_due_and_the_last_until_the_start():
    start = minsk("2026-11-20 14:00")

    assert hearing_reminders(start, hours=MINSK, now=LONG_AGO) == [
        HearingReminder("7d", minsk("2026-11-13 10:00"), minsk("2026-11-19 10:00")),
        HearingReminder("1d", minsk("2026-11-19 10:00"), minsk("2026-11-20 11:00")),
        HearingReminder("3h", minsk("2026-11-20 11:00"), start),
    ]


def test_three_hours_ahead_in_quiet_hours_is_merged_with_the_day_before():
    start = minsk("2026-11-20 10:30")

    assert hearing_reminders(start, hours=MINSK, now=LONG_AGO) == [
        HearingReminder("7d", minsk("2026-11-13 10:00"), minsk("2026-11-19 10:00")),
        HearingReminder("1d", minsk("2026-11-19 10:00"), start),
    ]


def test_three_hours_ahead_at_the_end_of_quiet_hours_comes_exactly():
    assert planned(minsk("2026-11-20 12:00"), MINSK)[-1] == ("3h", "20 09:00")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-11-13 09:59", ["7d", "1d", "3h"], id="just before the first"),
        pytest.param("2026-11-13 10:00", ["1d", "3h"], id="the first has come"),
        pytest.param("2026-11-19 10:00", ["3h"], id="the day before is over"),
        pytest.param("2026-11-20 11:00", [], id="less than three hours left"),
        pytest.param("2026-11-21 00:00", [], id="the sitting is past"),
    ],
)
def test_a_hearing_entered_late_has_only_what_is_ahead(now, expected):
    assert [kind for kind, _ in planned(minsk("2026-11-20 14:00"), MINSK, minsk(now))] == expected


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param("2026-11-19 09:59", [("1d", "19 10:00")], id="the day before still speaks for it"),
        pytest.param("2026-11-19 10:00", [("eve", "19 20:00")], id="entered later: the evening before"),
        pytest.param("2026-11-19 20:00", [], id="entered in the night: nothing is left"),
    ],
)
def test_an_early_hearing_entered_late_is_told_of_the_evening_before(now, expected):
    assert planned(minsk("2026-11-20 10:30"), MINSK, minsk(now)) == expected


def test_days_are_counted_on_the_recipients_own_calendar():
    new_york = Hours("America/New_York", time(10), time(21), time(9))

    # 05:30 on the 20th in Minsk is 21:30 on the 19th in New York.
    assert planned(minsk("2026-11-20 05:30"), new_york) == [
        ("7d", "12 10:00"),
        ("1d", "18 10:00"),
        ("3h", "19 18:30"),
    ]


def test_a_day_ahead_that_would_come_after_three_hours_ahead_is_dropped():
    late = Hours("Europe/Minsk", time(23), time(3), time(9))

    assert planned(minsk("2026-11-20 00:30"), late) == [("7d", "13 23:00"), ("3h", "19 21:30")]


def test_a_day_ahead_and_three_hours_ahead_never_come_at_one_instant():
    late = Hours("Europe/Minsk", time(21, 30), time(3), time(9))

    assert planned(minsk("2026-11-20 00:30"), late) == [("7d", "13 21:30"), ("3h", "19 21:30")]


def test_three_hours_are_hours_and_not_readings_of_a_clock_that_changes():
    new_york = Hours("America/New_York", time(10), time(9), time(9))
    start = datetime(2026, 3, 8, 4, tzinfo=ZoneInfo("America/New_York"))

    assert planned(start, new_york)[-1] == ("3h", "08 00:00")


@given(starts, any_hours, ahead)
@example(
    datetime(2026, 3, 8, 10, tzinfo=UTC),
    Hours("America/New_York", time(2, 30), time(21), time(2, 30)),
    timedelta(9),
)
def test_whatever_the_hours_reminders_come_in_order_before_the_start_and_never_in_quiet(start, hours, before):
    now = start - before
    found = hearing_reminders(start, hours=hours, now=now)
    due = [one.due_at for one in found]

    assert due == sorted(set(due))
    assert all(now < at < start for at in due)
    assert not any(is_quiet(at, hours) for at in due)
    assert len({one.kind for one in found}) == len(found)


@given(starts, any_hours, ahead)
def test_whatever_the_hours_each_reminder_is_useful_for_a_while_and_none_overlap(start, hours, before):
    found = hearing_reminders(start, hours=hours, now=start - before)

    assert [one.useful_until for one in found] == [*(one.due_at for one in found[1:]), start][: len(found)]


@given(starts, any_hours)
def test_a_hearing_known_long_before_is_told_of_a_week_and_a_day_or_hours_ahead(start, hours):
    # Samoa had no 30 December 2011: of a sitting on the next morning nothing could be said the day before.
    assume(hours.zone != "Pacific/Apia" or start.year > 2011)

    kinds = [one.kind for one in hearing_reminders(start, hours=hours, now=start - timedelta(days=12))]

    assert kinds in (["7d", "1d", "3h"], ["7d", "1d"], ["7d", "3h"])


@given(starts, any_hours)
def test_three_hours_ahead_is_exact_wherever_the_person_is_awake(start, hours):
    exact = start - timedelta(hours=3)
    found = hearing_reminders(start, hours=hours, now=start - timedelta(days=12))

    assert [one.due_at for one in found if one.kind == "3h"] == ([] if is_quiet(exact, hours) else [exact])


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("letter", "when_you_have_time"),
        ("hearing_7d", "this_week"),
        ("hearing_1d", "today"),
        ("hearing_3h", "today"),
        ("hearing_eve", "today"),
        ("hearing_moved", "today"),
        ("hearing_cancelled", "today"),
        ("hearing_new", "this_week"),
    ],
)
def test_how_pressing_a_push_is(kind, expected):
    assert grade_of(kind) == expected


@pytest.mark.parametrize(
    ("left", "expected"), [(timedelta(hours=47), "today"), (timedelta(days=3), "this_week")]
)
def test_a_new_hearing_is_for_today_when_it_is_near(left, expected):
    assert grade_of("hearing_new", starts_in=left) == expected


def test_every_kind_has_one_of_three_grades():
    assert set(GRADES.values()) == {"today", "this_week", "when_you_have_time"}


def test_an_unknown_kind_has_no_grade():
    with pytest.raises(ValueError):
        grade_of("weather")


@pytest.mark.parametrize(
    ("starts", "off", "expected"),
    [
        ("2026-12-03 14:00", ("7d",), [("1d", "02 10:00"), ("3h", "03 11:00")]),
        ("2026-12-03 14:00", ("1d",), [("7d", "26 10:00"), ("3h", "03 11:00")]),
        ("2026-12-03 14:00", ("3h",), [("7d", "26 10:00"), ("1d", "02 10:00")]),
        ("2026-12-03 14:00", ("7d", "1d", "3h"), []),
        # Three hours ahead would be at six: the day before stands for it, or the evening where that is off.
        ("2026-12-03 09:00", ("3h",), [("7d", "26 10:00"), ("1d", "02 10:00")]),
        ("2026-12-03 09:00", ("1d",), [("7d", "26 10:00"), ("eve", "02 20:00")]),
        ("2026-12-03 09:00", ("1d", "3h"), [("7d", "26 10:00")]),
    ],
)
def test_what_a_person_does_without_is_left_out(starts, off, expected):
    assert planned(minsk(starts), MINSK, off=off) == expected


def test_who_does_without_three_hours_is_told_a_day_ahead_also_where_that_is_later():
    hours = Hours("Europe/Minsk", time(23), time(3), time(4))

    assert planned(minsk("2026-12-03 01:30"), hours, off=("7d",)) == [("3h", "02 22:30")]
    assert planned(minsk("2026-12-03 01:30"), hours, off=("7d", "3h")) == [("1d", "02 23:00")]


@given(starts, any_hours, ahead, st.sets(st.sampled_from(["7d", "1d", "3h"])))
def test_whatever_is_off_the_rest_comes_in_order_and_nothing_comes_that_is_off(start, hours, before, off):
    found = hearing_reminders(start, hours=hours, now=start - before, off=off)

    kinds = [one.kind for one in found]
    assert [one.due_at for one in found] == sorted({one.due_at for one in found})
    assert not set(kinds) & off
    assert "eve" not in kinds or "3h" not in off
    assert not any(is_quiet(one.due_at, hours) for one in found)


WARSAW = Hours("Europe/Warsaw", time(10), time(21), time(9))


def each(instants: tuple[str, str, str]) -> list[tuple[str, str]]:
    return list(zip(("7d", "1d", "3h"), instants, strict=True))


@pytest.mark.parametrize(
    ("starts", "entered", "reader", "expected"),
    [
        # Entered 30, 20 and 2 hours ahead.
        ("2026-12-03 14:00", "2026-12-02 08:00", MINSK, [("1d", "02 10:00"), ("3h", "03 11:00")]),
        ("2026-12-03 14:00", "2026-12-02 18:00", MINSK, [("3h", "03 11:00")]),
        ("2026-12-03 14:00", "2026-12-03 12:00", MINSK, []),
        # Clocks change where the reader lives, and not at the court, on the day before.
        ("2027-03-29 15:00", "2027-03-01 12:00", WARSAW, each(("22 10:00", "28 10:00", "29 11:00"))),
        ("2026-10-26 15:00", "2026-10-01 12:00", WARSAW, each(("19 10:00", "25 10:00", "26 10:00"))),
        # At midnight three hours ahead is quiet.
        ("2026-12-03 00:00", "2026-11-01 12:00", MINSK, [("7d", "26 10:00"), ("1d", "02 10:00")]),
        # A year ahead.
        ("2027-11-24 14:00", "2026-11-23 12:00", MINSK, each(("17 10:00", "23 10:00", "24 11:00"))),
        # Three on one day.
        ("2026-12-03 09:00", "2026-11-23 12:00", MINSK, [("7d", "26 10:00"), ("1d", "02 10:00")]),
        ("2026-12-03 12:00", "2026-11-23 12:00", MINSK, each(("26 10:00", "02 10:00", "03 09:00"))),
        ("2026-12-03 16:30", "2026-11-23 12:00", MINSK, each(("26 10:00", "02 10:00", "03 13:30"))),
    ],
)
def test_whenever_it_is_entered_what_still_makes_sense_comes_at_the_readers_own_time(
    starts, entered, reader, expected
):
    assert planned(minsk(starts), reader, minsk(entered)) == expected
