"""When a Guardian is next reminded to write: one reminder waits for each promise, whatever it is for."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity.days import TRANSIT, Occasion, near, next_reminder, told_by
from solidarity.post import is_written_to, written_to
from solidarity.reminders import hours_of, is_within_reach, news_for
from solidarity.rhythm import due_at, next_letter_on
from storage.models import Guardianship, GuardianshipState, Person, Prisoner, Publicity
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

LETTER = "letter"
# A Guardian is told that they are not reminded any more, and that they are again.
IMPOSSIBLE = "letter_impossible"
POSSIBLE = "letter_possible"


async def plan_letter(
    uow: UnitOfWork,
    guardianship: Guardianship,
    *,
    on: date | None = None,
    rhythm_on: date | None = None,
    not_before: date | None = None,
    now: datetime,
) -> None:
    """Leave exactly one reminder to write standing for an active guardianship.

    None is left where the prisoner is out of reach, or a letter is impossible or dangerous: that is told,
    once.

    Args:
        on: the day itself, whatever else is near; None plans by the rhythm and by days that mean more.
        rhythm_on: when the rhythm asks for a letter; None counts from the last one.
        not_before: until when whatever is near is held back.
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
        guardianship.rhythm_on = rhythm_on or await rhythm_day(uow, guardianship)
        on = await _day_of(uow, guardianship, person, prisoner, not_before=not_before, now=now)
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


async def rhythm_day(uow: UnitOfWork, guardianship: Guardianship) -> date:
    """Say on which day the rhythm asks for a letter, counted from the last one; it may have passed."""
    letters = await uow.letters.of_guardianship(guardianship.id)
    last = letters[-1].written_on if letters else None
    joined = guardianship.started_on or guardianship.applied_on
    return next_letter_on(last, joined=joined, rhythm_weeks=guardianship.rhythm_weeks)


async def _day_of(
    uow: UnitOfWork,
    guardianship: Guardianship,
    person: Person,
    prisoner: Prisoner,
    *,
    not_before: date | None = None,
    now: datetime,
) -> date:
    today = _today(person, now)
    planned = next_reminder(
        guardianship.rhythm_on or today,
        today=today,
        born=await _birthday_told(uow, prisoner),
        transit=await transit_to(uow, prisoner),
        told_until=guardianship.told_until,
        not_before=not_before,
        own_days_from=_own_days_from(guardianship),
    )
    return planned.on


async def _birthday_told(uow: UnitOfWork, prisoner: Prisoner) -> date | None:
    """Return somebody's birthday; not where the name is hidden, which a reminder's day would help to find."""
    if prisoner.publicity is Publicity.HIDDEN:
        return None
    return await uow.prisoners.reveal_born(prisoner)


def _own_days_from(guardianship: Guardianship) -> date:
    # Who has just heard how to write hears of nothing but a birthday until their rhythm has passed once.
    joined = guardianship.started_on or guardianship.applied_on
    return joined + timedelta(weeks=guardianship.rhythm_weeks)


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
    born = await _birthday_told(uow, prisoner)
    transit = await transit_to(uow, prisoner)
    return near(born=born, transit=transit, today=today, own_days_from=_own_days_from(guardianship))


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
