"""One thing after another in each chat: two edits of one message must not overtake each other."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Turns:
    """A queue for each chat, in the order in which turns were asked for; chats do not wait for each other."""

    def __init__(self) -> None:
        self._locks: dict[int, asyncio.Lock] = {}
        self._asked: dict[int, int] = {}

    @asynccontextmanager
    async def of(self, chat_id: int) -> AsyncIterator[None]:
        """Wait for this chat's turn, and have it until the block is left."""
        lock = self._locks.setdefault(chat_id, asyncio.Lock())
        self._asked[chat_id] = self._asked.get(chat_id, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._asked[chat_id] -= 1
            if not self._asked[chat_id]:
                del self._asked[chat_id], self._locks[chat_id]

    @property
    def count_busy(self) -> int:
        """How many chats somebody has, or waits for."""
        return len(self._locks)
