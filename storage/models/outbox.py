"""Messages that are due, and the bot's messages that still stand in somebody's chat."""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import Mapped

from storage.columns import BigInt, Flag, Id, Number, UtcMs, Word, pseudonymous
from storage.models.base import STRICT, Base, Identified

QUEUED = text("state = 'queued'")
CLAIMED = text("state = 'claimed'")
TRIED = text("state = 'queued' AND attempts > 0")
SETTLED = text("settled_at IS NOT NULL")
AIMED = text("target IS NOT NULL")
OPEN = text("cover_at IS NOT NULL")
# By its bytes on both engines: nobody reads it in the order of a language, which PostgreSQL would keep.
KEY = Text().with_variant(Text(collation="C"), "postgresql")


class OutboxState(StrEnum):
    """How far one due message has come."""

    QUEUED = "queued"
    # Of a broadcast that is paused.
    HELD = "held"
    CLAIMED = "claimed"
    SENT = "sent"
    DROPPED = "dropped"
    PARKED = "parked"
    UNREACHABLE = "unreachable"


class Lane(IntEnum):
    """Who goes first when several messages are due: a lower lane is never kept waiting by a higher one."""

    WAITED_FOR = 0
    URGENT = 1
    REMINDER = 2
    BROADCAST = 3


class OutboxRow(Identified, Base):
    """One message due for one person at one instant; it holds ids and no text."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_due", "lane", "due_at", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index("ix_outbox_claimed", "claimed_until", sqlite_where=CLAIMED, postgresql_where=CLAIMED),
        Index("ix_outbox_tried", "due_at", sqlite_where=TRIED, postgresql_where=TRIED),
        Index("ix_outbox_settled_at", "settled_at", sqlite_where=SETTLED, postgresql_where=SETTLED),
        STRICT,
    )
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = pseudonymous(Text)
    about_id: Mapped[UUID] = pseudonymous(Id, index=True)
    revision: Mapped[int] = pseudonymous(Integer, default=0)
    unique_key: Mapped[str] = pseudonymous(KEY, unique=True)
    due_at: Mapped[datetime] = pseudonymous(UtcMs)
    # A further attempt moves `due_at`; how late a message is counts from here.
    planned_at: Mapped[datetime] = pseudonymous(UtcMs)
    useful_until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    lane: Mapped[Lane] = pseudonymous(Number(Lane), default=Lane.REMINDER)
    state: Mapped[OutboxState] = pseudonymous(Word(OutboxState), default=OutboxState.QUEUED)
    attempts: Mapped[int] = pseudonymous(Integer, default=0)
    claim: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    claimed_until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    settled_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)


class Purpose(StrEnum):
    """What a message in somebody's chat is for; what shows no screen only waits to be deleted."""

    PLACE = "place"
    PUSH = "push"
    APART = "apart"
    DISCARDED = "discarded"


class Posted(Identified, Base):
    """A message that stands in a chat: which screen it shows, when it is covered and when deleted."""

    __tablename__ = "posted"
    __table_args__ = (
        # Many are about nothing, and most are never to be covered: those are looked for by neither.
        Index("ix_posted_target", "target", sqlite_where=AIMED, postgresql_where=AIMED),
        Index("ix_posted_cover_at", "cover_at", sqlite_where=OPEN, postgresql_where=OPEN),
        STRICT,
    )
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[int | None] = pseudonymous(BigInt, nullable=True)
    purpose: Mapped[Purpose] = pseudonymous(Word(Purpose))
    screen: Mapped[str] = pseudonymous(Text)
    target: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    argument: Mapped[str] = pseudonymous(Text, default="")
    is_covered: Mapped[bool] = pseudonymous(Flag, default=False)
    cover_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    posted_at: Mapped[datetime] = pseudonymous(UtcMs)
    delete_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)


class Button(Base):
    """What one button of one standing message does; its token is all that Telegram ever holds."""

    __tablename__ = "button"
    token: Mapped[bytes] = pseudonymous(LargeBinary, primary_key=True)
    posted_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("posted.id", ondelete="CASCADE"), index=True)
    verb: Mapped[str] = pseudonymous(Text)
    target: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    argument: Mapped[str] = pseudonymous(Text, default="")
    expires_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)
