"""Hearings at the desk: listed, looked at, confirmed, moved and cancelled."""

from handlers.coordinator.audience import who_is_told
from handlers.coordinator.calendar import hour_rows, month_rows, on_day, shown_day
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.hearings.desk import cancel_at_desk, confirm_at_desk
from solidarity.hearings.docket import HearingCard, Listed, docket, hearing_card, unheard_of
from solidarity.hearings.drafts import draft_move, drafted_move, save_drafted_move

DETAILS = ("court", "room", "judge", "stage", "source", "second_source")


@screen("hearings")
async def hearings(view: View) -> Screen:
    """List the sittings ahead, next first."""
    number = int(view.argument) if view.argument.isdecimal() else 0
    page = await docket(view.uow, view.actor, number, now=view.now)
    rows: list[Row] = [[_to_hearing(one)] for one in page.listed]
    turning = []
    if page.number:
        turning.append(view.button("desk-earlier", "go:hearings", argument=str(page.number - 1)))
    if page.has_more:
        turning.append(view.button("desk-later", "go:hearings", argument=str(page.number + 1)))
    if turning:
        rows.append(turning)
    unheard = await unheard_of(view.uow, view.actor, now=view.now)
    if unheard:
        rows.append([view.button("desk-hearings-past", "go:hearings-past", count=len(unheard))])
    calendar = view.button("month", "go:hearings-month")
    rows += [[view.button("desk-add-hearing", "hearing-add"), calendar], [view.back("desk")]]
    said = view.say("desk-hearings-listed" if page.listed else "desk-hearings-none")
    return Screen(f"{view.say('desk-hearings-title')}\n\n{said}", rows)


def _to_hearing(one: Listed) -> Button:
    return Button(f"{one.starts:%d.%m.%Y %H:%M} · {one.name}", "go:hearing", one.hearing_id)


@screen("hearings-past")
async def past(view: View) -> Screen:
    """List the latest sittings of which nobody has said how they ended."""
    listed = await unheard_of(view.uow, view.actor, now=view.now)
    rows: list[Row] = [[_to_hearing(one)] for one in listed]
    said = view.say("desk-hearings-past" if listed else "desk-hearings-past-none")
    return Screen(said, [*rows, [view.back("hearings")]])


@screen("hearing")
async def hearing(view: View) -> Screen:
    """Show one sitting, and what can be done with it."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    rows: list[Row] = []
    shown = str(card.revision)
    if card.can_change:
        if not card.is_confirmed and not card.is_own_claim:
            rows.append([view.button("desk-confirm-date", "hearing-confirm", card.hearing_id, shown)])
        if not card.is_confirmed:
            rows.append(
                [view.button("desk-second-source", "go:hearing-second-source", card.hearing_id, shown)]
            )
        rows.append([view.button("desk-hearing-more", "go:hearing-details", card.hearing_id)])
        rows.append([view.button("desk-move", "go:hearing-move", card.hearing_id)])
        rows.append([view.button("desk-cancel-hearing", "go:hearing-cancel", card.hearing_id)])
    if card.can_be_held:
        key = "desk-hearing-ended" if card.outcome is None else "desk-hearing-ended-otherwise"
        rows.append([view.button(key, "go:hearing-outcome", card.hearing_id)])
    return Screen("\n".join(_lines(view, card)), [*rows, [view.back("hearings")]])


def _lines(view: View, card: HearingCard) -> list[str]:
    lines = [view.say("desk-hearing-title", name=card.name), _starts(view, card)]
    for detail in DETAILS:
        if card.details.get(detail):
            lines.append(view.say(f"desk-hearing-{detail.replace('_', '-')}", text=card.details[detail]))
    lines += ["", view.say(f"desk-openness-{card.openness}")]
    if card.can_change:
        lines.append(view.say("desk-hearing-confirmed" if card.is_confirmed else "desk-hearing-reported"))
        if not card.is_confirmed and card.is_own_claim:
            lines.append(view.say("desk-hearing-own-claim"))
    lines.append(view.say(f"desk-hearing-is-{card.status}"))
    if card.attending:
        lines.append(view.say("desk-hearing-attending", count=card.attending))
    if card.outcome is not None:
        lines.append(view.say(f"outcome-{card.outcome.replace('_', '-')}"))
    if card.deadline is not None:
        lines.append(view.say("desk-hearing-deadline", day=view.words.weekday_of(card.deadline)))
    if card.details.get("outcome"):
        lines.append(view.say("desk-hearing-outcome", text=card.details["outcome"]))
    for starts in card.case:
        lines.append(view.say("desk-hearing-case", wall=view.words.wall(starts)))
    # Who was told nothing else since is told of no change: a room that was noted before is none.
    changes = card.revision - 1
    return [*lines, *([view.say("desk-hearing-changes", count=changes)] if changes else [])]


def _starts(view: View, card: HearingCard) -> str:
    return view.say("desk-hearing-starts", wall=view.words.wall(card.starts), zone=view.clock(card.zone))


async def confirm(turn: Turn) -> None:
    """Mark the date as confirmed."""
    await confirm_at_desk(turn.uow, turn.actor, turn.target, turn.argument, now=turn.now)
    turn.go("hearing", turn.target)


@screen("hearing-move")
async def new_date(view: View) -> Screen:
    """Ask for the new date."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    text = [
        view.say("desk-hearing-title", name=card.name),
        _starts(view, card),
        "",
        view.say("desk-type-new-date", zone=view.clock(card.zone)),
    ]
    rows = month_rows(
        view, view.argument, turn="hearing-move", choose="hearing-move-time", target=card.hearing_id
    )
    return Screen("\n".join(text), [*rows, [view.back("hearing", card.hearing_id)]])


