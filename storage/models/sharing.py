"""What the running processes of one installation hold, so that nobody else does; by the database's clock."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Integer, Text
from sqlalchemy.orm import Mapped

from storage.columns import BigInt, Id, UtcMs, pseudonymous
from storage.models.base import Base


class Lease(Base):
    """A job that one process does at a time; the token grows with every change of hands."""

    __tablename__ = "lease"
    name: Mapped[str] = pseudonymous(Text, primary_key=True)
    holder: Mapped[UUID] = pseudonymous(Id)
    token: Mapped[int] = pseudonymous(BigInt)
    until: Mapped[datetime] = pseudonymous(UtcMs)


class Sender(Base):
    """One sending process: its part of Telegram's rate, how much it wants, and the silence it was told."""

    __tablename__ = "sender"
    process_id: Mapped[UUID] = pseudonymous(Id, primary_key=True)
    part: Mapped[int] = pseudonymous(Integer)
    wants: Mapped[int] = pseudonymous(Integer)
    until: Mapped[datetime] = pseudonymous(UtcMs)
    silent_until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)


class Turn(Base):
    """Which process alone may send new messages to somebody, until when."""

    __tablename__ = "turn"
    # No foreign key: who sends must not wait for who leaves, nor they for each other.
    person_id: Mapped[UUID] = pseudonymous(Id, primary_key=True)
    process_id: Mapped[UUID] = pseudonymous(Id)
    until: Mapped[datetime] = pseudonymous(UtcMs, index=True)
