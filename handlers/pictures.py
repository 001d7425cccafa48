"""A picture below the screen: it stays in the chat and is not passed on, and goes after ten minutes."""

from datetime import timedelta

from handlers.answer import Picture, Showing
from handlers.screen import Turn
from solidarity.work import Posted, Purpose

STANDS_FOR = timedelta(minutes=10)
# What the messages with pictures are known by; those of a desk are taken away when it is locked.
OF_COVERAGE, OF_HEARINGS, OF_COURT = "coverage-picture", "hearings-picture", "court-picture"
AT_DESK = (OF_COVERAGE, OF_HEARINGS)


async def show_picture(turn: Turn, content: bytes, *, caption: str, name: str) -> None:
    """Let a picture follow the answer, in the stead of an earlier one of this name.

    Args:
        caption: one sentence below it, already in the person's language; it is seen where chats are listed.
    """
    await take_picture_away(turn, name)
    stands_for = min(STANDS_FOR, timedelta(hours=turn.actor.delete_after_hours))
    posted = await turn.uow.posted.add(
        Posted(
            person_id=turn.actor.id,
            purpose=Purpose.APART,
            screen=name,
            posted_at=turn.now,
            delete_at=turn.now + stands_for,
        )
    )
    turn.file = Showing(caption, posted_id=posted.id, picture=Picture(content))


async def take_picture_away(turn: Turn, name: str) -> None:
    """Delete the picture of this name, where one stands."""
    await turn.uow.posted.take_apart_away(turn.actor.id, at=turn.now, screens=[name])
