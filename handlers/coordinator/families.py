"""Families of the dead: whom a coordinator has yet to speak with, and that they have."""

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.parting import families_to_speak_with, note_spoken
from solidarity.prisoner_card import prisoner_card

SHOWN = 10


@screen("families")
async def families(view: View) -> Screen:
    """List the dead whose family nobody has spoken with, those of one's own first."""
    found = await families_to_speak_with(view.uow, view.actor)
    rows: list[Row] = [[Button(one.name, "go:prisoner", one.prisoner_id)] for one in found[:SHOWN]]
    text = view.say("families" if rows else "families-none")
    return Screen(text, [*rows, [view.back("inbox")]])


@screen("spoken")
async def ask(view: View) -> Screen:
    """Ask once, and say who is told then and who never."""
    card = await prisoner_card(view.uow, view.actor, view.target, now=view.now)
    rows = [
        [view.button("families-spoken-yes", "spoken", card.prisoner_id)],
        [view.back("prisoner", card.prisoner_id)],
    ]
    return Screen(view.say("families-spoken-ask", name=card.name), rows)


async def spoken(turn: Turn) -> None:
    """Note that the family was spoken with."""
    await note_spoken(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("families-spoken")
    turn.go("prisoner", turn.target)
