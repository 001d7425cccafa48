"""Inviting a relative: five words, shown to the coordinator for ten minutes and to nobody again."""

from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.codes import give_relative_code
from solidarity.errors import NotForYou
from solidarity.in_sight import keep_in_sight
from storage.models import CodeKind
from storage.unit_of_work import UnitOfWork


async def invite_relative(
    uow: UnitOfWork,
    actor: Actor,
    prisoner_id: UUID | None,
    *,
    is_on_behalf: bool,
    language: str,
    now: datetime,
) -> None:
    """Make a relative's five words, in their language, and keep them in sight for ten minutes.

    Raises:
        NotForYou: there is no such prisoner.
    """
    if prisoner_id is None:
        raise NotForYou("prisoner")
    given = await give_relative_code(
        uow, actor, prisoner_id, is_on_behalf=is_on_behalf, language=language, now=now
    )
    await keep_in_sight(uow, actor, CodeKind.RELATIVE, given, now=now)
