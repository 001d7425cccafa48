"""The trail of what was done: entries that are only ever added, and where the trail stands."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped

from storage.columns import BigInt, Cell, Id, UtcMs, mac, pseudonymous, sealed
from storage.models.base import Base


class AuditEntry(Base):
    """One act: canonical JSON without personal data, chained to the one before it and tagged."""

    __tablename__ = "audit_entry"
    number: Mapped[int] = pseudonymous(BigInt, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = pseudonymous(UtcMs)
    entry: Mapped[str] = pseudonymous(Text)
    chain: Mapped[bytes] = mac()
    tag: Mapped[bytes] = mac()


class AuditHead(Base):
    """Where the trail stands, sealed under a key that follows from the ring.

    The newest number and link, and in the cell ``key`` both once more with the key of the next tag.
    """

    __tablename__ = "audit_head"
    id: Mapped[UUID] = pseudonymous(Id, primary_key=True)
    number: Mapped[int] = pseudonymous(BigInt)
    chain: Mapped[bytes] = mac()
    key: Mapped[Cell] = sealed()
    # What all keys follow from, sealed once more to those who hold an identity; None where nobody does.
    seeds: Mapped[Cell | None] = sealed(nullable=True)
