"""A desk that was opened under duress, as whoever forced it open sees it.

Screens are the true ones, drawn from a unit of work that knows only what is public. What would change
something is not done: the screen that follows is shown, and the decoy remembers for a day what it can.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from handlers.answer import Answer
from handlers.arrival import Arrival
from handlers.coordinator.seeming import SEEMS, Do, public_of, seem_done
from handlers.rooms import ACTION_OF
from handlers.screen import Screen, Turn, View
from handlers.screens import Draw, drawing_of
from handlers.sealed import answer_sealed
from locales import LANGUAGES
from solidarity.access import Actor, is_decoyed
from solidarity.decoy.noun import NotShown
from solidarity.duress import Decoy, decoy_of
from solidarity.work import Posted, Purpose, RequestKind, UnitOfWork

Prepare = Callable[[Turn], Awaitable[Any]]
SEALED_LINE = "sealed-line"
LINE_STANDS_FOR = timedelta(hours=1)
# These change nothing but drafts of the desk's owner.
ONLY_DRAFTS = (
    "hearing-add",
    "hearing-for",
    "invite-done",
    "word-done",
    "draft-go-on",
    "draft-forget",
    "prisoners",
    "hearing-prisoner",
    "hearing-date",
    "hearing-start",
    "hearing-time",
    "hearing-court",
    "hearing-known-court",
    "hearing-move",
    "hearing-move-start",
    "hearing-move-time",
    "hearing-outcome",
    "hearing-outcome-check",
    "hearing-no-deadline",
    "facilities",
    "all-facilities",
    "card-new",
    "card-edit",
    "card-set",
    "card-check",
    "card-advice",
    "card-source",
    *(f"broadcast-{what}" for what in ("begin", "narrow", "remove", "missing", "not-urgent", "at-once")),
    *(f"broadcast-{what}" for what in ("about", "by-prisoner", "words", "urgent", "later", "evening")),
    "risky-list",
    *(f"ask-{kind.replace('_', '-')}" for kind in RequestKind),
)


def drawing(actor: Actor, name: str) -> Draw:
    """Return what draws a screen for somebody: at a decoy desk not more than what is public."""
    action = ACTION_OF[name]
    if not is_decoyed(actor, action):
        return drawing_of(name)
    match decoy_of(action):
        case Decoy.OWN:
            return drawing_of(name)
        case Decoy.PUBLIC:
            return partial(_public_screen, drawing_of(name))
        case Decoy.NOTHING:
            return _nothing


async def _public_screen(draw: Draw, view: View) -> Screen:
    try:
        # Only what is drawn believes that somebody still coordinates; it has nothing else to show.
        return await draw(replace(view, uow=public_of(view), actor=replace(view.actor, is_coordinator=True)))
    except (NotShown, TypeError):
        # An empty list does not fit everywhere.
        return await _nothing(view)


async def _nothing(view: View) -> Screen:
    return Screen(view.say("decoy-nothing"), [[view.back("desk")]])


def doing(on: str, action: str, do: Do) -> Do:
    """Return what a command, button or words do at a decoy desk."""
    kind = decoy_of(action)
    if kind is Decoy.OWN or on.startswith("go:"):
        return do
    if kind is Decoy.PUBLIC and on in ONLY_DRAFTS:
        return partial(_with_public, do)
    return SEEMS.get(on, seem_done) if kind is Decoy.PUBLIC else seem_done


def preparing(on: str, prepare: Prepare | None, is_done: bool) -> Prepare | None:
    """Return what is worked out before a decoy desk seems to do something: paper of public names is real."""
    if prepare is None or is_done:
        return prepare
    return partial(_prepared_with_public, prepare) if on in PREPARED else None


async def _prepared_with_public(prepare: Prepare, turn: Turn) -> Any:
    return await prepare(replace(turn, uow=public_of(turn)))


async def _with_public(do: Do, turn: Turn) -> None:
    true = turn.uow
    turn.uow = public_of(turn)
    try:
        await do(turn)
    except (NotShown, TypeError):
        await seem_done(turn)
    finally:
        turn.uow = true


# What is worked out for them all the same.
PREPARED = ("evening-print", "coverage-picture", "hearings-month-picture")


async def answer_as_sealed(uow: UnitOfWork, actor: Actor, arrival: Arrival, *, now: datetime) -> Answer:
    """Answer as a sealed bot does, with one line in the chat for an hour."""
    line = await uow.posted.get_by_screen(actor.id, SEALED_LINE)
    if line is not None:
        return answer_sealed(arrival, languages=LANGUAGES, posted_id=None)
    line = await uow.posted.add(
        Posted(
            person_id=actor.id,
            purpose=Purpose.APART,
            screen=SEALED_LINE,
            posted_at=now,
            delete_at=now + LINE_STANDS_FOR,
        )
    )
    return answer_sealed(arrival, languages=LANGUAGES, posted_id=line.id)
