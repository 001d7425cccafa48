"""A rule card that a coordinator is in the middle of changing: kept sealed for a day."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.possible import LANGUAGES, NO_POST, RuleCard, Thing, Verdict, Writer
from solidarity.register.cells import one_line
from solidarity.rule_cards import cards_in_force
from solidarity.typed_errors import CardIncomplete, ReasonRefused, TextTooLong
from storage.models import CustodyStatus
from storage.unit_of_work import UnitOfWork

DIALOGUE = "rule-card"
KEPT_FOR = timedelta(hours=24)
SHORTEST_TEXT = 4
LONGEST_ADVICE, LONGEST_SOURCE = 500, 200
# What is chosen by buttons, each with what there is; an empty word is "any".
STATUSES = tuple(status for status in CustodyStatus if status not in NO_POST)
CHOICES: dict[str, tuple[str, ...]] = {
    "thing": tuple(Thing),
    "status": ("", *STATUSES),
    "writer": ("", *Writer),
    "verdict": tuple(Verdict),
}


@dataclass(frozen=True)
class CardDraft:
    """A card as far as it has been said.

    Attributes:
        verdict: empty as long as nobody has chosen.
        typed: advice by language, as it was typed for this draft; then it is all the advice there is.
        is_checked: whether its writer has looked today.
    """

    card_id: str
    thing: str
    facility: str | None = None
    kind: str | None = None
    status: str = ""
    writer: str = ""
    verdict: str = ""
    advice: dict[str, str] = field(default_factory=dict)
    abroad: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)
    source: str = ""
    is_checked: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """Return the advice as it is to be, by language."""
        return self.typed or self.advice

    def card(self, today: date) -> RuleCard:
        """Return the card as it would be from today on.

        Raises:
            CardIncomplete: it has no verdict, no advice or no source.
        """
        if not (self.verdict and self.texts and self.source):
            raise CardIncomplete(self.card_id)
        return RuleCard(
            self.card_id,
            Thing(self.thing),
            Verdict(self.verdict),
            self.source,
            facility=self.facility,
            kind=self.kind,
            status=CustodyStatus(self.status) if self.status else None,
            writer=Writer(self.writer) if self.writer else None,
            advice=self.texts,
            abroad=self.abroad,
            verified_on=today if self.is_checked else None,
        )


async def card_named(uow: UnitOfWork, card_id: str) -> RuleCard:
    """Return a card that is in force.

    Raises:
        NotForYou: there is none.
    """
    found = [card for card in await cards_in_force(uow) if card.id == card_id]
    if not found:
        raise NotForYou(card_id)
    return found[0]


async def begin_change(uow: UnitOfWork, actor: Actor, card_id: str, *, now: datetime) -> None:
    """Begin to change a card that is in force; what was begun before goes.

    Raises:
        NotForYou: there is none.
    """
    card = await card_named(uow, card_id)
    draft = CardDraft(
        card.id,
        card.thing,
        facility=card.facility,
        kind=card.kind,
        status=card.status or "",
        writer=card.writer or "",
        verdict=card.verdict,
        advice=dict(card.advice),
        abroad=dict(card.abroad),
        source=card.source,
    )
    await _keep(uow, actor, draft, now=now)


async def begin_new(uow: UnitOfWork, actor: Actor, code: str, thing: str, *, now: datetime) -> None:
    """Begin a new card of one place; what was begun before goes.

    Raises:
        NotForYou: there is no such place, or no such thing.
    """
    if thing not in CHOICES["thing"] or await uow.facilities.get(code) is None:
        raise NotForYou(code)
    await _keep(uow, actor, CardDraft(f"desk-{uuid4().hex[:12]}", thing, facility=code), now=now)


async def get_card_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> CardDraft | None:
    """Open what a coordinator has begun, or None where there is nothing."""
    body = await uow.drafts.reveal(actor.id, DIALOGUE, now=now)
    return CardDraft(**body) if body else None


async def require_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> CardDraft:
    """Return what a coordinator has begun.

    Raises:
        NoLongerSo: nothing, or it was more than a day ago.
    """
    draft = await get_card_draft(uow, actor, now=now)
    if draft is None:
        raise NoLongerSo(str(actor.id))
    return draft


async def choose(uow: UnitOfWork, actor: Actor, what: str, value: str, *, now: datetime) -> None:
    """Take what was chosen by a button.

    Raises:
        NoLongerSo: nothing is begun.
        NotForYou: there is no such choice.
    """
    draft = await require_draft(uow, actor, now=now)
    if value not in CHOICES.get(what, ()):
        raise NotForYou(what)
    chosen: dict[str, Any] = {what: value}
    await _keep(uow, actor, replace(draft, **chosen), now=now)


async def turn_checked(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Let a card say that its source was looked at today, or that nobody has.

    Raises:
        NoLongerSo: nothing is begun.
    """
    draft = await require_draft(uow, actor, now=now)
    await _keep(uow, actor, replace(draft, is_checked=not draft.is_checked), now=now)


async def type_advice(uow: UnitOfWork, actor: Actor, language: str, typed: str, *, now: datetime) -> None:
    """Take advice in a language; what the card said before in any language goes with the first.

    Raises:
        NoLongerSo: nothing is begun.
        NotForYou: there is no such language.
        TextTooLong, ReasonRefused: more than 500 characters, or no words.
    """
    draft = await require_draft(uow, actor, now=now)
    if language not in LANGUAGES:
        raise NotForYou(language)
    advice = draft.typed | {language: _checked(typed, LONGEST_ADVICE)}
    await _keep(uow, actor, replace(draft, typed=advice), now=now)


async def type_source(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Take who says so: a page with its day, or a telephone call.

    Raises:
        NoLongerSo: nothing is begun.
        TextTooLong, ReasonRefused: more than 200 characters, or no words.
    """
    draft = await require_draft(uow, actor, now=now)
    await _keep(uow, actor, replace(draft, source=_checked(typed, LONGEST_SOURCE)), now=now)


def _checked(typed: str, longest: int) -> str:
    # Everybody reads it: what turns its letters round or hides some of them does not stay.
    text = one_line(typed)
    if len(text) > longest:
        raise TextTooLong(longest)
    if len(text) < SHORTEST_TEXT or not any(sign.isalpha() for sign in text):
        raise ReasonRefused("no words")
    return text


async def _keep(uow: UnitOfWork, actor: Actor, draft: CardDraft, *, now: datetime) -> None:
    await uow.drafts.put(actor.id, DIALOGUE, dict(vars(draft)), expires_at=now + KEPT_FOR)
