"""A coordinator's word: said on the telephone, and typed by whoever wonders whether they are one."""

from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.verifying import make_word, put_word_away, reveal_made_word


@screen("word", "desk.word")
async def word(view: View) -> Screen:
    """Show the three words once, and what to do with them."""
    rows = [[view.button("back", "word-done")]]
    made = None if view.is_repeat else await reveal_made_word(view.uow, view.actor, now=view.now)
    if made is None:
        return Screen(view.say("word-gone"), rows)
    until = view.words.end(made.expires_at, view.actor.hours.zone)
    return Screen(view.say("word-shown", words=made.words, until=until), rows)


async def make(turn: Turn) -> None:
    """Make three words."""
    await make_word(turn.uow, turn.actor, now=turn.now)
    turn.go("word")


async def leave(turn: Turn) -> None:
    """Take the words out of sight and go back to the desk."""
    await put_word_away(turn.uow, turn.actor)
    turn.go("desk")
