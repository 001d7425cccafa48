"""A person, a prisoner and a hearing to hang queries on."""

from datetime import date, timedelta

import pytest

from storage.models import CustodyStatus, Hearing, Person, Prisoner
from storage.unit_of_work import Storage
from tests.world import NOON, new_person


@pytest.fixture
async def alice(storage: Storage) -> Person:
    async with storage.unit() as uow:
        return await uow.people.add(new_person(), chat_id=7_000_000_101, phrase="green kettle")


@pytest.fixture
async def mallory(storage: Storage) -> Person:
    async with storage.unit() as uow:
        return await uow.people.add(new_person(), chat_id=7_000_000_666, phrase="old bicycle")


@pytest.fixture
async def prisoner(storage: Storage) -> Prisoner:
    async with storage.unit() as uow:
        added = await uow.prisoners.add(Prisoner(custody_status=CustodyStatus.CONVICTED), source_id="17")
        await uow.prisoners.describe(
            added,
            names={"en": "Ihar Prykladau", "be": "Ігар Прыкладаў"},
            alias="Quiet Lake",
            born=date(1980, 5, 17),
            interests="chess",
            case_details={"sentence": "2 years"},
        )
        return added


@pytest.fixture
async def hearing(storage: Storage, prisoner: Prisoner) -> Hearing:
    async with storage.unit() as uow:
        starts_at = NOON + timedelta(days=10)
        return await uow.hearings.add(
            Hearing(
                prisoner_id=prisoner.id,
                starts_local="2026-12-03 12:00",
                zone="Europe/Minsk",
                starts_at=starts_at,
            ),
            details={"court": "Example district court"},
            source_id="h1",
        )
