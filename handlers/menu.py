"""The menu and the screens that explain; navigation that changes nothing but the screen."""

from collections.abc import Awaitable, Callable

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from handlers.surfaces import uncover
from solidarity.overview import Overview, overview


@screen("menu")
async def menu(view: View) -> Screen:
    """Draw what a person can do, and in a line or two what today brings."""
    seen = await overview(view.uow, view.actor, now=view.now)
    waiting = [[view.button("menu-application", "go:application", one)] for one in seen.applications]
    rows: list[Row] = [
        *waiting,
        [view.button("menu-adopt", "adopt"), view.button("menu-once", "once")],
        [view.button("menu-mine", "go:mine")],
        [view.button("menu-court", "go:court"), view.button("menu-settings", "go:settings")],
        [view.button("menu-danger", "danger")],
    ]
    if view.actor.is_relative:
        rows.append([view.button("menu-family", "go:family")])
    if view.actor.is_coordinator or view.actor.has_decoy_desk:
        rows.append([view.button("menu-desk", "desk")])
    return Screen("\n".join([view.say("menu-line"), *_today(view, seen)]), rows)


def _today(view: View, seen: Overview) -> list[str]:
    lines = []
    if seen.letters_due:
        lines.append(view.say("menu-letters-due", count=seen.letters_due))
    if seen.next_sitting is not None:
        key = "menu-next-sitting" if seen.is_confirmed else "menu-next-sitting-reported"
        lines.append(view.say(key, moment=view.words.moment(seen.next_sitting, view.actor.hours.zone)))
    return lines


@screen("resting")
async def resting(view: View) -> Screen:
    """Draw what is left to somebody who is suspended: what is theirs, and the way out."""
    rows = [
        [view.button("menu-mydata", "go:mydata")],
        [view.button("menu-erase", "go:erase")],
        [view.button("menu-danger", "danger")],
    ]
    return Screen(view.say("resting-text"), rows)


@screen("help")
async def help_screen(view: View) -> Screen:
    """Draw what Poruch is for and which commands there are."""
    rows = [[view.button("verify", "verify")], [view.button("menu-privacy", "go:privacy")], [view.back()]]
    return Screen(view.say("help-text"), rows)


@screen("privacy")
async def privacy(view: View) -> Screen:
    """Draw what is kept, for how long, who can read it, and what Telegram sees."""
    rows = [
        [view.button("menu-mydata", "go:mydata")],
        [view.button("menu-erase", "go:erase")],
        [view.back()],
    ]
    return Screen(view.say("privacy-text"), rows)


async def open_menu(turn: Turn) -> None:
    """Turn to the menu."""
    turn.go("menu")


async def open_help(turn: Turn) -> None:
    """Turn to the help."""
    turn.go("help")


async def open_privacy(turn: Turn) -> None:
    """Turn to what is kept."""
    turn.go("privacy")


async def open_court(turn: Turn) -> None:
    """Turn to the court dates this person may see."""
    turn.go("court")


async def open_family(turn: Turn) -> None:
    """Turn to a relative's screen."""
    turn.go("family")


def turning_to(screen_name: str) -> Callable[[Turn], Awaitable[None]]:
    """Return what a button does that only turns to a screen, with the button's own target and argument."""

    async def turn_to(turn: Turn) -> None:
        turn.go(screen_name, turn.target, turn.argument)

    return turn_to


async def uncover_message(turn: Turn) -> None:
    """Show the content behind the neutral line: for ten minutes, or for thirty where that was asked."""
    if turn.posted is not None:
        uncover(turn.posted, turn.actor, now=turn.now, longer=turn.argument == "longer")


async def cancel(turn: Turn) -> None:
    """Forget what a person was in the middle of saying, and return to the menu."""
    await turn.uow.drafts.drop(turn.actor.id)
    turn.hint = turn.say("menu-cancelled")
    turn.go("menu")
