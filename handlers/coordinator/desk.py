"""The desk itself: what waits on it, and the way to everything a coordinator does."""

from handlers.coordinator.requests import REVEALED
from handlers.pictures import AT_DESK as PICTURES
from handlers.rooms import desk_screens
from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.desk import close_desk
from solidarity.differences import waiting_counts
from solidarity.drafts import Typed, keep_words
from solidarity.evening import PAPER
from solidarity.inbox import count_applications
from solidarity.keypads import any_order, clear_keypad
from solidarity.parting import count_families
from solidarity.requests import count_requests
from solidarity.sealing import seal_everything


@screen("desk")
async def desk(view: View) -> Screen:
    """Show an open desk."""
    rows: list[Row] = [
        [view.button("desk-inbox", "go:inbox"), view.button("desk-prisoners", "go:prisoners")],
        [view.button("desk-hearings", "go:hearings"), view.button("desk-people", "go:people")],
        [view.button("desk-facilities", "all-facilities"), view.button("coverage", "go:coverage")],
        [view.button("broadcasts", "go:broadcasts"), view.button("evening", "go:evening")],
        [view.button("digest", "go:digest")],
        [view.button("desk-word-make", "word-make"), view.button("desk-lock", "lock")],
        [view.button("desk-settings", "go:desk-settings"), view.button("desk-help", "go:desk-help")],
        [view.button("desk-seal", "go:desk-seal")],
        [view.back()],
    ]
    return Screen(f"{view.say('desk-title')}\n\n{await what_waits(view)}", rows)


async def what_waits(view: View) -> str:
    """Say in words how much waits for coordinators."""
    applications = await count_applications(view.uow, view.actor)
    differences = sum((await waiting_counts(view.uow)).values())
    requests = await count_requests(view.uow, view.actor, now=view.now)
    counts = {
        "desk-applications-wait": applications,
        "families-wait": await count_families(view.uow),
        "desk-differences-wait": differences,
        "requests-wait": requests.to_decide,
        "requests-ready": requests.ready,
    }
    lines = [view.say(key, count=count) for key, count in counts.items() if count]
    return "\n".join(lines) or view.say("desk-nothing-waits")


async def open_desk_screen(turn: Turn) -> None:
    """Go to the desk, or to an empty keypad before it."""
    actor = turn.actor
    if actor.has_open_desk(turn.now) or actor.has_open_decoy(turn.now):
        turn.go("desk")
        return
    await clear_keypad(turn.uow, actor)
    turn.go("keypad", argument=any_order())


async def lock(turn: Turn) -> None:
    """Close the desk at once."""
    turn.hint = turn.say("desk-locked")
    # First away from the desk: only what still shows it is covered.
    turn.go("menu")
    apart = [REVEALED, PAPER, *PICTURES]
    await close_desk(turn.uow, turn.actor, screens=[*desk_screens(), *apart], now=turn.now)


@screen("desk-help")
async def desk_help(view: View) -> Screen:
    """Say how a desk protects others, and openly that there is a duress PIN."""
    return Screen(view.say("desk-help"), [[view.back("desk")]])


@screen("desk-seal")
async def ask_to_seal(view: View) -> Screen:
    """Ask once before everything is sealed."""
    return Screen(view.say("desk-seal-ask"), [[view.button("desk-seal-yes", "seal")], [view.back("desk")]])


async def seal(turn: Turn) -> None:
    """Let the program forget its keys."""
    await seal_everything(turn.uow, turn.actor, now=turn.now)
    turn.hint = turn.say("desk-sealing")
    turn.go("menu")


async def take_words_at_closed_desk(turn: Turn) -> None:
    """Keep words that were typed to a desk that has closed; a PIN that was typed as words is not kept."""
    posted = turn.posted
    if posted is None or turn.text.isdecimal():
        turn.hint = turn.say("desk-pin-by-keys")
    else:
        typed = Typed(turn.text, posted.screen, posted.target, posted.argument)
        await keep_words(turn.uow, turn.actor, typed, now=turn.now)
        turn.hint = turn.say("desk-words-kept")
    turn.go("keypad", argument=any_order())
