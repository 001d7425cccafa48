"""Somebody says that they are in danger: coordinators are warned at once, of a pseudonym and no more."""

from datetime import datetime

from solidarity.access import Actor
from solidarity.colleagues import tell
from storage.models import Lane, RoleName
from storage.unit_of_work import UnitOfWork

KIND = "danger"


async def warn_colleagues(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Queue the warning to every other coordinator, also into their quiet hours."""
    others = [one for one in await uow.people.with_role(RoleName.COORDINATOR) if one.id != actor.id]
    key = f"{actor.id}:{now.isoformat()}"
    await tell(uow, others, KIND, key=key, about_id=actor.id, lane=Lane.URGENT, now=now)
