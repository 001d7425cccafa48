"""How often a Guardian is reminded to write."""

from datetime import date

import pytest

from solidarity.rhythm import RHYTHMS, next_letter_on

JOINED = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("last", "weeks", "expected"),
    [
        pytest.param(None, 2, date(2026, 11, 16), id="no letter yet: counted from the day they joined"),
        pytest.param(None, 4, date(2026, 11, 30), id="four weeks after joining"),
        pytest.param(date(2026, 11, 20), 2, date(2026, 12, 4), id="two weeks after the last letter"),
        pytest.param(date(2026, 11, 20), 4, date(2026, 12, 18), id="four weeks after the last letter"),
        pytest.param(date(2026, 11, 20), 8, date(2027, 1, 15), id="eight weeks pass into the next year"),
        pytest.param(date(2028, 2, 15), 2, date(2028, 2, 29), id="a leap day is a day"),
        pytest.param(date(2026, 10, 20), 4, date(2026, 11, 17), id="a letter before joining counts as well"),
    ],
)
def test_when_the_next_letter_is_due(last, weeks, expected):
    assert next_letter_on(last, joined=JOINED, rhythm_weeks=weeks) == expected


@pytest.mark.parametrize("weeks", [-4, 0, 1, 3, 6, 16])
def test_another_rhythm_is_refused(weeks):
    with pytest.raises(ValueError):
        next_letter_on(None, joined=JOINED, rhythm_weeks=weeks)


def test_there_are_three_rhythms():
    assert RHYTHMS == (2, 4, 8)
