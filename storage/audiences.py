"""Whom a broadcast reaches: people found by what they are here and whom they stand by, never by a name."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select

from storage.kinships import CONFIRMED
from storage.models import (
    AudienceRole,
    CustodyStatus,
    Facility,
    Guardianship,
    GuardianshipState,
    Hearing,
    HearingStatus,
    Hiding,
    Kinship,
    Person,
    Prisoner,
    Restriction,
    RestrictionKind,
)
from storage.repository import Repository

FREE = (CustodyStatus.RELEASED, CustodyStatus.EXILED)
STANDING = (GuardianshipState.ACTIVE, GuardianshipState.PAUSED)
# Why a guardianship ended whose prisoner came free: who wrote may still be told.
RELEASED = "released"
# Which town a sitting is in is not kept yet. Once it is, those close to who stands before a court there count
# as well, and nothing else has to change.
TOWN_OF_HEARING: ColumnElement[Any] | None = getattr(Hearing, "city", None)
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
        self, audience: Audience, *, coordinators: Collection[UUID] = (), close_to: UUID | None = None
    ) -> list[Recipient]:
        """Return everybody of an audience who can be written to, in a fixed order.

        Args:
            coordinators: who truly holds that role: it is believed by its signature alone.
            close_to: only those who stand by this prisoner, and coordinators.
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
        close_to: UUID | None = None,
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
        if TOWN_OF_HEARING is not None:
            towns |= set(await self.session.scalars(_ahead(TOWN_OF_HEARING)))
        return sorted(town for town in towns if town)


def _belongs(
    audience: Audience, coordinators: Collection[UUID], close_to: UUID | None
) -> list[ColumnElement[bool]]:
    conditions = [_is(audience, coordinators)]
    if audience.language is not None:
        conditions.append(Person.language == audience.language)
    if close_to is not None:
        only = select(Prisoner.id).where(Prisoner.id == close_to, *_SPOKEN_OF)
        conditions.append(or_(_guards(only), _is_family(only), Person.id.in_(coordinators)))
    return conditions


def _is(audience: Audience, coordinators: Collection[UUID]) -> ColumnElement[bool]:
    them = _prisoners(audience)
    about = them if audience.is_about_some else None
    match audience.role:
        case AudienceRole.GUARDIANS:
            return _guards(about)
        case AudienceRole.RELATIVES:
            return _is_family(about)
        case AudienceRole.COORDINATORS:
            is_one = Person.id.in_(coordinators)
            return is_one if about is None else and_(is_one, or_(_guards(about), _is_family(about)))
        case AudienceRole.SUPPORTERS:
            # They stand by nobody, so that with certain prisoners there are none of them.
            close = or_(_guards(None), _is_family(None), Person.id.in_(coordinators))
            return ~close if about is None else false()
        case _:
            return Person.id.is_not(None) if about is None else or_(_guards(about), _is_family(about))


def _guards(prisoners: Select[Any] | None) -> ColumnElement[bool]:
    stands = Guardianship.state.in_(STANDING)
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
        query = query.where(
            Prisoner.id.in_(select(Hearing.prisoner_id).where(Hearing.id == audience.hearing))
        )
    if audience.city is not None:
        query = query.where(_is_in_town(audience.city))
    return query


def _is_in_town(town: str) -> ColumnElement[bool]:
    is_held = Prisoner.facility_code.in_(select(Facility.code).where(Facility.city == town))
    if TOWN_OF_HEARING is None:
        return is_held
    stands = _ahead(Hearing.prisoner_id).where(TOWN_OF_HEARING.in_((town,)))
    return or_(is_held, Prisoner.id.in_(stands))


def _ahead(column: Any) -> Select[Any]:
    return select(column).where(Hearing.status.in_((HearingStatus.SCHEDULED, HearingStatus.MOVED)))
