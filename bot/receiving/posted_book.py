"""What answers need to know of the messages that stand in chats, kept in the database."""

import asyncio
from uuid import UUID

import structlog

from bot.sending.chat_turns import ChatTurns
from solidarity.work import DatabaseUnavailable, Posted, Purpose, Storage

log = structlog.stdlib.get_logger("poruch.answering")

WRITE_AGAIN_AFTER_SECONDS = (0.2, 1.0, 3.0, 6.0)


class PostedBook:
    """The rows of posted messages, as `bot.receiving.answering.Book` asks for them."""

    def __init__(self, storage: Storage, turns: ChatTurns | None = None) -> None:
        """Take the storage, and the turns of this process where others send as well."""
        self._storage = storage
        self._turns = turns

    async def has_turn(self, posted_id: UUID) -> bool:
        """Say whether a new message may be sent now as far as other processes go; it is ours alone then."""
        if self._turns is None or self._turns.others_than is None:
            return True
        async with self._storage.unheard().unit() as uow:
            row = await uow.posted.get(posted_id)
            return row is None or await self._turns.take_for_answer(uow, row.person_id)

    async def standing(self, posted_id: UUID) -> Posted | None:
        async with self._storage.view() as uow:
            row = await uow.posted.get(posted_id)
        return None if row is None or row.purpose is Purpose.DISCARDED else row

    async def note(self, posted_id: UUID, message_id: int) -> bool:
        """Write a message's id into its row; False where there is no row, or no way to write."""
        for wait in (*WRITE_AGAIN_AFTER_SECONDS, None):
            try:
                async with self._storage.unit(together=True) as uow:
                    row = await uow.posted.get(posted_id)
                    if row is not None:
                        row.message_id = message_id
                return row is not None
            except DatabaseUnavailable:
                if wait is not None:
                    await asyncio.sleep(wait)
        log.error("a message could not be noted")
        return False

    async def forget(self, posted_id: UUID) -> None:
        """Remove the row of a message that Telegram does not take; the next one begins anew."""
        async with self._storage.unit() as uow:
            row = await uow.posted.get(posted_id)
            if row is not None:
                await uow.posted.remove(row)

    async def mark_unreachable(self, chat_id: int) -> None:
        """Note that an account cannot be written to, if it is a person's."""
        async with self._storage.unit() as uow:
            person = await uow.people.get_by_chat(chat_id)
            if person is not None:
                await uow.people.mark_unreachable(person.id)
