"""Telegram's flood limits: 30 messages a second for a bot, one a second for a chat, in a rolling window.

Only what makes a new message counts; edits, deletions and answers to taps do not. After a 429 the
bot, or the chat, stays refused until ``retry_after`` has passed, as with Telegram.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil

from sandbox.errors import too_many_requests

WINDOW = timedelta(seconds=1)


@dataclass
class _Window:
    sent: deque[datetime] = field(default_factory=deque)
    refused_until: datetime | None = None

    def wait_for(self, limit: int, now: datetime) -> timedelta:
        while self.sent and (now - self.sent[0] >= WINDOW or self.sent[0] > now):
            self.sent.popleft()
        if self.refused_until is not None and now < self.refused_until:
            return self.refused_until - now
        if len(self.sent) < limit:
            return timedelta()
        return self.sent[len(self.sent) - limit] + WINDOW - now


class FloodLimits:
    """Count what each bot sends; refuses only while ``is_enforced``."""

    def __init__(self, *, is_enforced: bool, per_bot: int = 30, per_chat: int = 1) -> None:
        self.is_enforced = is_enforced
        self.per_bot = per_bot
        self.per_chat = per_chat
        self.refusals = 0
        self._bots: dict[int, _Window] = {}
        self._chats: dict[tuple[int, object], _Window] = {}

    def take(self, bot_id: int, chat: object, now: datetime) -> None:
        """Count one message to a chat; raises ``ApiError`` 429 when it is one too many."""
        if not self.is_enforced:
            return
        bot_window = self._bots.setdefault(bot_id, _Window())
        chat_window = self._chats.setdefault((bot_id, chat), _Window())
        for window, limit in ((bot_window, self.per_bot), (chat_window, self.per_chat)):
            wait = window.wait_for(limit, now)
            if wait > timedelta():
                seconds = max(1, ceil(wait.total_seconds()))
                window.refused_until = window.refused_until or now + timedelta(seconds=seconds)
                self.refusals += 1
                raise too_many_requests(seconds)
        for window in (bot_window, chat_window):
            window.refused_until = None
            window.sent.append(now)
