"""Poruch's own way out: `Messages.send`, and delivery above it where a pace is asked for."""

import asyncio
import sys
from collections import deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from typing import Any, cast

from bench.assembled import connected, delivering
from bench.load import BUTTONS, TEXT, as_fast_as_it_can, audience, given
from bot import logs
from bot.sending.parcel import Parcel
from bot.sending.parcels import Parcels
from bot.telegram_api.connection import Connection
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from handlers.answer import InlineButton, Showing
from solidarity.outbox import Delivered
from solidarity.work import Lane

KEYBOARD = [[InlineButton(text, data)] for text, data in BUTTONS]
SHOWING = Showing(TEXT, KEYBOARD)
LIMITLESS = 100_000
LONG_AGO, NEVER = datetime(2000, 1, 1, tzinfo=UTC), inf


async def send_surely(messages: Messages, chat: int) -> None:
    assert isinstance(await messages.send(chat, SHOWING), Delivered)


@dataclass(frozen=True)
class Row:
    """As much of a claimed row as delivery reads."""

    lane: Lane = Lane.BROADCAST


@dataclass(frozen=True)
class Push:
    """A message ready to be sent."""

    chat_id: int
    showing: Showing = SHOWING
    # Nothing where there is no database.
    prepared: Any = None


class InMemory:
    """The database's side of delivery without a database: everything is due, until it was delivered."""

    def __init__(self, chats: Iterable[int], *, wake: asyncio.Event) -> None:
        self._due = deque(chats)
        self._left = len(self._due)
        self._wake = wake
        self.all_delivered = asyncio.Event()

    async def next_due(self) -> dict[Lane, datetime]:
        return {Lane.BROADCAST: LONG_AGO} if self._due else {}

    async def claim(self, *, limit: int, lanes: Collection[Lane]) -> list[Parcel]:
        row = cast("Any", Row())
        return [
            Parcel(row, cast("Any", Push(self._due.popleft())), NEVER)
            for _ in range(min(limit, len(self._due)))
        ]

    async def still_wanted(self, parcels: Collection[Parcel]) -> set[Parcel]:
        return set(parcels)

    async def set_right(self) -> None:
        pass

    async def release_all(self) -> None:
        pass

    async def release_expired(self) -> None:
        pass

    async def settle(self, parcels: Collection[Parcel]) -> None:
        again = [parcel.chat_id for parcel in parcels if not isinstance(parcel.outcome, Delivered)]
        self._due.extendleft(again)
        self._left -= len(parcels) - len(again)
        if again:
            self._wake.set()
        if not self._left:
            self.all_delivered.set()


async def broadcast(connection: Connection, chats: Iterable[int]) -> None:
    """Let delivery send to each chat."""
    wake = asyncio.Event()
    parcels = InMemory(chats, wake=wake)
    delivery = delivering(connection, cast("Parcels", parcels), wake=wake, is_alone=True)
    running = asyncio.create_task(delivery.run())
    await parcels.all_delivered.wait()
    delivery.stop()
    await running


async def main() -> None:
    asked = given()
    logs.configure("ERROR", sys.stderr)
    pace = Pace(asked.per_second if asked.audience else LIMITLESS)
    connection = connected(asked.token, asked.url, pace)
    async with connection.bot:
        if asked.audience:
            await broadcast(connection, audience(asked.audience))
        else:
            await as_fast_as_it_can(
                lambda chat: send_surely(connection.messages, chat),
                messages=asked.messages,
                most=asked.at_once,
            )


if __name__ == "__main__":
    asyncio.run(main())
