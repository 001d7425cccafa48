"""How a sitting ended: chosen from a list, looked at with what follows, and kept."""

from uuid import UUID

from handlers.coordinator.audience import who_is_told
from handlers.coordinator.register import difference_rows, difference_text
from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.hearings.docket import hearing_card
from solidarity.hearings.drafts import draft_next
from solidarity.hearings.outcome_drafts import (
    OutcomeDraft,
    draft_deadline,
    draft_outcome,
    drafted_outcome,
    drop_deadline,
    save_outcome,
)
from solidarity.register_desk import waiting_difference
from solidarity.work import Outcome

IN_A_ROW = 2


@screen("hearing-outcome")
async def how_it_ended(view: View) -> Screen:
    """Offer the outcomes there are."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    wall = view.words.wall(card.starts)
    text = [
        view.say("desk-hearing-title", name=card.name),
        view.say("desk-hearing-starts", wall=wall, zone=view.clock(card.zone)),
        "",
        view.say("desk-outcome-ask"),
    ]
    buttons = [
        view.button(f"outcome-{_key(one)}", "hearing-outcome", card.hearing_id, one.value) for one in Outcome
    ]
    rows: list[Row] = [buttons[start : start + IN_A_ROW] for start in range(0, len(buttons), IN_A_ROW)]
    return Screen("\n".join(text), [*rows, [view.back("hearing", card.hearing_id)]])


def _key(word: str) -> str:
    return word.replace("_", "-")


async def choose(turn: Turn) -> None:
    """Take the outcome; nothing is kept yet."""
    await draft_outcome(turn.uow, turn.actor, turn.target, turn.argument, now=turn.now)
    turn.go("hearing-outcome-check", turn.target)


@screen("hearing-outcome-check")
async def check(view: View) -> Screen:
    """Show what follows from the outcome; the deadline may be corrected by typing another day."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    draft = await drafted_outcome(view.uow, view.actor, card.hearing_id, now=view.now)
    back = view.back("hearing-outcome", card.hearing_id)
    if draft is None:
        return Screen(view.say("desk-draft-expired"), [[back]])
    text = [
        view.say("desk-hearing-title", name=card.name),
        view.say(f"outcome-{_key(draft.outcome)}"),
        view.say(f"outcome-means-{_key(draft.outcome)}"),
        *_status_lines(view, draft),
        *_deadline_lines(view, draft),
        "",
        await _who(view, draft, card.prisoner_id),
    ]
    rows: list[Row] = [[view.button("desk-save", "hearing-outcome-save", card.hearing_id)]]
    if draft.deadline is not None:
        rows.append([view.button("desk-no-deadline", "hearing-no-deadline", card.hearing_id)])
    return Screen("\n".join(text), [*rows, [back]])


async def _who(view: View, draft: OutcomeDraft, prisoner_id: UUID) -> str:
    if draft.outcome == "unknown":
        return view.say("desk-outcome-untold")
    if draft.outcome == "freed" and draft.after is not None:
        return view.say("desk-outcome-told-later")
    return await who_is_told(view, prisoner_id)


def _status_lines(view: View, draft: OutcomeDraft) -> list[str]:
    if draft.before is None or draft.after is None:
        return []
    before = view.say(f"desk-status-{_key(draft.before)}")
    after = view.say(f"desk-status-{_key(draft.after)}")
    return ["", view.say("desk-outcome-status", before=before, after=after)]


def _deadline_lines(view: View, draft: OutcomeDraft) -> list[str]:
    if draft.deadline is None:
        return ["", view.say("desk-outcome-no-deadline")] if draft.is_verdict else []
    day = view.words.weekday_of(draft.deadline)
    return ["", view.say("desk-hearing-deadline", day=day), view.say("desk-outcome-deadline-rule")]


async def take_deadline(turn: Turn) -> None:
    """Take the corrected last day for an appeal."""
    await draft_deadline(turn.uow, turn.actor, turn.target, turn.text, now=turn.now)
    turn.go("hearing-outcome-check", turn.target)


async def leave_deadline_out(turn: Turn) -> None:
    """Keep no deadline."""
    await drop_deadline(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.go("hearing-outcome-check", turn.target)


async def save(turn: Turn) -> None:
    """Keep the outcome; then the new status is to be confirmed, or the next date asked for."""
    outcome, difference_id = await save_outcome(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("desk-outcome-saved")
    if outcome is Outcome.ADJOURNED:
        await draft_next(turn.uow, turn.actor, turn.target, now=turn.now)
        turn.hint = turn.say("desk-outcome-adjourned")
        turn.go("hearing-date")
    elif difference_id is not None:
        turn.go("hearing-status", difference_id)
    else:
        turn.go("hearing", turn.target)


@screen("hearing-status")
async def new_status(view: View) -> Screen:
    """Show the status that the outcome brings, to be confirmed as all differences are."""
    found = await waiting_difference(view.uow, view.actor, view.target)
    rows = difference_rows(view, found.difference_id)
    return Screen(difference_text(view, found.seen), [*rows, [view.back("hearings")]])
