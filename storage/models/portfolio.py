"""Whose prisoners are whose among the coordinators."""

from datetime import date
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped

from storage.columns import Day, Id, pseudonymous
from storage.models.base import Base


class Portfolio(Base):
    """A coordinator looks after what concerns one prisoner; several may."""

    __tablename__ = "portfolio"
    prisoner_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("prisoner.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    since: Mapped[date] = pseudonymous(Day)
