"""The question whether somebody stays who has been away for a year; coming here at all counts as a yes."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen


@screen("stay")
async def question(view: View) -> Screen:
    """Ask, and say what silence would mean."""
    return Screen(
        view.say("staying-ask"), [[view.button("stay", "stay")], [view.button("leave", "go:erase")]]
    )


async def stay(turn: Turn) -> None:
    """Thank them; that they came is noted with every visit."""
    turn.hint = turn.say("staying-noted")
    turn.go("menu")
