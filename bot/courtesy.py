"""Who waits for an answer goes first: what nobody waits for gives way, for a moment."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager


class Courtesy:
    """How many are being answered just now; delivery steps back meanwhile, though never for long."""

    def __init__(self) -> None:
        self._waiting = 0
        self._nobody = asyncio.Event()
        self._nobody.set()

    @contextmanager
    def somebody_waits(self) -> Iterator[None]:
        """Have others give way for the length of the block."""
        self._waiting += 1
        self._nobody.clear()
        try:
            yield
        finally:
            self._waiting -= 1
            if not self._waiting:
                self._nobody.set()

    async def give_way(self, *, until: float) -> None:
        """Wait while somebody waits, at most until this instant of the event loop's clock."""
        if self._waiting and asyncio.get_running_loop().time() < until:
            try:
                async with asyncio.timeout_at(until):
                    await self._nobody.wait()
            except TimeoutError:
                pass
