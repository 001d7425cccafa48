"""Broadcasts: a coordinator's words to many, sealed under a key that goes with their last message."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped

from storage.columns import Cell, Flag, Id, UtcMs, Word, mac, pseudonymous, sealed
from storage.models.base import Base, Identified


class BroadcastKind(StrEnum):
    """What it says: a coordinator's own words, or a ready text about something in the register."""

    OWN = "own"
    HEARING = "hearing"
    TRANSFER = "transfer"
    RELEASE = "release"
    EVENING = "evening"


class BroadcastState(StrEnum):
    """How far it has come; one that is asked for waits for a second coordinator."""

    ASKED = "asked"
    GOING = "going"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    TAKEN_BACK = "taken_back"


class AudienceRole(StrEnum):
    """What people are here, as an audience is chosen by it."""

    EVERYBODY = "everybody"
    SUPPORTERS = "supporters"
    GUARDIANS = "guardians"
    RELATIVES = "relatives"
    COORDINATORS = "coordinators"


class Broadcast(Identified, Base):
    """One broadcast; its mark covers the whole row, and its recipients are rows of the outbox.

    Attributes:
        made_by: None once they have left.
        body: texts, audience and the reason of an urgent one; None once no message of it stands.
        recipients: how many rows of the outbox it became.
        sent: like the three below it 0 until it has ended; then what its rows said.
    """

    __tablename__ = "broadcast"
    made_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True, index=True)
    kind: Mapped[BroadcastKind] = pseudonymous(Word(BroadcastKind))
    state: Mapped[BroadcastState] = pseudonymous(Word(BroadcastState), index=True)
    is_urgent: Mapped[bool] = pseudonymous(Flag, default=False)
    made_at: Mapped[datetime] = pseudonymous(UtcMs)
    starts_at: Mapped[datetime] = pseudonymous(UtcMs)
    agreed_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    ended_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    recipients: Mapped[int] = pseudonymous(Integer, default=0)
    sent: Mapped[int] = pseudonymous(Integer, default=0)
    unreachable: Mapped[int] = pseudonymous(Integer, default=0)
    failed: Mapped[int] = pseudonymous(Integer, default=0)
    left_out: Mapped[int] = pseudonymous(Integer, default=0)
    body: Mapped[Cell | None] = sealed(nullable=True)
    mac: Mapped[bytes] = mac()
