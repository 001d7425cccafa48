"""Frees what work that is over has left in memory, and gives it back to the system."""

import asyncio
import ctypes
import sys
from collections.abc import Awaitable, Callable

from bot.garbage import look_among_the_new
from bot.tasks import pause

# By then the start is over, which leaves half a mebibyte.
FIRST_AFTER_SECONDS = 1.0
# What was busy gives up its pages at the second look after its last work: within a minute.
SECONDS = 30.0


def give_back() -> None:
    """Let the system have pages in which nothing lies; where the C library cannot, nothing happens.

    glibc by itself gives back only what lies at the end: a broadcast leaves holes of ten mebibytes.
    """
    if sys.platform == "linux" and (trim := getattr(ctypes.CDLL(None), "malloc_trim", None)) is not None:
        trim(0)


class Memory:
    """Frees and gives back once the start is over and then twice a minute: a few milliseconds each."""

    def __init__(
        self, let_go: Callable[[], Awaitable[None]], *, first_after_seconds: float = FIRST_AFTER_SECONDS
    ) -> None:
        """Take what lets go of more beside."""
        self._let_go = let_go
        self._first_after_seconds = first_after_seconds
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Give back until stopped."""
        await pause(self._first_after_seconds, unless=self._stopping)
        while not self._stopping.is_set():
            look_among_the_new()
            await self._let_go()
            give_back()
            await pause(SECONDS, unless=self._stopping)

    def stop(self) -> None:
        self._stopping.set()
