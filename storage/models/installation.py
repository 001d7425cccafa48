"""What one installation knows of itself and its keys."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Integer, LargeBinary, Text
from sqlalchemy.orm import Mapped

from storage.columns import BigInt, Cell, Day, Id, UtcMs, mac, pseudonymous, sealed
from storage.models.base import Base, Identified


class Installation(Base):
    """The one row by which a database belongs to a key ring and refuses an older one."""

    __tablename__ = "installation"
    deployment: Mapped[UUID] = pseudonymous(Id, primary_key=True)
    keyring_generation: Mapped[int] = pseudonymous(Integer)
    created_on: Mapped[date] = pseudonymous(Day)
    # Which wrapping key a rotation named last. Written for the release before this one, believed by nobody:
    # new data keys are wrapped under the primary of the ring's file.
    kek_id: Mapped[bytes | None] = pseudonymous(LargeBinary, nullable=True)
    # Since when somebody else seems to hold the token; nothing is sent until the operator lifts it.
    alarmed_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    # Checksums of what Telegram shows of the bot: its names, descriptions and commands.
    profile: Mapped[str | None] = pseudonymous(Text, nullable=True)
    # When a coordinator last sealed everything; a process that opened before it seals itself.
    sealed_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)


class WrappedKey(Base):
    """One subject's data key, wrapped; destroying this row is how a person is forgotten."""

    __tablename__ = "data_key"
    subject: Mapped[UUID] = pseudonymous(Id, primary_key=True)
    gen: Mapped[int] = pseudonymous(Integer)
    kid: Mapped[bytes] = pseudonymous(LargeBinary, index=True)
    wrapped: Mapped[Cell] = sealed()


class SeenUpdate(Base):
    """An update that has had its effect: its bare number, for 48 hours."""

    __tablename__ = "seen_update"
    number: Mapped[int] = pseudonymous(BigInt, primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)


class Process(Identified, Base):
    """A running process and the newest key ring it holds; a rotation waits for each of them."""

    __tablename__ = "process"
    keyring_generation: Mapped[int] = pseudonymous(Integer)
    seen_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)


class Recipient(Identified, Base):
    """Somebody's public age key, to which backups and the recovery copy are sealed; signed."""

    __tablename__ = "recipient"
    public_key: Mapped[str] = pseudonymous(Text, unique=True)
    added_on: Mapped[date] = pseudonymous(Day)
    mac: Mapped[bytes] = mac()
