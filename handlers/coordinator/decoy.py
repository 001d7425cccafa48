"""A desk that was opened under duress, as whoever forced it open sees it.

Screens are the true ones, drawn from a unit of work that knows only what is public. What would change
something is not done: the screen that follows is shown, and the decoy remembers for a day what it can.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.coordinator import coverage_picture, hearing_months
from handlers.coordinator.evening import say_noted, send_paper
from handlers.coordinator.inviting import invited
from handlers.screen import Screen, Turn, View
from handlers.screens import ACTION_OF, SCREENS, Draw
from handlers.sealed import answer_sealed
from locales import LANGUAGES
from solidarity import card_drafts
from solidarity.access import Actor, is_decoyed
from solidarity.broadcasts import drafts as broadcast_drafts
from solidarity.broadcasts.sending import seems_sendable
from solidarity.decoy.noun import NotShown
from solidarity.decoy.sittings import HELD, OPENNESS
from solidarity.decoy.unit import pretend_publicity, public_only
from solidarity.duress import SEALED, Decoy, decoy_of, pretend, pretend_invitation, pretend_word
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.evening import keep_printed, take_printed
from solidarity.hearings import drafts as hearing_drafts
from solidarity.hearings import outcome_drafts
from solidarity.hearings.sitting_times import WALL
from solidarity.requests import checked_reason
from solidarity.work import Posted, Purpose, RequestKind, UnitOfWork

Do = Callable[[Turn], Awaitable[None]]
Prepare = Callable[[Turn], Awaitable[Any]]
SEALED_LINE = "sealed-line"
LINE_STANDS_FOR = timedelta(hours=1)
# These change nothing but drafts of the desk's owner.
ONLY_DRAFTS = (
    "hearing-add",
    "hearing-for",
    "invite-done",
    "word-done",
    "draft-go-on",
    "draft-forget",
    "prisoners",
    "hearing-prisoner",
    "hearing-date",
    "hearing-start",
    "hearing-time",
    "hearing-court",
    "hearing-known-court",
    "hearing-move",
    "hearing-move-start",
    "hearing-move-time",
    "hearing-outcome",
    "hearing-outcome-check",
    "hearing-no-deadline",
    "facilities",
    "all-facilities",
    "card-new",
    "card-edit",
    "card-set",
    "card-check",
    "card-advice",
    "card-source",
    *(f"broadcast-{what}" for what in ("begin", "narrow", "remove", "missing", "not-urgent", "at-once")),
    *(f"broadcast-{what}" for what in ("about", "by-prisoner", "words", "urgent", "later", "evening")),
    "risky-list",
    *(f"ask-{kind.replace('_', '-')}" for kind in RequestKind),
)


def drawing(actor: Actor, name: str) -> Draw:
    """Return what draws a screen for somebody: at a decoy desk not more than what is public."""
    action = ACTION_OF[name]
    if not is_decoyed(actor, action):
        return SCREENS[name]
    match decoy_of(action):
        case Decoy.OWN:
            return SCREENS[name]
        case Decoy.PUBLIC:
            return partial(_public_screen, SCREENS[name])
        case Decoy.NOTHING:
            return _nothing


async def _public_screen(draw: Draw, view: View) -> Screen:
    try:
        # Only what is drawn believes that somebody still coordinates; it has nothing else to show.
        return await draw(replace(view, uow=_public(view), actor=replace(view.actor, is_coordinator=True)))
    except (NotShown, TypeError):
        # An empty list does not fit everywhere.
        return await _nothing(view)


async def _nothing(view: View) -> Screen:
    return Screen(view.say("decoy-nothing"), [[view.back("desk")]])


def _public(view: View) -> UnitOfWork:
    return public_only(view.uow, view.actor, now=view.now)


def doing(on: str, action: str, do: Do) -> Do:
    """Return what a command, button or words do at a decoy desk."""
    kind = decoy_of(action)
    if kind is Decoy.OWN or on.startswith("go:"):
        return do
    if kind is Decoy.PUBLIC and on in ONLY_DRAFTS:
        return partial(_with_public, do)
    return SEEMS.get(on, _seem_done) if kind is Decoy.PUBLIC else _seem_done


def preparing(on: str, prepare: Prepare | None, is_done: bool) -> Prepare | None:
    """Return what is worked out before a decoy desk seems to do something: paper of public names is real."""
    if prepare is None or is_done:
        return prepare
    return partial(_prepared_with_public, prepare) if on in PREPARED else None


async def _prepared_with_public(prepare: Prepare, turn: Turn) -> Any:
    return await prepare(replace(turn, uow=_public(turn)))


async def _with_public(do: Do, turn: Turn) -> None:
    true = turn.uow
    turn.uow = _public(turn)
    try:
        await do(turn)
    except (NotShown, TypeError):
        await _seem_done(turn)
    finally:
        turn.uow = true


async def _seem_done(turn: Turn) -> None:
    turn.hint = turn.say("settings-saved")
    turn.go("desk")


async def _seem_to_set_publicity(turn: Turn) -> None:
    await pretend_publicity(turn.uow, turn.actor, turn.target, turn.argument, now=turn.now)
    turn.go("prisoner", turn.target)


async def _seem_to_invite(turn: Turn) -> None:
    language = invited(turn).language
    await pretend_invitation(turn.uow, turn.actor, language=language, now=turn.now)
    turn.go("invitation", turn.target)


async def _seem_to_make_word(turn: Turn) -> None:
    await pretend_word(turn.uow, turn.actor, now=turn.now)
    turn.go("word")


async def _seem_to_ask(turn: Turn) -> None:
    checked_reason(turn.text)
    turn.hint = turn.say("request-asked")
    turn.go("requests")


async def _seem_to_propose(turn: Turn) -> None:
    await turn.uow.drafts.drop(turn.actor.id, card_drafts.DIALOGUE)
    turn.hint = turn.say("request-asked")
    turn.go("requests")


async def _seem_to_send(turn: Turn) -> None:
    if not await seems_sendable(_public(turn), turn.actor, turn.argument, now=turn.now):
        turn.go("broadcast-reason", argument=turn.argument)
        return
    draft = await broadcast_drafts.require_draft(turn.uow, turn.actor, now=turn.now)
    is_later = draft.starts_at(turn.uow.home_zone, now=turn.now) > turn.now
    await turn.uow.drafts.drop(turn.actor.id, broadcast_drafts.DIALOGUE)
    turn.hint = turn.say("broadcast-sent-later" if is_later else "broadcast-sent")
    turn.go("broadcasts")


async def _seem_to_ask_to_send(turn: Turn) -> None:
    checked_reason(turn.text)
    await turn.uow.drafts.drop(turn.actor.id, broadcast_drafts.DIALOGUE)
    turn.hint = turn.say("request-asked")
    turn.go("requests")


async def _seem_to_add_hearing(turn: Turn) -> None:
    await turn.uow.drafts.drop(turn.actor.id, hearing_drafts.NEW)
    turn.hint = turn.say("desk-hearing-saved")
    turn.go("hearings")


async def _seem_to_move(turn: Turn) -> None:
    public = _public(turn)
    starts = await hearing_drafts.drafted_move(public, turn.actor, turn.target, now=turn.now)
    if starts is None or turn.target is None:
        raise NoLongerSo(str(turn.target))
    await turn.uow.drafts.drop(turn.actor.id, hearing_drafts.MOVE)
    await _remember(turn, starts.strftime(WALL), "desk-hearing-moved")


async def _remember(turn: Turn, became: str, hint: str | None = None) -> None:
    if turn.target is None:
        raise NotForYou("hearing")
    await pretend(turn.uow, turn.actor, turn.target, became, now=turn.now)
    turn.hint = None if hint is None else turn.say(hint)
    turn.go("hearing", turn.target)


async def _seem_to_confirm(turn: Turn) -> None:
    await _remember(turn, "confirmed")


async def _seem_to_cancel(turn: Turn) -> None:
    await _remember(turn, "cancelled", "desk-hearing-cancelled")


async def _seem_to_move_another(turn: Turn) -> None:
    draft = await hearing_drafts.get_draft(_public(turn), turn.actor, now=turn.now)
    if draft is None or draft.starts is None:
        raise NoLongerSo(str(turn.target))
    await turn.uow.drafts.drop(turn.actor.id, hearing_drafts.NEW)
    await _remember(turn, draft.starts.strftime(WALL), "desk-hearing-moved")


async def _seem_to_note(turn: Turn) -> None:
    """Remember a detail, or how open a sitting is, beside whatever else became of it."""
    if turn.target is None:
        raise NotForYou("hearing")
    what = turn.argument if turn.text else OPENNESS
    key = f"{turn.target.hex}:{what}"
    await pretend(turn.uow, turn.actor, key, turn.text or turn.argument, now=turn.now)
    turn.hint = turn.say("settings-saved") if turn.text else None
    turn.go("hearing-details", turn.target)


async def _seem_to_hold(turn: Turn) -> None:
    draft = await outcome_drafts.drafted_outcome(_public(turn), turn.actor, turn.target, now=turn.now)
    if draft is None:
        raise NoLongerSo(str(turn.target))
    await turn.uow.drafts.drop(turn.actor.id, outcome_drafts.DIALOGUE)
    await _remember(turn, f"{HELD}{draft.outcome}", "desk-outcome-saved")


async def _seem_to_print(turn: Turn) -> None:
    await keep_printed(_public(turn), turn.actor, turn.prepared.chosen, now=turn.now)
    await send_paper(turn)


async def _show_coverage(turn: Turn) -> None:
    # Not the desk's own function, or what it draws would be worked out as for a true desk.
    await coverage_picture.send(turn)


async def _seem_to_note_letters(turn: Turn) -> None:
    taken = await take_printed(_public(turn), turn.actor, turn.argument, now=turn.now)
    say_noted(turn, len(taken.letters))


async def _seem_to_seal(turn: Turn) -> None:
    await pretend(turn.uow, turn.actor, SEALED, turn.now.isoformat(), now=turn.now)
    turn.hint = turn.say("desk-sealing")
    turn.go("menu")


# What seems to be done, and how; every other button seems to have saved something.
SEEMS: Mapping[str, Do] = {
    "prisoner-publicity": _seem_to_set_publicity,
    "invite": _seem_to_invite,
    "word-make": _seem_to_make_word,
    "request-reason": _seem_to_ask,
    **dict.fromkeys(("card-propose", "card-checked", "card-withdraw"), _seem_to_propose),
    **dict.fromkeys(("word-propose", "word-withdraw"), _seem_to_propose),
    "hearing-save": _seem_to_add_hearing,
    "hearing-move-save": _seem_to_move,
    "hearing-save-move": _seem_to_move_another,
    "hearing-confirm": _seem_to_confirm,
    "hearing-second-source": _seem_to_confirm,
    **dict.fromkeys(("hearing-detail", "hearing-openness"), _seem_to_note),
    "hearing-outcome-save": _seem_to_hold,
    "hearing-cancel": _seem_to_cancel,
    "evening-print": _seem_to_print,
    "evening-written": _seem_to_note_letters,
    # One's own messages alone: these are done.
    "coverage-picture": _show_coverage,
    "hearings-month-turn": hearing_months.turn_page,
    "hearings-month-picture": hearing_months.show,
    "broadcast-send": _seem_to_send,
    "broadcast-reason": _seem_to_ask_to_send,
    "seal": _seem_to_seal,
}
# What is worked out for them all the same.
PREPARED = ("evening-print", "coverage-picture", "hearings-month-picture")


async def answer_as_sealed(uow: UnitOfWork, actor: Actor, arrival: Arrival, *, now: datetime) -> Answer:
    """Answer as a sealed bot does, with one line in the chat for an hour."""
    line = await uow.posted.get_by_screen(actor.id, SEALED_LINE)
    if line is not None:
        return answer_sealed(arrival, languages=LANGUAGES, posted_id=None)
    line = await uow.posted.add(
        Posted(
            person_id=actor.id,
            purpose=Purpose.APART,
            screen=SEALED_LINE,
            posted_at=now,
            delete_at=now + LINE_STANDS_FOR,
        )
    )
    return answer_sealed(arrival, languages=LANGUAGES, posted_id=line.id)
