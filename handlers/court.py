"""Court dates that a person may see, and how a sitting is written out wherever it is shown."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.attending import acts
from handlers.screen import Button, Row, Screen, View
from handlers.screens import screen
from solidarity.cards import HearingCard, hearing_card
from solidarity.hearings.life import hearing_for
from solidarity.reminders import hearings_for
from solidarity.work import Hearing

# The longest sittings a register may hold must fit into one message.
ON_A_PAGE = 3


@screen("court")
async def court_screen(view: View) -> Screen:
    """List the sittings to come, next first, a few on a page; a lone one with what can be done about it."""
    hearings = await hearings_for(view.uow, view.actor.id, now=view.now)
    ask: list[Row] = [
        [view.button("court-all", "go:court-open"), view.button("court-follow", "go:follow")],
        [view.button("month", "go:court-month")],
    ]
    if not hearings:
        return Screen(view.say("court-none"), [*ask, [view.back()]])
    last = (len(hearings) - 1) // ON_A_PAGE
    page = min(int(view.argument), last) if view.argument.isdecimal() else 0
    shown = hearings[page * ON_A_PAGE : (page + 1) * ON_A_PAGE]
    cards = [await hearing_card(view.uow, view.actor, hearing) for hearing in shown]
    text = "\n\n".join([view.say("court-title"), *("\n".join(hearing_lines(view, card)) for card in cards)])
    turns: list[Button] = []
    if page > 0:
        turns.append(view.button("court-sooner", "go:court", argument=str(page - 1)))
    if page < last:
        turns.append(view.button("court-further", "go:court", argument=str(page + 1)))
    rows = await _rows(view, hearings, shown, cards)
    return Screen(text, [*rows, *([turns] if turns else []), *ask, [view.back()]])


async def _rows(
    view: View, hearings: Sequence[Hearing], shown: Sequence[Hearing], cards: Sequence[HearingCard]
) -> list[Row]:
    if len(hearings) == 1:
        return await acts(view, hearings[0])
    return [[to_sitting(view, hearing, card)] for hearing, card in zip(shown, cards, strict=True)]


def to_sitting(view: View, hearing: Hearing, card: HearingCard) -> Button:
    """Return a button that leads to a sitting: its day and hour where the court is, and whose it is."""
    starts = hearing.starts_at.astimezone(ZoneInfo(hearing.zone))
    return Button(f"{starts:%d.%m.%Y %H:%M} · {card.name}", "go:court-date", hearing.id)


@screen("court-date")
async def sitting_screen(view: View) -> Screen:
    """Show one sitting, and what can be done about it."""
    hearing = await hearing_for(view.uow, view.actor, view.target)
    card = await hearing_card(view.uow, view.actor, hearing)
    lines = hearing_lines(view, card)
    return Screen("\n".join(lines), [*await acts(view, hearing, asking=True), [view.back("court")]])


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
        *([view.say("court-attending")] if card.is_attending else []),
    ]


def _court_line(view: View, card: HearingCard) -> str:
    if not card.court:
        return view.say("court-place-unknown")
    if card.room:
        return view.say("court-room", court=card.court, room=card.room)
    return view.say("court-place", court=card.court)


def when_lines(view: View, starts_at: datetime, zone: str) -> list[str]:
    """Say when in the court's time, and in the reader's where their clocks differ at that instant.

    Both carry the instant itself, so that a telephone shows it by its own clock.
    """
    mine, unix = view.actor.hours.zone, str(int(starts_at.timestamp()))
    lines = [view.say("court-when", moment=view.words.moment(starts_at, zone), unix=unix)]
    if starts_at.astimezone(ZoneInfo(zone)).utcoffset() != starts_at.astimezone(ZoneInfo(mine)).utcoffset():
        lines.append(view.say("court-when-yours", moment=view.words.moment(starts_at, mine), unix=unix))
    return lines
