"""Asks once, then forgets a person for good."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.leaving import erase_person


@screen("erase", "leave")
async def erase(view: View) -> Screen:
    """Say what goes and what stays, and ask once."""
    return Screen(view.say("leaving-ask"), [[view.button("leaving-erase", "erase")], [view.back("privacy")]])


async def ask(turn: Turn) -> None:
    """Turn to the question."""
    turn.go("erase")


async def leave(turn: Turn) -> None:
    """Erase everything, and have the chat emptied."""
    turn.farewell = await erase_person(turn.uow, turn.actor)
