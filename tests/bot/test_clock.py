import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot import clock as clock_module
from bot.clock import Clock, HandClock

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_now_is_in_utc_and_in_whole_milliseconds() -> None:
    now = Clock().now()

    assert now.tzinfo is UTC
    assert now.microsecond % 1000 == 0


def test_a_frozen_clock_stands_still() -> None:
    clock = HandClock(NOON + timedelta(microseconds=1999))

    assert [clock.now(), clock.now()] == [NOON + timedelta(milliseconds=1)] * 2


def test_a_frozen_clock_moves_by_hand() -> None:
    clock = HandClock(NOON)

    clock.advance(HOUR)

    assert clock.now() == NOON + HOUR


def test_a_frozen_clock_jumps() -> None:
    clock = HandClock(NOON)

    clock.set(NOON - HOUR)

    assert clock.now() == NOON - HOUR


def test_a_running_clock_runs_on_from_where_it_was_set() -> None:
    clock = HandClock()

    clock.set(NOON)
    clock.advance(HOUR)

    assert NOON + HOUR <= clock.now() < NOON + HOUR + timedelta(minutes=1)


async def test_an_instant_in_the_past_is_not_waited_for() -> None:
    await asyncio.wait_for(Clock().wait_until(NOON - HOUR * 24 * 365, wake=asyncio.Event()), timeout=5)


async def test_others_get_a_turn_though_there_is_nothing_to_wait_for() -> None:
    clock = HandClock(NOON)
    turns: list[str] = []
    asyncio.get_running_loop().call_soon(turns.append, "other")

    await clock.wait_until(NOON, wake=asyncio.Event())

    assert turns == ["other"]


async def test_a_wake_ends_the_wait() -> None:
    wake = asyncio.Event()
    waiting = asyncio.ensure_future(HandClock(NOON).wait_until(NOON + HOUR, wake=wake))
    await settle()

    wake.set()

    await asyncio.wait_for(waiting, timeout=5)


async def test_whoever_waits_looks_again_when_the_clock_is_moved() -> None:
    clock = HandClock(NOON)
    waiting = asyncio.ensure_future(clock.wait_until(NOON + HOUR, wake=asyncio.Event()))
    await settle()

    clock.advance(HOUR)

    await asyncio.wait_for(waiting, timeout=5)


async def test_a_move_that_does_not_reach_the_instant_ends_no_wait() -> None:
    clock = HandClock(NOON)
    waiting = asyncio.ensure_future(clock.wait_until(NOON + HOUR, wake=asyncio.Event()))
    await settle()

    clock.advance(HOUR / 2)
    await settle()

    assert not waiting.done()
    waiting.cancel()


@pytest.mark.parametrize("clock", [Clock(), HandClock(), HandClock(NOON)], ids=["real", "offset", "frozen"])
async def test_no_wait_is_longer_than_the_bound(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock_module, "LONGEST_WAIT", timedelta(milliseconds=10))

    instant = clock.now() + HOUR

    await asyncio.wait_for(clock.wait_until(instant, wake=asyncio.Event()), timeout=5)

    assert clock.now() < instant


async def test_the_real_clock_has_reached_the_instant_when_the_wait_ends() -> None:
    clock = Clock()
    instant = clock.now() + timedelta(milliseconds=20)

    await clock.wait_until(instant, wake=asyncio.Event())

    assert clock.now() >= instant


def test_the_bound_is_half_a_minute() -> None:
    assert timedelta(seconds=30) == clock_module.LONGEST_WAIT
