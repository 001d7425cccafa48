"""Who asked for a prisoner's or a city's open sittings, and who says that they will be at one."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.columns import Day, Id, pseudonymous
from storage.models.base import STRICT, Base, Identified


class Following(Identified, Base):
    """Somebody asked to be told of open sittings: of one prisoner, or in one city; one of the two is set."""

    __tablename__ = "following"
    __table_args__ = (
        UniqueConstraint("person_id", "prisoner_id"),
        UniqueConstraint("person_id", "city"),
        STRICT,
    )
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"))
    prisoner_id: Mapped[UUID | None] = pseudonymous(
        Id, ForeignKey("prisoner.id", ondelete="CASCADE"), nullable=True, index=True
    )
    city: Mapped[str | None] = pseudonymous(Text, nullable=True, index=True)
    since: Mapped[date] = pseudonymous(Day)


class Attendance(Base):
    """Somebody says that they will be at a sitting; gone when it is over."""

    __tablename__ = "attendance"
    hearing_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("hearing.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    said_on: Mapped[date] = pseudonymous(Day)
