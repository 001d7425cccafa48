"""Whom a broadcast reaches: people found by what they are here and whom they stand by, never by a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, union

from storage.hearings import HIDDEN, IS_FOR_ALL, MAY_BE_ATTENDED, STANDS
from storage.kinships import CONFIRMED
from storage.models import (
    Attendance,
    AudienceRole,
    CustodyStatus,
    Facility,
    Following,
    Guardianship,
    GuardianshipState,
    Hearing,
    Hiding,
    Kinship,
    Person,
    Prisoner,
    Restriction,
    RestrictionKind,
)
from storage.repository import Repository

FREE = (CustodyStatus.RELEASED, CustodyStatus.EXILED)
GUARDING = (GuardianshipState.ACTIVE, GuardianshipState.PAUSED)
# Why a guardianship ended whose prisoner came free: who wrote may still be told.
RELEASED = "released"
# Nobody is written to who hides, is suspended or may be detained, or whom messages do not reach.
_CAN_BE_WRITTEN_TO = (
    Person.is_reachable.in_((True,)),
    ~exists().where(Hiding.person_id == Person.id),
    ~exists().where(
        Restriction.person_id == Person.id,
        Restriction.kind.in_((RestrictionKind.SUSPENDED, RestrictionKind.CUSTODY)),
        Restriction.until.is_(None),
    ),
)
# About nobody of whom everything is silent, and nobody dead.
_SPOKEN_OF = (Prisoner.is_silenced.in_((False,)), Prisoner.custody_status != CustodyStatus.DIED)


@dataclass(frozen=True)
class Audience:
    """Whom a broadcast is for; what is None narrows nothing, and all that is not None must be so."""

    role: AudienceRole = AudienceRole.EVERYBODY
    prisoner: UUID | None = None
    facility: str | None = None
    language: str | None = None
    hearing: UUID | None = None
    city: str | None = None

    @property
    def is_about_some(self) -> bool:
        """Whether only those count who stand by certain prisoners."""
        return any(one is not None for one in (self.prisoner, self.facility, self.hearing, self.city))


@dataclass(frozen=True)
class Circle:
    """Family and guardians of one prisoner, or family alone, as for court and date of somebody hidden."""

    prisoner: UUID
    is_family_alone: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody of an audience: their language, and when they want to be written to."""

    person_id: UUID
    language: str
    zone: str
    hour: time
    quiet_from: time
    quiet_to: time


class Audiences(Repository):
    """Queries about who belongs to an audience."""

    async def people(
        self, audience: Audience, *, coordinators: Collection[UUID] = (), close_to: Circle | None = None
    ) -> list[Recipient]:
        """Return everybody of an audience who can be written to, in a fixed order.

        Args:
            coordinators: who truly holds that role: it is believed by its signature alone.
            close_to: only those who stand by a prisoner, and coordinators.
        """
        query = select(
            Person.id, Person.language, Person.zone, Person.hour, Person.quiet_from, Person.quiet_to
        ).where(*_CAN_BE_WRITTEN_TO, *_belongs(audience, coordinators, close_to))
        return [Recipient(*row) for row in await self.session.execute(query.order_by(Person.id))]

    async def has(
        self,
        person_id: UUID,
        audience: Audience,
        *,
        coordinators: Collection[UUID] = (),
        close_to: Circle | None = None,
    ) -> bool:
        """Say whether somebody belongs to an audience, whether or not they can be written to."""
        found = select(Person.id).where(Person.id == person_id, *_belongs(audience, coordinators, close_to))
        return await self.session.scalar(found) is not None

    async def count_all(self) -> int:
        """Count everybody who can be written to."""
        return await self.session.scalar(select(func.count(Person.id)).where(*_CAN_BE_WRITTEN_TO)) or 0

    async def cities(self) -> list[str]:
        """Return the towns by which an audience can be chosen, in order."""
        held = select(Facility.city).where(
            Facility.code.in_(select(Prisoner.facility_code).where(*_SPOKEN_OF)), Facility.city != ""
        )
        towns = set(await self.session.scalars(held))
        towns |= set(await self.session.scalars(_ahead(Hearing.city)))
        return sorted(town for town in towns if town)


