"""Whether a due message may still go out, and to whom: asked of today's data when it is about to be sent."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.asking import ANSWERED, ASKED
from solidarity.audit import HEAD, HOST_ACT
from solidarity.broadcasts.life import is_broadcast_due, is_urgent
from solidarity.colleagues import DAILY
from solidarity.danger import KIND as DANGER
from solidarity.desk import PIN_FORGOTTEN, PIN_WRONG
from solidarity.digest import KIND as DIGEST
from solidarity.digest import WEEK, has_news
from solidarity.duress import DURESS, is_still_forced
from solidarity.errors import NotForYou
from solidarity.hearings.life import hearing_for
from solidarity.hearings.milestones import REMINDERS as MILESTONES
from solidarity.hearings.milestones import milestone_for
from solidarity.hearings.told import still_so
from solidarity.kinship import CONFIRMED, is_confirmed
from solidarity.ladder import HANDED_OVER
from solidarity.ladder import KIND as HANDED_OVER_KIND
from solidarity.letter_reminders import IMPOSSIBLE, LETTER, POSSIBLE
from solidarity.moving import KIND as MOVED
from solidarity.naming import DIED, RELEASED
from solidarity.parting import (
    DIED_KIND,
    FAMILY_WAITS,
    NEW_PERSON,
    is_family_to_speak_with,
    is_new_person_due,
)
from solidarity.people import actor_of
from solidarity.portfolios import PASSED_ON
from solidarity.post import is_written_to
from solidarity.reminder_times import SWITCH_OF, Grade, grade_of
from solidarity.reminders import NOBODYS, concerned_with, is_within_reach, switched_off, told_of
from solidarity.requests import DECIDED, WAITING, is_decided, is_waiting
from solidarity.restrictions import KIND as RESTRICTED
from solidarity.staying import is_asked
from storage.broadcasts import KIND as BROADCAST
from storage.claims import Claimed
from storage.models import CustodyStatus, Guardianship, GuardianshipState, Prisoner
from storage.outbox import RIGHTS_FORGED, STAY
from storage.unit_of_work import UnitOfWork

URGENT_GRADE: Grade = "today"
LATE_AFTER = timedelta(hours=1)
FREE = (CustodyStatus.RELEASED, CustodyStatus.EXILED)
TOLD_ANYWAY = ("hearing_moved", "hearing_changed", "hearing_cancelled")


@dataclass(frozen=True)
class Addressee:
    """Somebody a message may go to now."""

    actor: Actor
    chat_id: int


async def look_ahead(uow: UnitOfWork, rows: Collection[Claimed]) -> Sequence[object]:
    """Look up in a few queries what is asked about each of some due messages; to be held while it is."""
    about = {row.about_id for row in rows}
    hearings = await uow.hearings.among(about)
    guardianships = await uow.guardianships.among(about)
    prisoners = {h.prisoner_id for h in hearings} | {g.prisoner_id for g in guardianships} | about
    return [*hearings, *guardianships, *await uow.prisoners.among(prisoners)]


async def addressee_of(uow: UnitOfWork, row: Claimed, *, now: datetime) -> Addressee | None:
    """Say who a due message goes to; None where they left or cannot be reached, or it is no longer so."""
    person = await uow.people.get(row.person_id)
    if person is None or not person.is_reachable:
        return None
    if is_too_late(row, now=now):
        return None
    actor = await actor_of(uow, person, now=now)
    # Mostly not even claimed; whose rights were changed by hand hears of just that.
    if actor.is_in_custody or (actor.is_suspended and row.kind != RIGHTS_FORGED):
        return None
    if not await is_still_due(uow, actor, row, now=now):
        return None
    return Addressee(actor, await uow.people.reveal_chat(person))


async def is_still_due(uow: UnitOfWork, actor: Actor, row: Claimed, *, now: datetime) -> bool:
    """Say whether what a message speaks of is still so, and still this person's business."""
    if row.kind.startswith("hearing_"):
        return await _is_hearing_due(uow, actor, row, now=now)
    if row.kind in MILESTONES:
        return await _is_milestone_due(uow, actor, row)
    if row.kind.startswith("prisoner_"):
        return await _is_prisoner_news_due(uow, actor, row)
    if row.kind == RIGHTS_FORGED:
        return True
    if row.kind in TO_COORDINATORS:
        return actor.is_at_work and await TO_COORDINATORS[row.kind](uow, row)
    if row.kind == BROADCAST:
        return await is_broadcast_due(uow, actor, row.about_id)
    if row.kind == STAY:
        return await is_asked(uow, actor.id)
    if row.kind == CONFIRMED:
        return await is_confirmed(uow, actor.id, row.about_id)
    return await _is_promise_news_due(uow, actor, row, now=now)


