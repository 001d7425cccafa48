"""How well a prisoner is written to, and whom to suggest next."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solidarity.coverage import (
    LETTER,
    ONE_GUARDIAN,
    Candidate,
    Cover,
    Promise,
    Tier,
    beginning,
    cover_of,
    least_covered,
)

TODAY = date(2026, 11, 23)
SEED = b"somebody"
DAYS = st.integers(0, 800).map(lambda days: TODAY - timedelta(days=days))
PROMISES = st.lists(st.builds(Promise, st.sampled_from([2, 4, 8]), DAYS), max_size=4)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def cover(*promises: tuple[int, int], last: int | None = None, recent: int = 0) -> Cover:
    """The cover of a prisoner with promises of so many weeks, last heard of so many days ago."""
    return cover_of(
        [Promise(weeks, ago(days)) for weeks, days in promises],
        last_letter_on=None if last is None else ago(last),
        recent_letters=recent,
        today=TODAY,
    )


def order(covers: list[Cover], seed: bytes = SEED, today: date = TODAY) -> list[int]:
    some = [Candidate(UUID(int=number), one) for number, one in enumerate(covers)]
    return [one.prisoner_id.int for one in least_covered(some, seed=seed, today=today)]


@pytest.mark.parametrize(
    ("weeks", "days", "points"),
    [
        pytest.param(4, 0, ONE_GUARDIAN, id="who has just written counts in full"),
        pytest.param(2, 0, 2 * ONE_GUARDIAN, id="twice as often counts twice"),
        pytest.param(8, 0, ONE_GUARDIAN // 2, id="half as often counts half"),
        pytest.param(4, 55, ONE_GUARDIAN, id="one rhythm may pass"),
        pytest.param(4, 56, ONE_GUARDIAN // 2, id="a second one halves it"),
        pytest.param(4, 84, ONE_GUARDIAN // 4, id="a third one halves it again"),
        pytest.param(2, 28, ONE_GUARDIAN, id="a frequent rhythm is missed sooner"),
        pytest.param(8, 111, ONE_GUARDIAN // 2, id="a slow rhythm is missed later"),
        pytest.param(4, 168, 0, id="after six rhythms nothing is left"),
    ],
)
def test_a_guardian_counts_by_rhythm_and_recency(weeks: int, days: int, points: int):
    assert cover((weeks, days)).points == points


def test_letters_of_anybody_count_a_tenth_each_and_ten_at_most():
    assert [cover(recent=number).points for number in (0, 1, 10, 40)] == [
        0,
        LETTER,
        ONE_GUARDIAN,
        ONE_GUARDIAN,
    ]


def test_who_has_nobody_comes_before_everybody_who_has_a_guardian():
    written_to_by_many, silent_guardian = cover(last=1, recent=10), cover((8, 700))

    assert order([silent_guardian, written_to_by_many]) == [1, 0]


def test_weaker_support_comes_first():
    two_silent, one_good = cover((4, 150), (4, 150), last=150), cover((4, 3), last=3, recent=1)

    assert order([one_good, two_silent]) == [1, 0]


def test_a_longer_silence_comes_first_and_never_before_all():
    assert order([cover(last=100), cover(), cover(last=200)]) == [1, 2, 0]


def test_fewer_letters_come_first():
    assert order([cover(last=40, recent=5), cover(last=40, recent=1)]) == [1, 0]


def test_who_has_three_guardians_is_left_out_however_silent_they_are():
    assert order([cover((4, 700), (4, 700), (4, 700)), cover((2, 0), (2, 0))]) == [1]


def test_ties_are_ordered_differently_for_different_people():
    equal = [cover()] * 20

    firsts = {order(equal, seed=bytes([person]) * 16)[0] for person in range(20)}

    assert len(firsts) > 5


def test_somebody_who_asks_in_another_week_sees_somebody_else():
    equal = [cover()] * 20

    assert len({order(equal, today=TODAY + timedelta(weeks=week))[0] for week in range(12)}) > 4


def test_within_a_week_the_order_stays():
    equal = [cover()] * 20

    assert order(equal) == order(equal, today=TODAY + timedelta(days=1))


def test_different_people_begin_their_search_at_different_places():
    assert len({beginning(seed=bytes([person]) * 16, today=TODAY) for person in range(50)}) == 50


@given(st.lists(st.builds(Cover, st.sampled_from(Tier), st.integers(0, 9), st.integers(0, 7))), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_asking(covers: list[Cover], random):
    some = [Candidate(UUID(int=number), one) for number, one in enumerate(covers)]
    shuffled = some[:]
    random.shuffle(shuffled)

    assert least_covered(shuffled, seed=SEED, today=TODAY) == least_covered(some, seed=SEED, today=TODAY)


@given(PROMISES, DAYS)
def test_a_letter_never_makes_a_prisoner_less_covered(promises: list[Promise], last: date):
    before = cover_of(promises, last_letter_on=last, recent_letters=2, today=TODAY)
    renewed = [Promise(each.rhythm_weeks, TODAY) for each in promises]

    after = cover_of(renewed, last_letter_on=TODAY, recent_letters=3, today=TODAY)

    assert after > before


@given(PROMISES, DAYS, st.integers(1, 400))
def test_silence_never_makes_a_prisoner_better_covered(promises: list[Promise], last: date, days: int):
    today = cover_of(promises, last_letter_on=last, recent_letters=0, today=TODAY)

    later = cover_of(promises, last_letter_on=last, recent_letters=0, today=TODAY + timedelta(days=days))

    assert later <= today
