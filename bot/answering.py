"""Carries out in its chat what a conversation answered, after its unit of work; no failure leaves here.

What Telegram surely did not take is tried again a few times; a new message of which nobody knows is not,
since nobody could delete the second one: the person taps once more. A message whose row could not be told
its id, or has gone meanwhile, is deleted again: what is in no table would never be.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from uuid import UUID

import structlog

from bot.messages import Messages, is_not_there
from bot.pace import Pace
from bot.taps import Taps
from bot.tasks import Tasks
from bot.turns import Turns
from handlers.answer import Answer, Showing
from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused, Unsure
from solidarity.work import DatabaseUnavailable, Posted, Purpose, Storage

log = structlog.stdlib.get_logger("poruch.answering")

MOST_OPEN = 1_000
TRY_AGAIN_AFTER_SECONDS = (0.5, 2.0)
WRITE_AGAIN_AFTER_SECONDS = (0.2, 1.0, 3.0, 6.0)


class Answering:
    """Shows people their screens, one after another in each chat, chats side by side."""

    def __init__(
        self,
        messages: Messages,
        storage: Storage,
        *,
        pace: Pace,
        taps: Taps,
        turns: Turns,
        tasks: Tasks,
        in_flight: set[UUID],
    ) -> None:
        """Take what answers stand on; `in_flight` names rows whose message is being sent just now."""
        self._messages = messages
        self._storage = storage
        self._pace = pace
        self._taps = taps
        self._turns = turns
        self._tasks = tasks
        self._in_flight = in_flight
        self._room = asyncio.Semaphore(MOST_OPEN)

    async def submit(self, answer: Answer) -> asyncio.Task[None]:
        """Let an answer be performed after its chat's earlier ones; waits only while a thousand are open."""
        await self._room.acquire()
        task = self._tasks.start(self.perform(answer))
        task.add_done_callback(lambda _: self._room.release())
        return task

    async def perform(self, answer: Answer) -> None:
        """Answer the tap, show the screen, delete what is to go, leave a group; in this order."""
        async with self._turns.of(answer.chat_id):
            if answer.callback_id is not None:
                await self._taps.answer(answer.callback_id, answer.toast)
            if answer.showing is not None:
                try:
                    await self._show(answer.chat_id, answer.showing)
                except DatabaseUnavailable:
                    log.warning("an answer was lost with the database")
            for message_id in answer.delete:
                await self._delete(answer.chat_id, message_id)
            if answer.leave_chat:
                await self._attempt(
                    answer.chat_id, lambda: self._messages.leave(answer.chat_id), is_repeatable=True
                )

    async def _show(self, chat_id: int, showing: Showing) -> None:
        tried = showing.message_id
        if tried is not None and not await self._is_missing(chat_id, tried, showing):
            return
        if showing.posted_id is not None:
            # An answer before this one may have sent the message since this one was drawn.
            row = await self._standing(showing.posted_id)
            if row is None:
                return
            now_at = row.message_id
            if now_at not in (None, tried) and not await self._is_missing(chat_id, now_at, showing):
                return
        await self._send(chat_id, showing)

    async def _is_missing(self, chat_id: int, message_id: int, showing: Showing) -> bool:
        """Edit a message, or say that it is gone or can no longer be edited."""
        outcome = await self._attempt(
            chat_id, lambda: self._messages.edit(chat_id, message_id, showing), is_repeatable=True
        )
        await self._heed(outcome, chat_id)
        return is_not_there(outcome)

    async def _send(self, chat_id: int, showing: Showing) -> None:
        posted_id = showing.posted_id
        with in_hand(self._in_flight, posted_id):
            outcome = await self._attempt(
                chat_id, lambda: self._send_in_its_slot(chat_id, showing), is_repeatable=False
            )
            await self._heed(outcome, chat_id)
            if isinstance(outcome, Gone | Refused) and posted_id is not None:
                await self._forget(posted_id)
            if not isinstance(outcome, Delivered) or outcome.message_id is None:
                return
            if posted_id is not None and not await self._note(posted_id, outcome.message_id):
                await self._delete(chat_id, outcome.message_id)
        if showing.replaces is not None:
            await self._delete(chat_id, showing.replaces)

    async def _send_in_its_slot(self, chat_id: int, showing: Showing) -> Outcome:
        while (wait := self._pace.chat_ready_at(chat_id, monotonic()) - monotonic()) > 0:  # noqa: ASYNC110
            # Somebody else may write to this chat meanwhile.
            await asyncio.sleep(wait)
        return await self._messages.send(chat_id, showing)

    async def _standing(self, posted_id: UUID) -> Posted | None:
        async with self._storage.view() as uow:
            row = await uow.posted.get(posted_id)
        return None if row is None or row.purpose is Purpose.DISCARDED else row

    async def _note(self, posted_id: UUID, message_id: int) -> bool:
        """Write a message's id into its row; False where there is no row, or no way to write."""
        for wait in (*WRITE_AGAIN_AFTER_SECONDS, None):
            try:
                async with self._storage.unit() as uow:
                    row = await uow.posted.get(posted_id)
                    if row is not None:
                        row.message_id = message_id
                return row is not None
            except DatabaseUnavailable:
                if wait is not None:
                    await asyncio.sleep(wait)
        log.error("a message could not be noted")
        return False

    async def _forget(self, posted_id: UUID) -> None:
        """Remove the row of a message that Telegram does not take; the next one begins anew."""
        async with self._storage.unit() as uow:
            row = await uow.posted.get(posted_id)
            if row is not None:
                await uow.posted.remove(row)

    async def _heed(self, outcome: Outcome, chat_id: int) -> None:
        if isinstance(outcome, Gone):
            with suppress(DatabaseUnavailable):
                await mark_unreachable(self._storage, chat_id)

    async def _delete(self, chat_id: int, message_id: int) -> None:
        await self._attempt(chat_id, lambda: self._messages.delete(chat_id, message_id), is_repeatable=True)

    async def _attempt(
        self, chat_id: int, call: Callable[[], Awaitable[Outcome]], *, is_repeatable: bool
    ) -> Outcome:
        again = (Later, Unsure) if is_repeatable else (Later,)
        for wait in TRY_AGAIN_AFTER_SECONDS:
            await self._until_released(chat_id)
            outcome = await call()
            if not isinstance(outcome, again):
                return outcome
            await asyncio.sleep(wait)
        await self._until_released(chat_id)
        return await call()

    async def _until_released(self, chat_id: int) -> None:
        while (wait := self._pace.chat_held_until(chat_id) - monotonic()) > 0:  # noqa: ASYNC110
            # It may be held for longer meanwhile.
            await asyncio.sleep(wait)


@contextmanager
def in_hand(in_flight: set[UUID], posted_id: UUID | None) -> Iterator[None]:
    """Mark a row as being sent just now for the length of the block, so that nobody tidies it away."""
    if posted_id is not None:
        in_flight.add(posted_id)
    try:
        yield
    finally:
        if posted_id is not None:
            in_flight.discard(posted_id)


async def mark_unreachable(storage: Storage, chat_id: int) -> None:
    """Note that an account cannot be written to, if it is a person's.

    Raises:
        DatabaseUnavailable: it could not be noted.
    """
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(chat_id)
        if person is not None:
            await uow.people.mark_unreachable(person.id)
