"""Coordinators hear of what happens to the bot once a day, also where the database was away at first."""

from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from bot.alarm.telling import Telling
from bot.clock import HandClock
from solidarity.colleagues import ALARM, DAILY, GROUP
from solidarity.people import agree
from solidarity.work import DatabaseUnavailable
from storage.models import RoleName
from storage.unit_of_work import Storage
from tests.statements import statements
from tests.world import NOON


@pytest.fixture
def clock() -> HandClock:
    return HandClock(frozen_at=NOON)


@pytest.fixture
async def telling(storage: Storage, clock: HandClock) -> Telling:
    async with storage.unit() as uow:
        for number in (1, 2):
            actor = await agree(uow, 700_000_000 + number, language="en", now=NOON)
            person = await uow.people.get(actor.id)
            assert person is not None
            await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date())
        await agree(uow, 700_000_666, language="en", now=NOON)
    return Telling(storage, clock=clock)


async def told(storage: Storage) -> list[str]:
    async with storage.view() as uow:
        return sorted(await uow.session.scalars(text("SELECT kind FROM outbox")))


async def test_every_coordinator_and_nobody_else_is_told_once_a_day(
    telling: Telling, storage: Storage, clock: HandClock
):
    await telling.tell(GROUP)
    with statements(storage) as ran:
        for _ in range(100):
            await telling.tell(GROUP)
    assert (ran, await told(storage)) == ([], [GROUP] * 2)

    # Another process, or this one begun anew, tells nothing twice either.
    await Telling(storage, clock=clock).tell(GROUP)
    await telling.tell(ALARM)
    assert await told(storage) == [ALARM] * 2 + [GROUP] * 2


async def test_what_could_not_be_told_is_told_the_next_time(
    telling: Telling, storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    @asynccontextmanager
    async def away(**_: object):
        raise DatabaseUnavailable
        yield

    with monkeypatch.context() as patched:
        patched.setattr(storage, "unit", away)
        for kind in DAILY:
            await telling.tell(kind)
    assert await told(storage) == []

    await telling.tell(GROUP)
    assert await told(storage) == [GROUP] * 2
