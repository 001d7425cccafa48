"""Which coordinator looks after which prisoners; whom nobody looks after is everybody's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.colleagues import tell
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.people import actor_of, person_of
from solidarity.prisoner_card import prisoner_of
from solidarity.pseudonyms import pseudonym
from storage.models import Person, RoleName
from storage.unit_of_work import UnitOfWork

PASSED_ON = "desk_passed_on"


@dataclass(frozen=True)
class Colleague:
    """Another coordinator, by pseudonym."""

    person_id: UUID
    name: str


@dataclass(frozen=True)
class Keeping:
    """Who looks after a prisoner: perhaps who asks, and colleagues by their pseudonyms."""

    is_mine: bool
    colleagues: tuple[str, ...]

    @property
    def is_everybodys(self) -> bool:
        return not self.is_mine and not self.colleagues


async def own_portfolio(uow: UnitOfWork, actor: Actor) -> Collection[UUID]:
    """Return the prisoners whom a coordinator looks after: they come first in every list of theirs."""
    return await uow.portfolios.of_person(actor.id)


async def keepers_of(
    uow: UnitOfWork, prisoner_id: UUID, *, but: Collection[UUID] = (), now: datetime
) -> list[Person]:
    """Return the coordinators at work who look after a prisoner: all of them where none of those does.

    Args:
        but: who is not meant, whatever they look after.
    """
    coordinators = [one for one in await uow.people.with_role(RoleName.COORDINATOR) if one.id not in but]
    at_work = [one for one in coordinators if (await actor_of(uow, one, now=now)).is_at_work]
    keepers = set(await uow.portfolios.of_prisoner(prisoner_id))
    return [one for one in at_work if one.id in keepers] or at_work


async def keeping_of(uow: UnitOfWork, actor: Actor, prisoner_id: UUID, *, now: datetime) -> Keeping:
    """Say who looks after a prisoner; somebody who is no coordinator any more does not."""
    keepers = set(await uow.portfolios.of_prisoner(prisoner_id))
    others = [one for one in await colleagues_of(uow, actor, now=now) if one.person_id in keepers]
    return Keeping(actor.id in keepers, tuple(one.name for one in others))


async def colleagues_of(uow: UnitOfWork, actor: Actor, *, now: datetime) -> list[Colleague]:
    """Return the other coordinators, by pseudonym."""
    people = [one for one in await uow.people.with_role(RoleName.COORDINATOR) if one.id != actor.id]
    # Somebody may hold the role and be kept from it for now.
    acting = [one for one in people if (await actor_of(uow, one, now=now)).is_coordinator]
    named = [Colleague(one.id, pseudonym(one.id.bytes, actor.language)) for one in acting]
    return sorted(named, key=lambda one: (one.name, one.person_id))


async def take(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime) -> None:
    """Take a prisoner into one's portfolio; several may look after one.

    Raises:
        NotForYou: there is no such prisoner.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    await uow.portfolios.add(prisoner.id, actor.id, day=now.date())


async def leave(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> None:
    """Take a prisoner out of one's own portfolio.

    Raises:
        NotForYou: there is no such prisoner.
    """
    await uow.portfolios.remove((await prisoner_of(uow, prisoner_id)).id, actor.id)


async def pass_on(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, colleague_id: UUID | None, *, now: datetime
) -> None:
    """Hand a prisoner over to a colleague, who is told.

    Raises:
        NotForYou: there is no such prisoner, or nobody with this id is another coordinator.
        NoLongerSo: a colleague looks after them by now, and it is theirs to pass them on.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    keeping = await keeping_of(uow, actor, prisoner.id, now=now)
    if not keeping.is_mine and not keeping.is_everybodys:
        raise NoLongerSo(str(prisoner.id))
    colleagues = {one.person_id for one in await colleagues_of(uow, actor, now=now)}
    if colleague_id is None or colleague_id not in colleagues:
        raise NotForYou(str(colleague_id))
    await uow.portfolios.remove(prisoner.id, actor.id)
    await uow.portfolios.add(prisoner.id, colleague_id, day=now.date())
    key = f"{prisoner.id}:{now.isoformat()}"
    await tell(uow, [await person_of(uow, colleague_id)], PASSED_ON, key=key, about_id=prisoner.id, now=now)
    await record(uow, Act.PORTFOLIO_PASSED_ON, by=actor.id, about=prisoner.id, now=now)
