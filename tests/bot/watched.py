"""Clocks and turns that tell when somebody waits on them, so that no test has to wait a while and hope."""

import asyncio
from collections import Counter
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from bot.clock import HandClock
from bot.telegram_api.turns import Turns
from sandbox.changes import Changes
from sandbox.waiting import until

WAIT_SECONDS = 10


class WatchedClock(HandClock):
    """A clock moved by hand that knows for which instants somebody waits on it."""

    def __init__(self, frozen_at: datetime) -> None:
        super().__init__(frozen_at)
        self._awaited: Counter[datetime] = Counter()
        self._changes = Changes()

    async def wait_until(self, instant: datetime, *, wake: asyncio.Event) -> None:
        self._awaited[instant] += 1
        self._changes.note()
        try:
            await super().wait_until(instant, wake=wake)
        finally:
            self._awaited[instant] -= 1

    async def is_awaited(self, instant: datetime) -> None:
        """Return when somebody has nothing to do before this instant."""
        await until(self._changes, lambda: self._awaited[instant], seconds=WAIT_SECONDS)


class WatchedTurns(Turns):
    """Turns that tell when one is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = asyncio.Event()

    def of(self, chat_id: int) -> AbstractAsyncContextManager[None]:
        self.asked.set()
        return super().of(chat_id)
