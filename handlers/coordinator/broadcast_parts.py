"""What is typed and chosen of a broadcast: words by language, who goes without, when, and how urgent."""

from handlers.screen import Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.broadcasts import drafts
from solidarity.broadcasts.audience import LANGUAGES, LEAVE_OUT
from solidarity.broadcasts.sending import outlook
from solidarity.errors import NotForYou


@screen("broadcast-evening")
async def evening(view: View) -> Screen:
    """Ask when the letter evening is."""
    text = view.say("broadcast-type-evening", zone=view.clock(view.uow.home_zone))
    return Screen(text, [[view.back("broadcast-draft")]])


async def take_evening(turn: Turn) -> None:
    """Take when the letter evening is."""
    await drafts.type_evening(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("broadcast-draft")


@screen("broadcast-words")
async def words(view: View) -> Screen:
    """Ask for the words in a language; the argument is the language."""
    begun = await drafts.require_draft(view.uow, view.actor, now=view.now)
    if view.argument not in LANGUAGES:
        raise NotForYou(view.argument)
    rows: list[Row] = [[view.back("broadcast-draft")]]
    if view.argument in begun.said.texts:
        rows.insert(0, [view.button("broadcast-remove", "broadcast-remove", None, view.argument)])
    return Screen(view.say("broadcast-type-words", language=view.say(f"desk-language-{view.argument}")), rows)


async def take_words(turn: Turn) -> None:
    """Take the words."""
    await drafts.type_text(turn.uow, turn.actor, turn.argument, turn.text, now=turn.now)
    turn.go("broadcast-draft")


async def remove_words(turn: Turn) -> None:
    """Take the words of a language out again."""
    await drafts.remove_text(turn.uow, turn.actor, turn.argument, now=turn.now)
    turn.go("broadcast-draft")


@screen("broadcast-missing")
async def missing(view: View) -> Screen:
    """Ask what becomes of those in whose language there is no text."""
    seen = await outlook(view.uow, view.actor, now=view.now)
    texts = seen.draft.said.texts
    rows: list[Row] = [[view.button("broadcast-leave-out", "broadcast-missing", None, LEAVE_OUT)]]
    rows += [
        [
            view.button(
                "broadcast-write-in",
                "broadcast-missing",
                None,
                one,
                language=view.say(f"desk-language-{one}"),
            )
        ]
        for one in texts
    ]
    text = view.say("broadcast-missing-ask", count=seen.reach.without_text)
    return Screen(text, [*rows, [view.back("broadcast-draft")]])


async def take_missing(turn: Turn) -> None:
    """Take the choice."""
    await drafts.choose_missing(turn.uow, turn.actor, turn.argument, now=turn.now)
    turn.go("broadcast-draft")


@screen("broadcast-urgent")
async def urgent(view: View) -> Screen:
    """Ask why it must pierce quiet hours."""
    return Screen(view.say("broadcast-type-urgency"), [[view.back("broadcast-draft")]])


async def take_urgency(turn: Turn) -> None:
    """Take the reason."""
    await drafts.type_urgency(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("broadcast-draft")


async def be_patient(turn: Turn) -> None:
    """Let it wait for everybody's morning."""
    await drafts.be_patient(turn.uow, turn.actor, now=turn.now)
    turn.go("broadcast-draft")


@screen("broadcast-later")
async def later(view: View) -> Screen:
    """Ask when it is to begin."""
    begun = await drafts.require_draft(view.uow, view.actor, now=view.now)
    rows: list[Row] = [[view.back("broadcast-draft")]]
    if begun.starts is not None:
        rows.insert(0, [view.button("broadcast-at-once", "broadcast-at-once")])
    return Screen(view.say("broadcast-type-start", zone=view.clock(view.uow.home_zone)), rows)


async def take_start(turn: Turn) -> None:
    """Take when it is to begin."""
    await drafts.type_start(turn.uow, turn.actor, turn.text, now=turn.now)
    turn.go("broadcast-draft")


async def at_once(turn: Turn) -> None:
    """Let it begin as soon as it is sent."""
    await drafts.start_at_once(turn.uow, turn.actor, now=turn.now)
    turn.go("broadcast-draft")
