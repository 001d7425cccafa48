"""PINs are hashed here: in a thread, one at a time, outside any transaction.

So few wait at a time that however many PINs are typed, everybody else is answered meanwhile."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from solidarity.errors import TooBusy
from storage.passwords import PIN_COST, Cost, hash_pin, pin_matches

# Of the chats that are answered side by side, most must not be waiting for this.
MOST_WAITING = 8

Result = TypeVar("Result")


class Pins:
    """Argon2id off the event loop; a second PIN waits for the first, since each takes 64 MiB.

    Args:
        pepper: 32 bytes that are not in the database (`Macs.pin_pepper`).
        cost: what a new hash costs; a stored one is compared at the cost it names.
    """

    def __init__(self, pepper: bytes, *, cost: Cost = PIN_COST) -> None:
        self._pepper = pepper
        self._cost = cost
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pins")
        self._waiting = 0

    async def hash(self, pin: str) -> str:
        """Hash a PIN, about 0.2 s.

        Raises:
            TooBusy: eight wait already.
        """
        return await self._apart(partial(hash_pin, pin, pepper=self._pepper, cost=self._cost))

    async def matches(self, pin: str, stored: str) -> bool:
        """Say whether a hash is this PIN's, in about the time hashing takes.

        Raises:
            TooBusy: eight wait already.
        """
        return await self._apart(partial(pin_matches, pin, stored, pepper=self._pepper))

    def close(self) -> None:
        """End the thread; a hash under way is finished and forgotten."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _apart(self, work: Callable[[], Result]) -> Result:
        if self._waiting >= MOST_WAITING:
            raise TooBusy(str(self._waiting))
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            self._waiting -= 1
