"""Who hides, who left, and what still has to be taken out of the chats of those who left."""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, LargeBinary
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Day, Flag, Id, UtcMs, blind, pseudonymous, sealed
from storage.models.base import Base, Identified


class Hiding(Base):
    """A person whose account counts as a stranger's until four digits of their choice are typed."""

    __tablename__ = "hiding"
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    # Not unique: a stranger who hides in turn has the same account.
    chat_index: Mapped[bytes] = blind(LargeBinary, index=True)
    hidden_at: Mapped[datetime] = pseudonymous(UtcMs)
    # Who hid first under an account stays first, whatever the clock has done meanwhile.
    sequence: Mapped[int] = pseudonymous(Integer, server_default="0")
    code: Mapped[Cell | None] = sealed(nullable=True)
    wrong_tries: Mapped[int] = pseudonymous(Integer, default=0)
    blocked_until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)


class Farewell(Identified, Base):
    """Messages to be deleted from the chat of somebody who left; sealed under a key of its own."""

    __tablename__ = "farewell"
    body: Mapped[Cell] = sealed()
    next_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)
    expires_at: Mapped[datetime] = pseudonymous(UtcMs)


class Departed(Identified, Base):
    """The ledger of ids that left, which a restored backup must forget again."""

    __tablename__ = "departed"
    left_on: Mapped[date] = pseudonymous(Day)
    # Whether the ledger in the backup place names it already.
    is_copied: Mapped[bool] = pseudonymous(Flag, default=False)
