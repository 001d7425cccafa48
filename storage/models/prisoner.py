"""Prisoners as the register knows them, and the places that hold them."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Day, Flag, Id, Word, blind, pseudonymous, public, sealed
from storage.models.base import STRICT, Base, Identified


class CustodyStatus(StrEnum):
    """Where the state holds, or no longer holds, a prisoner."""

    DETAINED = "detained"
    PRETRIAL = "pretrial"
    CONVICTED = "convicted"
    PRISON_REGIME = "prison_regime"
    HOUSE_ARREST = "house_arrest"
    OPEN_FACILITY = "open_facility"
    HOME_KHIMIYA = "home_khimiya"
    PSYCHIATRIC = "psychiatric"
    INCOMMUNICADO = "incommunicado"
    RELEASED = "released"
    EXILED = "exiled"
    DIED = "died"


class Publicity(StrEnum):
    """Who may see a prisoner's name; the narrowest wish wins."""

    PUBLIC = "public"
    GUARDIANS = "guardians"
    HIDDEN = "hidden"


class Facility(Base):
    """A detention place and its postal address, as far as a source gives it."""

    __tablename__ = "facility"
    code: Mapped[str] = public(Text, primary_key=True)
    kind: Mapped[str] = public(Text)
    name_be: Mapped[str] = public(Text)
    name_ru: Mapped[str] = public(Text)
    name_en: Mapped[str] = public(Text)
    postal_code: Mapped[str] = public(Text)
    city: Mapped[str] = public(Text)
    street: Mapped[str] = public(Text)
    source: Mapped[str] = public(Text)
    verified_on: Mapped[date | None] = public(Day, nullable=True)
    valid_from: Mapped[date | None] = public(Day, nullable=True)
    valid_to: Mapped[date | None] = public(Day, nullable=True)
    replaced_by: Mapped[str | None] = public(Text, nullable=True)
    # How long letters are under way there; None where nothing is known.
    transit_days: Mapped[int | None] = public(Integer, nullable=True)


class Prisoner(Identified, Base):
    """Who is looked after; names and story are sealed under the prisoner's own key."""

    __tablename__ = "prisoner"
    # Whoever goes through all of them reads these words alone, and opens none of the wide rows.
    __table_args__ = (
        Index(
            "ix_prisoner_custody",
            "custody_status",
            "is_silenced",
            "custody_on",
            "unheard_on",
            "facility_code",
        ),
        STRICT,
    )
    source_index: Mapped[bytes | None] = blind(LargeBinary, unique=True, nullable=True)
    source_id: Mapped[Cell | None] = sealed(nullable=True)
    name_be: Mapped[Cell | None] = sealed(nullable=True)
    name_ru: Mapped[Cell | None] = sealed(nullable=True)
    name_en: Mapped[Cell | None] = sealed(nullable=True)
    alias: Mapped[Cell | None] = sealed(nullable=True)
    born: Mapped[Cell | None] = sealed(nullable=True)
    interests: Mapped[Cell | None] = sealed(nullable=True)
    case_details: Mapped[Cell | None] = sealed(nullable=True)
    note: Mapped[Cell | None] = sealed(nullable=True)
    note_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    languages: Mapped[str] = pseudonymous(Text, default="")
    custody_status: Mapped[CustodyStatus] = pseudonymous(Word(CustodyStatus))
    custody_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    publicity: Mapped[Publicity] = pseudonymous(Word(Publicity), default=Publicity.GUARDIANS)
    facility_code: Mapped[str | None] = pseudonymous(Text, ForeignKey("facility.code"), nullable=True)
    is_silenced: Mapped[bool] = pseudonymous(Flag, default=False)
    # When coordinators were told that answers stay away; None once one came.
    unheard_on: Mapped[date | None] = pseudonymous(Day, nullable=True)


class NameBits(Base):
    """A few bits of each word of a name: enough to find a handful of candidates, too few to tell."""

    __tablename__ = "prisoner_name"
    __table_args__ = (Index("ix_prisoner_name_bits", "bits"), STRICT)
    subject_attribute: ClassVar[str] = "prisoner_id"
    prisoner_id: Mapped[UUID] = pseudonymous(
        Id, ForeignKey("prisoner.id", ondelete="CASCADE"), primary_key=True
    )
    bits: Mapped[int] = blind(Integer, primary_key=True)
