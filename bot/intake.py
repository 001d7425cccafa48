"""Updates from Telegram by long polling, each taken only when its effect is committed or refused.

The next request acknowledges a batch, so it waits for every update of it, and a moment for their answers;
meanwhile what waits behind the batch is looked at, so that no tap is left without its answer. Where the
database is away the batch is given again; what of it was done is not done twice. An update that takes too
long is given again as well, but not for ever.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from time import monotonic
from typing import Any

import structlog
from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.answering import Answering
from bot.taps import Taps
from bot.tasks import Backoff, pause
from bot.telegram_client import outcome_of
from bot.updates import UNREADABLE, Came, callback_id_of, number_of, read_update
from handlers.answer import Answer
from handlers.arrival import Arrival
from solidarity.outbox import Later
from solidarity.work import DatabaseUnavailable

log = structlog.stdlib.get_logger("poruch.intake")

WANTED = ["message", "callback_query", "my_chat_member"]
# Telegram shows the first hundred that wait: half of them are left to be seen behind a batch.
BATCH = 50
SEEN = 100
POLL_SECONDS = 25
READ_SECONDS = 10.0
LOOK_EVERY_SECONDS = 1.0
LOOK_BEHIND_EVERY_SECONDS = 0.4
TAKE_WITHIN_SECONDS = 30.0
MOST_TIMES_TOO_SLOW = 3
SIDE_BY_SIDE = 8
# A slow answer to one must not keep the others' taps waiting for long.
ANSWER_WITHIN_SECONDS = 0.4

Take = Callable[[Arrival], Awaitable[Answer]]
WasBlocked = Callable[[int], Awaitable[None]]


class Intake:
    """The one that asks Telegram for updates; `counts` tells how many were taken, bad and failed."""

    def __init__(
        self, bot: Bot, take: Take, *, answering: Answering, taps: Taps, was_blocked: WasBlocked
    ) -> None:
        """Take who has updates done and answered; `was_blocked` is told of a chat closed to the bot."""
        self._bot = bot
        self._take = take
        self._answering = answering
        self._taps = taps
        self._was_blocked = was_blocked
        self._stopping = asyncio.Event()
        self._polling: asyncio.Future[list[Any]] | None = None
        self._side_by_side = asyncio.Semaphore(SIDE_BY_SIDE)
        self._offset: int | None = None
        self._done: set[int] = set()
        self._too_slow: Counter[int] = Counter()
        self._answers: list[asyncio.Task[None]] = []
        self.counts: Counter[str] = Counter()

    async def run(self) -> None:
        """Take updates until stopped."""
        silence, no_database = Backoff(), Backoff()
        while not self._stopping.is_set():
            batch = await self._poll(silence)
            if batch is None:
                continue
            if await self._take_batch(batch):
                no_database.reset()
            else:
                await self._without_database(no_database.grow())
        await self._acknowledge()

    def stop(self) -> None:
        """Ask for nothing more; what has been given is still taken."""
        self._stopping.set()
        if self._polling is not None:
            self._polling.cancel()

    async def _poll(self, silence: Backoff) -> list[Any] | None:
        """Ask once; None where nothing can be done with the answer."""
        self._polling = asyncio.ensure_future(self._get_updates(POLL_SECONDS))
        try:
            batch = await self._polling
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return None
            raise
        except TelegramError as error:
            await pause(_say_why(error) or silence.grow(), unless=self._stopping)
            return None
        finally:
            self._polling = None
        silence.reset()
        return batch

    async def _get_updates(self, seconds: int, limit: int = BATCH) -> list[Any]:
        # Not `Bot.get_updates`: one update that it cannot parse would lose all of them, for ever.
        batch = await self._bot._post(
            "getUpdates",
            {"offset": self._offset, "limit": limit, "timeout": seconds, "allowed_updates": WANTED},
            read_timeout=seconds + READ_SECONDS,
        )
        if not isinstance(batch, list):
            raise NetworkError("the answer is not Telegram's")
        return batch

    async def _take_batch(self, batch: list[Any]) -> bool:
        """Take a batch, watching what comes behind it; False where some of it must be given again."""
        for callback_id in filter(None, map(callback_id_of, batch)):
            self._taps.watch(callback_id)
        is_over = asyncio.Event()
        looking = asyncio.create_task(self._look_behind(is_over))
        try:
            return await self._take_all(batch)
        finally:
            is_over.set()
            await asyncio.wait({looking}, timeout=LOOK_EVERY_SECONDS)
            # Two requests for updates at once would be refused.
            looking.cancel()

    async def _take_all(self, batch: list[Any]) -> bool:
        numbers = [number for raw in batch if (number := number_of(raw)) is not None]
        came = [each for raw in batch if (each := self._read(raw)) is not None]
        chats: dict[int, list[Came]] = {}
        for each in came:
            chats.setdefault(each.chat_id, []).append(each)
        taken = await asyncio.gather(*(self._take_chat(chat) for chat in chats.values()))
        if not all(taken):
            return False
        if batch and not numbers:
            # It cannot be acknowledged; without a pause we would be given it at once again.
            await pause(LOOK_EVERY_SECONDS, unless=self._stopping)
        await self._answered()
        # Once all is acknowledged no offset is needed: numbers restart at random after a quiet week.
        self._offset = max(numbers) + 1 if numbers else None
        self._done.clear()
        self._too_slow.clear()
        return True

    async def _answered(self) -> None:
        """Wait a moment for the batch's answers: what is cut off before them is given, and shown, again."""
        answers, self._answers = self._answers, []
        if answers:
            await asyncio.wait(answers, timeout=ANSWER_WITHIN_SECONDS)

    def _read(self, raw: Any) -> Came | None:
        try:
            return read_update(raw, self._bot)
        except UNREADABLE as error:
            self.counts["bad"] += 1
            log.warning("an update cannot be read", reference=str(number_of(raw)), kind=type(error).__name__)
            return None

    async def _take_chat(self, chat: Iterable[Came]) -> bool:
        """Take one chat's updates in order, up to the first that must be given again."""
        async with self._side_by_side:
            for each in chat:
                if each.number in self._done:
                    continue
                if not await self._take_one(each):
                    return False
                self._done.add(each.number)
                self.counts["taken"] += 1
        return True

    async def _take_one(self, came: Came) -> bool:
        """Take one update in a task of its own, so that whatever happens in it stays with it."""
        task = asyncio.ensure_future(self._effect(came))
        await asyncio.wait({task}, timeout=TAKE_WITHIN_SECONDS)
        if not task.done():
            task.cancel()
            await asyncio.wait({task})
        if task.cancelled():
            return self._give_up_on(came)
        error = task.exception()
        if isinstance(error, DatabaseUnavailable):
            log.warning("the database is away; an update will be taken again")
            return False
        if error is not None:
            self.counts["failed"] += 1
            log.error("an update failed", reference=secrets.token_hex(4), exc_info=error)
        elif (answer := task.result()) is not None:
            self._answers.append(await self._answering.submit(answer))
        return True

    def _give_up_on(self, came: Came) -> bool:
        """Say whether an update that took too long counts as handled: after the third time."""
        self._too_slow[came.number] += 1
        if self._too_slow[came.number] < MOST_TIMES_TOO_SLOW:
            log.warning("an update took too long and will be taken again")
            return False
        self.counts["failed"] += 1
        log.error("an update failed", reference=secrets.token_hex(4), kind="too slow")
        return True

    async def _effect(self, came: Came) -> Answer | None:
        if came.leave_group is not None:
            return Answer(came.leave_group, leave_chat=True)
        if came.was_blocked:
            await self._was_blocked(came.chat_id)
        return None if came.arrival is None else await self._take(came.arrival)

    async def _without_database(self, seconds: float) -> None:
        """Wait, but leave no tap without its answer: what comes meanwhile is looked at, not taken."""
        until = monotonic() + seconds
        while (rest := until - monotonic()) > 0 and not self._stopping.is_set():
            await pause(min(rest, LOOK_EVERY_SECONDS), unless=self._stopping)
            await self._look(self._taps.give_up)

    async def _look_behind(self, is_over: asyncio.Event) -> None:
        """Find the taps that come while a batch is taken; their turn comes with the next one."""
        while not is_over.is_set():
            await pause(LOOK_BEHIND_EVERY_SECONDS, unless=is_over)
            if not is_over.is_set():
                await self._look(self._taps.watch)

    async def _look(self, found: Callable[[str], None]) -> None:
        """Name every tap that waits, without taking or acknowledging anything."""
        with suppress(TelegramError):
            for callback_id in filter(None, map(callback_id_of, await self._get_updates(0, limit=SEEN))):
                found(callback_id)

    async def _acknowledge(self) -> None:
        if self._offset is not None:
            with suppress(TelegramError):
                await self._get_updates(0, limit=1)


def _say_why(error: TelegramError) -> float | None:
    """Log in a calm line why no updates come; return the wait in seconds that Telegram named, if it did."""
    match error:
        case Conflict():
            reason = "a webhook is set" if "webhook" in error.message.lower() else "another program polls"
            log.warning("somebody else gets this bot's updates", reason=reason)
        case InvalidToken():
            log.error("the token is refused by Telegram")
        case RetryAfter():
            outcome = outcome_of(error)
            if isinstance(outcome, Later) and outcome.after is not None:
                return outcome.after.total_seconds()
        case _:
            log.warning("no updates from Telegram", kind=type(error).__name__)
    return None
