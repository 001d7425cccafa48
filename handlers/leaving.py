"""Asks once, then forgets a person for good."""

from handlers.screen import LastWords, Screen, Turn, View
from handlers.screens import screen
from solidarity.leaving import erase_person


@screen("erase")
async def erase(view: View) -> Screen:
    """Say what goes and what stays, and ask once."""
    return Screen(view.say("leaving-ask"), [[view.button("leaving-erase", "erase")], [view.back("privacy")]])


async def ask(turn: Turn) -> None:
    """Turn to the question."""
    turn.go("erase")


async def leave(turn: Turn) -> None:
    """Erase everything; the chat is emptied after it."""
    await erase_person(turn.uow, turn.actor.id, now=turn.now)
    turn.last_words = LastWords(toast=turn.say("leaving-done"))
