"""Who waits for something to change here is woken by each change; nobody polls."""

import asyncio


class Changes:
    """Count changes, and wake those who wait for the next one. For one event loop."""

    def __init__(self) -> None:
        self.version = 0
        self._waiters: set[asyncio.Future[None]] = set()

    def note(self) -> None:
        """Say that something changed."""
        self.version += 1
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def after(self, version: int) -> None:
        """Return as soon as there was a change later than ``version``."""
        while self.version <= version:
            waiter = asyncio.get_running_loop().create_future()
            self._waiters.add(waiter)
            try:
                await waiter
            finally:
                self._waiters.discard(waiter)
