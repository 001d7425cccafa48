"""Court dates as claims: announced, moved, confirmed and cancelled, with everyone concerned told once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.broadcasts.audience import about_hearing
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.cities import city_for
from solidarity.hearings.sitting_times import KEPT_AFTER_SITTING, WALL, start_instant
from solidarity.reminders import (
    NOBODYS,
    STANDING,
    URGENT_WITHIN,
    is_for_all,
    is_hidden,
    is_spoken_of,
    news_for,
    plan_hearing,
    told_of,
    who_may_know,
)
from storage.hearings import Heard
from storage.models import (
    Confidence,
    Hearing,
    HearingStatus,
    Lane,
    Openness,
    Prisoner,
    Publicity,
)
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Sitting:
    """What somebody claims about a sitting; `starts` is wall time in `zone`."""

    starts: datetime
    zone: str
    openness: Openness = Openness.UNKNOWN
    confidence: Confidence = Confidence.REPORTED
    details: Mapping[str, str] = field(default_factory=dict)
    city: str | None = None


async def add_hearing(
    uow: UnitOfWork,
    prisoner: Prisoner,
    sitting: Sitting,
    *,
    source_id: str | None = None,
    by: UUID | None = None,
    case_id: UUID | None = None,
    now: datetime,
) -> Hearing:
    """Keep a new sitting, announce it to whoever is told of it, and queue their reminders.

    Args:
        by: the coordinator who claims it; None for a file.
        case_id: that of other sittings of the same case.
    """
    hearing = Hearing(
        prisoner_id=prisoner.id,
        starts_local=sitting.starts.strftime(WALL),
        zone=sitting.zone,
        starts_at=start_instant(sitting.starts, sitting.zone, now=now),
        openness=sitting.openness,
        confidence=sitting.confidence,
        status=HearingStatus.SCHEDULED,
        revision=1,
        reported_by=by,
        case_id=case_id,
        city=await city_for(uow, prisoner, sitting.details.get("court", ""), sitting.city or ""),
    )
    await uow.hearings.add(hearing, details=sitting.details, source_id=source_id)
    if sitting.details.get("court"):
        await uow.courts.note(sitting.details["court"], day=now.date())
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
    concerned = await _who_may_know(uow, prisoner)
    was_told = actor.id in await uow.hearings.told(hearing_id)
    if hearing is None or not is_spoken_of(prisoner):
        raise NotForYou(str(hearing_id))
    may_know = (was_told and not is_hidden(prisoner)) or is_for_all(hearing, prisoner)
    if actor.id not in concerned and not may_know:
        raise NotForYou(str(hearing_id))
    return hearing


async def _who_may_know(uow: UnitOfWork, prisoner: Prisoner | None) -> set[UUID]:
    # Asked where there is nobody, too.
    nobody = Prisoner(id=NOBODYS, publicity=Publicity.PUBLIC)
    return {person.id for person in await who_may_know(uow, prisoner or nobody)}


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


def require_as_shown(hearing: Hearing, revision: str) -> None:
    """Refuse to do with a sitting what was decided of it as it was before a colleague changed it.

    Args:
        revision: that of the sitting as it was shown.

    Raises:
        NoLongerSo: it is another by now.
    """
    if str(hearing.revision) != revision:
        raise NoLongerSo(str(hearing.id))


async def move_hearing(
    uow: UnitOfWork,
    hearing: Hearing,
    starts: datetime,
    zone: str | None = None,
    *,
    by: UUID | None = None,
    now: datetime,
) -> None:
    """Move a sitting: the old reminders go; whoever was told is told anew, the others for the first time.

    Args:
        by: the coordinator who claims the new date, which is then reported only; None for a file, which says
            itself how sure it is.
    """
    require_standing(hearing, now=now)
    before = hearing.starts_at
    zone = zone or hearing.zone
    instant = start_instant(starts, zone, now=now)
    if instant == before:
        return
    hearing.starts_at, hearing.starts_local, hearing.zone = instant, starts.strftime(WALL), zone
    hearing.status, hearing.reported_by = HearingStatus.MOVED, by
    if by is not None:
        hearing.confidence = Confidence.REPORTED
    lane = _lane(min(before, instant), now=now)
    await _revise(uow, hearing, "hearing_moved", before=before, lane=lane, now=now)


async def change_place(uow: UnitOfWork, hearing: Hearing, *, now: datetime) -> None:
    """Tell whoever was told of a sitting that its court or room is another; the caller has noted which."""
    require_standing(hearing, now=now)
    lane = _lane(hearing.starts_at, now=now)
    await _revise(uow, hearing, "hearing_changed", before=hearing.starts_at, lane=lane, now=now)


def _lane(instant: datetime, *, now: datetime) -> Lane:
    return Lane.URGENT if instant - now <= URGENT_WITHIN else Lane.REMINDER


async def _withdraw(uow: UnitOfWork, hearing: Hearing, *, before: datetime, now: datetime) -> datetime:
    """Drop what waits about a sitting and take what stands in chats about it out of use.

    Whoever may have received some of it counts as told. Returns the last instant for which anybody may still
    expect the sitting: until then it helps to hear that it is another.

    Args:
        before: when it was to start until now.
    """
    await uow.posted.retire_about(hearing.id, revision=hearing.revision, now=now)
    for broadcast_id in await about_hearing(uow, hearing.id):
        await uow.broadcasts.retire_standing(broadcast_id, now=now)
        await uow.broadcasts.note_revision(broadcast_id, hearing.revision)
    told_until = await uow.hearings.told_until(hearing.id)
    expected = max(
        hearing.starts_at, before, *([] if told_until is None else [told_until - KEPT_AFTER_SITTING])
    )
    keep_until = expected + KEPT_AFTER_SITTING
    perhaps_told = await uow.outbox.drop_waiting(hearing.id)
    known = await uow.people.among(perhaps_told)
    await uow.hearings.note_told(
        Heard(hearing.id, person_id, revision, keep_until)
        for person_id, revision in perhaps_told.items()
        if person_id in known
    )
    return expected


async def _revise(
    uow: UnitOfWork, hearing: Hearing, kind: str, *, before: datetime, lane: Lane, now: datetime
) -> None:
    hearing.revision += 1
    expected = await _withdraw(uow, hearing, before=before, now=now)
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if not is_spoken_of(prisoner):
        return
    reminded = {p.id: p for p in await told_of(uow, hearing, prisoner)}
    told = await uow.hearings.told(hearing.id)
    everyone = dict(reminded)
    everyone |= await uow.people.among(told.keys() - reminded.keys())
    await uow.outbox.queue(
        news_for(
            person,
            kind if person_id in told else "hearing_new",
            hearing.id,
            now=now,
            revision=hearing.revision,
            useful_until=expected if person_id in told else hearing.starts_at,
            lane=lane if person_id in told else Lane.REMINDER,
        )
        for person_id, person in everyone.items()
    )
    await plan_hearing(uow, hearing, reminded.values(), now=now)


async def cancel_hearing(uow: UnitOfWork, hearing: Hearing, *, now: datetime) -> None:
    """Cancel a sitting: nothing waits any more, and whoever was told of it is told."""
    require_standing(hearing, now=now)
    hearing.status = HearingStatus.CANCELLED
    hearing.revision += 1
    expected = await _withdraw(uow, hearing, before=hearing.starts_at, now=now)
    await uow.attendances.forget(hearing.id)
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if not is_spoken_of(prisoner):
        return
    lane = _lane(hearing.starts_at, now=now)
    people = (await uow.people.among(await uow.hearings.told(hearing.id))).values()
    await uow.outbox.queue(
        news_for(
            p,
            "hearing_cancelled",
            hearing.id,
            now=now,
            revision=hearing.revision,
            useful_until=expected + KEPT_AFTER_SITTING,
            lane=lane,
        )
        for p in people
    )
