"""Broadcasts at the desk: those that go out and went out, in numbers, with what can be done about them."""

from zoneinfo import ZoneInfo

from handlers.coordinator.facilities import key_of
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.broadcasts import life as broadcasts
from solidarity.broadcasts.reports import Report, newest_reports, report_of
from solidarity.work import BroadcastState

REPORT = "broadcast-report"
BAR = 10
FULL, EMPTY = "▰", "▱"


@screen("broadcasts")
async def all_broadcasts(view: View) -> Screen:
    """List the newest broadcasts."""
    reports = await newest_reports(view.uow)
    rows: list[Row] = [[_to_report(view, one)] for one in reports]
    rows += [[view.button("broadcast-new", "go:broadcast-kinds")], [view.back("desk")]]
    said = view.say("broadcasts-listed" if reports else "broadcasts-none")
    return Screen(f"{view.say('broadcasts-title')}\n\n{said}", rows)


def _to_report(view: View, report: Report) -> Button:
    label = view.say(
        "broadcast-label",
        day=f"{report.starts_at.astimezone(ZoneInfo(view.actor.hours.zone)):%d.%m %H:%M}",
        kind=view.say(f"broadcast-is-{report.kind}"),
        state=_state(view, report),
    )
    return Button(label, "go:broadcast-report", report.broadcast_id)


def _state(view: View, report: Report) -> str:
    if report.state is BroadcastState.GOING and report.starts_at > view.now:
        return view.say("broadcast-state-planned")
    return view.say(f"broadcast-state-{key_of(report.state)}")


@screen(REPORT)
async def one_broadcast(view: View) -> Screen:
    """Show one broadcast in numbers, with its bar while it goes out."""
    report = await report_of(view.uow, view.target)
    lines = [
        view.say("broadcast-report-title", kind=view.say(f"broadcast-is-{report.kind}")),
        view.say("broadcast-report-state", state=_state(view, report)),
    ]
    if report.state is BroadcastState.ASKED:
        lines += ["", view.say("broadcast-report-asked")]
    else:
        lines += ["", *_numbers(view, report)]
    rows = [*_choices(view, report), [view.back("broadcasts")]]
    return Screen("\n".join(lines), rows)


def _numbers(view: View, report: Report) -> list[str]:
    begins = view.words.moment(report.starts_at, view.actor.hours.zone)
    lines = [view.say("broadcast-report-urgent")] if report.is_urgent else []
    if report.starts_at > view.now:
        lines.append(view.say("broadcast-report-begins", at=begins))
    if report.is_under_way:
        lines += [bar(report), ""]
    return [
        *lines,
        view.say("broadcast-report-recipients", count=report.recipients),
        view.say("broadcast-report-sent", count=report.sent),
        view.say("broadcast-report-waiting", count=report.waiting),
        view.say("broadcast-report-unreachable", count=report.unreachable),
        view.say("broadcast-report-failed", count=report.failed),
        *([view.say("broadcast-report-left-out", count=report.left_out)] if report.left_out else []),
    ]


def bar(report: Report) -> str:
    """Draw how much of a broadcast is done."""
    done = report.recipients - report.waiting
    full = BAR * done // report.recipients if report.recipients else BAR
    return f"{FULL * full}{EMPTY * (BAR - full)} {done}/{report.recipients}"


def _choices(view: View, report: Report) -> list[Row]:
    rows: list[Row] = []
    one = report.broadcast_id
    if report.is_under_way:
        is_paused = report.state is BroadcastState.PAUSED
        turns = "resume" if is_paused else "pause"
        rows.append(
            [
                view.button(f"broadcast-{turns}", f"broadcast-{turns}", one),
                view.button("broadcast-stop", "go:broadcast-stop", one),
            ]
        )
    if report.can_be_taken_back and (report.sent or not report.is_under_way):
        rows.append([view.button("broadcast-take-back", "go:broadcast-take-back", one)])
    return rows


@screen("broadcast-stop")
async def ask_to_stop(view: View) -> Screen:
    """Ask once before a broadcast is stopped for good."""
    report = await report_of(view.uow, view.target)
    rows = [
        [view.button("broadcast-stop-yes", "broadcast-stop", report.broadcast_id)],
        [view.back("broadcast-report", report.broadcast_id)],
    ]
    return Screen(view.say("broadcast-stop-ask", count=report.waiting), rows)


@screen("broadcast-take-back")
async def ask_to_take_back(view: View) -> Screen:
    """Ask once before the messages of a broadcast are deleted."""
    report = await report_of(view.uow, view.target)
    rows = [
        [view.button("broadcast-take-back-yes", "broadcast-take-back", report.broadcast_id)],
        [view.back("broadcast-report", report.broadcast_id)],
    ]
    return Screen(view.say("broadcast-take-back-ask", count=report.sent), rows)


async def pause(turn: Turn) -> None:
    """Hold what waits."""
    await broadcasts.pause(turn.uow, turn.actor, turn.target, now=turn.now)
    _show(turn, "broadcast-paused")


async def resume(turn: Turn) -> None:
    """Let it go on."""
    await broadcasts.resume(turn.uow, turn.actor, turn.target, now=turn.now)
    _show(turn, "broadcast-resumed")


async def stop(turn: Turn) -> None:
    """Drop what waits."""
    await broadcasts.stop(turn.uow, turn.actor, turn.target, now=turn.now)
    _show(turn, "broadcast-stopped")


async def take_back(turn: Turn) -> None:
    """Delete what was sent."""
    await broadcasts.take_back(turn.uow, turn.actor, turn.target, now=turn.now)
    _show(turn, "broadcast-taken-back")


def _show(turn: Turn, key: str) -> None:
    turn.hint = turn.say(key)
    turn.go("broadcast-report", turn.target)
