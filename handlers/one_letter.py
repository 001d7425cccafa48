"""Writing one letter without a promise: the same choice of people, an address, and *I wrote*."""

from handlers.adopting import begin_draft
from handlers.fitting import fitting_parts
from handlers.guardian import abroad_row, address_parts, copy_row, envelope_row
from handlers.post import ABROAD
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
    is_abroad = view.argument == f":{ABROAD}"
    rows = [
        [view.button("guardian-wrote", "one-letter-wrote", prisoner.id)],
        *copy_row(view, card.envelope),
        *abroad_row(view, card, "go:one-letter", prisoner.id, is_abroad=is_abroad),
        *envelope_row(view, card, prisoner.id),
        [view.button("letter-check", "go:letter-check-once", prisoner.id)],
        [view.back("adopt-person", prisoner.id)],
    ]
    return Screen(fitting_parts(address_parts(view, card, is_abroad=is_abroad)), rows)


async def wrote(turn: Turn) -> None:
    """Note the letter."""
    await report_single(turn.uow, turn.actor, turn.target)
    turn.hint = turn.say("once-noted")
    turn.go("menu")
