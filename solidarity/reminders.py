"""What is due for whom: rows are written in the transaction of what makes them due.

Planning is by unique keys, so doing it again changes nothing; what is no longer so is deleted unsent.
"""

from collections.abc import Iterable
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
    Openness,
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


def switched_off(person: Person) -> frozenset[str]:
    """Return which reminders of court dates a person does without."""
    return frozenset(person.reminders_off.split(",")) - {""}


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
        for reminder in hearing_reminders(
            hearing.starts_at, hours=hours_of(person), now=now, off=switched_off(person)
        )
    )


async def concerned_with(uow: UnitOfWork, prisoner_id: UUID) -> list[Person]:
    """Return who is told about a prisoner: their guardians and their family, each once."""
    people = {p.id: p for p in await uow.guardianships.guardians_of(prisoner_id)}
    people |= {p.id: p for p in await uow.kinships.family_of(prisoner_id)}
    return list(people.values())


def is_hidden(prisoner: Prisoner) -> bool:
    """Say whether nobody but a prisoner's family sees the name, and guardians and coordinators an alias."""
    return prisoner.publicity is Publicity.HIDDEN


async def who_may_know(uow: UnitOfWork, prisoner: Prisoner) -> list[Person]:
    """Return who is told of a prisoner's sittings: of somebody hidden their family alone.

    Who knows them by an alias would learn the name from court and date.
    """
    # Both are asked also where one decides: how long a refusal takes must not tell why.
    guardians = await uow.guardianships.guardians_of(prisoner.id)
    family = await uow.kinships.family_of(prisoner.id)
    told = family if is_hidden(prisoner) else [*guardians, *family]
    return list({person.id: person for person in told}.values())


def is_for_all(hearing: Hearing, prisoner: Prisoner) -> bool:
    """Say whether anybody here may know of a sitting: it is open, and its prisoner's name is public."""
    return hearing.openness is Openness.OPEN and prisoner.publicity is Publicity.PUBLIC


async def told_of(uow: UnitOfWork, hearing: Hearing, prisoner: Prisoner) -> list[Person]:
    """Return who is told and reminded of a sitting, each once.

    Guardians and family, of somebody hidden the family alone; of a public prisoner's also who will be there,
    unless it is closed, and who asked for the prisoner or the city, if it is open.
    """
    told = [*await who_may_know(uow, prisoner), *await told_beside(uow, hearing, prisoner)]
    return list({person.id: person for person in told}.values())


async def told_beside(uow: UnitOfWork, hearing: Hearing, prisoner: Prisoner) -> list[Person]:
    """Return who is told of a sitting without standing by its prisoner: who will be there, and who asked."""
    people: list[Person] = []
    if prisoner.publicity is Publicity.PUBLIC and hearing.openness is not Openness.CLOSED:
        people += await uow.attendances.people(hearing.id)
    if is_for_all(hearing, prisoner):
        people += await uow.followings.askers(hearing.id)
    return people


async def hearings_for(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> list[Hearing]:
    """Return the sittings still to come that a person is told of, next first; none of the silenced."""
    if not (found := await uow.hearings.ahead_for(person_id, now=now)):
        return []
    prisoners = {one.id: one for one in await uow.prisoners.among({h.prisoner_id for h in found})}
    return [hearing for hearing in found if is_spoken_of(prisoners.get(hearing.prisoner_id))]


async def include_person(uow: UnitOfWork, person: Person, prisoner_id: UUID, *, now: datetime) -> None:
    """Tell somebody who has just come to a prisoner of the hearings that stand, and remind them."""
    prisoner = await uow.prisoners.get(prisoner_id)
    if not is_spoken_of(prisoner) or person.id not in {p.id for p in await who_may_know(uow, prisoner)}:
        return
    told = await uow.hearings.told_to(person.id)
    for hearing in await uow.hearings.ahead(now=now, prisoner_ids={prisoner_id}):
        # Who left and came back has read of it, and hears of changes all the same.
        if hearing.id not in told:
            await announce_hearing(uow, person, hearing, now=now)
        await plan_hearing(uow, hearing, [person], now=now)


async def announce_hearing(uow: UnitOfWork, person: Person, hearing: Hearing, *, now: datetime) -> None:
    """Tell one person of a sitting they have not heard of."""
    revision, ends = hearing.revision, hearing.starts_at
    news = news_for(person, "hearing_new", hearing.id, now=now, revision=revision, useful_until=ends)
    # It may have been on its way when they left, and was found useless then.
    await uow.outbox.forget_dropped(news.unique_key)
    await uow.outbox.queue([news])


async def exclude_person(uow: UnitOfWork, person_id: UUID, prisoner_id: UUID, *, now: datetime) -> None:
    """Drop what waits about a prisoner for somebody who no longer has to do with them.

    A correction of a date they were told stays: nobody shall travel for nothing.
    """
    if prisoner_id not in await uow.kinships.prisoners_of(person_id):
        ahead = await uow.hearings.ahead(now=now, prisoner_ids={prisoner_id})
        await stop_reminding(uow, person_id, ahead, now=now)
        await uow.outbox.drop_waiting_for(person_id, [prisoner_id])


async def stop_reminding(
    uow: UnitOfWork, person_id: UUID, hearings: Iterable[Hearing], *, now: datetime
) -> None:
    """Drop what waits for somebody about those of some sittings that they are told of no longer."""
    still = {hearing.id for hearing in await hearings_for(uow, person_id, now=now)}
    over = [hearing.id for hearing in hearings if hearing.id not in still]
    await uow.outbox.drop_untried_for(person_id, over, kinds=(*HEARING_REMINDERS, "hearing_new"))


async def silence_prisoner(uow: UnitOfWork, prisoner_id: UUID, *, now: datetime) -> None:
    """Delete everything that waits about a prisoner: letters, hearings, news."""
    await uow.outbox.drop_waiting(prisoner_id)
    for guardianship in await uow.guardianships.of_prisoner(prisoner_id, *GuardianshipState):
        await uow.outbox.drop_waiting(guardianship.id)
    for hearing in await uow.hearings.ahead(now=now, prisoner_ids={prisoner_id}):
        await uow.outbox.drop_waiting(hearing.id)
    for milestone in await uow.milestones.ahead([prisoner_id], today=now.date()):
        await uow.outbox.drop_waiting(milestone.id)
