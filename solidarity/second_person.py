"""Who may decide with whom: two coordinators at work, neither just made by the other, nor both by a third."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from solidarity.errors import NotForYou
from storage.models import Person, Request, RequestKind, RoleName
from storage.right_rows import HeldRole
from storage.unit_of_work import UnitOfWork

# Whom one coordinator has let in is no second person of theirs, nor of somebody else whom they have let in.
STRANGE_FOR = timedelta(days=7)
# How long what two must agree on waits for the second.
WAITS_FOR = timedelta(hours=72)
ABOUT_PEOPLE = (RequestKind.CONTACT, RequestKind.UNSUSPEND, RequestKind.NEW_PIN)


@dataclass(frozen=True)
class AtWork:
    """The coordinators who may act now: truly so by their signed roles, and not restricted in any way."""

    people: Mapping[UUID, Person]
    roles: Mapping[UUID, Sequence[HeldRole]]
    today: date

    def are_two(self, one: UUID, other: UUID) -> bool:
        """Say whether two ids are two persons who may decide with each other."""
        if one == other or not {one, other} <= self.people.keys():
            return False
        return self._behind(one).isdisjoint(self._behind(other))

    def is_administrator(self, person_id: UUID) -> bool:
        """Say whether one of them is an administrator as well."""
        return any(role.role is RoleName.ADMINISTRATOR for role in self.roles.get(person_id, ()))

    def _behind(self, person_id: UUID) -> set[UUID]:
        """Return somebody, and who has just made them a coordinator: two new ones may be one person's."""
        makers = {
            role.granted_by
            for role in self.roles[person_id]
            if role.role is RoleName.COORDINATOR and self.today - role.day <= STRANGE_FOR
        }
        return {person_id} | {maker for maker in makers if maker is not None}


async def coordinators_at_work(uow: UnitOfWork, *, now: datetime) -> AtWork:
    """Return who is a coordinator now, without who is frozen, suspended, perhaps detained, or was forced.

    Nor whose desk was changed by hand: that may have been to hide that it was forced.
    """
    holding = {person.id: person for person in await uow.people.with_role(RoleName.COORDINATOR)}
    # Their roles are withdrawn only after the tap that forced the desk open.
    trusted = await uow.desks.trusted_of(holding.keys())
    people = {
        person_id: person
        for person_id, person in holding.items()
        if person_id in trusted
        and not any(one.is_active(now) for one in await uow.people.restrictions_of(person))
    }
    roles = {person_id: await uow.people.roles_of(person) for person_id, person in people.items()}
    return AtWork(people, roles, now.date())


async def whom(uow: UnitOfWork, request: Request) -> UUID | None:
    """Return the person a request is about, who has no say in it; None where it is about nobody kept here.

    Raises:
        NotForYou: what it is about is gone.
    """
    if request.kind is not RequestKind.KINSHIP:
        return request.about_id if request.kind in ABOUT_PEOPLE else None
    tie = await uow.kinships.get(request.about_id)
    if tie is None:
        raise NotForYou(str(request.id))
    return tie.person_id


async def may_decide(uow: UnitOfWork, request: Request, person_id: UUID, at_work: AtWork) -> bool:
    """Say whether somebody is the second person of a request: not who asked, nor who it is about.

    A new PIN is given by a coordinator and an administrator together.
    """
    if request.kind is RequestKind.NEW_PIN and not at_work.is_administrator(person_id):
        return False
    return at_work.are_two(request.requested_by, person_id) and await whom(uow, request) != person_id


async def deciders(uow: UnitOfWork, request: Request, *, now: datetime) -> list[Person]:
    """Return everybody who may decide a request now, whether or not their desk stands open."""
    at_work = await coordinators_at_work(uow, now=now)
    return [
        person
        for person_id, person in at_work.people.items()
        if await may_decide(uow, request, person_id, at_work)
    ]
