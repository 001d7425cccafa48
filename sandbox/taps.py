"""A tap on an inline button, and when and how the bot answered it."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

ANSWER_WITHIN = timedelta(seconds=15)


@dataclass
class Tap:
    """One callback query. ``await tap.answered`` waits for the bot's answer."""

    callback_id: str
    bot_id: int
    chat_id: int
    message_id: int
    data: str
    tapped_at: datetime
    answered: asyncio.Future[None]
    update_id: int = 0
    answer_text: str | None = None
    is_alert: bool = False
    answered_after_seconds: float | None = None
    _started: float = field(default_factory=time.monotonic)

    @property
    def is_answered(self) -> bool:
        """True once the bot has answered."""
        return self.answered.done()

    def is_too_old(self, now: datetime) -> bool:
        """True when Telegram no longer takes an answer."""
        return now - self.tapped_at > ANSWER_WITHIN

    def answer(self, text: str | None, *, is_alert: bool) -> None:
        """Note the bot's answer and how long it took, in seconds of real time."""
        self.answer_text, self.is_alert = text, is_alert
        self.answered_after_seconds = time.monotonic() - self._started
        self.answered.set_result(None)
