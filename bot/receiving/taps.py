"""Every tap is answered within two seconds, whatever its handler does, and only once.

An answer that Telegram surely or perhaps did not take is tried again soon, beside whatever follows it.
"""

import asyncio
from collections import OrderedDict

from bot.tasks import Tasks
from bot.telegram_api.messages import Messages
from solidarity.outbox import Later, Outcome, Unsure

# The rest of two seconds is for finding the tap and for the answer's way, a lost one included.
GIVE_UP_AFTER_SECONDS = 1.1
# About as long as Telegram takes an answer at all.
TRY_AGAIN_AFTER_SECONDS = (0.3, 0.6, 1.2, 2.4, 4.8)
MOST_REMEMBERED = 10_000


class Taps:
    """Callback queries that wait for an answer; one that waits too long is answered without words."""

    def __init__(self, messages: Messages, tasks: Tasks, *, seconds: float = GIVE_UP_AFTER_SECONDS) -> None:
        self._messages = messages
        self._tasks = tasks
        self._seconds = seconds
        self._waiting: dict[str, asyncio.TimerHandle] = {}
        self._answered: OrderedDict[str, None] = OrderedDict()

    def watch(self, callback_id: str) -> None:
        """See to it that this tap is answered in time; saying so twice changes nothing."""
        if callback_id in self._waiting or callback_id in self._answered:
            return
        loop = asyncio.get_running_loop()
        self._waiting[callback_id] = loop.call_later(self._seconds, self.give_up, callback_id)

    def give_up(self, callback_id: str) -> None:
        """Answer a tap now, without words, unless it has been answered."""
        if callback_id not in self._answered:
            self._tasks.start(self.answer(callback_id, None))

    async def answer(self, callback_id: str, toast: str | None) -> None:
        """Answer a tap unless it has been answered."""
        timer = self._waiting.pop(callback_id, None)
        if timer is not None:
            timer.cancel()
        if callback_id in self._answered:
            return
        self._answered[callback_id] = None
        if len(self._answered) > MOST_REMEMBERED:
            self._answered.popitem(last=False)
        if _may_be_unanswered(await self._messages.answer_tap(callback_id, toast)):
            self._tasks.start(self._try_again(callback_id, toast))

    async def _try_again(self, callback_id: str, toast: str | None) -> None:
        for wait in TRY_AGAIN_AFTER_SECONDS:
            await asyncio.sleep(wait)
            if not _may_be_unanswered(await self._messages.answer_tap(callback_id, toast)):
                return

    def close(self) -> None:
        """Watch nothing any more."""
        for timer in self._waiting.values():
            timer.cancel()
        self._waiting.clear()


def _may_be_unanswered(outcome: Outcome) -> bool:
    return isinstance(outcome, Later | Unsure)
