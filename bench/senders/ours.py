"""Poruch's own way out: `Messages.send` over `AiohttpRequest`, at Telegram's pace where it is asked for."""

import asyncio
import sys
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from heapq import heappop, heappush
from time import monotonic

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bench.load import BUTTONS, TEXT, as_fast_as_it_can, audience, given
from bot import logs
from bot.connection import Connection
from bot.messages import Messages
from bot.pace import Pace
from bot.tasks import Tasks
from handlers.answer import Showing
from solidarity.outbox import Delivered

KEYBOARD = InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data)] for text, data in BUTTONS])
LIMITLESS = 100_000


async def send(messages: Messages, chat: int) -> bool:
    return isinstance(await messages.send(chat, Showing(TEXT, KEYBOARD)), Delivered)


async def send_surely(messages: Messages, chat: int) -> None:
    assert await send(messages, chat)


class Granting:
    """Hands over as delivery does: in order, at most a second's worth in hand, a resting chat overtaken."""

    def __init__(self, messages: Messages, pace: Pace, chats: Iterable[int], *, most: int) -> None:
        self._messages = messages
        self._pace = pace
        self._due = deque(chats)
        self._most = most
        self._waiting: deque[int] = deque()
        self._resting: list[tuple[float, int]] = []
        self._posts = Tasks("bench")
        self._under_way = 0
        self._moved = asyncio.Event()

    async def run(self) -> None:
        """Send everything, what was refused again."""
        while self._due or self._waiting or self._resting or self._under_way:
            self._moved.clear()
            again_at = self._hand_over_what_may_leave()
            with suppress(TimeoutError):
                async with asyncio.timeout(None if again_at is None else max(0.0, again_at - monotonic())):
                    await self._moved.wait()

    def _hand_over_what_may_leave(self) -> float | None:
        while True:
            now = monotonic()
            self._take_in(now)
            if not self._waiting:
                return self._resting[0][0] if self._resting else None
            chat = self._waiting[0]
            if (rested_at := self._pace.chat_ready_at(chat, now)) > now:
                heappush(self._resting, (rested_at, self._waiting.popleft()))
                continue
            if (ready_at := self._pace.ready_at(chat, now)) > now:
                return ready_at
            self._pace.take(self._waiting.popleft(), now)
            self._under_way += 1
            self._posts.start(self._post(chat))

    def _take_in(self, now: float) -> None:
        while self._resting and self._resting[0][0] <= now:
            self._waiting.appendleft(heappop(self._resting)[1])
        while self._due and len(self._waiting) < self._most:
            self._waiting.append(self._due.popleft())

    async def _post(self, chat: int) -> None:
        if not await send(self._messages, chat):
            self._due.appendleft(chat)
        self._under_way -= 1
        self._moved.set()


async def main() -> None:
    asked = given()
    logs.configure("ERROR", sys.stderr)
    pace = Pace(asked.per_second if asked.audience else LIMITLESS)
    connection = Connection(asked.token, asked.url, pace)
    async with connection.bot:
        if asked.audience:
            chats = audience(asked.audience)
            await Granting(connection.messages, pace, chats, most=int(asked.per_second)).run()
        else:
            await as_fast_as_it_can(
                lambda chat: send_surely(connection.messages, chat),
                messages=asked.messages,
                most=asked.at_once,
            )


if __name__ == "__main__":
    asyncio.run(main())
