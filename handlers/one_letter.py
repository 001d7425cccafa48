"""Writing one letter without a promise: the same choice of people, an address, and *I wrote*."""

from handlers.adopting import begin_draft
from handlers.fitting import fitting_parts
from handlers.guardian import abroad_row, address_parts, copy_row, envelope_row
from handlers.post import abroad_advice
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.cards import card_for
from solidarity.letters import report_single, require_public


async def begin(turn: Turn) -> None:
    """Start over with the languages a person gave before."""
    await begin_draft(turn, is_once=True)
    turn.go("adopt-languages")


@screen("one-letter")
async def one_letter(view: View) -> Screen:
    """Show the address, what is possible, what to say and what to leave out."""
    prisoner = await require_public(view.uow, view.target)
    card = await card_for(view.uow, view.actor, prisoner.id)
    rows = [
        [view.button("guardian-wrote", "one-letter-wrote", prisoner.id)],
        *copy_row(view, card.envelope),
        *abroad_row(view, card, "one-letter-abroad", prisoner.id),
        *envelope_row(view, card, prisoner.id),
        [view.button("letter-check", "go:letter-check-once", prisoner.id)],
        [view.back("adopt-person", prisoner.id)],
    ]
    return Screen(fitting_parts(address_parts(view, card)), rows)


async def tell_abroad(turn: Turn) -> None:
    """Say, for this one answer, what concerns those who write from abroad."""
    prisoner = await require_public(turn.uow, turn.target)
    card = await card_for(turn.uow, turn.actor, prisoner.id)
    turn.hint = abroad_advice(turn.words, card.post)
    turn.go("one-letter", prisoner.id)


async def wrote(turn: Turn) -> None:
    """Note the letter."""
    await report_single(turn.uow, turn.actor, turn.target)
    turn.hint = turn.say("once-noted")
    turn.go("menu")
