"""What somebody may not do for now, whatever their roles say."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from storage.columns import Id, UtcMs, Word, mac, pseudonymous
from storage.models.base import Base, Identified


class RestrictionKind(StrEnum):
    """How somebody is restricted."""

    SUSPENDED = "suspended"
    FROZEN = "frozen"
    CUSTODY = "custody"


class Restriction(Identified, Base):
    """One restriction of one person, marked; it ends when its row goes, or at `until`."""

    __tablename__ = "restriction"
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RestrictionKind] = pseudonymous(Word(RestrictionKind))
    set_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    set_at: Mapped[datetime] = pseudonymous(UtcMs)
    until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    mac: Mapped[bytes] = mac()
