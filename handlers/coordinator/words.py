"""A coordinator's word: said on the telephone, and typed by whoever wonders whether they are one."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from handlers.shown_once import shown_once
from solidarity.in_sight import put_out_of_sight
from solidarity.verifying import make_word
from solidarity.work import CodeKind


@screen("word")
async def word(view: View) -> Screen:
    """Show the three words once, and what to do with them."""
    back = view.button("back", "word-done")
    return await shown_once(view, CodeKind.WORD, text="word-shown", gone="word-gone", back=back)


async def make(turn: Turn) -> None:
    """Make three words."""
    await make_word(turn.uow, turn.actor, now=turn.now)
    turn.go("word")


async def leave(turn: Turn) -> None:
    """Take the words out of sight and go back to the desk."""
    await put_out_of_sight(turn.uow, turn.actor, CodeKind.WORD)
    turn.go("desk")
