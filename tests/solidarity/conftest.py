"""A small house for the rules: people who agreed, invented prisoners, and a look into the outbox."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.access import Actor
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.hearings.life import Sitting, add_hearing
from solidarity.people import actor_of, agree, person_of
from storage.claims import Claimed
from storage.models import (
    CustodyStatus,
    Facility,
    Guardianship,
    Hearing,
    KinshipState,
    OutboxRow,
    Prisoner,
    Publicity,
    RoleName,
)
from storage.unit_of_work import Storage, UnitOfWork

NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, noon in Minsk
TODAY = date(2026, 11, 23)


def wall(text: str) -> datetime:
    """A court's wall time."""
    return datetime.fromisoformat(text)


SITTING = wall("2026-12-03 14:00")


@dataclass
class House:
    """Makes what a test needs in a line."""

    uow: UnitOfWork
    _chats: "count[int]" = field(default_factory=lambda: count(700_000_001))

    async def person(self, language: str = "be") -> Actor:
        return await agree(self.uow, next(self._chats), language=language, now=NOON)

    async def coordinator(self) -> Actor:
        person = await person_of(self.uow, (await self.person()).id)
        await self.uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=TODAY)
        return await actor_of(self.uow, person, now=NOON)

    async def administrator(self) -> Actor:
        person = await person_of(self.uow, (await self.coordinator()).id)
        await self.uow.people.grant(person, RoleName.ADMINISTRATOR, scope=None, granted_by=None, day=TODAY)
        return await actor_of(self.uow, person, now=NOON)

    async def prisoner(
        self,
        publicity: Publicity = Publicity.PUBLIC,
        status: CustodyStatus = CustodyStatus.PRETRIAL,
        *,
        languages: str = "",
        facility: str | None = None,
        names: dict[str, str] | None = None,
        alias: str | None = None,
    ) -> Prisoner:
        prisoner = Prisoner(
            custody_status=status, publicity=publicity, languages=languages, facility_code=facility
        )
        await self.uow.prisoners.add(prisoner, source_id=None)
        await self.uow.prisoners.describe(
            prisoner,
            names={"en": "Example Sampleson"} if names is None else names,
            alias=alias,
            born=None,
            interests=None,
            case_details={},
        )
        return prisoner

    async def facility(self, code: str, **columns: object) -> Facility:
        given = {
            "kind": "colony",
            "name_be": "Узорная ўстанова",
            "name_ru": "Образцовое учреждение",
            "name_en": "Sample Facility",
            "postal_code": "100000",
            "city": "Узорск",
            "street": "вул. Прыкладная 1",
            "source": "an invented list, 2026",
            **columns,
        }
        await self.uow.facilities.put(code, verified_on=given.pop("verified_on", None), **given)  # type: ignore[arg-type]
        found = await self.uow.facilities.get(code)
        assert found is not None
        return found

    async def application(self, actor: Actor, prisoner: Prisoner, word: str | None = None) -> Guardianship:
        return await apply_as_guardian(self.uow, actor, prisoner.id, rhythm_weeks=4, word=word, now=NOON)

    async def guardian(self, actor: Actor, prisoner: Prisoner) -> Guardianship:
        application = await self.application(actor, prisoner)
        bob = await self.coordinator()
        await accept_guardian(self.uow, bob, application.id, now=NOON)
        return application

    async def relative(self, actor: Actor, prisoner: Prisoner) -> None:
        person = await person_of(self.uow, actor.id)
        tie = await self.uow.kinships.add(person.id, prisoner.id, is_on_behalf=False, day=TODAY)
        tie.state = KinshipState.CONFIRMED
        right = await self.uow.people.grant(
            person, RoleName.RELATIVE, scope=prisoner.id, granted_by=None, day=TODAY
        )
        await self.uow.people.confirm(right, person)

    async def hearing(self, prisoner: Prisoner, starts: datetime = SITTING, **parts: object) -> Hearing:
        sitting = Sitting(starts, "Europe/Minsk", details={"court": "Sample Court"}, **parts)  # type: ignore[arg-type]
        return await add_hearing(self.uow, prisoner, sitting, now=NOON)

    async def due(self, actor: Actor, about: UUID | None = None) -> list[OutboxRow]:
        """What stands in the outbox for somebody, in order of its due time."""
        query = select(OutboxRow).where(OutboxRow.person_id == actor.id)
        if about is not None:
            query = query.where(OutboxRow.about_id == about)
        rows = await self.uow.session.scalars(
            query.order_by(OutboxRow.due_at, OutboxRow.kind).execution_options(populate_existing=True)
        )
        return list(rows)

    async def kinds(self, actor: Actor, about: UUID | None = None) -> list[str]:
        return sorted(row.kind for row in await self.due(actor, about))

    async def claimed(self, kind: str, now: datetime = NOON) -> Claimed:
        """The due row of one kind, in a sender's hands."""
        rows = await self.uow.claims.claim(now=now, limit=100, lease=timedelta(minutes=1))
        return next(row for row in rows if row.kind == kind)

    async def kept(self, row: Claimed) -> OutboxRow:
        """A claimed message's row as it stands now."""
        return await self.uow.session.get_one(OutboxRow, row.id, populate_existing=True)


@pytest.fixture
async def uow(storage: Storage) -> AsyncIterator[UnitOfWork]:
    async with storage.unit() as unit:
        yield unit


@pytest.fixture
def house(uow: UnitOfWork) -> House:
    return House(uow)


@pytest.fixture
async def alice(house: House) -> Actor:
    return await house.person()


@pytest.fixture
async def bob(house: House) -> Actor:
    return await house.coordinator()


@pytest.fixture
async def vera(house: House) -> Actor:
    return await house.person()


@pytest.fixture
async def mallory(house: House) -> Actor:
    return await house.person()


@pytest.fixture
async def prisoner(house: House) -> Prisoner:
    return await house.prisoner()
