"""What stands before every conversation: how much an account may do, and what coordinators hear of codes."""

from contextlib import suppress
from dataclasses import replace

from handlers.answer import Answer, unread
from handlers.arrival import Arrival
from handlers.conversation import Conversation
from handlers.deps import Deps
from handlers.limits import Verdict
from locales import Words
from solidarity.colleagues import WRONG_CODES, tell_once_a_day
from solidarity.work import DatabaseUnavailable

HIDES = "hide"


class Gate:
    """Lets through to a conversation what an account may do; the rest is stopped before the database."""

    def __init__(self, deps: Deps) -> None:
        self._deps = deps
        self._conversation = Conversation(deps)

    async def take(self, arrival: Arrival) -> Answer:
        """Let an update have its effect, once; beyond what an account may do in a minute it has none.

        Raises:
            DatabaseUnavailable: nothing happened; the update must be given again.
        """
        limits = self._deps.limits
        verdict = limits.ask(arrival.chat_id, now=self._deps.now(), hides=arrival.command == HIDES)
        if verdict is not Verdict.TAKEN:
            return _too_quick(arrival, verdict)
        try:
            answer = await self._conversation.take(arrival)
        except BaseException:
            # It will be given again, and must not count twice.
            limits.take_back(arrival.chat_id)
            raise
        await self._tell_of_wrong_codes()
        return answer

    async def _tell_of_wrong_codes(self) -> None:
        """Tell coordinators, once a day, where many accounts try codes; nobody else notices anything."""
        now, wrong_codes = self._deps.now(), self._deps.wrong_codes
        if wrong_codes.are_news(now=now):
            with suppress(DatabaseUnavailable):
                async with self._deps.storage.unit() as uow:
                    await tell_once_a_day(uow, WRONG_CODES, now=now)
                wrong_codes.note_told(now=now)


def _too_quick(arrival: Arrival, verdict: Verdict) -> Answer:
    """Say, to a tap, that it came too soon; whoever goes on all the same hears nothing."""
    if verdict is Verdict.DROPPED:
        return Answer(arrival.chat_id, arrival.callback_id)
    toast = Words(arrival.language).say("hint-too-quick") if arrival.is_tap else None
    return replace(unread(arrival), toast=toast)
