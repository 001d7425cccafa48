"""What a colleague is to agree to: a change of rule cards or risky words, or a broadcast, as they see it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.broadcasts.audience import Reach, Said, reach_of, said_by
from solidarity.errors import NotForYou
from solidarity.letter_check import Reason
from solidarity.possible import RuleCard
from solidarity.risky_words import words_in_force
from solidarity.rule_cards import cards_in_force, read_card
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class CardProposal:
    """A card before and afterwards: None before is a new card, None afterwards takes it away."""

    before: RuleCard | None
    after: RuleCard | None


@dataclass(frozen=True)
class WordProposal:
    """An entry, and why it is on the list: None before is a new one, None afterwards takes it off."""

    language: str
    entry: str
    before: Reason | None
    after: Reason | None


@dataclass(frozen=True)
class BroadcastProposal:
    """Own words as they would go out: whom they reach now, and when they begin."""

    said: Said
    reach: Reach
    starts_at: datetime


async def card_proposal(uow: UnitOfWork, change_id: UUID) -> CardProposal:
    """Return what a proposal would change today; whether somebody may see it is asked before.

    Raises:
        NotForYou: there is none, or it was changed by hand.
    """
    change = await uow.card_changes.get(change_id)
    if change is None:
        raise NotForYou(str(change_id))
    before = [card for card in await cards_in_force(uow) if card.id == change.card]
    after = None if change.says is None else read_card(change.card, change.says)
    return CardProposal(before[0] if before else None, after)


async def word_proposal(uow: UnitOfWork, change_id: UUID) -> WordProposal:
    """Return what a proposal would change today; whether somebody may see it is asked before.

    Raises:
        NotForYou: there is none, or it was changed by hand.
    """
    change = await uow.word_changes.get(change_id)
    if change is None:
        raise NotForYou(str(change_id))
    named = change.language, change.entry
    before = [one.reason for one in await words_in_force(uow) if (one.language, one.entry) == named]
    after = None if change.reason is None else Reason(change.reason)
    return WordProposal(*named, before[0] if before else None, after)


async def broadcast_proposal(uow: UnitOfWork, broadcast_id: UUID) -> BroadcastProposal:
    """Return what would go out; whether somebody may see it is asked before.

    Raises:
        NotForYou: there is none, or it was changed by hand.
    """
    broadcast, said = await uow.broadcasts.get(broadcast_id), await said_by(uow, broadcast_id)
    if broadcast is None or said is None:
        raise NotForYou(str(broadcast_id))
    return BroadcastProposal(said, await reach_of(uow, said), broadcast.starts_at)
