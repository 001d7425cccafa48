"""A commit in one process wakes the others at once, many by one ring, also after the connection broke."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from sqlalchemy import text

from bot import tasks as tasks_module
from bot.sending.bell import COMMITTED, Bell
from storage.database import Database

WITHIN_SECONDS = 10


class Process:
    """A process with a bell, that counts how often it was woken."""

    def __init__(self, database: Database) -> None:
        self.woken = 0
        self._woken = asyncio.Condition()
        self._tasks: set[asyncio.Task[None]] = set()
        self.bell = Bell(database, {COMMITTED: self._wake})
        self.task = asyncio.ensure_future(self.bell.run())

    def _wake(self) -> None:
        self.woken += 1
        task = asyncio.ensure_future(self._note())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _note(self) -> None:
        async with self._woken:
            self._woken.notify_all()

    async def is_woken(self, times: int) -> None:
        async with self._woken, asyncio.timeout(WITHIN_SECONDS):
            await self._woken.wait_for(lambda: self.woken >= times)


@pytest.fixture
def engine_name() -> str:
    return "postgresql"


@pytest.fixture
async def process(database: Database) -> AsyncIterator[Callable[[], Process]]:
    made: list[Process] = []

    def make() -> Process:
        made.append(Process(database))
        return made[-1]

    yield make
    for each in made:
        each.bell.stop()
        await asyncio.wait_for(each.task, WITHIN_SECONDS)


async def test_who_begins_to_hear_looks_once(process: Callable[[], Process]):
    await process().is_woken(1)


async def test_a_ring_wakes_every_process(process: Callable[[], Process]):
    first, second = process(), process()
    await first.is_woken(1)
    await second.is_woken(1)

    first.bell.ring()

    await second.is_woken(2)


async def test_many_rings_at_once_are_one(process: Callable[[], Process], database: Database):
    first, second = process(), process()
    await first.is_woken(1)
    await second.is_woken(1)

    for _ in range(100):
        first.bell.ring()
    await second.is_woken(2)
    await database.ring("poruch")
    await second.is_woken(3)

    assert second.woken == 3


async def test_who_lost_its_connection_hears_again_and_has_missed_nothing(
    process: Callable[[], Process], database: Database, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(tasks_module, "FIRST_WAIT_SECONDS", 0.01)
    one = process()
    await one.is_woken(1)

    async with database.session() as session:
        await session.execute(
            text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")
        )
        await session.commit()
    await one.is_woken(2)
    await database.ring("poruch")

    await one.is_woken(3)


async def test_what_others_ring_for_wakes_nobody(process: Callable[[], Process], database: Database):
    one = process()
    await one.is_woken(1)

    await database.ring("somebody_elses")
    await database.ring("poruch")
    await one.is_woken(2)

    assert one.woken == 2


async def test_who_hears_nothing_does_nothing(process: Callable[[], Process], database: Database):
    one = process()
    await one.is_woken(1)
    await database.ring("poruch")
    await one.is_woken(2)

    timers = asyncio.get_running_loop()._scheduled

    # psycopg would wake ten times a second for nothing.
    assert not [each for each in timers if not each.cancelled() and "psycopg" in each._callback.__module__]
