"""What keeps somebody away: suspended, frozen, or perhaps detained; who may set it, and who may lift it.

A *suspension* is set by one coordinator and lifted by two. A colleague is *frozen* first, for 24 hours, by
one alone who does that once a day; only another coordinator may suspend who is frozen. That somebody *may be
detained* is said by any coordinator, of any number of people but of three colleagues a day at most, and
taken back by another one or by the host: whoever said it may be made to take it back.
"""

from datetime import datetime, timedelta
from uuid import UUID

from solidarity import desk, people
from solidarity.access import Actor
from solidarity.audit import Act, By, record, record_of_host
from solidarity.broadcasts import life
from solidarity.colleagues import tell
from solidarity.errors import (
    AlreadyRestricted,
    AnotherMustLift,
    FreezeInstead,
    FrozenToday,
    NoLongerSo,
    NotForYou,
    RightsForged,
    TooManyColleagues,
)
from storage.errors import ForgedRow
from storage.models import Lane, Person, RestrictionKind, RoleName
from storage.right_rows import HeldRestriction
from storage.unit_of_work import UnitOfWork

KIND = "desk_restricted"
FROZEN_FOR = timedelta(hours=24)
A_DAY = timedelta(hours=24)
MOST_COLLEAGUES = 3
SET = {
    RestrictionKind.SUSPENDED: Act.PERSON_SUSPENDED,
    RestrictionKind.FROZEN: Act.COORDINATOR_FROZEN,
    RestrictionKind.CUSTODY: Act.CUSTODY_FLAG_SET,
}
LIFTED = {
    RestrictionKind.SUSPENDED: Act.SUSPENSION_LIFTED,
    RestrictionKind.FROZEN: Act.FREEZE_LIFTED,
    RestrictionKind.CUSTODY: Act.CUSTODY_FLAG_LIFTED,
}


async def suspend(uow: UnitOfWork, actor: Actor, person_id: UUID | None, *, now: datetime) -> None:
    """Keep somebody from everything but their own data and the way out, at once and everywhere.

    Raises:
        NotForYou: there is nobody with this id, or it is the coordinator's own.
        AlreadyRestricted: they are suspended.
        FreezeInstead: a colleague who is not frozen by somebody else.
    """
    person = await _other(uow, actor, person_id)
    is_colleague = (await people.actor_of(uow, person, now=now)).is_coordinator
    frozen = await standing(uow, person, RestrictionKind.FROZEN, now=now)
    if is_colleague and (frozen is None or frozen.set_by == actor.id):
        raise FreezeInstead(str(person.id))
    await _clear(uow, person, now=now)
    await _silence(uow, person)
    await _restrict(uow, actor, person, RestrictionKind.SUSPENDED, now=now)


async def freeze(uow: UnitOfWork, actor: Actor, person_id: UUID | None, *, now: datetime) -> None:
    """Close a colleague's desk for 24 hours.

    Raises:
        NotForYou: nobody, no coordinator, or they themselves.
        AlreadyRestricted: they are frozen.
        FrozenToday: this coordinator has frozen somebody within 24 hours.
    """
    person = await _other(uow, actor, person_id)
    if not (await people.actor_of(uow, person, now=now)).is_coordinator:
        raise NotForYou(str(person.id))
    if await uow.people.set_by(actor.id, RestrictionKind.FROZEN, since=now - A_DAY):
        raise FrozenToday(str(actor.id))
    await _clear(uow, person, now=now)
    await _restrict(uow, actor, person, RestrictionKind.FROZEN, now=now, until=now + FROZEN_FOR)


async def flag_custody(uow: UnitOfWork, actor: Actor, person_id: UUID | None, *, now: datetime) -> None:
    """Say that somebody may be detained: their chat is emptied, and nothing is sent to it or shown in it.

    What falls due meanwhile waits. Codes they gave stop working.

    Raises:
        NotForYou: there is nobody with this id, or it is the coordinator's own.
        AlreadyRestricted: it was said before.
        TooManyColleagues: of three colleagues within 24 hours, by this one alone.
    """
    person = await _other(uow, actor, person_id)
    if (await people.actor_of(uow, person, now=now)).is_coordinator:
        await _require_few_colleagues(uow, actor, now=now)
    await uow.posted.retire_all(person.id, now=now)
    await _silence(uow, person)
    await uow.drafts.drop(person.id)
    await _restrict(uow, actor, person, RestrictionKind.CUSTODY, now=now)


async def lift_custody(uow: UnitOfWork, actor: Actor, person_id: UUID | None, *, now: datetime) -> None:
    """Take back that somebody may be detained; what waited and still helps goes out.

    Raises:
        NotForYou: there is nobody with this id, or it is the coordinator's own.
        NoLongerSo: it is not said of them.
        AnotherMustLift: this coordinator said it.
        RightsForged: the person's rights were changed by hand.
    """
    person = await _other(uow, actor, person_id)
    one = await _standing(uow, person, RestrictionKind.CUSTODY, now=now)
    if one.set_by == actor.id:
        raise AnotherMustLift(str(person.id))
    await _lift(uow, person, one, by=actor.id, now=now)


