from datetime import UTC, datetime, timedelta

import pytest

from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused, Unsure, next_attempt

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outcome", "attempts", "wait"),
    [
        pytest.param(Unsure(), 1, timedelta(seconds=30), id="unsure is tried again"),
        pytest.param(Later(), 1, timedelta(seconds=30), id="what did not go is tried again"),
        pytest.param(Later(), 2, timedelta(minutes=1), id="the wait doubles"),
        pytest.param(Unsure(), 7, timedelta(minutes=32), id="and doubles on"),
        pytest.param(Later(), 8, timedelta(hours=1), id="up to an hour"),
        pytest.param(Later(), 9, timedelta(hours=1), id="the wait stops growing at an hour"),
        pytest.param(Unsure(), 100_000, timedelta(hours=1), id="after any number of attempts"),
        pytest.param(Later(timedelta(seconds=7)), 9, timedelta(seconds=7), id="a named wait is kept"),
        pytest.param(Later(timedelta(hours=5)), 1, timedelta(hours=5), id="a long one too"),
    ],
)
def test_when_to_try_again(outcome: Outcome, attempts: int, wait: timedelta) -> None:
    assert next_attempt(outcome, attempts=attempts, now=NOON) == NOON + wait


@pytest.mark.parametrize(
    "outcome", [Delivered(5), Delivered(None), Gone("blocked"), Refused("bad_markup")], ids=repr
)
def test_what_is_settled_is_never_due_again(outcome: Outcome) -> None:
    assert next_attempt(outcome, attempts=1, now=NOON) is None


def test_an_outcome_without_an_attempt_is_refused() -> None:
    with pytest.raises(ValueError, match="attempt"):
        next_attempt(Later(), attempts=0, now=NOON)
