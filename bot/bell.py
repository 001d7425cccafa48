"""Wakes the other processes of an installation when ours commits, and ours when they do.

Only a wake-up: nothing is told by it, and one that is lost costs no more than the half minute after which
everybody looks again anyway.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from bot.tasks import Backoff, pause
from solidarity.work import Database, DatabaseUnavailable

log = structlog.stdlib.get_logger("poruch.bell")

CHANNEL = "poruch"
# However much is committed, nobody is woken more often.
SECONDS_BETWEEN = 0.05


class Bell:
    """Rings after commits, a moment later and many at once; `wake` is called when another process did."""

    def __init__(self, database: Database, wake: Callable[[], None]) -> None:
        self._database = database
        self._wake = wake
        self._rung, self._stopping = asyncio.Event(), asyncio.Event()

    def ring(self) -> None:
        """Let every process that hears us look again."""
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
                async with self._database.listening(CHANNEL) as rings:
                    # What was rung while nobody heard it.
                    self._wake()
                    backoff.reset()
                    async for _ in rings:
                        self._wake()
            wait = backoff.grow()
            log.warning("the database is away", lane="bell", seconds=wait)
            await asyncio.sleep(wait)

    async def _tell(self) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            with suppress(DatabaseUnavailable):
                await self._database.ring(CHANNEL)
            await pause(SECONDS_BETWEEN, unless=self._stopping)
