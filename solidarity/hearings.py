"""Court dates as claims: announced, moved, confirmed and cancelled, with everyone concerned told once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfoNotFoundError

from solidarity.access import Actor
from solidarity.cities import city_of_court
from solidarity.errors import DatePassed, DateUnclear, NoLongerSo, NotForYou
from solidarity.hours import local_instant
from solidarity.reminders import (
    NOBODYS,
    STANDING,
    URGENT_WITHIN,
    concerned_with,
    is_for_all,
    is_hidden,
    is_spoken_of,
    news_for,
    plan_hearing,
    told_of,
)
from storage.claims import Claimed
from storage.hearings import Heard
from storage.models import Confidence, Hearing, HearingStatus, Lane, Openness, Person, Prisoner
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

KEPT_AFTER_SITTING = timedelta(days=7)
WALL = "%Y-%m-%d %H:%M"
TYPED = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H.%M", "%Y-%m-%d %H:%M")
FARTHEST = timedelta(days=3 * 366)
CHANGE_OF = {HearingStatus.MOVED: "hearing_moved", HearingStatus.CANCELLED: "hearing_cancelled"}


@dataclass(frozen=True)
class Sitting:
    """What somebody claims about a sitting; `starts` is wall time in `zone`."""

    starts: datetime
    zone: str
    openness: Openness = Openness.UNKNOWN
    confidence: Confidence = Confidence.REPORTED
    details: Mapping[str, str] = field(default_factory=dict)
    city: str | None = None


def read_typed_start(text: str) -> datetime:
    """Read ``ДД.ММ.ГГГГ ГГ:ХХ`` as a wall time.

    Raises:
        DateUnclear: it is not a date and a time in this form.
    """
    for form in TYPED:
        try:
            return datetime.strptime(" ".join(text.split()), form)  # noqa: DTZ007 - a wall time has no zone of its own
        except ValueError:
            continue
    raise DateUnclear("typed start")


def start_instant(starts: datetime, zone: str, *, now: datetime) -> datetime:
    """Return the instant of a wall time, which must lie ahead.

    Raises:
        DateUnclear: no such zone, or a date beyond three years.
        DatePassed: it has begun already.
    """
    try:
        instant = local_instant(starts, zone)
    except (ZoneInfoNotFoundError, ValueError, OverflowError) as error:
        raise DateUnclear(zone) from error
    if instant <= now:
        raise DatePassed(starts.isoformat())
    if instant > now + FARTHEST:
        raise DateUnclear(starts.isoformat())
    return instant


async def add_hearing(
    uow: UnitOfWork, prisoner: Prisoner, sitting: Sitting, *, source_id: str | None = None, now: datetime
) -> Hearing:
    """Keep a new sitting, announce it to whoever is told of it, and queue their reminders."""
    hearing = Hearing(
        prisoner_id=prisoner.id,
        starts_local=sitting.starts.strftime(WALL),
        zone=sitting.zone,
        starts_at=start_instant(sitting.starts, sitting.zone, now=now),
        openness=sitting.openness,
        confidence=sitting.confidence,
        status=HearingStatus.SCHEDULED,
        revision=1,
        city=sitting.city or await city_of_court(uow, sitting.details.get("court", "")),
    )
    await uow.hearings.add(hearing, details=sitting.details, source_id=source_id)
    people = await told_of(uow, hearing, prisoner) if is_spoken_of(prisoner) else []
    await uow.outbox.queue(
        news_for(p, "hearing_new", hearing.id, now=now, revision=1, useful_until=hearing.starts_at)
        for p in people
    )
    await plan_hearing(uow, hearing, people, now=now)
    return hearing


async def hearing_of(uow: UnitOfWork, hearing_id: UUID | None) -> Hearing:
    """Return a hearing.

    Raises:
        NotForYou: there is none with this id.
    """
    hearing = None if hearing_id is None else await uow.hearings.get(hearing_id)
    if hearing is None:
        raise NotForYou(str(hearing_id))
    return hearing


async def hearing_for(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None) -> Hearing:
    """Return a hearing to somebody it concerns, or who may know of it; of a silenced prisoner to nobody.

    An open sitting of a public prisoner anybody may know of. Who was once told of one may see what became of
    it, unless its prisoner has been hidden since.

    Raises:
        NotForYou: it is none of their business, or there is none.
    """
    hearing_id = hearing_id or NOBODYS
    hearing = await uow.hearings.get(hearing_id)
    # The same is asked where there is none: how long it takes must not tell.
    prisoner_id = NOBODYS if hearing is None else hearing.prisoner_id
    prisoner = await uow.prisoners.get(prisoner_id)
    concerned = {person.id for person in await concerned_with(uow, prisoner_id)}
    was_told = actor.id in await uow.hearings.told(hearing_id)
    if hearing is None or not is_spoken_of(prisoner):
        raise NotForYou(str(hearing_id))
    may_know = (was_told and not is_hidden(prisoner)) or is_for_all(hearing, prisoner)
    if actor.id not in concerned and not may_know:
        raise NotForYou(str(hearing_id))
    return hearing


def is_over(hearing: Hearing, *, now: datetime) -> bool:
    """Say whether a sitting was cancelled, was held, or has begun."""
    return hearing.status not in STANDING or hearing.starts_at <= now


def require_standing(hearing: Hearing, *, now: datetime) -> None:
    """Refuse to change a sitting that was cancelled, was held, or has begun.

    Raises:
        NoLongerSo: it is one of these.
    """
    if is_over(hearing, now=now):
        raise NoLongerSo(str(hearing.id))


async def move_hearing(
    uow: UnitOfWork, hearing: Hearing, starts: datetime, zone: str | None = None, *, now: datetime
) -> None:
    """Move a sitting: the old reminders go; whoever was told is told anew, the others for the first time."""
    require_standing(hearing, now=now)
    before = hearing.starts_at
    zone = zone or hearing.zone
    instant = start_instant(starts, zone, now=now)
    if instant == before:
        return
    hearing.starts_at, hearing.starts_local, hearing.zone = instant, starts.strftime(WALL), zone
    hearing.status = HearingStatus.MOVED
    lane = _lane(min(before, instant), now=now)
    await _revise(uow, hearing, "hearing_moved", lane=lane, now=now)


async def change_place(uow: UnitOfWork, hearing: Hearing, *, now: datetime) -> None:
    """Tell whoever was told of a sitting that its court or room is another; the caller has noted which."""
    require_standing(hearing, now=now)
    await _revise(uow, hearing, "hearing_changed", lane=_lane(hearing.starts_at, now=now), now=now)


def _lane(instant: datetime, *, now: datetime) -> Lane:
    return Lane.URGENT if instant - now <= URGENT_WITHIN else Lane.REMINDER


async def _withdraw(uow: UnitOfWork, hearing: Hearing) -> None:
    """Drop what waits about a sitting; whoever may have received some of it counts as told."""
    keep_until = _keep_until(hearing)
    perhaps_told = await uow.outbox.drop_waiting(hearing.id)
    known = await uow.people.among(perhaps_told)
    await uow.hearings.note_told(
        Heard(hearing.id, person_id, revision, keep_until)
        for person_id, revision in perhaps_told.items()
        if person_id in known
    )


async def _revise(uow: UnitOfWork, hearing: Hearing, kind: str, *, lane: Lane, now: datetime) -> None:
    hearing.revision += 1
    await _withdraw(uow, hearing)
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if not is_spoken_of(prisoner):
        return
    reminded = {p.id: p for p in await told_of(uow, hearing, prisoner)}
    told = await uow.hearings.told(hearing.id)
    everyone = dict(reminded)
    for person_id in told.keys() - reminded.keys():
        person = await uow.people.get(person_id)
        if person is not None:
            everyone[person_id] = person
    await uow.outbox.queue(
        news_for(
            person,
            kind if person_id in told else "hearing_new",
            hearing.id,
            now=now,
            revision=hearing.revision,
            useful_until=hearing.starts_at,
            lane=lane if person_id in told else Lane.REMINDER,
        )
        for person_id, person in everyone.items()
    )
    await plan_hearing(uow, hearing, reminded.values(), now=now)


async def confirm_hearing(uow: UnitOfWork, hearing: Hearing, *, now: datetime) -> None:
    """Mark a reported date as confirmed; the next message about it says so."""
    require_standing(hearing, now=now)
    hearing.confidence = Confidence.CONFIRMED


async def cancel_hearing(uow: UnitOfWork, hearing: Hearing, *, now: datetime) -> None:
    """Cancel a sitting: nothing waits any more, and whoever was told of it is told."""
    require_standing(hearing, now=now)
    hearing.status = HearingStatus.CANCELLED
    hearing.revision += 1
    await _withdraw(uow, hearing)
    await uow.attendances.forget(hearing.id)
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if not is_spoken_of(prisoner):
        return
    lane = _lane(hearing.starts_at, now=now)
    people = [await uow.people.get(person_id) for person_id in await uow.hearings.told(hearing.id)]
    await uow.outbox.queue(
        news_for(
            p,
            "hearing_cancelled",
            hearing.id,
            now=now,
            revision=hearing.revision,
            useful_until=_keep_until(hearing),
            lane=lane,
        )
        for p in people
        if p is not None
    )


async def note_told(uow: UnitOfWork, sent: Collection[Claimed | Due], *, now: datetime) -> None:
    """Remember which revision somebody was just sent; if it is not today's any more, tell them today's."""
    if not sent:
        return
    hearings = {hearing.id: hearing for hearing in await uow.hearings.among({row.about_id for row in sent})}
    people = await uow.people.among({row.person_id for row in sent})
    told = [row for row in sent if row.about_id in hearings and row.person_id in people]
    await uow.hearings.note_told(
        Heard(row.about_id, row.person_id, row.revision, _keep_until(hearings[row.about_id])) for row in told
    )
    for row in told:
        hearing = hearings[row.about_id]
        if row.revision < hearing.revision and row.kind != "hearing_cancelled":
            await tell_change(uow, hearing, people[row.person_id], now=now)


def _keep_until(hearing: Hearing) -> datetime:
    return hearing.starts_at + KEPT_AFTER_SITTING


async def tell_change(uow: UnitOfWork, hearing: Hearing, person: Person, *, now: datetime) -> None:
    """Tell somebody at once that what they know of a sitting no longer holds; of the silenced nothing."""
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if not is_spoken_of(prisoner):
        return
    # They know the hearing now: what waits as the announcement of another one is told as a change.
    await uow.outbox.drop_waiting_for(person.id, [hearing.id], kinds=("hearing_new",))
    kind = CHANGE_OF.get(hearing.status, "hearing_changed")
    await uow.outbox.queue(
        [news_for(person, kind, hearing.id, now=now, revision=hearing.revision, lane=Lane.URGENT)]
    )


def still_so(hearing: Hearing, kind: str, revision: int, *, now: datetime) -> bool:
    """Say whether a message about a revision of a hearing may still go out."""
    if revision != hearing.revision:
        return False
    if kind == "hearing_cancelled":
        return hearing.status is HearingStatus.CANCELLED
    return not is_over(hearing, now=now) and kind.startswith("hearing_")
