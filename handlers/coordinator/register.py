"""What an imported register would change: confirmed in waves, or looked at one by one."""

from datetime import date, datetime
from uuid import UUID

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from handlers.towns import town_said
from solidarity.difference_views import DifferenceView
from solidarity.differences import apply_difference, apply_wave, refuse_difference, waiting_counts
from solidarity.hearings.outcomes import known_outcome
from solidarity.hearings.sitting_times import WALL
from solidarity.register_desk import count_for_wave, difference_at_desk

LONGEST = 200
# A message holds 4,096 characters; what a file says has no such bound.
MOST = 2500
DAYS = ("custody_on", "born", "detained_on", "release_on")
CUT_OFF = "incommunicado"
# Told in their own words.
ENDED = ("released", "exiled", "died")
WORDS = ("publicity", "status", "openness", "confidence")


@screen("register")
async def register(view: View) -> Screen:
    """Count what waits, by kind."""
    counts = await waiting_counts(view.uow)
    if not counts:
        return Screen(view.say("desk-register-empty"), [[view.back("inbox")]])
    lines = [view.say(f"desk-kind-{_key(kind)}", count=count) for kind, count in sorted(counts.items())]
    rows = [[view.button("desk-one-by-one", "go:difference")], [view.back("inbox")]]
    text = [view.say("desk-register-title"), "", *lines]
    if count_for_wave(counts):
        rows.insert(0, [view.button("desk-confirm-all", "register-wave")])
        text += ["", view.say("desk-register-wave")]
    return Screen("\n".join(text), rows)


@screen("difference")
async def difference(view: View) -> Screen:
    """Show one difference; the argument counts how many were passed over."""
    passed = int(view.argument) if view.argument.isdecimal() else 0
    found = await difference_at_desk(view.uow, view.actor, passed)
    if found is None:
        return Screen(view.say("desk-no-more-differences"), [[view.back("register")]])
    rows = [
        *difference_rows(view, found.difference_id, str(passed)),
        [view.button("desk-later", "go:difference", argument=str(passed + 1))],
        [view.back("register")],
    ]
    return Screen(difference_text(view, found.seen), rows)


def difference_rows(view: View, difference_id: UUID, passed: str = "") -> list[Row]:
    """Let a difference be confirmed or left out."""
    return [
        [
            view.button("desk-confirm", "register-confirm", difference_id, passed),
            view.button("desk-leave-out", "register-refuse", difference_id, passed),
        ]
    ]


def difference_text(view: View, seen: DifferenceView) -> str:
    """Say what would change, line by line."""
    return "\n".join(_lines(view, seen))


def _lines(view: View, seen: DifferenceView) -> list[str]:
    name = seen.name or view.say("desk-unnamed")
    lines = [view.say("desk-difference-title", name=name), view.say(f"desk-one-{_key(seen.kind)}")]
    for one in seen.fields:
        if one.what == "custody_status" and one.before == CUT_OFF and one.after not in ENDED:
            lines.append(view.say("desk-one-heard-of"))
    lines.append("")
    for number, change in enumerate(seen.fields):
        if sum(map(len, lines)) > MOST:
            return [*lines, view.say("desk-field-more", count=len(seen.fields) - number)]
        what = view.say(f"desk-field-{_key(change.what)}")
        after = _value(view, change.what, change.after)
        if change.before:
            before = _value(view, change.what, change.before)
            lines.append(view.say("desk-field-changed", what=what, before=before, after=after))
        else:
            lines.append(view.say("desk-field-new", what=what, after=after))
    return lines


def _value(view: View, what: str, value: str) -> str:
    if not value:
        return view.say("desk-field-empty")
    if what in DAYS:
        return view.words.day(date.fromisoformat(value))
    if what == "custody_status":
        return view.say(f"desk-status-{_key(value)}")
    if what in WORDS:
        return view.say(f"desk-word-{value}")
    if what == "city":
        return town_said(view.words, value)
    if what == "starts":
        wall, _, zone = value.rpartition(" ")
        said = view.words.wall(datetime.strptime(wall, WALL))  # noqa: DTZ007 - a wall time has no zone of its own
        return view.say("desk-hearing-starts", wall=said, zone=view.clock(zone))
    outcome = known_outcome(value) if what == "outcome" else None
    if outcome is not None:
        return view.say(f"outcome-{_key(outcome)}")
    return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"


def _key(kind: str) -> str:
    return kind.replace("_", "-")


async def confirm_one(turn: Turn) -> None:
    """Let one difference come true."""
    await apply_difference(turn.uow, turn.target, by=turn.actor.id, now=turn.now)
    turn.hint = turn.say("desk-difference-confirmed")
    turn.go("difference", argument=turn.argument)


async def refuse_one(turn: Turn) -> None:
    """Leave one difference out."""
    await refuse_difference(turn.uow, turn.target)
    turn.go("difference", argument=turn.argument)


async def confirm_wave(turn: Turn) -> None:
    """Let the next batch come true, and say how many that were."""
    count = await apply_wave(turn.uow, turn.actor.id, now=turn.now)
    turn.hint = turn.say("desk-wave-confirmed", count=count)
    turn.go("register")
