"""Moves what waits for a person to the hours they have chosen."""

from datetime import date, datetime

from solidarity.hearings.milestones import plan_milestones_of
from solidarity.letter_reminders import LETTER, plan_letter
from solidarity.reminders import HEARING_REMINDERS, hearings_for, plan_hearing
from storage.models import GuardianshipState, Person
from storage.unit_of_work import UnitOfWork


async def replan_person(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Move a person's waiting reminders to their new hour, quiet hours or zone."""
    for guardianship in await uow.guardianships.of_person(person.id, GuardianshipState.ACTIVE):
        waiting = await uow.outbox.waiting_about(guardianship.id)
        for row in waiting:
            if row.kind == LETTER:
                day = date.fromisoformat(row.unique_key.rsplit(":", 1)[1])
                await plan_letter(uow, guardianship, on=day, now=now)
    hearings = await hearings_for(uow, person.id, now=now)
    for hearing in hearings:
        await uow.outbox.drop_waiting_for(person.id, [hearing.id], kinds=HEARING_REMINDERS)
        await plan_hearing(uow, hearing, [person], now=now)
    await plan_milestones_of(uow, person, now=now)
