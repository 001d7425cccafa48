"""The one source of now for the running program, and the same clock moved by hand."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

LONGEST_WAIT = timedelta(seconds=30)


# Counts on while the machine sleeps, where the system knows such a clock.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def steady() -> float:
    """Return seconds of a clock that nobody sets: for how long something is held is counted by it."""
    return time.clock_gettime(_STEADY)


class Clock:
    """This machine's clock."""

    def __init__(self) -> None:
        self._moved = asyncio.Event()

    def now(self) -> datetime:
        """Return the instant in UTC, cut to whole milliseconds as the database keeps them."""
        return _to_milliseconds(datetime.now(UTC))

    async def wait_until(self, instant: datetime, *, wake: asyncio.Event) -> None:
        """Return when ``instant`` is reached on this clock, when ``wake`` is set, or after 30 real seconds.

        The caller looks at its work again either way, and clears ``wake`` itself. Other tasks get
        a turn even when there is nothing to wait for.
        """
        loop = asyncio.get_running_loop()
        give_up_at = loop.time() + LONGEST_WAIT.total_seconds()
        await asyncio.sleep(0)
        while not wake.is_set() and self.now() < instant and (rest := give_up_at - loop.time()) > 0:
            await _any_set(wake, self._moved, seconds=min(rest, self._real_seconds_until(instant)))

    def _real_seconds_until(self, instant: datetime) -> float:
        return (instant - self.now()).total_seconds()


class HandClock(Clock):
    """A clock for tests and the sandbox: ahead of or behind the real one, or standing still."""

    def __init__(self, frozen_at: datetime | None = None) -> None:
        """Stand still at ``frozen_at`` (aware), or run with the real clock where it is None."""
        super().__init__()
        self._frozen_at = frozen_at
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the instant in UTC, cut to whole milliseconds."""
        if self._frozen_at is not None:
            return _to_milliseconds(self._frozen_at.astimezone(UTC))
        return _to_milliseconds(datetime.now(UTC) + self._offset)

    def advance(self, by: timedelta) -> None:
        """Move on (or back) by so much; whoever waits looks again."""
        if self._frozen_at is not None:
            self._frozen_at += by
        else:
            self._offset += by
        self._tell_waiters()

    def set(self, instant: datetime) -> None:
        """Jump to an aware instant; a running clock runs on from there. Whoever waits looks again."""
        if self._frozen_at is not None:
            self._frozen_at = instant
        else:
            self._offset = instant - datetime.now(UTC)
        self._tell_waiters()

    def _real_seconds_until(self, instant: datetime) -> float:
        return float("inf") if self._frozen_at is not None else super()._real_seconds_until(instant)

    def _tell_waiters(self) -> None:
        told, self._moved = self._moved, asyncio.Event()
        told.set()


def _to_milliseconds(instant: datetime) -> datetime:
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


async def _any_set(*events: asyncio.Event, seconds: float) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
