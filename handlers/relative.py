"""What somebody sees of their own behind bars; never who writes to them."""

from datetime import date

from handlers.court import when_lines
from handlers.fitting import fitting_parts
from handlers.guardian import abroad_row
from handlers.post import abroad_advice, all_parts, brief_line
from handlers.screen import Button, Screen, Turn, View
from handlers.screens import screen
from solidarity.cards import Card, HearingCard, card_of_family, family_cards, hearing_card, require_audible
from solidarity.hearings.milestones import next_deadline
from solidarity.kinship import waits_to_be_confirmed
from solidarity.letters import letters_this_month
from solidarity.reminders import hearings_for

# The longest entries a register may hold must fit into one message.
ON_A_PAGE = 3


@screen("family")
async def family_screen(view: View) -> Screen:
    """Show, for everybody a person is linked to: status, place, next hearing, and letters of this month."""
    if await waits_to_be_confirmed(view.uow, view.actor.id):
        return Screen(view.say("family-unconfirmed"), [[view.back()]])
    hearings = await hearings_for(view.uow, view.actor.id, now=view.now)
    cards = await family_cards(view.uow, view.actor)
    last = (len(cards) - 1) // ON_A_PAGE
    page = min(int(view.argument), last) if view.argument.isdecimal() else 0
    parts, more = [], []
    for tie, card in cards[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]:
        coming = next((hearing for hearing in hearings if hearing.prisoner_id == tie.prisoner_id), None)
        hearing = None if coming is None else await hearing_card(view.uow, view.actor, coming)
        letters = await letters_this_month(view.uow, view.actor, tie.prisoner_id)
        deadline = await next_deadline(view.uow, tie.prisoner_id, today=view.actor.today)
        parts.append("\n".join(_lines(view, card, hearing, letters, deadline)))
        if card.post.above is None:
            more.append([view.button("family-possible", "go:family-post", tie.prisoner_id, name=card.name)])
    turns: list[Button] = []
    if page > 0:
        turns.append(view.button("family-earlier", "go:family", argument=str(page - 1)))
    if page < last:
        turns.append(view.button("family-further", "go:family", argument=str(page + 1)))
    rows = [*more, *([turns] if turns else []), [view.button("menu-court", "go:court")], [view.back()]]
    return Screen("\n\n".join(parts), rows)


def _lines(
    view: View, card: Card, hearing: HearingCard | None, letters: int, deadline: date | None
) -> list[str]:
    name = view.say("family-name", name=card.name)
    if card.is_silenced:
        return [name, view.say("family-silent")]
    lines = [name, view.say(f"family-status-{card.status.replace('_', '-')}")]
    if card.status_on is not None:
        lines.append(view.say("family-status-on", day=view.words.day(card.status_on)))
    if card.post.above is not None:
        return lines
    lines.append(
        view.say("family-place", place=card.place.name) if card.place else view.say("family-place-unknown")
    )
    if hearing is None:
        lines.append(view.say("family-no-hearing"))
    else:
        lines += [view.say("family-hearing"), *when_lines(view, hearing.starts_at, hearing.zone)]
        lines.append(view.say(f"court-{hearing.confidence}"))
    if deadline is not None:
        lines.append(view.say("family-deadline", day=view.words.weekday_of(deadline)))
    possible = brief_line(view.words, card.post)
    if possible:
        lines.append(possible)
    if letters:
        lines.append(view.say("family-letters", count=letters))
    return lines


@screen("family-post")
async def post_screen(view: View) -> Screen:
    """Show what a relative may send and do, with advice and sources."""
    card = await card_of_family(view.uow, view.actor, view.target)
    require_audible(card)
    name = view.say("family-name", name=card.name)
    parts = [name, *all_parts(view.words, card.post, view.actor.today)]
    abroad = abroad_row(view, card, "family-abroad", card.id)
    return Screen(fitting_parts(parts), [*abroad, [view.back("family")]])


async def tell_abroad(turn: Turn) -> None:
    """Say, for this one answer, what concerns those who send from abroad."""
    card = await card_of_family(turn.uow, turn.actor, turn.target)
    turn.hint = abroad_advice(turn.words, card.post)
    turn.go("family-post", card.id)


@screen("kinship-confirmed")
async def confirmed_screen(view: View) -> Screen:
    """Tell a relative that what is for family is theirs to see now."""
    rows = [[view.button("menu-family", "go:family")], [view.back()]]
    return Screen(view.say("family-confirmed"), rows)
