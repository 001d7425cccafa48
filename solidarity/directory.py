"""People as coordinators know them: found by a pseudonym that is known already, never listed, never named."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.forgery import believed_roles
from solidarity.people import person_of
from solidarity.pseudonyms import is_called, pseudonym
from storage.models import RestrictionKind, RoleName
from storage.right_rows import HeldRestriction, HeldRole
from storage.unit_of_work import UnitOfWork

MOST_FOUND = 5


@dataclass(frozen=True)
class Known:
    """Somebody by their pseudonym."""

    person_id: UUID
    pseudonym: str


@dataclass(frozen=True)
class Standing:
    """A restriction as a colleague reads it; `by` is None where the host or somebody who left set it."""

    kind: RestrictionKind
    by: str | None
    until: datetime | None
    is_mine: bool


@dataclass(frozen=True)
class PersonCard:
    """One person as a coordinator sees them; `month` is the first day of the one they joined in."""

    person_id: UUID
    pseudonym: str
    roles: tuple[RoleName, ...]
    vouched_by: str | None
    month: date
    restrictions: tuple[Standing, ...]
    is_me: bool
    # Their rights were changed by hand.
    is_forged: bool

    def is_(self, kind: RestrictionKind) -> bool:
        return any(one.kind is kind for one in self.restrictions)


async def find_people(uow: UnitOfWork, actor: Actor, typed: str) -> list[Known]:
    """Find who is called by two words, whole and in any language; most often one person.

    Part of a pseudonym finds nobody: so nobody is come upon who was not known before.
    """
    ids = [person_id for person_id, _ in await uow.people.joining_days()]
    found = [person_id for person_id in ids if is_called(person_id.bytes, typed)]
    return [_known(person_id, actor) for person_id in found[:MOST_FOUND]]


async def colleagues(uow: UnitOfWork, actor: Actor) -> list[Known]:
    """Return all coordinators, by their pseudonyms."""
    known = [_known(person.id, actor) for person in await uow.people.with_role(RoleName.COORDINATOR)]
    return sorted(known, key=lambda one: (one.pseudonym, one.person_id))


async def person_card(uow: UnitOfWork, actor: Actor, person_id: UUID | None, *, now: datetime) -> PersonCard:
    """Return what a coordinator may see of somebody.

    Raises:
        NotForYou: there is nobody with this id.
    """
    if person_id is None:
        raise NotForYou("person")
    person = await person_of(uow, person_id)
    roles = await believed_roles(uow, person, now=now)
    restrictions = [one for one in await uow.people.restrictions_of(person) if one.is_active(now)]
    return PersonCard(
        person_id=person.id,
        pseudonym=pseudonym(person.id.bytes, actor.language),
        roles=tuple(name for name in RoleName if any(role.role is name for role in roles or ())),
        vouched_by=_who_vouches(roles or (), actor),
        month=person.joined_on.replace(day=1),
        restrictions=tuple(_as_read(one, actor) for one in restrictions),
        is_me=person.id == actor.id,
        is_forged=roles is None,
    )


def _who_vouches(roles: Iterable[HeldRole], actor: Actor) -> str | None:
    vouching = (role.granted_by for role in roles if role.role is RoleName.SUPPORTER)
    return next((pseudonym(one.bytes, actor.language) for one in vouching if one is not None), None)


def _as_read(one: HeldRestriction, actor: Actor) -> Standing:
    by = None if one.set_by is None else pseudonym(one.set_by.bytes, actor.language)
    return Standing(one.kind, by, one.until, one.set_by == actor.id)


def _known(person_id: UUID, actor: Actor) -> Known:
    return Known(person_id, pseudonym(person_id.bytes, actor.language))
