"""What is due for whom: rows are written in the transaction of what makes them due.

Planning is by unique keys, so doing it again changes nothing; what is no longer so is deleted unsent.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity.days import TRANSIT, Occasion, near, next_reminder, told_by
from solidarity.hours import Hours, within_waking_hours
from solidarity.post import is_written_to, written_to
from solidarity.reminder_times import hearing_reminders
from solidarity.rhythm import due_at, next_letter_on
from storage.models import Guardianship, GuardianshipState, Hearing, HearingStatus, Lane, Person, Prisoner
from storage.outbox import Due
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork

LETTER = "letter"
# A Guardian is told that they are not reminded any more, and that they are again.
IMPOSSIBLE = "letter_impossible"
POSSIBLE = "letter_possible"
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


async def plan_letter(
    uow: UnitOfWork,
    guardianship: Guardianship,
    *,
    on: date | None = None,
    rhythm_on: date | None = None,
    now: datetime,
) -> None:
    """Leave exactly one reminder to write standing for an active guardianship.

    None is left where the prisoner is out of reach, or a letter is impossible or dangerous: that is told,
    once.

    Args:
        on: the day itself, whatever else is near; None plans by the rhythm and by days that mean more.
        rhythm_on: when the rhythm asks for a letter; None counts from the last one.
    """
    was_asked = guardianship.id in await asked_to_write(uow, [guardianship])
    await uow.outbox.drop_waiting(guardianship.id, kinds=(LETTER,))
    person = await uow.people.get(guardianship.person_id)
    prisoner = await uow.prisoners.get(guardianship.prisoner_id)
    if person is None or guardianship.state is not GuardianshipState.ACTIVE:
        return
    if prisoner is None or not is_within_reach(prisoner):
        return
    if not await is_written_to(uow, prisoner, today=now.date()):
        if was_asked:
            await uow.outbox.queue([_stop_asking(guardianship, person, now=now)])
        return
    if on is None:
        guardianship.rhythm_on = rhythm_on or await by_rhythm(uow, guardianship)
        on = await _day_of(uow, guardianship, person, prisoner, now=now)
    await uow.outbox.queue([_letter(guardianship, person, on=on, now=now)])


async def asked_to_write(uow: UnitOfWork, promises: Collection[Guardianship]) -> set[UUID]:
    """Return which of some active guardianships have a rhythm; whose have none were told why."""
    without = [promise.id for promise in promises if promise.rhythm_on is None]
    # The release before this one planned reminders without it.
    waiting = await uow.outbox.waiting_among(without, kind=LETTER) if without else set()
    return {promise.id for promise in promises if promise.rhythm_on is not None} | waiting


def _stop_asking(guardianship: Guardianship, person: Person, *, now: datetime) -> Due:
    guardianship.rhythm_on = None
    return news_for(person, IMPOSSIBLE, guardianship.id, key=now.isoformat(), now=now)


async def by_rhythm(uow: UnitOfWork, guardianship: Guardianship) -> date:
    """Return when the rhythm asks for a letter; that may have been."""
    letters = await uow.letters.of_guardianship(guardianship.id)
    last = letters[-1].written_on if letters else None
    joined = guardianship.started_on or guardianship.applied_on
    return next_letter_on(last, joined=joined, rhythm_weeks=guardianship.rhythm_weeks)


async def _day_of(
    uow: UnitOfWork, guardianship: Guardianship, person: Person, prisoner: Prisoner, *, now: datetime
) -> date:
    today = _today(person, now)
    joined = guardianship.started_on or guardianship.applied_on
    planned = next_reminder(
        guardianship.rhythm_on or today,
        today=today,
        born=await uow.prisoners.reveal_born(prisoner),
        transit=await transit_to(uow, prisoner),
        told_until=guardianship.told_until,
        # Who has just heard how to write hears of nothing but a birthday until their rhythm has passed once.
        own_days_from=joined + timedelta(weeks=guardianship.rhythm_weeks),
    )
    return planned.on


async def transit_to(uow: UnitOfWork, prisoner: Prisoner) -> timedelta:
    """Say how long letters to a prisoner are under way."""
    place = await uow.facilities.get(prisoner.facility_code)
    days = None if place is None else place.transit_days
    return TRANSIT if days is None else timedelta(days=days)


async def why_now(uow: UnitOfWork, guardianship: Guardianship, *, today: date) -> list[Occasion]:
    """Say for which days a letter that is written now is; none for who is out of reach."""
    prisoner = await uow.prisoners.get(guardianship.prisoner_id)
    if prisoner is None or not is_within_reach(prisoner):
        return []
    born, transit = await uow.prisoners.reveal_born(prisoner), await transit_to(uow, prisoner)
    return near(born=born, transit=transit, today=today)


def _today(person: Person, now: datetime) -> date:
    return now.astimezone(ZoneInfo(person.zone)).date()


def _letter(guardianship: Guardianship, person: Person, *, on: date, now: datetime) -> Due:
    key = f"letter:{guardianship.id}:{on.isoformat()}"
    return Due(person.id, LETTER, guardianship.id, key, due_at(on, hours_of(person), now=now))


async def plan_next_letters(uow: UnitOfWork, guardianship_ids: Collection[UUID], *, now: datetime) -> None:
    """After reminders went out unanswered, plan each next one a rhythm later, in a few statements.

    What waits already stays as it is; whatever is not active, or out of reach, is left without a reminder;
    so is where a letter is impossible or dangerous, which is told. Days that were near are told by what went
    out.
    """
    if not guardianship_ids:
        return
    promises = await uow.guardianships.among(guardianship_ids)
    planned = await uow.outbox.waiting_among(guardianship_ids, kind=LETTER)
    people = await uow.people.among({promise.person_id for promise in promises})
    prisoners = {p.id: p for p in await uow.prisoners.among({g.prisoner_id for g in promises})}
    within_reach = {one for one, prisoner in prisoners.items() if is_within_reach(prisoner)}
    await uow.vault.load_keys(within_reach)
    possible = await written_to(uow, [prisoners[one] for one in within_reach], today=now.date())
    dues = []
    for promise in promises:
        if promise.person_id not in people or promise.prisoner_id not in within_reach:
            continue
        person, prisoner = people[promise.person_id], prisoners[promise.prisoner_id]
        today = _today(person, now)
        promise.told_until = max(told_by(today), promise.told_until or today)
        if promise.state is not GuardianshipState.ACTIVE or promise.id in planned:
            continue
        if promise.prisoner_id not in possible:
            dues += [_stop_asking(promise, person, now=now)] if promise.rhythm_on is not None else []
            continue
        _begin_next_rhythm(promise, today)
        on = await _day_of(uow, promise, person, prisoner, now=now)
        dues.append(_letter(promise, person, on=on, now=now))
    await uow.outbox.queue(dues)


def _begin_next_rhythm(promise: Guardianship, today: date) -> None:
    # What went out for a birthday alone leaves the rhythm as it is.
    if promise.rhythm_on is None or promise.rhythm_on <= told_by(today):
        promise.rhythm_on = today + timedelta(weeks=promise.rhythm_weeks)


async def next_letter_due(uow: UnitOfWork, guardianship_id: UUID) -> datetime | None:
    """Return when a guardian is next reminded to write; None where no reminder waits."""
    waiting = await uow.outbox.waiting_about(guardianship_id)
    return next((row.due_at for row in waiting if row.kind == LETTER), None)


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


async def hearings_for(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> list[Hearing]:
    """Return the sittings still to come that a person may know of, next first; none of the silenced."""
    found = await uow.hearings.ahead(now=now, prisoner_ids=await uow.kinships.prisoners_of(person_id))
    return [hearing for hearing in found if not await _is_silenced(uow, hearing.prisoner_id)]


async def _is_silenced(uow: UnitOfWork, prisoner_id: UUID) -> bool:
    prisoner = await uow.prisoners.get(prisoner_id)
    return prisoner is None or prisoner.is_silenced


async def include_person(uow: UnitOfWork, person: Person, prisoner_id: UUID, *, now: datetime) -> None:
    """Tell somebody who has just come to a prisoner of the hearings that stand, and remind them."""
    if await _is_silenced(uow, prisoner_id):
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
