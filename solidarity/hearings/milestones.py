"""Days of a prisoner that are no sitting and must not be missed: kept, changed, and the family reminded."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.reminder_times import milestone_reminders
from solidarity.reminders import hours_of, is_spoken_of
from storage.models import Hearing, Milestone, MilestoneKind, Person
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

REMINDERS = ("milestone_7d", "milestone_1d")


async def set_deadline(uow: UnitOfWork, hearing: Hearing, day: date | None, *, now: datetime) -> None:
    """Keep the deadline for an appeal that follows from a sitting, or none; the family is reminded."""
    milestone = await uow.milestones.of_hearing(hearing.id)
    if milestone is not None and milestone.day == day:
        return
    if milestone is not None:
        await uow.outbox.drop_waiting(milestone.id)
    if day is None:
        if milestone is not None:
            await uow.milestones.remove(milestone)
        return
    if milestone is None:
        milestone = Milestone(
            prisoner_id=hearing.prisoner_id,
            hearing_id=hearing.id,
            kind=MilestoneKind.APPEAL,
            day=day,
            revision=1,
        )
        await uow.milestones.add(milestone)
    else:
        milestone.day, milestone.revision = day, milestone.revision + 1
    await plan_milestone(uow, milestone, await uow.kinships.family_of(hearing.prisoner_id), now=now)


async def plan_milestone(
    uow: UnitOfWork, milestone: Milestone, people: Iterable[Person], *, now: datetime
) -> None:
    """Queue the reminders of a day that are still ahead, for each of some relatives; of the silenced none."""
    if not is_spoken_of(await uow.prisoners.get(milestone.prisoner_id)):
        return
    await uow.outbox.queue(
        Due(
            person.id,
            f"milestone_{kind}",
            milestone.id,
            f"milestone:{milestone.id}:r{milestone.revision}:{kind}:person:{person.id}",
            due_at,
            milestone.revision,
            useful_until,
        )
        for person in people
        for kind, due_at, useful_until in milestone_reminders(milestone.day, hours=hours_of(person), now=now)
    )


async def plan_milestones_of(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Queue what is ahead for a relative who has come, is back, or has chosen other hours."""
    family = {tie.prisoner_id for tie in await uow.kinships.of_person(person.id)}
    for milestone in await uow.milestones.ahead(family, today=now.date()):
        await uow.outbox.drop_waiting_for(person.id, [milestone.id])
        await plan_milestone(uow, milestone, [person], now=now)


async def next_deadline(uow: UnitOfWork, prisoner_id: UUID, *, today: date) -> date | None:
    """Return the next day of a prisoner that must not be missed."""
    ahead = await uow.milestones.ahead([prisoner_id], today=today)
    return ahead[0].day if ahead else None


async def deadline_for(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> date | None:
    """Return the day that follows from a sitting to the family of whom it was about, and to nobody else."""
    milestone = await uow.milestones.of_hearing(hearing.id)
    family = {tie.prisoner_id for tie in await uow.kinships.of_person(actor.id)}
    return milestone.day if milestone is not None and hearing.prisoner_id in family else None


async def milestone_for(uow: UnitOfWork, person_id: UUID, milestone_id: UUID | None) -> Milestone | None:
    """Return a day to the family it concerns; None where it is not theirs, or everything is silent."""
    milestone = None if milestone_id is None else await uow.milestones.get(milestone_id)
    family = {tie.prisoner_id for tie in await uow.kinships.of_person(person_id)}
    if milestone is None or milestone.prisoner_id not in family:
        return None
    return milestone if is_spoken_of(await uow.prisoners.get(milestone.prisoner_id)) else None
