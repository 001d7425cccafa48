"""Court sittings as claims, and who was told which of their revisions."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Id, UtcMs, Word, blind, pseudonymous, sealed
from storage.models.base import Base, Identified


class HearingStatus(StrEnum):
    """What became of a sitting."""

    SCHEDULED = "scheduled"
    MOVED = "moved"
    CANCELLED = "cancelled"
    HELD = "held"


class Openness(StrEnum):
    """Whether the public is let in, as far as is known."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How sure the date is."""

    REPORTED = "reported"
    CONFIRMED = "confirmed"


class Hearing(Identified, Base):
    """One sitting: wall time and zone as the court says them, the instant computed from both."""

    __tablename__ = "hearing"
    subject_attribute: ClassVar[str] = "prisoner_id"
    prisoner_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("prisoner.id", ondelete="CASCADE"), index=True)
    source_index: Mapped[bytes | None] = blind(LargeBinary, unique=True, nullable=True)
    starts_local: Mapped[str] = pseudonymous(Text)
    zone: Mapped[str] = pseudonymous(Text)
    starts_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)
    openness: Mapped[Openness] = pseudonymous(Word(Openness), default=Openness.UNKNOWN)
    confidence: Mapped[Confidence] = pseudonymous(Word(Confidence), default=Confidence.REPORTED)
    status: Mapped[HearingStatus] = pseudonymous(Word(HearingStatus), default=HearingStatus.SCHEDULED)
    revision: Mapped[int] = pseudonymous(Integer, default=1)
    details: Mapped[Cell] = sealed()
    # Where the court is, as people may ask for it; None where nobody has said.
    city: Mapped[str | None] = pseudonymous(Text, nullable=True, index=True)


class Told(Base):
    """Who has been sent which revision of a hearing; kept until seven days after the sitting."""

    __tablename__ = "told"
    hearing_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("hearing.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = pseudonymous(Integer)
    keep_until: Mapped[datetime] = pseudonymous(UtcMs, index=True)
