"""What a proposed change of the rule cards or risky words would change, as a colleague sees it."""

from dataclasses import dataclass
from uuid import UUID

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
