"""The neutral lines that a sealed bot has in chats: remembered in memory alone, each for an hour at most."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

STANDS_FOR = timedelta(hours=1)
# More chats than this in an hour are a flood: they get no line, only answers to their taps.
MOST_LINES = 10_000


@dataclass
class Line:
    """One line in one chat; without an id it is on its way."""

    chat_id: int
    until: datetime
    message_id: int | None = None


class SealedLines:
    """Which chats were told, as `answering.Book` asks for it; numbers and times and nothing else."""

    def __init__(self) -> None:
        self._lines: dict[UUID, Line] = {}
        self._told: dict[int, UUID] = {}

    def __len__(self) -> int:
        return len(self._lines)

    def tell(self, chat_id: int, *, now: datetime) -> UUID | None:
        """Return the id under which a chat's new line is noted; None where one stands there already."""
        if chat_id in self._told or len(self._lines) >= MOST_LINES:
            return None
        posted_id = self._told[chat_id] = uuid4()
        self._lines[posted_id] = Line(chat_id, now + STANDS_FOR)
        return posted_id

    async def standing(self, posted_id: UUID) -> Line | None:
        return self._lines.get(posted_id)

    async def has_turn(self, _: UUID) -> bool:
        """Nobody else writes to anybody while the bot is sealed."""
        return True

    async def note(self, posted_id: UUID, message_id: int) -> bool:
        line = self._lines.get(posted_id)
        if line is None:
            return False
        line.message_id = message_id
        return True

    async def forget(self, posted_id: UUID) -> None:
        line = self._lines.pop(posted_id, None)
        if line is not None:
            del self._told[line.chat_id]

    async def mark_unreachable(self, chat_id: int) -> None:
        """Forget a chat that is closed to the bot."""
        posted_id = self._told.get(chat_id)
        if posted_id is not None:
            await self.forget(posted_id)

    def due(self, now: datetime) -> list[UUID]:
        """Return the ids of lines whose hour is over, the oldest first."""
        return [posted_id for posted_id, line in self._lines.items() if line.until <= now]

    def all(self) -> list[UUID]:
        """Return the ids of all lines."""
        return list(self._lines)

    def next_due(self) -> datetime | None:
        """Return when the next line's hour is over."""
        return min((line.until for line in self._lines.values()), default=None)
