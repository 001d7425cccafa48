"""The door for updates, whichever way they come: each is taken once its effect is committed or refused.

Each is read alone, chats go side by side, one chat in order. Where the database is away an update must be
given again, and so must one that takes too long, but not for ever; what was done is not done twice.
"""

import asyncio
import secrets
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import monotonic
from typing import Any

import structlog

from bot.courtesy import Courtesy
from bot.receiving.answering import Answering
from bot.receiving.taps import Taps
from bot.receiving.updates import UNREADABLE, Came, callback_id_of, number_of, read_update
from bot.telegram_api.turns import Turns
from handlers.answer import Answer
from handlers.arrival import Arrival
from solidarity.work import DatabaseUnavailable

log = structlog.stdlib.get_logger("poruch.intake")

TAKE_WITHIN_SECONDS = 30.0
MOST_TIMES_TOO_SLOW = 3
# How many chats have something taken at a time.
SIDE_BY_SIDE = 32
# How long a chat's later updates wait for one that must be given again; it may go to another process.
OWED_SECONDS = 30.0
# A slow answer to one must not keep the others' taps waiting for long.
ANSWER_WITHIN_SECONDS = 0.4

Take = Callable[[Arrival], Awaitable[Answer]]
WasBlocked = Callable[[int], Awaitable[None]]
WasBrought = Callable[[], Awaitable[None]]
Answers = list[asyncio.Task[None]]


class Intake:
    """The one that has updates taken; `counts` tells how many were taken, bad and failed."""

    def __init__(
        self,
        take: Take,
        *,
        answering: Answering,
        taps: Taps,
        was_blocked: WasBlocked,
        was_brought: WasBrought | None = None,
        courtesy: Courtesy | None = None,
    ) -> None:
        """Take who has updates done and answered.

        Args:
            was_blocked: is told of a chat closed to the bot.
            was_brought: is told that somebody brought the bot into a group.
            courtesy: is told that people wait, where this process also has work for which nobody does.
        """
        self._take = take
        self._answering = answering
        self._taps = taps
        self._was_blocked = was_blocked
        self._was_brought = was_brought
        self._courtesy = courtesy or Courtesy()
        self._turns = Turns()
        self._side_by_side = asyncio.Semaphore(SIDE_BY_SIDE)
        self._done: set[int] = set()
        self._too_slow: Counter[int] = Counter()
        # By chat, which update must be given again first, and until when.
        self._owed: dict[int, tuple[int, float]] = {}
        self.counts: Counter[str] = Counter()

    async def take(self, raws: Sequence[Any], *, answered_within: float | None = None) -> bool:
        """Take updates, and wait a moment for their answers; False where some must be given again.

        Args:
            answered_within: so many seconds are waited for answers, where nobody else's updates wait as long.
        """
        for callback_id in filter(None, map(callback_id_of, raws)):
            self._taps.watch(callback_id)
        with self._courtesy.somebody_waits():
            return await self._take_all(raws, answered_within or ANSWER_WITHIN_SECONDS)

    async def _take_all(self, raws: Sequence[Any], answered_within: float) -> bool:
        chats: dict[int, list[Came]] = {}
        for each in filter(None, map(self._read, raws)):
            chats.setdefault(each.chat_id, []).append(each)
        answers: Answers = []
        taken = await asyncio.gather(
            *(self._take_chat(chat_id, came, answers) for chat_id, came in chats.items())
        )
        if not all(taken):
            return False
        if answers:
            # What is cut off before them is given, and shown, again.
            await asyncio.wait(answers, timeout=answered_within)
        for number in filter(None, map(number_of, raws)):
            self._done.discard(number)
            self._too_slow.pop(number, None)
        return True

    def _read(self, raw: Any) -> Came | None:
        try:
            return read_update(raw)
        except UNREADABLE as error:
            self.counts["bad"] += 1
            log.warning("an update cannot be read", reference=str(number_of(raw)), kind=type(error).__name__)
            return None

    async def _take_chat(self, chat_id: int, chat: Iterable[Came], answers: Answers) -> bool:
        """Take one chat's updates in order, up to the first that must be given again."""
        async with self._turns.of(chat_id), self._side_by_side:
            for each in chat:
                if each.number in self._done:
                    continue
                if self._comes_too_early(each) or not await self._take_one(each, answers):
                    return False
                self._done.add(each.number)
                self.counts["taken"] += 1
        return True

    def _comes_too_early(self, came: Came) -> bool:
        """Say whether an earlier update of the same chat is still to be given again."""
        number, until = self._owed.get(came.chat_id, (came.number, 0.0))
        if number < came.number and monotonic() < until:
            return True
        self._owed.pop(came.chat_id, None)
        return False

    def _owe(self, came: Came) -> None:
        now = monotonic()
        self._owed = {chat: owed for chat, owed in self._owed.items() if owed[1] > now}
        self._owed[came.chat_id] = (came.number, now + OWED_SECONDS)

    async def _take_one(self, came: Came, answers: Answers) -> bool:
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
            self._owe(came)
            return False
        if error is not None:
            self.counts["failed"] += 1
            log.error("an update failed", reference=secrets.token_hex(4), exc_info=error)
        elif (answer := task.result()) is not None:
            answers.append(await self._answering.submit(answer))
        return True

    def _give_up_on(self, came: Came) -> bool:
        """Say whether an update that took too long counts as handled: after the third time."""
        self._too_slow[came.number] += 1
        if self._too_slow[came.number] < MOST_TIMES_TOO_SLOW:
            log.warning("an update took too long and will be taken again")
            self._owe(came)
            return False
        self.counts["failed"] += 1
        log.error("an update failed", reference=secrets.token_hex(4), kind="too slow")
        return True

    async def _effect(self, came: Came) -> Answer | None:
        if came.leave_group is not None:
            if self._was_brought is not None:
                await self._was_brought()
            return Answer(came.leave_group, leave_chat=True)
        if came.was_blocked:
            await self._was_blocked(came.chat_id)
        return None if came.arrival is None else await self._take(came.arrival)
