"""What coordinators have changed of the rule cards and risky words that ship."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Text
from sqlalchemy.orm import Mapped

from storage.columns import Id, UtcMs, mac, pseudonymous, public
from storage.models.base import Base, Identified


class Change(Identified):
    """One change: a coordinator proposes it, and it counts once another has agreed. The mark covers it all.

    A proposer or a second who has left is None. Where nobody has agreed, there is no `agreed_at` either.
    """

    proposed_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    proposed_at: Mapped[datetime] = pseudonymous(UtcMs)
    agreed_by: Mapped[UUID | None] = pseudonymous(Id, nullable=True)
    agreed_at: Mapped[datetime | None] = pseudonymous(UtcMs, nullable=True)
    mac: Mapped[bytes] = mac()

    @property
    def words(self) -> tuple[str | None, ...]:
        """Return what the change says, as its mark covers it."""
        raise NotImplementedError


class CardChange(Change, Base):
    """A rule card as it is to be from now on, instead of the one it names.

    Attributes:
        card: the id of a card that ships, or of one from the desk.
        says: the card's fields as JSON; None takes the card away.
    """

    __tablename__ = "rule_card"
    card: Mapped[str] = public(Text)
    says: Mapped[str | None] = public(Text, nullable=True)

    @property
    def words(self) -> tuple[str | None, ...]:
        return self.card, self.says


class WordChange(Change, Base):
    """An entry of the list of risky words that is added, or takes another reason.

    Attributes:
        entry: as `solidarity/letter_check/word_list.py` has it.
        reason: why it is on the list; None takes it off.
    """

    __tablename__ = "word_list"
    language: Mapped[str] = public(Text)
    entry: Mapped[str] = public(Text)
    reason: Mapped[str | None] = public(Text, nullable=True)

    @property
    def words(self) -> tuple[str | None, ...]:
        return self.language, self.entry, self.reason
