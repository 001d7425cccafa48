"""What is due for whom: rows are written in the transaction of what makes them due.

Planning is by unique keys, so doing it again changes nothing; what is no longer so is deleted unsent.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TypeGuard
from uuid import UUID

from solidarity.hours import Hours, within_waking_hours
from solidarity.reminder_times import hearing_reminders
from storage.models import (
    CustodyStatus,
    GuardianshipState,
    Hearing,
    HearingStatus,
    Lane,
    Person,
    Prisoner,
    Publicity,
)
from storage.outbox import Due
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork

HEARING_REMINDERS = ("hearing_7d", "hearing_1d", "hearing_3h", "hearing_eve")
HEARING_NEWS = ("hearing_new", "hearing_moved", "hearing_changed", "hearing_cancelled", "hearing_confirmed")
URGENT_WITHIN = timedelta(hours=24)
STANDING = (HearingStatus.SCHEDULED, HearingStatus.MOVED)
# An id that no row has, for what is asked all the same where there is nothing.
NOBODYS = UUID(int=0)


def hours_of(person: Person) -> Hours:
    """Return when a person wants to be written to."""
    return Hours(person.zone, person.hour, person.quiet_from, person.quiet_to)


def news_for(
    person: Person,
    kind: str,
    about_id: UUID,
    *,
    now: datetime,
    revision: int = 0,
    useful_until: datetime | None = None,
    lane: Lane = Lane.REMINDER,
    key: str = "",
) -> Due:
    """Make a message that is due at once, or when the person's quiet hours end unless it is urgent."""
    due_at = now if lane is Lane.URGENT else within_waking_hours(now, hours_of(person))
    # Waiting for the morning must not make the news useless.
    if useful_until is not None and due_at >= useful_until:
        due_at = now
    unique_key = f"{kind}:{about_id}:r{revision}:{key}:person:{person.id}"
    return Due(person.id, kind, about_id, unique_key, due_at, revision, useful_until, lane)


def is_within_reach(prisoner: Prisoner) -> bool:
    """Say whether a prisoner can be written to: behind bars or under restraint, and not silenced."""
    return prisoner.custody_status not in OUT_OF_REACH and not prisoner.is_silenced


def is_spoken_of(prisoner: Prisoner | None) -> TypeGuard[Prisoner]:
    """Say whether hearings of a prisoner are told to anybody: not of the silenced, nor of the dead."""
    if prisoner is None or prisoner.is_silenced:
        return False
    return prisoner.custody_status is not CustodyStatus.DIED


async def plan_hearing(uow: UnitOfWork, hearing: Hearing, people: Iterable[Person], *, now: datetime) -> None:
    """Queue the reminders of a hearing that still make sense, for each of some people."""
    if hearing.status not in STANDING:
        return
    await uow.outbox.queue(
        Due(
            person.id,
            f"hearing_{reminder.kind}",
            hearing.id,
            f"hearing:{hearing.id}:r{hearing.revision}:{reminder.kind}:person:{person.id}",
            reminder.due_at,
            hearing.revision,
            reminder.useful_until,
        )
        for person in people
        for reminder in hearing_reminders(hearing.starts_at, hours=hours_of(person), now=now)
    )


async def concerned_with(uow: UnitOfWork, prisoner_id: UUID) -> list[Person]:
    """Return who is told about a prisoner: their guardians and their family, each once."""
    people = {p.id: p for p in await uow.guardianships.guardians_of(prisoner_id)}
    people |= {p.id: p for p in await uow.kinships.family_of(prisoner_id)}
    return list(people.values())


async def who_may_know(uow: UnitOfWork, prisoner: Prisoner) -> list[Person]:
    """Return who is told of a prisoner's sittings: of somebody hidden their family alone.

    Who knows them by an alias would learn the name from court and date.
    """
    # Both are asked also where one decides: how long a refusal takes must not tell why.
    guardians = await uow.guardianships.guardians_of(prisoner.id)
    family = await uow.kinships.family_of(prisoner.id)
    told = family if prisoner.publicity is Publicity.HIDDEN else [*guardians, *family]
    return list({person.id: person for person in told}.values())


async def hearings_for(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> list[Hearing]:
    """Return the sittings still to come that a person may know of, next first; none of the silenced."""
    found = await uow.hearings.ahead(now=now, prisoner_ids=await uow.kinships.prisoners_of(person_id))
    family = {tie.prisoner_id for tie in await uow.kinships.of_person(person_id)}
    return [hearing for hearing in found if await _may_hear(uow, hearing.prisoner_id, family)]


async def _may_hear(uow: UnitOfWork, prisoner_id: UUID, family: Collection[UUID]) -> bool:
    prisoner = await uow.prisoners.get(prisoner_id)
    if not is_spoken_of(prisoner):
        return False
    return prisoner_id in family or prisoner.publicity is not Publicity.HIDDEN


async def include_person(uow: UnitOfWork, person: Person, prisoner_id: UUID, *, now: datetime) -> None:
    """Tell somebody who has just come to a prisoner of the hearings that stand, and remind them."""
    prisoner = await uow.prisoners.get(prisoner_id)
    if not is_spoken_of(prisoner) or person.id not in {p.id for p in await who_may_know(uow, prisoner)}:
        return
    for hearing in await uow.hearings.ahead(now=now, prisoner_ids={prisoner_id}):
        await announce_hearing(uow, person, hearing, now=now)
        await plan_hearing(uow, hearing, [person], now=now)


async def announce_hearing(uow: UnitOfWork, person: Person, hearing: Hearing, *, now: datetime) -> None:
    """Tell one person of a sitting they have not heard of."""
    revision, ends = hearing.revision, hearing.starts_at
    news = news_for(person, "hearing_new", hearing.id, now=now, revision=revision, useful_until=ends)
    await uow.outbox.queue([news])


async def exclude_person(uow: UnitOfWork, person_id: UUID, prisoner_id: UUID, *, now: datetime) -> None:
    """Drop what waits about a prisoner for somebody who no longer has to do with them.

    A correction of a date they were told stays: nobody shall travel for nothing.
    """
    if prisoner_id not in await uow.kinships.prisoners_of(person_id):
        ids = [h.id for h in await uow.hearings.ahead(now=now, prisoner_ids={prisoner_id})]
        await uow.outbox.drop_waiting_for(person_id, ids, kinds=(*HEARING_REMINDERS, "hearing_new"))
        await uow.outbox.drop_waiting_for(person_id, [prisoner_id])


async def silence_prisoner(uow: UnitOfWork, prisoner_id: UUID, *, now: datetime) -> None:
    """Delete everything that waits about a prisoner: letters, hearings, news."""
    await uow.outbox.drop_waiting(prisoner_id)
    for guardianship in await uow.guardianships.of_prisoner(prisoner_id, *GuardianshipState):
        await uow.outbox.drop_waiting(guardianship.id)
    for hearing in await uow.hearings.ahead(now=now, prisoner_ids={prisoner_id}):
        await uow.outbox.drop_waiting(hearing.id)
    for milestone in await uow.milestones.ahead([prisoner_id], today=now.date()):
        await uow.outbox.drop_waiting(milestone.id)
