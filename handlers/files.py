"""A file below the screen: one that may leave the chat, so it is not protected, and goes after an hour."""

from datetime import timedelta
from uuid import UUID

from handlers.answer import Document, Showing
from handlers.screen import Turn
from solidarity.work import Posted, Purpose

STANDS_FOR = timedelta(hours=1)


async def send_file(
    turn: Turn, document: Document, *, caption: str, name: str, about: UUID | None = None
) -> None:
    """Let a file follow the answer.

    Args:
        caption: one sentence below it, already in the person's language.
        name: what the message is known by when it is taken away.
        about: whose name it shows, whose wish takes it away.
    """
    stands_for = min(STANDS_FOR, timedelta(hours=turn.actor.delete_after_hours))
    posted = await turn.uow.posted.add(
        Posted(
            person_id=turn.actor.id,
            purpose=Purpose.APART,
            screen=name,
            target=about,
            posted_at=turn.now,
            delete_at=turn.now + stands_for,
        )
    )
    turn.file = Showing(caption, posted_id=posted.id, document=document)
