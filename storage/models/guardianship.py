"""Ongoing support for one prisoner, and the letters it brings."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, Text, text
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Day, Id, Word, pseudonymous, sealed
from storage.models.base import STRICT, Base, Identified

STANDING = text("state in ('applied', 'active', 'paused')")


class GuardianshipState(StrEnum):
    """How far a promise to write has come."""

    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class LetterOutcome(StrEnum):
    """What is known of a letter after it was sent."""

    WRITTEN = "written"
    ANSWERED = "answered"
    RETURNED = "returned"
    NO_WORD = "no_word"


class Guardianship(Identified, Base):
    """One person's promise to one prisoner; at most one stands for each pair."""

    __tablename__ = "guardianship"
    __table_args__ = (
        Index(
            "uq_guardianship_standing",
            "person_id",
            "prisoner_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        Index("ix_guardianship_prisoner_id_state", "prisoner_id", "state"),
        STRICT,
    )
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    prisoner_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("prisoner.id", ondelete="CASCADE"))
    state: Mapped[GuardianshipState] = pseudonymous(Word(GuardianshipState), index=True)
    rhythm_weeks: Mapped[int] = pseudonymous(Integer)
    word: Mapped[Cell | None] = sealed(nullable=True)
    # What a coordinator wants to know before deciding, and what the applicant says to it.
    question: Mapped[Cell | None] = sealed(nullable=True)
    answer: Mapped[Cell | None] = sealed(nullable=True)
    asked_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    applied_on: Mapped[date] = pseudonymous(Day)
    decided_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    started_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # When the rhythm next asks for a letter; the reminder that waits may come sooner for another reason. None
    # while an active one has none because a letter is impossible, as its guardian was told.
    rhythm_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # Days that mean more and are to be written for until then were in a reminder.
    told_until: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # Open-ended where a paused one has none.
    paused_until: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # Letter reminders sent since the last tap on one, and the day of the newest.
    unanswered: Mapped[int] = pseudonymous(Integer, default=0)
    reminded_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # Since when three stand unanswered; since when the prisoner is suggested to others all the same.
    quiet_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    offered_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # Somebody new was accepted in the stead of a quiet guardian.
    handed_over_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    ended_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    reason: Mapped[str | None] = pseudonymous(Text, nullable=True)


class Letter(Identified, Base):
    """A letter somebody says they wrote, numbered within its guardianship."""

    __tablename__ = "letter"
    # What became of it stands in the index, so that the ledger of all is counted without opening it.
    __table_args__ = (
        Index("ix_letter_fate", "prisoner_id", "written_on", "outcome", "outcome_on", "facility_code"),
        STRICT,
    )
    person_id: Mapped[UUID | None] = pseudonymous(
        Id, ForeignKey("person.id", ondelete="SET NULL"), nullable=True, index=True
    )
    guardianship_id: Mapped[UUID | None] = pseudonymous(
        Id, ForeignKey("guardianship.id", ondelete="SET NULL"), nullable=True, index=True
    )
    prisoner_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("prisoner.id", ondelete="CASCADE"))
    number: Mapped[int] = pseudonymous(Integer)
    written_on: Mapped[date] = pseudonymous(Day)
    # Where it was sent to, which the prisoner may have left since.
    facility_code: Mapped[str | None] = pseudonymous(Text, nullable=True)
    outcome: Mapped[LetterOutcome] = pseudonymous(Word(LetterOutcome), default=LetterOutcome.WRITTEN)
    outcome_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
