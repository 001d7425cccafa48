"""Wakes the other processes of an installation when ours commits, and ours when they do.

Only a wake-up: nothing is told by it, and one that is lost costs no more than the half minute after which
everybody looks again anyway.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

import structlog

from bot.tasks import Backoff, pause
from solidarity.work import Database, DatabaseUnavailable

log = structlog.stdlib.get_logger("poruch.bell")

# Something was committed; somebody was told to be silent.
COMMITTED, SILENCED = "poruch", "poruch_held"
# However much is committed, nobody is woken more often.
SECONDS_BETWEEN = 0.1


class Bell:
    """Rings a moment later and many at once; `wakes` says who is called when any process rang for what."""

    def __init__(self, database: Database, wakes: Mapping[str, Callable[[], None]]) -> None:
        self._database = database
        self._wakes = wakes
        self._to_ring: set[str] = set()
        self._rung, self._stopping = asyncio.Event(), asyncio.Event()

    def ring(self, channel: str = COMMITTED) -> None:
        """Let every process that hears us look again."""
        self._to_ring.add(channel)
        self._rung.set()

    async def run(self) -> None:
        """Hear and ring until stopped."""
        parts = {asyncio.create_task(part) for part in (self._hear(), self._tell(), self._stopping.wait())}
        try:
            ended, _ = await asyncio.wait(parts, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for part in parts:
                part.cancel()
            await asyncio.wait(parts)
        for part in ended:
            part.result()

    def stop(self) -> None:
        """Hear nothing more."""
        self._stopping.set()

    async def _hear(self) -> None:
        backoff = Backoff()
        while True:
            with suppress(DatabaseUnavailable):
                async with self._database.listening(*self._wakes) as rings:
                    # What was rung while nobody heard it.
                    for wake in self._wakes.values():
                        wake()
                    backoff.reset()
                    async for channel in rings:
                        self._wakes[channel]()
            wait = backoff.grow()
            log.warning("the database is away", lane="bell", seconds=wait)
            await asyncio.sleep(wait)

    async def _tell(self) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            channels, self._to_ring = self._to_ring, set()
            with suppress(DatabaseUnavailable):
                await self._database.ring(*channels)
            await pause(SECONDS_BETWEEN, unless=self._stopping)
