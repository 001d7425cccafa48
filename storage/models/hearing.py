"""Court sittings as claims, and who was told which of their revisions."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Day, Id, UtcMs, Word, blind, pseudonymous, sealed
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


class Outcome(StrEnum):
    """How a sitting ended: words to be said in every language, each with one custody status or none."""

    COLONY = "colony"
    PRISON = "prison"
    OPEN_FACILITY = "open_facility"
    HOME_KHIMIYA = "home_khimiya"
    TREATMENT = "treatment"
    HOUSE_ARREST = "house_arrest"
    CUSTODY_EXTENDED = "custody_extended"
    FREED = "freed"
    UPHELD = "upheld"
    RETRIAL = "retrial"
    ADJOURNED = "adjourned"
    UNKNOWN = "unknown"


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
    # The coordinator who claimed the date as it stands; None for a file, or once they have left.
    reported_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    # Sittings of one case have one number; None where it has only this one.
    case_id: Mapped[UUID | None] = pseudonymous(Id, nullable=True, index=True)
    outcome: Mapped[Outcome | None] = pseudonymous(Word(Outcome), nullable=True)


class Told(Base):
    """Who has been sent which revision of a hearing; kept until seven days after the sitting."""

    __tablename__ = "told"
    hearing_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("hearing.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = pseudonymous(Integer)
    keep_until: Mapped[datetime] = pseudonymous(UtcMs, index=True)


class Court(Identified, Base):
    """A court that coordinators have named, each sealed under a data key of its own."""

    __tablename__ = "court"
    name: Mapped[Cell] = sealed()
    name_index: Mapped[bytes] = blind(LargeBinary, unique=True)
    named_on: Mapped[date] = pseudonymous(Day, index=True)


class MilestoneKind(StrEnum):
    """What a day beside the sittings is."""

    APPEAL = "appeal"


class Milestone(Identified, Base):
    """A day of one prisoner that is no sitting and must not be missed."""

    __tablename__ = "milestone"
    prisoner_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("prisoner.id", ondelete="CASCADE"), index=True)
    # The sitting it follows from.
    hearing_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("hearing.id", ondelete="CASCADE"), index=True)
    kind: Mapped[MilestoneKind] = pseudonymous(Word(MilestoneKind))
    day: Mapped[date] = pseudonymous(Day, index=True)
    revision: Mapped[int] = pseudonymous(Integer, default=1)
