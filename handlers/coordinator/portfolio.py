"""Portfolios at the desk: whom a coordinator looks after, taken, left, and passed on to a colleague."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.errors import NotForYou
from solidarity.notes import reveal_note
from solidarity.portfolios import colleagues_of, keeping_of, leave, pass_on, take
from solidarity.prisoner_card import prisoner_card
from solidarity.search import MOST_SHOWN, looked_after

MOST_COLLEAGUES = 20


@dataclass(frozen=True)
class Part:
    """A part of a screen: lines for its text, and rows of buttons."""

    lines: Sequence[str]
    rows: list[Row]


async def own_part(view: View) -> Part:
    """List those in a coordinator's own portfolio, ten at most; others are found by their name."""
    own = await looked_after(view.uow, view.actor)
    if not own:
        return Part([], [])
    rows: list[Row] = [[Button(one.name, "go:prisoner", one.prisoner_id)] for one in own[:MOST_SHOWN]]
    lines = ["", view.say("portfolio-own", count=len(own))]
    if len(own) > MOST_SHOWN:
        lines.append(view.say("portfolio-own-more", count=MOST_SHOWN))
    return Part(lines, rows)


async def keeping_part(view: View, prisoner_id: UUID) -> Part:
    """Say who looks after a prisoner and what is noted about them, and offer what can be done about it."""
    keeping = await keeping_of(view.uow, view.actor, prisoner_id, now=view.now)
    lines = [""]
    if keeping.is_mine:
        lines.append(view.say("portfolio-is-mine"))
    if keeping.colleagues:
        lines.append(view.say("portfolio-is-colleagues", names=", ".join(keeping.colleagues)))
    if keeping.is_everybodys:
        lines.append(view.say("portfolio-is-everybodys"))
    note = await reveal_note(view.uow, prisoner_id)
    if note is not None:
        lines += ["", view.say("note-on-card"), view.say("note-shown", text=note.text)]
    turning = "portfolio-leave" if keeping.is_mine else "portfolio-take"
    first = [view.button(turning, turning, prisoner_id)]
    if keeping.is_mine or keeping.is_everybodys:
        first.append(view.button("portfolio-pass-on", "go:pass-on", prisoner_id))
    return Part(lines, [first, [view.button("note", "go:note", prisoner_id)]])


async def take_prisoner(turn: Turn) -> None:
    """Take a prisoner into one's portfolio."""
    await take(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("portfolio-taken")
    turn.go("prisoner", turn.target)


async def leave_prisoner(turn: Turn) -> None:
    """Take a prisoner out of one's portfolio."""
    await leave(turn.uow, turn.actor, turn.target)
    turn.hint = turn.say("portfolio-left")
    turn.go("prisoner", turn.target)


@screen("pass-on")
async def to_whom(view: View) -> Screen:
    """Ask to which colleague; they are known by their pseudonyms."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    colleagues = await colleagues_of(view.uow, view.actor, now=view.now)
    rows: list[Row] = [
        [Button(one.name, "pass-on", card.prisoner_id, str(one.person_id))]
        for one in colleagues[:MOST_COLLEAGUES]
    ]
    asked = view.say("portfolio-to-whom" if rows else "portfolio-nobody-else", name=card.name)
    return Screen(asked, [*rows, [view.back("prisoner", card.prisoner_id)]])


async def pass_prisoner_on(turn: Turn) -> None:
    """Hand a prisoner over to a colleague."""
    try:
        colleague_id = UUID(turn.argument)
    except ValueError:
        raise NotForYou(turn.argument) from None
    await pass_on(turn.uow, turn.actor, turn.target, colleague_id, now=turn.now)
    turn.hint = turn.say("portfolio-passed-on")
    turn.go("prisoner", turn.target)
