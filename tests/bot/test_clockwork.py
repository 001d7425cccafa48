import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.events import EVENT_SCHEDULER_SHUTDOWN
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import clockwork as clockwork_module
from bot.clock import HandClock
from bot.clockwork import Clockwork
from sandbox.lookalike import Lookalike
from solidarity.retention import NIGHTLY, Rule
from storage.errors import DatabaseUnavailable
from storage.models import SeenUpdate
from storage.unit_of_work import Storage, UnitOfWork
from tests.bot.conftest import Kept
from tests.world import NOON

MINSK = ZoneInfo("Europe/Minsk")
HOUR = timedelta(hours=1)


@pytest.fixture
def clockwork(storage: Storage, clock: HandClock) -> Clockwork:
    return Clockwork(storage, clock=clock, zone=MINSK)


async def is_kept(storage: Storage) -> bool:
    async with storage.view() as uow:
        return await uow.session.get(SeenUpdate, 7) is not None


@pytest.mark.parametrize(("hours", "kept"), [(47, True), (49, False)])
async def test_what_has_outlived_its_purpose_is_forgotten_by_the_bots_own_clock(
    clockwork: Clockwork, storage: Storage, clock: HandClock, hours: int, kept: bool
) -> None:
    async with storage.unit() as uow:
        await uow.updates.take(7, now=NOON)
    clock.advance(timedelta(hours=hours))

    await clockwork.forget_old()

    assert await is_kept(storage) is kept


async def test_it_forgets_as_soon_as_it_is_started(
    clockwork: Clockwork, storage: Storage, clock: HandClock
) -> None:
    async with storage.unit() as uow:
        await uow.updates.take(7, now=NOON)
    clock.advance(timedelta(hours=49))
    committed = asyncio.Event()
    storage.on_commit(committed.set)

    clockwork.start()
    await asyncio.wait_for(committed.wait(), timeout=5)
    await clockwork.stop()

    assert not await is_kept(storage)


async def test_after_that_it_ticks_at_half_past_three_at_night(clockwork: Clockwork) -> None:
    clockwork.start()
    [job] = clockwork._scheduler.get_jobs()

    after = job.trigger.get_next_fire_time(None, datetime(2026, 11, 23, 12, tzinfo=UTC))
    await clockwork.stop()

    assert after == datetime(2026, 11, 24, 3, 30, tzinfo=MINSK)
    assert (job.coalesce, job.max_instances, job.misfire_grace_time) == (True, 1, None)


async def test_who_stops_lets_a_tick_come_to_its_end(
    clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def remove(uow: UnitOfWork, until: datetime, now: datetime) -> None:
        began.set()
        await go_on.wait()
        ended.set()

    monkeypatch.setattr(clockwork_module, "NIGHTLY", (Rule("x", HOUR, "y", remove),))
    clockwork._scheduler.add_listener(lambda _: go_on.set(), EVENT_SCHEDULER_SHUTDOWN)
    clockwork.start()
    await asyncio.wait_for(began.wait(), timeout=5)

    await clockwork.stop()

    assert ended.is_set()


async def test_without_the_database_a_tick_says_so_and_is_over(
    clockwork: Clockwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def remove(uow: UnitOfWork, until: datetime, now: datetime) -> None:
        raise DatabaseUnavailable("away")

    monkeypatch.setattr(clockwork_module, "NIGHTLY", (Rule("x", HOUR, "y", remove),) * 2)

    with capture_logs() as logged:
        await clockwork.forget_old()

    assert [each["event"] for each in logged] == ["the database is away"]


async def test_a_rule_that_fails_is_logged_and_stops_no_other(
    clockwork: Clockwork, storage: Storage, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def remove(uow: UnitOfWork, until: datetime, now: datetime) -> None:
        raise RuntimeError("Forgotten Example")

    monkeypatch.setattr(clockwork_module, "NIGHTLY", (Rule("spoiled", HOUR, "y", remove), *NIGHTLY))
    async with storage.unit() as uow:
        await uow.updates.take(7, now=NOON)
    clock.advance(timedelta(hours=49))

    with capture_logs() as logged:
        await clockwork.forget_old()

    assert not await is_kept(storage)
    assert [(each["event"], each["kind"]) for each in logged] == [
        ("something is kept for too long", "spoiled")
    ]


async def test_who_was_asked_and_did_not_come_is_erased_at_night(
    clockwork: Clockwork, storage: Storage, clock: HandClock, telegram: Lookalike, kept: Kept
) -> None:
    alice_id = await kept(telegram.person("Alice"))
    async with storage.unit() as uow:
        person = await uow.people.get(alice_id)
        assert person is not None
        person.asked_on = NOON.date()
    clock.advance(timedelta(days=30))

    await clockwork.forget_old()

    async with storage.view() as uow:
        assert await uow.people.get(alice_id) is None


async def test_nothing_that_is_asked_once_a_night_lies_ready_all_day(
    clockwork: Clockwork, storage: Storage
) -> None:
    ready = storage.database.writer.sync_engine._compiled_cache  # type: ignore[attr-defined]
    assert ready is not None
    before = len(ready)

    await clockwork.forget_old()

    assert len(ready) == before


async def test_statements_may_come_before_it_is_said_that_none_is_kept(storage: Storage) -> None:
    async with storage.unit() as uow:
        await uow.session.execute(select(1))
        await uow.keep_no_statements()

        assert await uow.session.scalar(select(2)) == 2
