"""Somebody says that they are in danger: coordinators are warned at once, of a pseudonym and no more."""

from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from storage.models import Lane, RoleName
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

KIND = "danger"
USEFUL_FOR = timedelta(days=3)


async def warn_colleagues(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Queue the warning to every other coordinator, also into their quiet hours."""
    await tell_colleagues(uow, KIND, actor.id, key=now.isoformat(), useful_for=USEFUL_FOR, now=now)


async def tell_colleagues(
    uow: UnitOfWork, kind: str, about_id: UUID, *, key: str, useful_for: timedelta, now: datetime
) -> None:
    """Queue an urgent message about somebody to every coordinator but them, at once, once for each key."""
    await uow.outbox.queue(
        Due(
            one.id,
            kind,
            about_id,
            f"{kind}:{about_id}:{key}:person:{one.id}",
            now,
            useful_until=now + useful_for,
            lane=Lane.URGENT,
        )
        for one in await uow.people.with_role(RoleName.COORDINATOR)
        if one.id != about_id
    )
