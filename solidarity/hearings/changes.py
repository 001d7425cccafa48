"""What coordinators do with sittings, as the trail says it."""

from datetime import datetime
from enum import StrEnum

from solidarity.access import Actor
from solidarity.audit import Act, record
from storage.models import Hearing
from storage.unit_of_work import UnitOfWork


class HearingChange(StrEnum):
    """What a coordinator did with a sitting."""

    ADDED = "added"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    DESCRIBED = "described"
    HELD = "held"


async def record_change(
    uow: UnitOfWork, actor: Actor, hearing: Hearing, change: HearingChange, *, now: datetime
) -> None:
    """Write into the trail what was done with a prisoner's sitting."""
    await record(uow, Act.HEARING_CHANGED, by=actor.id, about=hearing.prisoner_id, kind=change, now=now)
