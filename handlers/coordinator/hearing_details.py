"""What is noted of a sitting later: where exactly, before whom, how open, and from whom it is known."""

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.hearings.details import Detail, note_detail, note_openness, note_second_source
from solidarity.hearings.docket import HearingCard, hearing_card

OPENNESS = ("open", "closed", "unknown")


@screen("hearing-details")
async def details(view: View) -> Screen:
    """Offer what can be noted."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    said = [
        view.say("desk-hearing-title", name=card.name),
        *(view.say(f"desk-hearing-{one}", text=card.details.get(one, "—")) for one in Detail),
        view.say(f"desk-openness-{card.openness}"),
    ]
    rows: list[Row] = [
        [view.button(f"desk-note-{one}", "go:hearing-detail", card.hearing_id, one)] for one in Detail
    ]
    wishes = [wish for wish in OPENNESS if wish != card.openness]
    rows.append([view.button(f"desk-is-{w}", "hearing-openness", card.hearing_id, w) for w in wishes])
    return Screen("\n".join(said), [*rows, [view.back("hearing", card.hearing_id)]])


@screen("hearing-detail")
async def detail(view: View) -> Screen:
    """Ask for one detail."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    back = [[view.back("hearing-details", card.hearing_id)]]
    if view.argument not in tuple(Detail):
        return Screen(view.say("desk-hearing-title", name=card.name), back)
    return Screen(_asked(view, card, view.say(f"desk-type-{view.argument}")), back)


def _asked(view: View, card: HearingCard, question: str) -> str:
    return "\n".join([view.say("desk-hearing-title", name=card.name), "", question])


async def take_detail(turn: Turn) -> None:
    """Take the typed detail."""
    await note_detail(turn.uow, turn.actor, turn.target, turn.argument, turn.text, now=turn.now)
    turn.hint = turn.say("settings-saved")
    turn.go("hearing-details", turn.target)


async def set_openness(turn: Turn) -> None:
    """Note whether the public is let in."""
    await note_openness(turn.uow, turn.actor, turn.target, turn.argument, now=turn.now)
    turn.go("hearing-details", turn.target)


@screen("hearing-second-source")
async def second_source(view: View) -> Screen:
    """Ask who else says so; the argument is the revision that was shown."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    back = [[view.back("hearing", card.hearing_id)]]
    return Screen(_asked(view, card, view.say("desk-type-second-source")), back)


async def take_second_source(turn: Turn) -> None:
    """Take the second source, which confirms the date."""
    await note_second_source(turn.uow, turn.actor, turn.target, turn.argument, turn.text, now=turn.now)
    turn.hint = turn.say("desk-hearing-now-confirmed")
    turn.go("hearing", turn.target)