async def lift_suspension(uow: UnitOfWork, person_id: UUID, *, now: datetime, by: UUID | By = By.BOT) -> None:
    """Let a suspended person in again; two coordinators have asked for it and approved it.

    Raises:
        NotForYou, NoLongerSo, RightsForged: as `lift_custody`.
    """
    await lift_restriction(uow, person_id, RestrictionKind.SUSPENDED, by=by, now=now)


async def lift_restriction(
    uow: UnitOfWork, person_id: UUID, kind: RestrictionKind, *, by: UUID | By = By.HOST, now: datetime
) -> None:
    """Lift a restriction, whoever set it: what the host does alone, or two coordinators together.

    Raises:
        NotForYou, NoLongerSo, RightsForged: as `lift_custody`.
    """
    person = await people.person_of(uow, person_id)
    await _lift(uow, person, await _standing(uow, person, kind, now=now), by=by, now=now)


async def standing(
    uow: UnitOfWork, person: Person, kind: RestrictionKind, *, now: datetime
) -> HeldRestriction | None:
    """Return a restriction of somebody that stands now, or None."""
    restrictions = await uow.people.restrictions_of(person)
    return next((one for one in restrictions if one.kind is kind and one.is_active(now)), None)


async def restriction_of_notice(
    uow: UnitOfWork, restriction_id: UUID | None, *, now: datetime
) -> tuple[UUID, HeldRestriction] | None:
    """Return a restriction that a notice is about, with whose it is; None once it is over."""
    found = None if restriction_id is None else await uow.people.restriction(restriction_id)
    return found if found is not None and found[1].is_active(now) else None


async def forget_old_restrictions(uow: UnitOfWork, until: datetime, now: datetime) -> None:
    """Delete restrictions that are over, once they count for no daily limit any more."""
    for person_id in await uow.people.with_old_restrictions(until=until):
        await uow.people.forget_restrictions(await people.person_of(uow, person_id), until=until)


async def _other(uow: UnitOfWork, actor: Actor, person_id: UUID | None) -> Person:
    if person_id is None or person_id == actor.id:
        raise NotForYou(str(person_id))
    return await people.person_of(uow, person_id)


async def _require_few_colleagues(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    said = await uow.people.set_by(actor.id, RestrictionKind.CUSTODY, since=now - A_DAY)
    colleagues = [
        one
        for one in set(said)
        if (await people.actor_of(uow, await people.person_of(uow, one), now=now)).is_coordinator
    ]
    if len(colleagues) >= MOST_COLLEAGUES:
        raise TooManyColleagues(MOST_COLLEAGUES)


async def _clear(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Cover somebody's screens, and take away what was shown to them for a while beside these."""
    await uow.posted.cover_by([person.id], at=now)
    await uow.posted.take_apart_away(person.id, at=now)


async def _silence(uow: UnitOfWork, person: Person) -> None:
    """Take back what is on its way to somebody, and what they gave others to come in by."""
    await uow.claims.take_back(person.id)
    await uow.codes.forget_of(person.id)


async def _restrict(
    uow: UnitOfWork,
    actor: Actor,
    person: Person,
    kind: RestrictionKind,
    *,
    now: datetime,
    until: datetime | None = None,
) -> None:
    if await standing(uow, person, kind, now=now) is not None:
        raise AlreadyRestricted(str(person.id))
    one = await uow.people.restrict(person, kind, set_by=actor.id, now=now, until=until)
    # After the person's row, in the order in which their own taps lock them.
    await desk.shut(uow, person.id)
    await _tell(uow, one, but={actor.id, person.id}, now=now)
    await life.hold_of(uow, person.id, by=actor.id, now=now)
    await record(uow, SET[kind], by=actor.id, about=person.id, now=now)


async def _standing(
    uow: UnitOfWork, person: Person, kind: RestrictionKind, *, now: datetime
) -> HeldRestriction:
    one = await standing(uow, person, kind, now=now)
    if one is None:
        raise NoLongerSo(str(person.id))
    return one


async def _lift(
    uow: UnitOfWork, person: Person, one: HeldRestriction, *, by: UUID | By, now: datetime
) -> None:
    try:
        await uow.people.lift(person, one, now=now)
    except ForgedRow as error:
        raise RightsForged(str(person.id)) from error
    await uow.outbox.forget_about([one.id])
    if by is By.HOST:
        await record_of_host(uow, LIFTED[one.kind], about=person.id, now=now)
    else:
        await record(uow, LIFTED[one.kind], by=by, about=person.id, now=now)


async def _tell(uow: UnitOfWork, one: HeldRestriction, *, but: set[UUID], now: datetime) -> None:
    others = [each for each in await uow.people.with_role(RoleName.COORDINATOR) if each.id not in but]
    await tell(uow, others, KIND, key="", about_id=one.id, lane=Lane.URGENT, now=now)
