"""What two coordinators do together: one asks, another approves, the first opens it once."""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Id, UtcMs, Word, mac, pseudonymous, sealed
from storage.models.base import Base, Identified


class RequestKind(StrEnum):
    """What is asked for."""

    CONTACT = "contact"
    KINSHIP = "kinship"
    NAME = "name"
    PUBLICITY = "publicity"
    ROLE = "role"
    UNSUSPEND = "unsuspend"
    NEW_PIN = "new_pin"
    RULE_CARD = "rule_card"
    RISKY_WORD = "risky_word"
    BROADCAST = "broadcast"


class RequestState(StrEnum):
    """How far it has come; what has expired is found by its time."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"


class Request(Identified, Base):
    """One request; its mark covers the whole row, the sealed reason too."""

    __tablename__ = "request"
    subject_attribute: ClassVar[str] = "requested_by"
    requested_by: Mapped[UUID] = pseudonymous(Id, ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RequestKind] = pseudonymous(Word(RequestKind))
    about_id: Mapped[UUID] = pseudonymous(Id, index=True)
    argument: Mapped[str] = pseudonymous(Text, default="")
    why: Mapped[Cell | None] = sealed(nullable=True)
    state: Mapped[RequestState] = pseudonymous(Word(RequestState))
    asked_at: Mapped[datetime] = pseudonymous(UtcMs)
    decided_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    decided_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    expires_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)
    mac: Mapped[bytes] = mac()
