"""What seems to be done at a decoy desk: the screen that would follow, and what is remembered for a day."""

from collections.abc import Awaitable, Callable, Mapping

from handlers.coordinator import coverage_picture, hearing_months
from handlers.coordinator.evening import say_noted, send_paper
from handlers.coordinator.inviting import invited
from handlers.screen import Turn, View
from solidarity import card_drafts
from solidarity.broadcasts import drafts as broadcast_drafts
from solidarity.broadcasts.sending import seems_sendable
from solidarity.decoy.sittings import HELD, OPENNESS
from solidarity.decoy.unit import pretend_publicity, public_only
from solidarity.duress import SEALED, pretend, pretend_invitation, pretend_word
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.evening import keep_printed, take_printed
from solidarity.hearings import drafts as hearing_drafts
from solidarity.hearings import outcome_drafts
from solidarity.hearings.sitting_times import WALL
from solidarity.requests import checked_reason
from solidarity.work import UnitOfWork

Do = Callable[[Turn], Awaitable[None]]


def public_of(view: View) -> UnitOfWork:
    """Return the unit of work of a view as it knows only what is public."""
    return public_only(view.uow, view.actor, now=view.now)


async def seem_done(turn: Turn) -> None:
    """Say that something was saved, and show the desk."""
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
    if not await seems_sendable(public_of(turn), turn.actor, turn.argument, now=turn.now):
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
    public = public_of(turn)
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
    draft = await hearing_drafts.get_draft(public_of(turn), turn.actor, now=turn.now)
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
    draft = await outcome_drafts.drafted_outcome(public_of(turn), turn.actor, turn.target, now=turn.now)
    if draft is None:
        raise NoLongerSo(str(turn.target))
    await turn.uow.drafts.drop(turn.actor.id, outcome_drafts.DIALOGUE)
    await _remember(turn, f"{HELD}{draft.outcome}", "desk-outcome-saved")


async def _seem_to_print(turn: Turn) -> None:
    await keep_printed(public_of(turn), turn.actor, turn.prepared.chosen, now=turn.now)
    await send_paper(turn)


async def _show_coverage(turn: Turn) -> None:
    # Not the desk's own function, or what it draws would be worked out as for a true desk.
    await coverage_picture.send(turn)


async def _seem_to_note_letters(turn: Turn) -> None:
    taken = await take_printed(public_of(turn), turn.actor, turn.argument, now=turn.now)
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
