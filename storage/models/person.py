"""People who agreed to be kept, their roles, ties and desks."""

from datetime import date, datetime, time
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, LargeBinary, Text, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Day, Flag, Id, UtcMs, WallTime, Word, blind, mac, pseudonymous, sealed
from storage.models.base import STRICT, Base, Identified


class RoleName(StrEnum):
    """What somebody is to Poruch; a Guardian is a supporter with an active guardianship."""

    SUPPORTER = "supporter"
    RELATIVE = "relative"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class TextStyle(StrEnum):
    """Whether a pushed message shows its content at once."""

    NEUTRAL = "neutral"
    FULL = "full"


class Address(StrEnum):
    """The grammatical form in which a person is spoken to."""

    UNSAID = "unsaid"
    FEMININE = "feminine"
    MASCULINE = "masculine"


class KinshipState(StrEnum):
    """How far a family link is vouched for."""

    REDEEMED = "redeemed"
    CONFIRMED = "confirmed"
    ENDED = "ended"


class Person(Identified, Base):
    """One Telegram account; everything that could name it is sealed under its own key."""

    __tablename__ = "person"
    chat: Mapped[Cell] = sealed()
    chat_index: Mapped[bytes] = blind(LargeBinary, unique=True)
    language: Mapped[str] = pseudonymous(Text)
    form: Mapped[Address] = pseudonymous(Word(Address), default=Address.UNSAID)
    zone: Mapped[str] = pseudonymous(Text)
    hour: Mapped[time] = pseudonymous(WallTime)
    quiet_from: Mapped[time] = pseudonymous(WallTime)
    quiet_to: Mapped[time] = pseudonymous(WallTime)
    texts: Mapped[TextStyle] = pseudonymous(Word(TextStyle), default=TextStyle.NEUTRAL)
    delete_after_hours: Mapped[int] = pseudonymous(Integer)
    letter_languages: Mapped[str] = pseudonymous(Text, default="")
    # Which reminders of court dates they do without: "7d", "1d", "3h", with commas.
    reminders_off: Mapped[str] = pseudonymous(Text, default="")
    is_reachable: Mapped[bool] = pseudonymous(Flag, default=True)
    joined_on: Mapped[date] = pseudonymous(Day)
    last_seen_on: Mapped[date] = pseudonymous(Day)
    # When somebody who was away for long was asked whether they stay.
    asked_on: Mapped[date | None] = pseudonymous(Day, nullable=True)
    # A mark over all rows that give this person a right or take one; None until a key ring has marked them.
    rights: Mapped[bytes | None] = mac(nullable=True)
    phrase: Mapped[Cell] = sealed()
    name: Mapped[Cell | None] = sealed(nullable=True)
    phone: Mapped[Cell | None] = sealed(nullable=True)
    email: Mapped[Cell | None] = sealed(nullable=True)
    post: Mapped[Cell | None] = sealed(nullable=True)


class Role(Identified, Base):
    """One signed right of a person; an even revision is a revoked one, a relative's third a confirmed one."""

    __tablename__ = "role"
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    role: Mapped[RoleName] = pseudonymous(Word(RoleName))
    scope: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    granted_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    day: Mapped[date] = pseudonymous(Day)
    revision: Mapped[int] = pseudonymous(Integer)
    mac: Mapped[bytes] = mac()


class Kinship(Identified, Base):
    """A person linked to a prisoner as family, perhaps on behalf of somebody inside the country."""

    __tablename__ = "kinship"
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    prisoner_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("prisoner.id", ondelete="CASCADE"), index=True)
    is_on_behalf: Mapped[bool] = pseudonymous(Flag, default=False)
    state: Mapped[KinshipState] = pseudonymous(Word(KinshipState))
    confirmed_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    since: Mapped[date] = pseudonymous(Day)


class Desk(Base):
    """A coordinator's desk, theirs with the role: its PINs' hashes, wrong tries, until when it is open."""

    __tablename__ = "desk"
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    pin: Mapped[Cell | None] = sealed(nullable=True)
    duress_pin: Mapped[Cell | None] = sealed(nullable=True)
    # The digits of the keypad stand in another order each time.
    shuffles: Mapped[bool] = pseudonymous(Flag, default=False)
    # Opened under duress: what it shows from then on is made up or public.
    is_decoy: Mapped[bool] = pseudonymous(Flag, default=False)
    wrong_tries: Mapped[int] = pseudonymous(Integer, default=0)
    locked_until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    open_until: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    # Over the whole row; None until a key ring has marked it.
    mac: Mapped[bytes | None] = mac(nullable=True)


class Draft(Identified, Base):
    """What a person is in the middle of saying in one conversation; sealed, gone after 24 hours."""

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("person_id", "dialogue"), STRICT)
    subject_attribute: ClassVar[str] = "person_id"
    person_id: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"))
    dialogue: Mapped[str] = pseudonymous(Text)
    body: Mapped[Cell] = sealed()
    expires_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)
