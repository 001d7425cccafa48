"""Adding a hearing in three steps or one pasted line; nobody is told before it was looked at."""

from handlers.coordinator.audience import who_is_told
from handlers.coordinator.calendar import hour_rows, month_rows, on_day, shown_day
from handlers.coordinator.prisoners import found
from handlers.court import hearing_lines
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.cards import drafted_card
from solidarity.hearings.courts import known_courts
from solidarity.hearings.desk import Standing, save_draft, save_draft_as_move, standing_beside
from solidarity.hearings.drafts import (
    HearingDraft,
    draft_court,
    draft_for,
    draft_known_court,
    draft_pasted,
    draft_start,
    get_draft,
)
from solidarity.hearings.pasted import read_pasted
from solidarity.prisoner_card import prisoner_card
from solidarity.search import drop_search, keep_search

SEARCH = "hearing"
# Of the sittings that a new one may be a move of, as many are offered.
MOST_MOVES = 3


async def begin_add(turn: Turn) -> None:
    """Begin a new hearing, or go on with the one that was begun."""
    draft = await get_draft(turn.uow, turn.actor, now=turn.now)
    if draft is None:
        await drop_search(turn.uow, turn.actor, SEARCH)
        turn.go("hearing-prisoner")
        return
    is_nobodys = draft.prisoner_id is None
    turn.hint = turn.say("desk-hearing-goes-on-whose" if is_nobodys else "desk-hearing-goes-on")
    turn.go(f"hearing-{draft.next_step}")


@screen("hearing-prisoner")
async def whose(view: View) -> Screen:
    """Ask whose hearing it is."""
    text, rows = await found(view, SEARCH, "hearing-for")
    parts = [view.say("desk-hearing-whose"), *await _pasted(view), text, view.say("desk-hearing-paste")]
    return Screen("\n\n".join(parts), [*rows, [view.back("hearings")]])


async def _pasted(view: View) -> list[str]:
    """Say what a line brought of which it is not known whose it is: it is taken for whoever is chosen."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None or draft.prisoner_id is not None or draft.starts is None:
        return []
    said = ", ".join([view.words.wall(draft.starts), *([draft.court] if draft.court else [])])
    return [view.say("desk-so-far", text=said)]


async def search_prisoner(turn: Turn) -> None:
    """Take a typed name, or a pasted line with the whole sitting."""
    pasted = read_pasted(turn.text)
    if pasted is None:
        await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
        turn.go("hearing-prisoner")
        return
    draft = await draft_pasted(turn.uow, turn.actor, pasted, now=turn.now)
    if draft.prisoner_id is None:
        await keep_search(turn.uow, turn.actor, SEARCH, pasted.name, now=turn.now)
        turn.hint = turn.say("desk-hearing-pasted-whose")
    turn.go(f"hearing-{draft.next_step}")


async def choose_prisoner(turn: Turn) -> None:
    """Say whose hearing it is."""
    step = await draft_for(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go(f"hearing-{step}")


@screen("hearing-date")
async def when(view: View) -> Screen:
    """Ask for the day, to be chosen or typed."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None or draft.prisoner_id is None:
        return _expired(view)
    text = [await _title(view, draft), "", view.say("desk-type-date", zone=view.clock(view.uow.home_zone))]
    rows = month_rows(view, view.argument, turn="hearing-date", choose="hearing-time")
    if draft.starts is not None:
        text.append(view.say("desk-so-far", text=view.words.wall(draft.starts)))
        rows.append([view.button("desk-keep", "go:hearing-court")])
    return Screen("\n".join(text), [*rows, [view.back("hearing-prisoner")]])


