"""A code that whoever made it sees for ten minutes and never again; it stays good for whoever was told it."""

from datetime import datetime, timedelta

from solidarity.access import Actor
from solidarity.codes import GivenCode
from storage.models import CodeKind
from storage.unit_of_work import UnitOfWork

SHOWN_FOR = timedelta(minutes=10)


async def keep_in_sight(
    uow: UnitOfWork, actor: Actor, kind: CodeKind, given: GivenCode, *, now: datetime
) -> None:
    """Keep a code where its maker finds it for ten minutes."""
    body = {"words": given.words, "expires_at": given.expires_at.isoformat()}
    await uow.drafts.put(actor.id, _dialogue(kind), body, expires_at=now + SHOWN_FOR)


async def reveal_in_sight(
    uow: UnitOfWork, actor: Actor, kind: CodeKind, *, now: datetime
) -> GivenCode | None:
    """Open the code somebody has just made, or None once it is out of sight."""
    body = await uow.drafts.reveal(actor.id, _dialogue(kind), now=now)
    return GivenCode(body["words"], datetime.fromisoformat(body["expires_at"])) if body else None


async def put_out_of_sight(uow: UnitOfWork, actor: Actor, kind: CodeKind) -> None:
    """Take a code out of sight; it stays good for whoever was told it."""
    await uow.drafts.drop(actor.id, _dialogue(kind))


def _dialogue(kind: CodeKind) -> str:
    return f"code:{kind}"