async def _is_promise_news_due(uow: UnitOfWork, actor: Actor, row: Claimed, *, now: datetime) -> bool:
    guardianship = await uow.guardianships.get(row.about_id)
    if guardianship is None or guardianship.person_id != actor.id:
        return False
    if row.kind == NEW_PERSON:
        return await is_new_person_due(uow, guardianship)
    is_so = OF_GUARDIANSHIPS.get(row.kind)
    if is_so is not None:
        return is_so(guardianship)
    if guardianship.state is not GuardianshipState.ACTIVE:
        return False
    prisoner = await uow.prisoners.get(guardianship.prisoner_id)
    if prisoner is None or not is_within_reach(prisoner):
        return False
    if row.kind in ABOUT_WRITING:
        return await is_written_to(uow, prisoner, today=now.date()) is ABOUT_WRITING[row.kind]
    return True


# What is told of writing itself, each with whether a letter must be possible for it to be still so.
ABOUT_WRITING = {LETTER: True, POSSIBLE: True, IMPOSSIBLE: False}


# What is told of a guardianship that does not stand, each with what must be so of it.
OF_GUARDIANSHIPS: dict[str, Callable[[Guardianship], bool]] = {
    "application_declined": lambda one: one.state is GuardianshipState.DECLINED,
    ASKED: lambda one: one.state is GuardianshipState.APPLIED,
    HANDED_OVER_KIND: lambda one: one.reason == HANDED_OVER,
}


async def _still_hides(uow: UnitOfWork, row: Claimed) -> bool:
    # Who is back has said so by coming back.
    return await uow.hidings.get(row.about_id) is not None


async def _still_waits(uow: UnitOfWork, row: Claimed) -> bool:
    guardianship = await uow.guardianships.get(row.about_id)
    return guardianship is not None and guardianship.state is GuardianshipState.APPLIED


async def _request_waits(uow: UnitOfWork, row: Claimed) -> bool:
    return await is_waiting(uow, row.about_id)


async def _request_was_decided(uow: UnitOfWork, row: Claimed) -> bool:
    return await is_decided(uow, row.person_id, row.about_id)


async def _has_happened(uow: UnitOfWork, row: Claimed) -> bool:
    return True


async def _still_restricted(uow: UnitOfWork, row: Claimed) -> bool:
    return await uow.people.restriction(row.about_id) is not None


async def _is_still_there(uow: UnitOfWork, row: Claimed) -> bool:
    return await uow.people.get(row.about_id) is not None


async def _is_still_theirs(uow: UnitOfWork, row: Claimed) -> bool:
    return row.about_id in await uow.portfolios.of_person(row.person_id)


async def _family_waits(uow: UnitOfWork, row: Claimed) -> bool:
    return await is_family_to_speak_with(uow, row.about_id)


async def _has_news(uow: UnitOfWork, row: Claimed) -> bool:
    return await has_news(uow, row.person_id, since=row.planned_at.date() - WEEK)


async def _is_still_forced(uow: UnitOfWork, row: Claimed) -> bool:
    return await is_still_forced(uow, row.about_id)


# What coordinators alone are told, each with the question whether it is still so.
TO_COORDINATORS: dict[str, Callable[[UnitOfWork, Claimed], Awaitable[bool]]] = {
    "application_waiting": _still_waits,
    ANSWERED: _still_waits,
    DANGER: _still_hides,
    WAITING: _request_waits,
    DECIDED: _request_was_decided,
    HEAD: _has_happened,
    HOST_ACT: _has_happened,
    RESTRICTED: _still_restricted,
    MOVED: _is_still_there,
    PASSED_ON: _is_still_theirs,
    DIGEST: _has_news,
    FAMILY_WAITS: _family_waits,
    **dict.fromkeys(DAILY, _has_happened),
    DURESS: _is_still_forced,
    PIN_WRONG: _is_still_there,
    PIN_FORGOTTEN: _is_still_there,
}


