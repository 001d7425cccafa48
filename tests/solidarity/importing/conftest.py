"""A register with places and people, and files small enough to stand in a test, on both databases."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from solidarity.access import Actor
from solidarity.changes import Change, Comparison
from solidarity.codes import give_relative_code, redeem
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.import_hearings import compare_hearings
from solidarity.import_prisoners import compare_prisoners
from solidarity.importing import apply_changes
from solidarity.people import agree
from solidarity.register import parse_hearings, parse_prisoners, read_rows
from storage.models import Hearing, OutboxRow, Prisoner, RoleName
from storage.starting import starting_facilities
from storage.unit_of_work import Storage
from tests.family import confirm_ties

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OWN = {
    "source_id": "p-1",
    "name_be": "Ігар Узораў",
    "name_en": "Ihar Uzorau",
    "alias": "Sailor",
    "born": "1980-02-03",
    "languages": "be, ru",
    "interests": "chess",
    "custody_status": "pretrial",
    "facility": "SIZO-1",
    "sentence": "",
    "detained_on": "2024-05-06",
    "release_on": "",
    "publicity": "",
}
HEARING = {
    "source_id": "h-1",
    "prisoner": "p-1",
    "starts": "2026-12-10 10:00",
    "court": "Example Court",
    "status": "",
    "confidence": "",
}
CHATS = {"alice": 101, "bob": 102, "vera": 103, "mallory": 104}


@dataclass
class World:
    """What tests do with the register; each step is a unit of work of its own."""

    storage: Storage
    now: datetime = NOW

    async def compare(self, *rows: dict[str, Any]) -> Comparison:
        parsed = parse_prisoners(read_rows(json.dumps(rows).encode()), today=self.now.date())
        assert parsed.refused == ()
        async with self.storage.view() as uow:
            return await compare_prisoners(uow, parsed.rows, today=self.now.date())

    async def compare_hearings(self, *rows: dict[str, Any]) -> Comparison:
        parsed = parse_hearings(read_rows(json.dumps(rows).encode()))
        assert parsed.refused == ()
        async with self.storage.view() as uow:
            return await compare_hearings(uow, parsed.rows, now=self.now)

    async def confirm(self, comparison: Comparison) -> list[Change]:
        async with self.storage.unit() as uow:
            return await apply_changes(uow, comparison.changes, now=self.now)

    async def register(self, **cells: str) -> Prisoner:
        """Take over one row that differs from the ordinary one in some cells."""
        row = OWN | cells
        await self.confirm(await self.compare(row))
        return await self.prisoner(row["source_id"])

    async def announce(self, **cells: str) -> Hearing:
        row = HEARING | cells
        await self.confirm(await self.compare_hearings(row))
        return await self.hearing(row["source_id"])

    async def prisoner(self, source_id: str = "p-1") -> Prisoner:
        async with self.storage.view() as uow:
            return (await uow.prisoners.by_sources([source_id]))[source_id]

    async def hearing(self, source_id: str = "h-1") -> Hearing:
        async with self.storage.view() as uow:
            return (await uow.hearings.by_sources([source_id]))[source_id]

    async def person(self, name: str) -> Actor:
        async with self.storage.unit() as uow:
            return await agree(uow, CHATS[name], language="en", now=self.now)

    async def coordinator(self) -> Actor:
        bob = await self.person("bob")
        async with self.storage.unit() as uow:
            person = await uow.people.get(bob.id)
            assert person is not None
            role = RoleName.COORDINATOR
            await uow.people.grant(person, role, scope=None, granted_by=None, day=self.now.date())
        return bob

    async def applicant(self, name: str, prisoner_id: UUID) -> tuple[Actor, UUID]:
        actor = await self.person(name)
        async with self.storage.unit() as uow:
            application = await apply_as_guardian(
                uow, actor, prisoner_id, rhythm_weeks=4, word=None, now=self.now
            )
        return actor, application.id

    async def guardian(self, prisoner_id: UUID) -> tuple[Actor, UUID]:
        alice, application_id = await self.applicant("alice", prisoner_id)
        bob = await self.coordinator()
        async with self.storage.unit() as uow:
            await accept_guardian(uow, bob, application_id, now=self.now)
        return alice, application_id

    async def relative(self, prisoner_id: UUID) -> Actor:
        vera = await self.person("vera")
        async with self.storage.unit() as uow:
            given = await give_relative_code(uow, vera, prisoner_id, is_on_behalf=False, now=self.now)
            code = await uow.codes.get_by_words(given.words, now=self.now)
            assert code is not None
            relative = await redeem(uow, vera, code.id, now=self.now)
            await confirm_ties(uow, vera.id)
            return relative

    async def waiting(self, about: UUID) -> list[OutboxRow]:
        async with self.storage.view() as uow:
            return await uow.outbox.waiting_about(about)

    async def told(self, about: UUID) -> set[tuple[UUID, str]]:
        """Say who will be told what about something."""
        return {(row.person_id, row.kind) for row in await self.waiting(about)}


@pytest.fixture
async def world(storage: Storage) -> World:
    async with storage.unit() as uow:
        for facility in starting_facilities():
            columns = {key: value for key, value in facility.items() if key != "code"}
            await uow.facilities.put(facility["code"], verified_on=None, **columns)
    return World(storage)


@pytest.fixture
def own_row() -> dict[str, str]:
    """An ordinary row of our own form."""
    return dict(OWN)


@pytest.fixture
def hearing_row() -> dict[str, str]:
    """An ordinary row of a hearings' file."""
    return dict(HEARING)
