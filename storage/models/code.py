"""One-time codes by which people get a role; only their checksums are kept."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Integer
from sqlalchemy.orm import Mapped

from storage.columns import Flag, Id, UtcMs, Word, mac, pseudonymous
from storage.models.base import Base, Identified


class CodeKind(StrEnum):
    """What a code makes of the person who redeems it."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    RELATIVE = "relative"
    SUPPORTER = "supporter"
    GUARDIAN = "guardian"
    ACCOUNT = "account"
    # Typed by somebody who wonders whether a coordinator is real; it gives nothing and may be typed again.
    WORD = "word"


class Code(Identified, Base):
    """A code that was given out and not yet redeemed; the row goes when it is, or when it expires.

    Its id is a mark over the rest of the row (`Macs.code_id`), since what it gives becomes a signed right.
    """

    __tablename__ = "code"
    kind: Mapped[CodeKind] = pseudonymous(Word(CodeKind))
    mac: Mapped[bytes] = mac(unique=True)
    prisoner_id: Mapped[UUID | None] = pseudonymous(
        Id, ForeignKey("prisoner.id", ondelete="CASCADE"), nullable=True
    )
    is_on_behalf: Mapped[bool] = pseudonymous(Flag, default=False)
    # For a guardian taken over: how often they write.
    rhythm_weeks: Mapped[int | None] = pseudonymous(Integer, nullable=True)
    issued_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    expires_at: Mapped[datetime] = pseudonymous(UtcMs, index=True)
