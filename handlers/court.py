"""Court dates that a person may see, and how a sitting is written out wherever it is shown."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.screen import Button, Screen, View
from handlers.screens import screen
from solidarity.cards import HearingCard, hearing_card
from solidarity.reminders import hearings_for

# The longest sittings a register may hold must fit into one message.
ON_A_PAGE = 3


@screen("court", "court")
async def court_screen(view: View) -> Screen:
    """List the sittings to come, next first, a few on a page."""
    hearings = await hearings_for(view.uow, view.actor.id, now=view.now)
    calendar = [view.button("month", "go:court-month")]
    if not hearings:
        return Screen(view.say("court-none"), [calendar, [view.back()]])
    last = (len(hearings) - 1) // ON_A_PAGE
    page = min(int(view.argument), last) if view.argument.isdecimal() else 0
    shown = hearings[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    parts = [
        "\n".join(hearing_lines(view, await hearing_card(view.uow, view.actor, hearing))) for hearing in shown
    ]
    turns: list[Button] = []
    if page > 0:
        turns.append(view.button("court-sooner", "go:court", argument=str(page - 1)))
    if page < last:
        turns.append(view.button("court-further", "go:court", argument=str(page + 1)))
    text = "\n\n".join([view.say("court-title"), *parts])
    return Screen(text, [*([turns] if turns else []), calendar, [view.back()]])


def hearing_lines(view: View, card: HearingCard) -> list[str]:
    """Write a sitting out: whose, when in the court's time and the reader's, where, how open, how sure.

    Of one that was cancelled nobody asks how open or how sure it was.
    """
    standing = [view.say(f"court-{card.openness}"), view.say(f"court-{card.confidence}")]
    return [
        view.say("court-name", name=card.name),
        *when_lines(view, card.starts_at, card.zone),
        _court_line(view, card),
        *([] if card.status == "cancelled" else standing),
        view.say("court-source", source=card.source) if card.source else view.say("court-source-none"),
    ]


def _court_line(view: View, card: HearingCard) -> str:
    if not card.court:
        return view.say("court-place-unknown")
    if card.room:
        return view.say("court-room", court=card.court, room=card.room)
    return view.say("court-place", court=card.court)


def when_lines(view: View, starts_at: datetime, zone: str) -> list[str]:
    """Say when in the court's time, and in the reader's where their clocks differ at that instant."""
    mine = view.actor.hours.zone
    lines = [view.say("court-when", moment=view.words.moment(starts_at, zone))]
    if starts_at.astimezone(ZoneInfo(zone)).utcoffset() != starts_at.astimezone(ZoneInfo(mine)).utcoffset():
        lines.append(view.say("court-when-yours", moment=view.words.moment(starts_at, mine)))
    return lines
