"""Somebody says that they are in danger: coordinators are warned at once, of a pseudonym and no more."""

from datetime import datetime

from solidarity.access import Actor
from solidarity.colleagues import warn_of
from storage.unit_of_work import UnitOfWork

KIND = "danger"


async def warn_colleagues(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Queue the warning to every other coordinator, also into their quiet hours."""
    await warn_of(uow, KIND, actor.id, key=now.isoformat(), now=now)
