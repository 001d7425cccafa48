"""A coordinator lets everything be sealed: every process forgets its keys; only the host opens it again."""

from datetime import datetime

from solidarity.access import Actor
from solidarity.audit import Act, record
from storage.installation import note_sealing
from storage.unit_of_work import UnitOfWork


async def seal_everything(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Note it where every process looks: each seals itself within seconds, its last answers said."""
    await note_sealing(uow.session, at=now)
    await record(uow, Act.SEALED, by=actor.id, now=now)
