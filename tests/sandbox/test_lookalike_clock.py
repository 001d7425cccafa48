"""The sandbox's own clock."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.clock import SandboxClock

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_a_frozen_clock_moves_only_by_hand():
    clock = SandboxClock(frozen_at=NOON)

    clock.advance(timedelta(hours=3))

    assert clock.now() == NOON + timedelta(hours=3)


def test_a_running_clock_runs_on_from_where_it_is_set():
    clock = SandboxClock()

    clock.set(NOON)

    assert NOON <= clock.now() < NOON + timedelta(seconds=5)


def test_back_to_real_time_undoes_every_move():
    clock = SandboxClock(frozen_at=NOON)

    clock.reset()

    assert (clock.is_frozen, clock.offset) == (False, timedelta())


def test_listeners_hear_the_new_time_until_they_leave():
    clock, heard = SandboxClock(frozen_at=NOON), []
    leave = clock.on_move(heard.append)

    clock.advance(timedelta(hours=1))
    leave()
    clock.advance(timedelta(hours=1))

    assert heard == [NOON + timedelta(hours=1)]


def test_a_naive_instant_is_refused():
    with pytest.raises(ValueError, match="aware"):
        SandboxClock().set(datetime(2026, 3, 2))  # noqa: DTZ001
