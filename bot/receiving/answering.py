"""Carries out in its chat what a conversation answered, after its unit of work; no failure leaves here.

What Telegram surely did not take is tried again a few times; a new message of which nobody knows is not,
since nobody could delete the second one: the person taps once more. A message whose row could not be told
its id, or has gone meanwhile, is deleted again: what is in no table would never be.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from time import monotonic
from typing import Protocol
from uuid import UUID

import structlog

from bot.receiving.taps import Taps
from bot.tasks import Tasks
from bot.telegram_api.messages import Messages, is_not_there
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from handlers.answer import Answer, Showing
from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused, Unsure
from solidarity.work import DatabaseUnavailable

log = structlog.stdlib.get_logger("poruch.answering")

MOST_OPEN = 1_000
TRY_AGAIN_AFTER_SECONDS = (0.5, 2.0)
ASK_AGAIN_AFTER_SECONDS = (0.2, 1.0, 3.0, 6.0)
# What was not sent for quiet's sake is like what was cut off: its row waits for the next answer.
NOT_SHOWN = Unsure()
GONE_BEFORE = Refused("message_missing")
# An update waits for it, and is taken again after half a minute.
DELETED_WITHIN_SECONDS = 10.0
OUR_TURN_AFTER_SECONDS = (0.1, 0.2, 0.4, 0.8, 1.5)


class Standing(Protocol):
    """A message that is to stand in a chat; without an id it has not been sent yet."""

    @property
    def message_id(self) -> int | None: ...


class Book(Protocol):
    """Knows of the messages that stand in chats.

    Each of these may raise ``DatabaseUnavailable``, but for `note`, which answers False where a message could
    not be noted: it is deleted again.
    """

    async def standing(self, posted_id: UUID) -> Standing | None: ...

    async def has_turn(self, posted_id: UUID) -> bool: ...

    async def note(self, posted_id: UUID, message_id: int) -> bool: ...

    async def forget(self, posted_id: UUID) -> None: ...

    async def mark_unreachable(self, chat_id: int) -> None: ...


class Answering:
    """Shows people their screens, one after another in each chat, chats side by side."""

    def __init__(
        self,
        messages: Messages,
        book: Book,
        *,
        pace: Pace,
        taps: Taps,
        turns: Turns,
        tasks: Tasks,
        in_flight: set[UUID],
        is_quiet: Callable[[], bool],
    ) -> None:
        """Take what answers stand on.

        Args:
            in_flight: names rows whose message is being sent just now.
            is_quiet: whether nothing may be shown to anybody; taps are answered and messages deleted even so.
        """
        self._messages = messages
        self._book = book
        self._pace = pace
        self._taps = taps
        self._turns = turns
        self._tasks = tasks
        self._in_flight = in_flight
        self._is_quiet = is_quiet
        self._room = asyncio.Semaphore(MOST_OPEN)

    async def submit(self, answer: Answer) -> asyncio.Task[None]:
        """Let an answer be performed after its chat's earlier ones; waits only while a thousand are open."""
        await self._room.acquire()
        task = self._tasks.start(self.perform(answer))
        task.add_done_callback(lambda _: self._room.release())
        return task

    async def perform(self, answer: Answer) -> None:
        """Answer the tap, show the screen, send a file, delete what is to go, leave a group; in order."""
        async with self._turns.of(answer.chat_id):
            if answer.callback_id is not None:
                await self._taps.answer(answer.callback_id, answer.toast)
            if answer.showing is not None and not self._is_quiet():
                await self._once_it_can_be_asked(partial(self._show, answer.chat_id, answer.showing))
            if answer.file is not None:
                await self._once_it_can_be_asked(partial(self._send, answer.chat_id, answer.file))
            for message_id in answer.delete:
                await self._delete(answer.chat_id, message_id)
            if answer.leave_chat:
                await self._attempt(
                    answer.chat_id, lambda: self._messages.leave(answer.chat_id), is_repeatable=True
                )
        if answer.afterwards is not None:
            # Whoever sees to it later does it, should the database be away.
            with suppress(DatabaseUnavailable):
                await answer.afterwards()

    async def delete(self, chat_id: int, message_id: int) -> bool:
        """Delete a message at once, ahead of its chat's answers; says whether it is surely gone."""
        try:
            async with asyncio.timeout(DELETED_WITHIN_SECONDS):
                outcome = await self._delete(chat_id, message_id)
        except TimeoutError:
            return False
        return isinstance(outcome, Delivered) or outcome == GONE_BEFORE

    async def _once_it_can_be_asked(self, step: Callable[[], Awaitable[None]]) -> None:
        """Take a step again where the database was away: it is asked before anything new is sent."""
        for wait in (*ASK_AGAIN_AFTER_SECONDS, None):
            try:
                await step()
            except DatabaseUnavailable:
                if wait is not None:
                    await asyncio.sleep(wait)
            else:
                return
        log.warning("an answer was lost with the database")

    async def _show(self, chat_id: int, showing: Showing) -> None:
        tried = showing.message_id
        if tried is not None:
            is_missing = await self._is_missing(chat_id, tried, showing)
            # Nobody would know of a newcomer's next message, and their chat may have been emptied just now.
            if not is_missing or showing.posted_id is None:
                return
        if showing.posted_id is not None:
            # An answer before this one may have sent the message since this one was drawn.
            row = await self._book.standing(showing.posted_id)
            if row is None:
                return
            now_at = row.message_id
            if now_at not in (None, tried) and not await self._is_missing(chat_id, now_at, showing):
                return
        await self._send(chat_id, showing)

    async def _is_missing(self, chat_id: int, message_id: int, showing: Showing) -> bool:
        """Edit a message, or say that it is gone or can no longer be edited."""
        outcome = await self._attempt(
            chat_id, lambda: self._edit(chat_id, message_id, showing), is_repeatable=True
        )
        await self._heed(outcome, chat_id)
        return is_not_there(outcome)

    async def _edit(self, chat_id: int, message_id: int, showing: Showing) -> Outcome:
        return NOT_SHOWN if self._is_quiet() else await self._messages.edit(chat_id, message_id, showing)

    async def _send(self, chat_id: int, showing: Showing) -> None:
        posted_id = showing.posted_id
        with in_hand(self._in_flight, posted_id):
            outcome = await self._attempt(
                chat_id, lambda: self._send_in_its_slot(chat_id, showing), is_repeatable=False
            )
            await self._heed(outcome, chat_id)
            if isinstance(outcome, Gone | Refused) and posted_id is not None:
                await self._book.forget(posted_id)
            if not isinstance(outcome, Delivered) or outcome.message_id is None:
                return
            if posted_id is not None and not await self._book.note(posted_id, outcome.message_id):
                await self._delete(chat_id, outcome.message_id)
        if showing.replaces is not None:
            await self._delete(chat_id, showing.replaces)

    async def _send_in_its_slot(self, chat_id: int, showing: Showing) -> Outcome:
        await self._until_our_turn(showing.posted_id)
        while (wait := self._pace.chat_ready_at(chat_id, monotonic()) - monotonic()) > 0:  # noqa: ASYNC110
            # Somebody else may write to this chat meanwhile.
            await asyncio.sleep(wait)
        if self._is_quiet():
            return NOT_SHOWN
        return await self._messages.send(chat_id, showing)

    async def _until_our_turn(self, posted_id: UUID | None) -> None:
        """Let what another process sends to this chat be over; but somebody waits, so not for long."""
        for wait in (*OUR_TURN_AFTER_SECONDS, None):
            if posted_id is None or await self._book.has_turn(posted_id) or wait is None:
                return
            await asyncio.sleep(wait)

    async def _heed(self, outcome: Outcome, chat_id: int) -> None:
        if isinstance(outcome, Gone):
            with suppress(DatabaseUnavailable):
                await self._book.mark_unreachable(chat_id)

    async def _delete(self, chat_id: int, message_id: int) -> Outcome:
        return await self._attempt(
            chat_id, lambda: self._messages.delete(chat_id, message_id), is_repeatable=True
        )

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
