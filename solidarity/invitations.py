"""Inviting a relative: five words, shown to the coordinator for ten minutes and to nobody again."""

from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.codes import GivenCode, give_relative_code
from solidarity.errors import NotForYou
from storage.unit_of_work import UnitOfWork

DIALOGUE = "invite"
SHOWN_FOR = timedelta(minutes=10)


async def invite_relative(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, is_on_behalf: bool, now: datetime
) -> None:
    """Make a relative's five words and keep them in sight for ten minutes.

    Raises:
        NotForYou: there is no such prisoner.
    """
    if prisoner_id is None:
        raise NotForYou("prisoner")
    given = await give_relative_code(uow, actor, prisoner_id, is_on_behalf=is_on_behalf, now=now)
    body = {"words": given.words, "expires_at": given.expires_at.isoformat()}
    await uow.drafts.put(actor.id, DIALOGUE, body, expires_at=now + SHOWN_FOR)


async def reveal_invitation(uow: UnitOfWork, actor: Actor, *, now: datetime) -> GivenCode | None:
    """Open the words a coordinator has just been given, or None once they are out of sight."""
    body = await uow.drafts.reveal(actor.id, DIALOGUE, now=now)
    return GivenCode(body["words"], datetime.fromisoformat(body["expires_at"])) if body else None


async def forget_invitation(uow: UnitOfWork, actor: Actor) -> None:
    """Take the words out of sight; they stay good for whoever was told them."""
    await uow.drafts.drop(actor.id, DIALOGUE)
