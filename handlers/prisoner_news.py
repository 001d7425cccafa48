"""What is told at once of a prisoner, said as it is today, whatever the message was first sent for."""

from handlers.fitting import fitting_parts
from handlers.guardian import address_text, copy_row
from handlers.post import all_parts
from handlers.screen import Screen, View
from handlers.screens import screen
from solidarity.cards import Card, card_for
from solidarity.naming import promise_to
from solidarity.relevance import prisoner_concerning

FREE = ("released", "exiled")
DIED = "died"
CUT_OFF = "incommunicado"


def ended(view: View, card: Card) -> Screen | None:
    """Tell of a release with joy and thanks, of a death with sorrow; None where neither is so."""
    if card.status in FREE:
        key = "notices-exiled" if card.status == "exiled" else "notices-released"
        return Screen(view.say(key, name=card.name), [[view.back()]])
    if card.status == DIED:
        return Screen(view.say("notices-died", name=card.name), [[view.back()]])
    return None


async def _card(view: View) -> Card:
    prisoner = await prisoner_concerning(view.uow, view.actor, view.target)
    return await card_for(view.uow, view.actor, prisoner.id)


def _status(view: View, card: Card) -> str:
    return view.say(f"family-status-{card.status.replace('_', '-')}")


@screen("prisoner-released")
async def released_screen(view: View) -> Screen:
    """Tell of a release: first the joy and the thanks; where it is no longer so, what is."""
    card = await _card(view)
    over = view.say("notices-taken-back", name=card.name, status=_status(view, card))
    return ended(view, card) or Screen(over, [[view.back()]])


@screen("prisoner-died")
async def died_screen(view: View) -> Screen:
    """Tell of a death to those who wrote, once the family has been spoken with."""
    return await released_screen(view)


@screen("prisoner-incommunicado")
async def incommunicado_screen(view: View) -> Screen:
    """Tell that somebody is held without any contact, and that silence is nobody's forgetting."""
    card = await _card(view)
    if card.status != CUT_OFF:
        return ended(view, card) or _heard_of(view, card)
    promise = await promise_to(view.uow, view.actor, card.id)
    if promise is None or promise.state != "active" or card.post.letter.is_reminded_of:
        return Screen(view.say("notices-incommunicado", name=card.name), [[view.back()]])
    parts = [
        view.say("notices-incommunicado", name=card.name),
        view.say("notices-letter-not-asked"),
        *all_parts(view.words, card.post, view.actor.today),
    ]
    address = [view.button("guardian-address", "go:address", promise.id)]
    return Screen(fitting_parts(parts), [address, [view.back()]])


@screen("prisoner-heard-of")
async def heard_of_screen(view: View) -> Screen:
    """Tell that somebody who was held without any contact no longer is."""
    return await incommunicado_screen(view)


def _heard_of(view: View, card: Card) -> Screen:
    said = view.say("notices-heard-of", name=card.name, status=_status(view, card))
    return Screen(f"{said}\n\n{address_text(view, card)}", [*copy_row(view, card.envelope), [view.back()]])


@screen("new-person")
async def new_person_screen(view: View) -> Screen:
    """Offer somebody new, a week after somebody came free; who that was stands here no more."""
    return Screen(view.say("notices-new-person"), [[view.button("menu-adopt", "adopt")], [view.back()]])
