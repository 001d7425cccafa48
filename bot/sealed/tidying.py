"""Takes the neutral lines of a sealed program out of their chats, when their hour is over and at the end."""

import asyncio
from datetime import timedelta
from uuid import UUID

from bot.clock import Clock
from bot.sealed.lines import STANDS_FOR, SealedLines
from bot.telegram_api.messages import Messages
from solidarity.outbox import Later, Unsure

SECONDS_BETWEEN = 0.05
SWEEP_AFTER_SECONDS = (0.0, 5.0, 60.0)
TRY_AGAIN = timedelta(seconds=30)


class Tidying:
    """The one that deletes lines."""

    def __init__(self, messages: Messages, lines: SealedLines, *, clock: Clock) -> None:
        self._messages = messages
        self._lines = lines
        self._clock = clock
        self._stopping, self._wake = asyncio.Event(), asyncio.Event()

    async def run(self) -> None:
        """Delete lines whose hour is over, until stopped."""
        while not self._stopping.is_set():
            for posted_id in self._lines.due(self._clock.now()):
                await self._delete(posted_id)
            now = self._clock.now()
            await self._clock.wait_until(self._lines.next_due() or now + STANDS_FOR, wake=self._wake)

    def stop(self) -> None:
        """Look no more for what is due."""
        self._stopping.set()
        self._wake.set()

    async def sweep(self) -> None:
        """Delete every line that still stands, twenty a second; what does not go is tried twice more."""
        for wait in SWEEP_AFTER_SECONDS:
            if len(self._lines):
                await asyncio.sleep(wait)
            for posted_id in self._lines.all():
                await self._delete(posted_id)

    async def _delete(self, posted_id: UUID) -> None:
        """Delete one line; one that Telegram does not take away now is due again soon."""
        line = await self._lines.standing(posted_id)
        if line is None:
            return
        if line.message_id is None:
            # Nobody knows whether it was sent; the chat may be told again.
            await self._lines.forget(posted_id)
            return
        outcome = await self._messages.delete(line.chat_id, line.message_id)
        if isinstance(outcome, Later | Unsure):
            line.until = self._clock.now() + TRY_AGAIN
        else:
            await self._lines.forget(posted_id)
        await asyncio.sleep(SECONDS_BETWEEN)
