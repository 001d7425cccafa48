"""Writing one letter without a promise: the same choice of people, an address, and *I wrote*."""

from handlers.adopting import begin_draft
from handlers.guardian import address_text, copy_row, envelope_row
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.cards import card_for
from solidarity.letters import report_single, require_public


async def begin(turn: Turn) -> None:
    """Start over with the languages a person gave before."""
    await begin_draft(turn, is_once=True)
    turn.go("adopt-languages")


@screen("one-letter", "adopt")
async def one_letter(view: View) -> Screen:
    """Show the address, what is possible, what to say and what to leave out."""
    prisoner = await require_public(view.uow, view.target)
    card = await card_for(view.uow, view.actor, prisoner.id)
    parts = [
        view.say("guardian-name", name=card.name),
        address_text(view, card),
        view.say(f"guardian-post-{card.post}"),
        view.say("guardian-language"),
        view.say("guardian-say"),
        view.say("guardian-avoid"),
    ]
    rows = [
        [view.button("guardian-wrote", "one-letter-wrote", prisoner.id)],
        *copy_row(view, card.envelope),
        *envelope_row(view, card, prisoner.id),
        [view.back("adopt-person", prisoner.id)],
    ]
    return Screen("\n\n".join(parts), rows)


async def wrote(turn: Turn) -> None:
    """Note the letter."""
    await report_single(turn.uow, turn.actor, turn.target)
    turn.hint = turn.say("once-noted")
    turn.go("menu")