async def prisoner_concerning(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> Prisoner:
    """Return a prisoner to their family and guardians, also those whose guardianship ended with the release.

    Somebody dead alone to those whose guardianship ended with it: the bot tells a family of no death.

    Raises:
        NotForYou: it is none of their business, there is nobody with this id, or everything is silent.
    """
    prisoner_id = prisoner_id or NOBODYS
    # All of it is asked wherever there is nothing to see: how long it takes must not tell why.
    prisoner = await uow.prisoners.get(prisoner_id)
    concerned = {person.id for person in await concerned_with(uow, prisoner_id)}
    ended = await uow.guardianships.ended(prisoner_id)
    if prisoner is None or prisoner.is_silenced:
        raise NotForYou(str(prisoner_id))
    if prisoner.custody_status in FREE:
        concerned |= {g.person_id for g in ended if g.reason == RELEASED}
    if prisoner.custody_status is CustodyStatus.DIED:
        family = {person.id for person in await uow.kinships.family_of(prisoner_id)}
        concerned = {g.person_id for g in ended if g.reason == DIED} - family
    if actor.id not in concerned:
        raise NotForYou(str(prisoner_id))
    return prisoner


async def grade_for(uow: UnitOfWork, row: Claimed, *, now: datetime) -> Grade:
    """Say how pressing a due message is.

    Raises:
        ValueError: there is no such kind.
    """
    if row.kind == BROADCAST and await is_urgent(uow, row.about_id):
        return URGENT_GRADE
    hearing = await uow.hearings.get(row.about_id) if row.kind == "hearing_new" else None
    return grade_of(row.kind, starts_in=None if hearing is None else hearing.starts_at - now)


def is_too_late(row: Claimed, *, now: datetime) -> bool:
    """Say whether a message helps nobody any more, whatever it speaks of."""
    return row.useful_until is not None and row.useful_until <= now


def is_late(row: Claimed, *, now: datetime) -> bool:
    """Say whether a message goes out more than an hour after it was first due."""
    return now - row.planned_at > LATE_AFTER


async def _is_hearing_due(uow: UnitOfWork, actor: Actor, row: Claimed, *, now: datetime) -> bool:
    try:
        hearing = await hearing_for(uow, actor, row.about_id)
    except NotForYou:
        return False
    if not still_so(hearing, row.kind, row.revision, now=now):
        return False
    if row.kind in TOLD_ANYWAY:
        return True
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    people = [] if prisoner is None else await told_of(uow, hearing, prisoner)
    person = next((one for one in people if one.id == actor.id), None)
    return person is not None and SWITCH_OF.get(row.kind) not in switched_off(person)


async def _is_milestone_due(uow: UnitOfWork, actor: Actor, row: Claimed) -> bool:
    milestone = await milestone_for(uow, actor.id, row.about_id)
    return milestone is not None and milestone.revision == row.revision


async def _is_prisoner_news_due(uow: UnitOfWork, actor: Actor, row: Claimed) -> bool:
    try:
        prisoner = await prisoner_concerning(uow, actor, row.about_id)
    except NotForYou:
        return False
    is_so = OF_PRISONERS.get(row.kind, is_within_reach)
    return is_so(prisoner)


# What is told of prisoners, each with what must be so of them; all else of who can be written to.
OF_PRISONERS: dict[str, Callable[[Prisoner], bool]] = {
    "prisoner_released": lambda one: one.custody_status in FREE,
    DIED_KIND: lambda one: one.custody_status is CustodyStatus.DIED,
    "prisoner_incommunicado": lambda one: one.custody_status is CustodyStatus.INCOMMUNICADO,
    "prisoner_heard_of": lambda one: (
        is_within_reach(one) and one.custody_status is not CustodyStatus.INCOMMUNICADO
    ),
}
