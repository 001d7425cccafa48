"""What an imported file would change, until a coordinator has looked at it."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Day, Id, Word, pseudonymous, sealed
from storage.models.base import Base, Identified


class DifferenceKind(StrEnum):
    """In what way a row of a file differs from what is known."""

    NEW = "new"
    DETAILS = "details"
    MOVED = "moved"
    VERDICT = "verdict"
    RELEASED = "released"
    CUT_OFF = "cut_off"
    DIED = "died"
    GONE = "gone"
    HEARING_NEW = "hearing_new"
    HEARING_MOVED = "hearing_moved"
    HEARING_CANCELLED = "hearing_cancelled"
    HEARING_HELD = "hearing_held"
    HEARING_CHANGED = "hearing_changed"


class Difference(Identified, Base):
    """One waiting difference; its content is sealed under the key of the import that brought it."""

    __tablename__ = "difference"
    subject_attribute: ClassVar[str] = "import_id"
    import_id: Mapped[UUID] = pseudonymous(Id, index=True)
    kind: Mapped[DifferenceKind] = pseudonymous(Word(DifferenceKind), index=True)
    prisoner_id: Mapped[UUID | None] = pseudonymous(
        Id, ForeignKey("prisoner.id", ondelete="CASCADE"), nullable=True
    )
    day: Mapped[date] = pseudonymous(Day)
    body: Mapped[Cell] = sealed()
