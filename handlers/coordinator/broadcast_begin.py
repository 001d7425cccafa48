"""Beginning a broadcast: own words, or a ready text about somebody or something in the register."""

from handlers.coordinator.facilities import page_of, paging
from handlers.coordinator.prisoners import found
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.broadcasts import drafts
from solidarity.errors import NotForYou
from solidarity.hearings.docket import docket
from solidarity.search import keep_search
from solidarity.work import BroadcastKind

SEARCH = "broadcast"
ABOUT_PRISONERS = (BroadcastKind.TRANSFER, BroadcastKind.RELEASE)


@screen("broadcast-kinds")
async def kinds(view: View) -> Screen:
    """Offer the ready texts, and own words; what was begun stands first."""
    begun = await drafts.get_broadcast_draft(view.uow, view.actor, now=view.now)
    rows: list[Row] = [] if begun is None else [[view.button("desk-go-on", "go:broadcast-draft")]]
    rows += [
        [view.button("broadcast-begin-hearing", "go:broadcast-about-hearing")],
        *(
            [view.button(f"broadcast-begin-{one}", "go:broadcast-about", None, one)]
            for one in ABOUT_PRISONERS
        ),
        [view.button("broadcast-begin-evening", "broadcast-begin", None, BroadcastKind.EVENING)],
        [view.button("broadcast-begin-own", "broadcast-begin", None, BroadcastKind.OWN)],
        [view.back("broadcasts")],
    ]
    return Screen(view.say("broadcast-kinds"), rows)


@screen("broadcast-about")
async def about_whom(view: View) -> Screen:
    """Ask of whom a ready text speaks; the argument is its kind."""
    if view.argument not in ABOUT_PRISONERS:
        raise NotForYou(view.argument)
    text, rows = await found(view, SEARCH, "broadcast-begin")
    named = [[_with_argument(button, view.argument) for button in row] for row in rows]
    return Screen(f"{view.say('broadcast-about')}\n\n{text}", [*named, [view.back("broadcast-kinds")]])


def _with_argument(button: object, argument: str) -> Button:
    assert isinstance(button, Button)
    return Button(button.label, button.verb, button.target, argument)


async def search(turn: Turn) -> None:
    """Take a typed name."""
    await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
    turn.go("broadcast-about", argument=turn.argument)


@screen("broadcast-about-hearing")
async def about_which(view: View) -> Screen:
    """Ask of which sitting it speaks."""
    page = await docket(view.uow, view.actor, page_of(view.argument), now=view.now)
    rows: list[Row] = [
        [Button(f"{one.starts:%d.%m.%Y %H:%M} · {one.name}", "broadcast-begin", one.hearing_id, "hearing")]
        for one in page.listed
    ]
    rows += paging(view, "broadcast-about-hearing", page.number, has_more=page.has_more)
    said = view.say("broadcast-about-hearing" if page.listed else "desk-hearings-none")
    return Screen(said, [*rows, [view.back("broadcast-kinds")]])


async def begin(turn: Turn) -> None:
    """Begin a broadcast."""
    await drafts.begin_draft(turn.uow, turn.actor, turn.argument, turn.target, now=turn.now)
    turn.go("broadcast-evening" if turn.argument == BroadcastKind.EVENING else "broadcast-draft")
