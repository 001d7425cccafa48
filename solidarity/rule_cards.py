"""The rule cards that are in force today; what they say of one prisoner is worked out in `possible`."""

import json
from datetime import date

from solidarity.possible import RuleCard, Thing, Verdict, Writer
from solidarity.shipped.reading import shipped_cards
from storage.models import CustodyStatus
from storage.unit_of_work import UnitOfWork


async def cards_in_force(uow: UnitOfWork) -> tuple[RuleCard, ...]:
    """Return every card that counts today.

    A card that two coordinators have agreed upon stands instead of the one it names, of several the newest;
    the file of those that ship is read once per process.
    """
    cards: dict[str, RuleCard | None] = {card.id: card for card in shipped_cards()}
    for change in await uow.card_changes.agreed():
        cards[change.card] = None if change.says is None else read_card(change.card, change.says)
    return tuple(card for card in cards.values() if card is not None)


def read_card(card_id: str, says: str) -> RuleCard:
    """Read a card as `write_card` has written it."""
    fields = json.loads(says)
    status, writer, day = (fields.get(name) for name in ("status", "writer", "verified_on"))
    return RuleCard(
        card_id,
        Thing(fields["thing"]),
        Verdict(fields["verdict"]),
        fields["source"],
        facility=fields.get("facility"),
        kind=fields.get("kind"),
        status=None if status is None else CustodyStatus(status),
        writer=None if writer is None else Writer(writer),
        advice=fields.get("advice", {}),
        abroad=fields.get("abroad", {}),
        verified_on=None if day is None else date.fromisoformat(day),
    )


def write_card(card: RuleCard) -> str:
    """Write a card's fields down, all but its id; what it leaves open is left out."""
    fields = {
        "thing": card.thing,
        "verdict": card.verdict,
        "source": card.source,
        "facility": card.facility,
        "kind": card.kind,
        "status": card.status,
        "writer": card.writer,
        "advice": dict(card.advice) or None,
        "abroad": dict(card.abroad) or None,
        "verified_on": None if card.verified_on is None else card.verified_on.isoformat(),
    }
    said = {name: value for name, value in fields.items() if value is not None}
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
