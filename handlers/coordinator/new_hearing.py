"""Adding a hearing step by step: whose, when, where, and a look at it before anybody is told."""

from handlers.coordinator.audience import who_is_told
from handlers.coordinator.prisoners import found
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.hearing_drafts import (
    HearingDraft,
    draft_court,
    draft_for,
    draft_start,
    get_draft,
    save_draft,
)
from solidarity.prisoner_card import prisoner_card
from solidarity.search import drop_search, keep_search

SEARCH = "hearing"


async def begin_add(turn: Turn) -> None:
    """Begin a new hearing, or go on with the one that was begun."""
    draft = await get_draft(turn.uow, turn.actor, now=turn.now)
    if draft is None:
        await drop_search(turn.uow, turn.actor, SEARCH)
        turn.go("hearing-prisoner")
        return
    turn.hint = turn.say("desk-hearing-goes-on")
    turn.go(f"hearing-{draft.next_step}")


@screen("hearing-prisoner", "desk.hearings")
async def whose(view: View) -> Screen:
    """Ask whose hearing it is."""
    text, rows = await found(view, SEARCH, "hearing-for")
    return Screen(f"{view.say('desk-hearing-whose')}\n\n{text}", [*rows, [view.back("hearings")]])


async def search_prisoner(turn: Turn) -> None:
    """Take a typed name."""
    await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
    turn.go("hearing-prisoner")


async def choose_prisoner(turn: Turn) -> None:
    """Begin the hearing of one prisoner."""
    await draft_for(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("hearing-date")


@screen("hearing-date", "desk.hearings")
async def when(view: View) -> Screen:
    """Ask for date and time."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None:
        return _expired(view)
    text = [await _title(view, draft), "", view.say("desk-type-date", zone=view.uow.home_zone)]
    rows = [[view.back("hearing-prisoner")]]
    if draft.starts is not None:
        text.append(view.say("desk-so-far", text=view.words.wall(draft.starts)))
        rows.insert(0, [view.button("desk-keep", "go:hearing-court")])
    return Screen("\n".join(text), rows)


async def take_date(turn: Turn) -> None:
    """Take the typed date."""
    await draft_start(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("hearing-court")


@screen("hearing-court", "desk.hearings")
async def where(view: View) -> Screen:
    """Ask for the court."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None:
        return _expired(view)
    text = [await _title(view, draft)]
    if draft.starts is not None:
        wall = view.words.wall(draft.starts)
        text.append(view.say("desk-hearing-starts", wall=wall, zone=view.uow.home_zone))
    text += ["", view.say("desk-type-court")]
    rows = [[view.back("hearing-date")]]
    if draft.court is not None:
        text.append(view.say("desk-so-far", text=draft.court))
        rows.insert(0, [view.button("desk-keep", "go:hearing-check")])
    return Screen("\n".join(text), rows)


async def take_court(turn: Turn) -> None:
    """Take the typed court."""
    await draft_court(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("hearing-check")


@screen("hearing-check", "desk.hearings")
async def check(view: View) -> Screen:
    """Show the whole hearing before anybody is told."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None or draft.starts is None or draft.court is None:
        return _expired(view)
    text = [
        await _title(view, draft),
        view.say("desk-hearing-starts", wall=view.words.wall(draft.starts), zone=view.uow.home_zone),
        view.say("desk-hearing-court", text=draft.court),
        view.say("desk-hearing-reported"),
        "",
        await who_is_told(view, draft.prisoner_id),
    ]
    rows = [[view.button("desk-save", "hearing-save")], [view.back("hearing-court")]]
    return Screen("\n".join(text), rows)


async def save(turn: Turn) -> None:
    """Keep the hearing, and tell those concerned."""
    saved = await save_draft(turn.uow, turn.actor, now=turn.now)
    turn.hint = turn.say("desk-hearing-saved")
    turn.go("hearing", saved.id)


async def _title(view: View, draft: HearingDraft) -> str:
    card = await prisoner_card(view.uow, view.actor, draft.prisoner_id, now=view.now)
    return view.say("desk-hearing-title", name=card.name)


def _expired(view: View) -> Screen:
    return Screen(view.say("desk-draft-expired"), [[view.back("hearings")]])
