"""Takes the messages of those who left out of their chats; then nobody here knows which chat it was.

Doing it again does no harm, so a farewell that was cut off begins anew. An hour after somebody left its key
is destroyed in any case, and what still stands there then is tried once more, from memory.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog

from bot.clock import Clock
from bot.telegram_api.messages import MOST_AT_ONCE, Messages, wait_after
from solidarity.outbox import Later, Outcome, Refused, Unsure
from solidarity.work import Parting, Storage, StorageError, UnitOfWork

log = structlog.stdlib.get_logger("poruch.housekeeping")

BATCH = 20


@dataclass(frozen=True)
class Due:
    """One farewell to be said now; without a parting it cannot be read, and only its row is left to go."""

    farewell_id: UUID
    parting: Parting | None
    is_over: bool


class Farewells:
    """The part of housekeeping that empties the chats of those who left."""

    def __init__(
        self, storage: Storage, messages: Messages, *, clock: Clock, slot: Callable[[], Awaitable[bool]]
    ) -> None:
        """Take what it stands on; `slot` waits for a place at Telegram's pace, False when we are stopping."""
        self._storage = storage
        self._messages = messages
        self._clock = clock
        self._slot = slot

    async def say_due(self, now: datetime) -> int:
        """Say the farewells that are due; returns how many there were."""
        async with self._storage.view() as uow:
            due = await _due(uow, now)
        await asyncio.gather(*(self._say(each) for each in due))
        return len(due)

    async def _say(self, due: Due) -> None:
        if due.is_over or due.parting is None:
            await self._end(due)
        if due.parting is None:
            return
        outcomes = await self._empty(due.parting)
        if due.is_over or None in outcomes:
            return
        waits = [wait_after(each) for each in outcomes if isinstance(each, Later | Unsure)]
        if not waits:
            await self._end(due)
            return
        async with self._storage.unit() as uow:
            await uow.farewells.postpone(due.farewell_id, until=self._clock.now() + max(waits))

    async def _end(self, due: Due) -> None:
        async with self._storage.unit() as uow:
            await uow.farewells.end(due.farewell_id)

    async def _empty(self, parting: Parting) -> list[Outcome | None]:
        """Delete all messages, a hundred at once; the outcome is None of those we did not get to."""
        ids, outcomes = parting.message_ids, list[Outcome | None]()
        for start in range(0, len(ids), MOST_AT_ONCE):
            outcomes += await self._delete(parting.chat_id, ids[start : start + MOST_AT_ONCE])
        return outcomes

    async def _delete(self, chat_id: int, ids: Sequence[int]) -> list[Outcome | None]:
        if not await self._slot():
            return [None]
        outcome = await self._messages.delete_many(chat_id, ids)
        if not isinstance(outcome, Refused):
            return [outcome]
        # One that is too old keeps all of them.
        return [await self._delete_one(chat_id, message_id) for message_id in ids]

    async def _delete_one(self, chat_id: int, message_id: int) -> Outcome | None:
        if not await self._slot():
            return None
        return await self._messages.delete(chat_id, message_id)


async def _due(uow: UnitOfWork, now: datetime) -> list[Due]:
    rows = await uow.farewells.due(now=now, limit=BATCH)
    await uow.vault.load_keys(row.id for row in rows)
    due = []
    for row in rows:
        try:
            parting = await uow.farewells.reveal(row)
        except StorageError as error:
            log.error("a farewell cannot be read", kind=type(error).__name__)
            parting = None
        due.append(Due(row.id, parting, row.expires_at <= now))
    return due
