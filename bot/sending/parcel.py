"""One claimed message on its way to Telegram."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from bot.clock import steady
from handlers.answer import Showing
from solidarity.outbox import Delivered, Outcome
from solidarity.work import Claimed, Prepared


class Push(Protocol):
    """A message ready to be sent: `handlers.notices.Push`."""

    @property
    def chat_id(self) -> int: ...
    @property
    def showing(self) -> Showing: ...
    @property
    def prepared(self) -> Prepared: ...


@dataclass(eq=False, slots=True)
class Parcel:
    """One claimed message on its way; without an outcome it was never handed to Telegram."""

    row: Claimed
    push: Push
    # Until when it may be handed over, in steady seconds.
    ours_until: float
    outcome: Outcome | None = None
    # When it was known that it was not delivered: a wait counts from then, not from when it is written down.
    known_at: datetime | None = None

    @property
    def chat_id(self) -> int:
        return self.push.chat_id

    @property
    def posted_id(self) -> UUID:
        return self.push.prepared.posted.id

    @property
    def message_id(self) -> int | None:
        """The id under which Telegram took it, where it did."""
        return self.outcome.message_id if isinstance(self.outcome, Delivered) else None

    def sent_rows(self) -> Prepared:
        """Return the rows it becomes once Telegram took it."""
        self.push.prepared.posted.message_id = self.message_id
        return self.push.prepared

    def has_time(self) -> bool:
        """Say whether its claim holds long enough to be handed over now."""
        return steady() < self.ours_until
