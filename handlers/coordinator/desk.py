"""The desk itself: what waits on it, and the way to everything a coordinator does."""

from handlers.coordinator.keypad import keypad
from handlers.screen import Screen, Turn, View
from handlers.screens import desk_screens, screen
from solidarity.desk import clear_keypad, close_desk
from solidarity.differences import waiting_counts
from solidarity.inbox import count_applications
from solidarity.requests import count_to_decide


@screen("desk", "desk.open")
async def desk(view: View) -> Screen:
    """Show an open desk; a closed one asks for the PIN."""
    if not view.actor.has_open_desk(view.now):
        return await keypad(view)
    rows = [
        [view.button("desk-inbox", "go:inbox"), view.button("desk-prisoners", "go:prisoners")],
        [view.button("desk-hearings", "go:hearings"), view.button("desk-people", "go:people")],
        [view.button("desk-lock", "lock")],
        [view.back()],
    ]
    return Screen(f"{view.say('desk-title')}\n\n{await what_waits(view)}", rows)


async def what_waits(view: View) -> str:
    """Say in words how much waits for coordinators."""
    applications = await count_applications(view.uow, view.actor)
    differences = sum((await waiting_counts(view.uow)).values())
    requests = await count_to_decide(view.uow, view.actor, now=view.now)
    if not applications and not differences and not requests:
        return view.say("desk-nothing-waits")
    lines = []
    if applications:
        lines.append(view.say("desk-applications-wait", count=applications))
    if differences:
        lines.append(view.say("desk-differences-wait", count=differences))
    if requests:
        lines.append(view.say("requests-wait", count=requests))
    return "\n".join(lines)


async def open_desk_screen(turn: Turn) -> None:
    """Go to the desk, or to an empty keypad before it."""
    if not turn.actor.has_open_desk(turn.now):
        await clear_keypad(turn.uow, turn.actor)
    turn.go("desk")


async def lock(turn: Turn) -> None:
    """Close the desk at once."""
    turn.hint = turn.say("desk-locked")
    # First away from the desk: only what still shows it is covered.
    turn.go("menu")
    await close_desk(turn.uow, turn.actor, screens=desk_screens(), now=turn.now)