@screen("hearing-move-time")
async def new_hour(view: View) -> Screen:
    """Ask for the hour on the new day."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    day = shown_day(view.argument, view.actor.today)
    said = view.say("desk-type-hour", day=view.words.weekday_of(day), zone=view.clock(card.zone))
    back = view.back("hearing-move", card.hearing_id, f"{day:%Y-%m}")
    text = "\n".join([view.say("desk-hearing-title", name=card.name), "", said])
    return Screen(text, [*hour_rows(day, "hearing-move-start", card.hearing_id), [back]])


async def take_new_date(turn: Turn) -> None:
    """Take the typed new date."""
    await _take_new_start(turn, turn.text)


async def take_new_hour(turn: Turn) -> None:
    """Take the typed hour of the new day."""
    await _take_new_start(turn, on_day(turn.argument, turn.text))


async def choose_new_start(turn: Turn) -> None:
    """Take the new day and hour that were chosen."""
    await _take_new_start(turn, turn.argument)


async def _take_new_start(turn: Turn, said: str) -> None:
    await draft_move(turn.uow, turn.actor, turn.target, said, now=turn.now)
    turn.go("hearing-move-check", turn.target)


@screen("hearing-move-check")
async def check_move(view: View) -> Screen:
    """Show the old date and the new one before anybody is told."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    starts = await drafted_move(view.uow, view.actor, card.hearing_id, now=view.now)
    back = view.back("hearing-move", card.hearing_id)
    if starts is None:
        return Screen(view.say("desk-move-changed"), [[back]])
    text = [
        view.say("desk-hearing-title", name=card.name),
        view.say("desk-move-old", wall=view.words.wall(card.starts)),
        view.say("desk-move-new", wall=view.words.wall(starts), zone=view.clock(card.zone)),
        "",
        await who_is_told(view, card.prisoner_id, card.hearing_id),
    ]
    return Screen("\n".join(text), [[view.button("desk-save", "hearing-move-save", card.hearing_id)], [back]])


async def save_move(turn: Turn) -> None:
    """Move the sitting, and tell those concerned."""
    await save_drafted_move(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("desk-hearing-moved")
    turn.go("hearing", turn.target)


@screen("hearing-cancel")
async def ask_to_cancel(view: View) -> Screen:
    """Ask once before a sitting is cancelled."""
    card = await hearing_card(view.uow, view.actor, view.target, now=view.now)
    text = [
        view.say("desk-hearing-title", name=card.name),
        _starts(view, card),
        "",
        view.say("desk-cancel-ask"),
    ]
    rows = [
        [view.button("desk-cancel-yes", "hearing-cancel", card.hearing_id, str(card.revision))],
        [view.back("hearing", card.hearing_id)],
    ]
    return Screen("\n".join(text), rows)


async def cancel(turn: Turn) -> None:
    """Cancel the sitting, and tell whoever was told of it."""
    await cancel_at_desk(turn.uow, turn.actor, turn.target, turn.argument, now=turn.now)
    turn.hint = turn.say("desk-hearing-cancelled")
    turn.go("hearing", turn.target)
