"""What ends when a prisoner comes free or dies, and what comes of it afterwards.

A release is told at once, and those who wrote are offered somebody new a week later. Of a death nobody is
told until a coordinator says that the family has been spoken with; then those who wrote are told, the family
never.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.colleagues import tell
from solidarity.covering import count_anew
from solidarity.errors import NoLongerSo
from solidarity.facts import FREE
from solidarity.guardianship import MOST_PRISONERS
from solidarity.hours import at_their_hour
from solidarity.naming import DIED, RELEASED, name_for
from solidarity.portfolios import keepers_of, own_portfolio
from solidarity.prisoner_card import prisoner_of
from solidarity.reminders import hours_of, news_for, silence_prisoner
from storage.guardianships import STANDING
from storage.models import CustodyStatus, Guardianship, GuardianshipState, Person
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

DIED_KIND = "prisoner_died"
NEW_PERSON = "new_person"
FAMILY_WAITS = "desk_family_waits"
JOY_FIRST = timedelta(days=7)
ASKED_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Mourned:
    """Somebody of whose death those who are close here have not been told."""

    prisoner_id: UUID
    name: str


async def end_with_release(uow: UnitOfWork, prisoner_id: UUID, *, now: datetime) -> None:
    """End every promise to somebody who is free; those who wrote are offered somebody new in a week."""
    ended = await _end_support(uow, prisoner_id, RELEASED, now=now)
    people = await uow.people.among({one.person_id for one in ended})
    await uow.outbox.queue(
        _in_a_week(one, people[one.person_id], now=now) for one in ended if one.person_id in people
    )


def _in_a_week(ended: Guardianship, person: Person, *, now: datetime) -> Due:
    day = (now + JOY_FIRST).astimezone(ZoneInfo(person.zone)).date()
    key = f"{NEW_PERSON}:{ended.id}"
    return Due(person.id, NEW_PERSON, ended.id, key, at_their_hour(day, hours_of(person)))


async def is_new_person_due(uow: UnitOfWork, ended: Guardianship) -> bool:
    """Say whether to offer somebody new to a person whose prisoner came free and is so still.

    Not to whoever has chosen somebody since, or has as many as one person may have.
    """
    prisoner = await uow.prisoners.get(ended.prisoner_id)
    if ended.reason != RELEASED or prisoner is None or prisoner.custody_status not in FREE:
        return False
    standing = await uow.guardianships.of_person(ended.person_id, *STANDING)
    since = ended.ended_on
    return len(standing) < MOST_PRISONERS and not any(since and one.applied_on >= since for one in standing)


async def families_to_speak_with(uow: UnitOfWork, actor: Actor) -> Sequence[Mourned]:
    """Return the dead whose family a coordinator has yet to speak with, those of one's own first.

    Only where somebody here waits for it: family, or people who write.
    """
    mine = await own_portfolio(uow, actor)
    waiting = sorted(await uow.prisoners.unspoken(), key=lambda one: one.id not in mine)
    return [Mourned(one.id, await name_for(uow, actor, one, at_desk=True)) for one in waiting]


async def count_families(uow: UnitOfWork) -> int:
    """Count what `families_to_speak_with` would return, opening no name."""
    return len(await uow.prisoners.unspoken())


async def ask_to_speak(uow: UnitOfWork, prisoner_id: UUID, *, now: datetime) -> None:
    """Ask who looks after somebody dead to speak with their family, which the bot tells nothing.

    Only where somebody here waits for it. A coordinator who is family is not asked: a colleague tells them.
    """
    if not await is_family_to_speak_with(uow, prisoner_id):
        return
    family = {person.id for person in await uow.kinships.family_of(prisoner_id)}
    people = await keepers_of(uow, prisoner_id, but=family, now=now)
    await tell(uow, people, FAMILY_WAITS, key="", about_id=prisoner_id, useful_for=ASKED_FOR, now=now)


async def is_family_to_speak_with(uow: UnitOfWork, prisoner_id: UUID) -> bool:
    """Say whether somebody is dead, and a coordinator has yet to speak with their family."""
    return any(one.id == prisoner_id for one in await uow.prisoners.unspoken())


async def note_spoken(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime) -> None:
    """Note that the family of somebody who died was spoken with: those who wrote are told now.

    Their promises end. Whoever is family is told nothing by the bot, also where they wrote.

    Raises:
        NotForYou: there is no such prisoner.
        NoLongerSo: they are not dead, as far as is known, or a colleague has spoken with the family.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    if prisoner.custody_status is not CustodyStatus.DIED or not prisoner.is_silenced:
        raise NoLongerSo(str(prisoner_id))
    family = {person.id for person in await uow.kinships.family_of(prisoner.id)}
    ended = await _end_support(uow, prisoner.id, DIED, now=now)
    prisoner.is_silenced = False
    people = await uow.people.among({one.person_id for one in ended} - family)
    await uow.outbox.queue(news_for(one, DIED_KIND, prisoner.id, now=now) for one in people.values())
    await count_anew(uow, prisoner.id, today=actor.today)
    await record(uow, Act.FAMILY_SPOKEN_WITH, by=actor.id, about=prisoner.id, now=now)


async def _end_support(
    uow: UnitOfWork, prisoner_id: UUID, reason: str, *, now: datetime
) -> list[Guardianship]:
    """End promises, decline applications, drop what waits; returns the promises that stood."""
    await silence_prisoner(uow, prisoner_id, now=now)
    ended = []
    for guardianship in await uow.guardianships.of_prisoner(prisoner_id, *STANDING):
        is_application = guardianship.state is GuardianshipState.APPLIED
        guardianship.state = GuardianshipState.DECLINED if is_application else GuardianshipState.ENDED
        guardianship.reason, guardianship.ended_on = reason, now.date()
        if not is_application:
            ended.append(guardianship)
            continue
        applicant = await uow.people.get(guardianship.person_id)
        if applicant is not None:
            await uow.outbox.queue([news_for(applicant, "application_declined", guardianship.id, now=now)])
    return ended
