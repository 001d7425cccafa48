"""What a person's menu says of today: applications that wait, letters that are due, the next sitting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity.access import Actor
from solidarity.letter_reminders import LETTER
from solidarity.reminders import hearings_for
from storage.models import Confidence, GuardianshipState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Overview:
    """Ids, a count and an instant; names stay where they are."""

    applications: Sequence[UUID]
    letters_due: int
    next_sitting: datetime | None
    is_confirmed: bool


async def overview(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Overview:
    """Gather what a person's menu shows; a letter is due on the day of its next reminder, where they live."""
    standing = (GuardianshipState.APPLIED, GuardianshipState.ACTIVE)
    mine = await uow.guardianships.of_person(actor.id, *standing)
    sittings = await hearings_for(uow, actor.id, now=now)
    active = [g.id for g in mine if g.state is GuardianshipState.ACTIVE]
    return Overview(
        applications=[g.id for g in mine if g.state is GuardianshipState.APPLIED],
        letters_due=sum([await _is_due(uow, actor, guardianship_id) for guardianship_id in active]),
        next_sitting=sittings[0].starts_at if sittings else None,
        is_confirmed=bool(sittings) and sittings[0].confidence is Confidence.CONFIRMED,
    )


async def _is_due(uow: UnitOfWork, actor: Actor, guardianship_id: UUID) -> bool:
    zone = ZoneInfo(actor.hours.zone)
    rows = [row for row in await uow.outbox.waiting_about(guardianship_id) if row.kind == LETTER]
    return any(row.due_at.astimezone(zone).date() <= actor.today for row in rows)