def _belongs(
    audience: Audience, coordinators: Collection[UUID], close_to: Circle | None
) -> list[ColumnElement[bool]]:
    conditions = [_is(audience, coordinators)]
    if audience.language is not None:
        conditions.append(Person.language == audience.language)
    if close_to is not None:
        only = select(Prisoner.id).where(Prisoner.id == close_to.prisoner, *_SPOKEN_OF)
        guards = false() if close_to.is_family_alone else _guards(only)
        conditions.append(or_(guards, _is_family(only), Person.id.in_(coordinators)))
    return conditions


def _is(audience: Audience, coordinators: Collection[UUID]) -> ColumnElement[bool]:
    them = _prisoners(audience)
    about = them if audience.is_about_some else None
    # Of somebody hidden no guardian is told of a sitting.
    guarded = about if audience.hearing is None else them.where(Prisoner.id.not_in(HIDDEN))
    match audience.role:
        case AudienceRole.GUARDIANS:
            return _guards(guarded)
        case AudienceRole.RELATIVES:
            return _is_family(about)
        case AudienceRole.COORDINATORS:
            is_one = Person.id.in_(coordinators)
            return is_one if about is None else and_(is_one, or_(_guards(guarded), _is_family(about)))
        case AudienceRole.SUPPORTERS:
            # They stand by nobody, so that with certain prisoners there are only those who come to a sitting.
            is_close = or_(_guards(None), _is_family(None), Person.id.in_(coordinators))
            return ~is_close if about is None else and_(~is_close, _comes(audience))
        case _:
            if about is None:
                return Person.id.is_not(None)
            return or_(_guards(guarded), _is_family(about), _comes(audience))


def _comes(audience: Audience) -> ColumnElement[bool]:
    """Say whether somebody will be at a sitting, or asked for its date, and may know of it."""
    if audience.hearing is None:
        return false()
    it = (Hearing.id == audience.hearing, Hearing.prisoner_id.in_(_prisoners(audience)))
    attends = select(Attendance.person_id).join(Hearing, Attendance.hearing_id == Hearing.id)
    asked = or_(Following.prisoner_id == Hearing.prisoner_id, Following.city == Hearing.city)
    follows = select(Following.person_id).join(Hearing, asked)
    return Person.id.in_(union(attends.where(*it, MAY_BE_ATTENDED), follows.where(*it, IS_FOR_ALL)))


def _guards(prisoners: Select[Any] | None) -> ColumnElement[bool]:
    stands = Guardianship.state.in_(GUARDING)
    if prisoners is None:
        return exists().where(Guardianship.person_id == Person.id, stands)
    has_ended = and_(
        Guardianship.state == GuardianshipState.ENDED,
        Guardianship.reason == RELEASED,
        Guardianship.prisoner_id.in_(select(Prisoner.id).where(Prisoner.custody_status.in_(FREE))),
    )
    return exists().where(
        Guardianship.person_id == Person.id,
        or_(stands, has_ended),
        Guardianship.prisoner_id.in_(prisoners),
    )


def _is_family(prisoners: Select[Any] | None) -> ColumnElement[bool]:
    theirs = [Kinship.person_id == Person.id, CONFIRMED]
    if prisoners is not None:
        theirs.append(Kinship.prisoner_id.in_(prisoners))
    return exists().where(*theirs)


def _prisoners(audience: Audience) -> Select[Any]:
    """Return who an audience stands by, of those who are spoken of."""
    query = select(Prisoner.id).where(*_SPOKEN_OF)
    if audience.prisoner is not None:
        query = query.where(Prisoner.id == audience.prisoner)
    if audience.facility is not None:
        query = query.where(Prisoner.facility_code == audience.facility)
    if audience.hearing is not None:
        sitting = select(Hearing.prisoner_id).where(Hearing.id == audience.hearing)
        query = query.where(Prisoner.id.in_(sitting.correlate(None)))
    if audience.city is not None:
        query = query.where(_is_in_town(audience.city))
    return query


def _is_in_town(town: str) -> ColumnElement[bool]:
    is_held = Prisoner.facility_code.in_(select(Facility.code).where(Facility.city == town))
    stands = _ahead(Hearing.prisoner_id).where(Hearing.city == town)
    return or_(is_held, Prisoner.id.in_(stands.correlate(None)))


def _ahead(column: Any) -> Select[Any]:
    """Return something of the sittings that stand; where one of somebody hidden is, tells too much."""
    return select(column).where(STANDS, Hearing.prisoner_id.not_in(HIDDEN))
