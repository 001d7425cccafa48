"""Whom to suggest next."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from solidarity.coverage import least_covered
from storage.prisoners import Support

SEED = b"somebody"
DAYS = st.none() | st.dates(date(2025, 1, 1), date(2026, 11, 23))


def support(
    number: int, guardians: int = 0, last: date | None = None, recent: int = 0, languages: str = ""
) -> Support:
    return Support(UUID(int=number), languages, guardians, last, recent)


def order(supports: list[Support], languages: list[str] | None = None, seed: bytes = SEED) -> list[int]:
    ranked = least_covered(supports, languages=languages or ["be"], leave_out=[], seed=seed)
    return [one.prisoner_id.int for one in ranked]


def test_fewer_guardians_come_first():
    assert order([support(1, guardians=2), support(2, guardians=1), support(3)]) == [3, 2, 1]


def test_a_longer_silence_comes_first_and_never_before_all():
    long_ago, lately = date(2026, 1, 1), date(2026, 11, 1)

    assert order([support(1, last=lately), support(2), support(3, last=long_ago)]) == [2, 3, 1]


def test_fewer_letters_decide_between_equal_silences():
    day = date(2026, 11, 1)

    assert order([support(1, last=day, recent=5), support(2, last=day, recent=1)]) == [2, 1]


def test_who_has_three_guardians_is_left_out():
    assert order([support(1, guardians=3), support(2, guardians=2)]) == [2]


def test_who_reads_another_language_is_left_out_and_the_unknown_stay():
    some = [support(1, languages="ru"), support(2, languages="be,ru"), support(3)]

    assert sorted(order(some, ["be"])) == [2, 3]


def test_who_is_mine_already_is_left_out():
    ranked = least_covered([support(1)], languages=["be"], leave_out={UUID(int=1)}, seed=SEED)

    assert ranked == []


def test_ties_are_ordered_differently_for_different_people():
    equal = [support(number) for number in range(1, 21)]

    orders = {tuple(order(equal, seed=bytes([person]) * 16)) for person in range(10)}

    assert len(orders) > 1


@given(
    st.lists(st.builds(support, st.integers(1, 10**6), st.integers(0, 2), DAYS), max_size=20), st.randoms()
)
def test_the_order_does_not_depend_on_the_order_of_asking(some: list[Support], random):
    some = list({one.prisoner_id: one for one in some}.values())
    shuffled = some[:]
    random.shuffle(shuffled)

    assert order(shuffled) == order(some)
