"""Somebody says that they are in danger: coordinators are warned at once, of a pseudonym and no more."""

from datetime import datetime, timedelta

from solidarity.access import Actor
from storage.models import Lane, RoleName
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

KIND = "danger"
USEFUL_FOR = timedelta(days=3)


async def warn_colleagues(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Queue the warning to every other coordinator, also into their quiet hours."""
    key = f"{KIND}:{actor.id}:{now.isoformat()}"
    await uow.outbox.queue(
        Due(
            one.id,
            KIND,
            actor.id,
            f"{key}:person:{one.id}",
            now,
            useful_until=now + USEFUL_FOR,
            lane=Lane.URGENT,
        )
        for one in await uow.people.with_role(RoleName.COORDINATOR)
        if one.id != actor.id
    )
