"""Changes of the rule cards: proposed by one coordinator, in force once another has agreed.

Also that a card was checked again takes two: of two equally narrow cards the one checked later wins.
"""

from dataclasses import replace
from datetime import datetime

from solidarity.access import Actor
from solidarity.card_drafts import DIALOGUE, card_named, require_draft
from solidarity.errors import NoLongerSo
from solidarity.possible import RuleCard
from solidarity.requests import ask
from solidarity.rule_cards import cards_in_force, write_card
from storage.models import CardChange, RequestKind
from storage.unit_of_work import UnitOfWork


async def propose_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Ask colleagues to agree to the card that was drafted; their reason is its source.

    Raises:
        CardIncomplete: it has no verdict, no advice or no source.
        NoLongerSo: nothing is drafted, or it is the card that is in force.
        DeskClosed, TooManyRequests: as `requests.ask`.
    """
    draft = await require_draft(uow, actor, now=now)
    card = draft.card(actor.today)
    if card in await cards_in_force(uow):
        raise NoLongerSo(card.id)
    await uow.drafts.drop(actor.id, DIALOGUE)
    await _propose(uow, actor, card.id, card, why=card.source, now=now)


async def propose_checked(uow: UnitOfWork, actor: Actor, card_id: str, *, now: datetime) -> None:
    """Ask colleagues to agree that a card still holds today.

    Raises:
        NotForYou: there is no such card.
        NoLongerSo: it was checked today.
        DeskClosed, TooManyRequests: as `requests.ask`.
    """
    card = await card_named(uow, card_id)
    if card.verified_on == actor.today:
        raise NoLongerSo(card_id)
    checked = replace(card, verified_on=actor.today)
    await _propose(uow, actor, card_id, checked, why=card.source, now=now)


async def propose_withdrawal(uow: UnitOfWork, actor: Actor, card_id: str, *, now: datetime) -> None:
    """Ask colleagues to agree that a card is taken away.

    Raises:
        NotForYou: there is no such card.
        DeskClosed, TooManyRequests: as `requests.ask`.
    """
    card = await card_named(uow, card_id)
    await _propose(uow, actor, card_id, None, why=card.source, now=now)


async def _propose(
    uow: UnitOfWork, actor: Actor, card_id: str, card: RuleCard | None, *, why: str, now: datetime
) -> None:
    says = None if card is None else write_card(card)
    change = await uow.card_changes.add(
        CardChange(card=card_id, says=says, proposed_by=actor.id, proposed_at=now)
    )
    await ask(uow, actor, RequestKind.RULE_CARD, change.id, why=why, now=now)