@screen("hearing-time")
async def at_what_hour(view: View) -> Screen:
    """Ask for the hour on the day that was chosen."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None or draft.prisoner_id is None:
        return _expired(view)
    day = shown_day(view.argument, view.actor.today)
    said = view.say("desk-type-hour", day=view.words.weekday_of(day), zone=view.clock(view.uow.home_zone))
    back = view.back("hearing-date", argument=f"{day:%Y-%m}")
    text = "\n".join([await _title(view, draft), "", said])
    return Screen(text, [*hour_rows(day, "hearing-start"), [back]])


async def take_date(turn: Turn) -> None:
    """Take the typed date."""
    await _take_start(turn, turn.text)


async def take_hour(turn: Turn) -> None:
    """Take the typed hour of the day that was chosen."""
    await _take_start(turn, on_day(turn.argument, turn.text))


async def choose_start(turn: Turn) -> None:
    """Take the day and the hour that were chosen."""
    await _take_start(turn, turn.argument)


async def _take_start(turn: Turn, said: str) -> None:
    step = await draft_start(turn.uow, turn.actor, said, now=turn.now)
    turn.go(f"hearing-{step}")


@screen("hearing-court")
async def where(view: View) -> Screen:
    """Ask for the court: one that is known, or another."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None or draft.prisoner_id is None:
        return _expired(view)
    text = [await _title(view, draft)]
    if draft.starts is not None:
        wall = view.words.wall(draft.starts)
        text.append(view.say("desk-hearing-starts", wall=wall, zone=view.clock(view.uow.home_zone)))
    text += ["", view.say("desk-type-court")]
    known = await known_courts(view.uow, int(view.argument) if view.argument.isdecimal() else 0)
    rows: list[Row] = [[Button(one.name, "hearing-known-court", one.court_id)] for one in known.courts]
    if known.has_more:
        rows.append([view.button("desk-more-courts", "go:hearing-court", argument=str(known.number + 1))])
    if draft.court is not None:
        text.append(view.say("desk-so-far", text=draft.court))
        rows.append([view.button("desk-keep", "go:hearing-check")])
    return Screen("\n".join(text), [*rows, [view.back("hearing-date")]])


async def take_court(turn: Turn) -> None:
    """Take the typed court."""
    await draft_court(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("hearing-check")


async def choose_court(turn: Turn) -> None:
    """Take a court of the list."""
    await draft_known_court(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("hearing-check")


@screen("hearing-check")
async def check(view: View) -> Screen:
    """Show the whole hearing, and what people will read, before anybody is told."""
    draft = await get_draft(view.uow, view.actor, now=view.now)
    if draft is None or draft.prisoner_id is None or draft.starts is None or draft.court is None:
        return _expired(view)
    others = await standing_beside(view.uow, draft, now=view.now)
    text = [
        await _title(view, draft),
        view.say(
            "desk-hearing-starts", wall=view.words.wall(draft.starts), zone=view.clock(view.uow.home_zone)
        ),
        view.say("desk-hearing-court", text=draft.court),
        *_beside(view, others),
        "",
        view.say("desk-hearing-will-read"),
        *hearing_lines(view, await drafted_card(view.uow, view.actor, draft)),
        "",
        await who_is_told(view, draft.prisoner_id),
    ]
    return Screen("\n".join(text), [*_save_rows(view, others), [view.back("hearing-court")]])


def _beside(view: View, others: list[Standing]) -> list[str]:
    if any(one.is_same for one in others):
        return ["", view.say("desk-hearing-same")]
    if not others:
        return []
    walls = [(view.words.wall(one.starts), one.zone) for one in others[:MOST_MOVES]]
    dates = [view.say("desk-hearing-starts", wall=wall, zone=view.clock(zone)) for wall, zone in walls]
    return ["", view.say("desk-hearing-beside"), *dates]


def _save_rows(view: View, others: list[Standing]) -> list[Row]:
    if any(one.is_same for one in others):
        return [[view.button("desk-same-date", "hearing-save")]]
    if not others:
        return [[view.button("desk-save", "hearing-save")]]
    moves: list[Row] = [
        [
            view.button(
                "desk-is-move",
                "hearing-save-move",
                one.hearing_id,
                str(one.revision),
                day=f"{one.starts:%d.%m.%Y %H:%M}",
            )
        ]
        for one in others[:MOST_MOVES]
    ]
    return [*moves, [view.button("desk-save-besides", "hearing-save")]]


async def save(turn: Turn) -> None:
    """Keep the hearing, and tell those concerned; one that a colleague reported is confirmed."""
    saved = await save_draft(turn.uow, turn.actor, now=turn.now)
    is_confirmed = saved.confidence == "confirmed"
    turn.hint = turn.say("desk-hearing-now-confirmed" if is_confirmed else "desk-hearing-saved")
    turn.go("hearing", saved.id)


async def save_as_move(turn: Turn) -> None:
    """Take it for the new date of one that stands."""
    moved = await save_draft_as_move(turn.uow, turn.actor, turn.target, turn.argument, now=turn.now)
    turn.hint = turn.say("desk-hearing-moved")
    turn.go("hearing", moved.id)


async def _title(view: View, draft: HearingDraft) -> str:
    card = await prisoner_card(view.uow, view.actor, draft.prisoner_id, now=view.now)
    return view.say("desk-hearing-title", name=card.name)


def _expired(view: View) -> Screen:
    return Screen(view.say("desk-draft-expired"), [[view.back("hearings")]])
