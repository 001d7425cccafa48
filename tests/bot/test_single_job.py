"""Of several processes one does a single job; whoever stops, dies or stalls is followed by the next."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from bot import single_job as single_job_module
from bot.single_job import SingleJob, Terms
from storage.errors import DatabaseUnavailable, LeaseLost
from storage.leases import Leases
from storage.models import Lease
from storage.unit_of_work import Storage
from tests.stopwatch import Stopwatch
from tests.world import NOON

LEASE_TO_MALLORY = update(Lease).values(holder=uuid4(), token=Lease.token + 1)
LONG, SHORT = Terms(timedelta(minutes=5)), Terms(timedelta(milliseconds=300))
WITHIN_SECONDS = 10
FIRST = iter(range(100_000))


class Job:
    """What is done by one process at a time, as each of them began it."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.begun, self.ended = asyncio.Event(), asyncio.Event()

    def start(self) -> None:
        self.begun.set()

    async def stop(self) -> None:
        self.ended.set()

    async def changes_something(self) -> None:
        async with self.storage.unit() as uow:
            await uow.updates.take(next(FIRST), now=NOON)


class Process:
    """One process that would do the job; `job` is the last one that it began."""

    def __init__(self, storage: Storage, terms: Terms) -> None:
        self.jobs: asyncio.Queue[Job] = asyncio.Queue()
        self.single = SingleJob("clock", storage, self._begin, holder=uuid4(), terms=terms)
        self.task = asyncio.ensure_future(self.single.run())

    def _begin(self, storage: Storage) -> Job:
        job = Job(storage)
        self.jobs.put_nowait(job)
        return job

    async def has_it(self) -> Job:
        job = await asyncio.wait_for(self.jobs.get(), WITHIN_SECONDS)
        await job.begun.wait()
        return job

    async def stops(self) -> None:
        self.single.stop()
        await asyncio.wait_for(self.task, WITHIN_SECONDS)

    def dies(self) -> None:
        """Give nothing back."""
        self.task.cancel()


NewProcess = Callable[..., Process]


@pytest.fixture
async def process(storage: Storage) -> AsyncIterator[NewProcess]:
    made: list[Process] = []

    def make(terms: Terms = SHORT) -> Process:
        made.append(Process(storage, terms))
        return made[-1]

    yield make
    for each in made:
        each.single.stop()
    await asyncio.gather(*(each.task for each in made), return_exceptions=True)


@pytest.fixture
def stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch:
    stopwatch = Stopwatch()
    monkeypatch.setattr(single_job_module, "steady", stopwatch)
    return stopwatch


async def asked_in_vain(process: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait until a process has asked for the lease and not got it."""
    answered, take = asyncio.Event(), process.single._take

    async def taking() -> object:
        held = await take()
        answered.set()
        return held

    monkeypatch.setattr(process.single, "_take", taking)
    await asyncio.wait_for(answered.wait(), WITHIN_SECONDS)


async def test_one_process_has_the_job_until_it_stops(process: NewProcess):
    only = process()
    job = await only.has_it()
    await job.changes_something()

    await only.stops()

    assert job.ended.is_set()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_second_process_stands_by_and_follows_at_once_on_who_stops(
    process: NewProcess, monkeypatch: pytest.MonkeyPatch
):
    first = process(LONG)
    await first.has_it()
    second = process()
    await asked_in_vain(second, monkeypatch)
    before = second.jobs.qsize()

    await first.stops()

    assert before == 0
    await (await second.has_it()).changes_something()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_renews_keeps_the_job_for_longer_than_one_lease(
    process: NewProcess, monkeypatch: pytest.MonkeyPatch
):
    renewals, longer, renew = [], asyncio.Event(), Leases.renew
    monkeypatch.setattr(Terms, "renewed_every", 0.1)

    async def counted(*args: object, **options: object) -> bool:
        renewals.append(await renew(*args, **options))
        if len(renewals) == 12:
            longer.set()
        return renewals[-1]

    monkeypatch.setattr(Leases, "renew", counted)
    first = process(Terms(timedelta(seconds=1)))
    job = await first.has_it()
    second = process()

    await asyncio.wait_for(longer.wait(), WITHIN_SECONDS)

    assert (job.ended.is_set(), second.jobs.qsize(), set(renewals)) == (False, 0, {True})


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_dies_is_followed_when_the_lease_ends(process: NewProcess):
    first = process()
    await first.has_it()
    first.dies()
    second = process()

    await (await second.has_it()).changes_something()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_stalled_for_longer_than_the_lease_changes_nothing_when_it_wakes(
    process: NewProcess,
):
    stalled = process()
    job = await stalled.has_it()
    stalled.dies()
    second = process()
    await second.has_it()

    with pytest.raises(LeaseLost):
        await job.changes_something()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_finds_its_lease_in_other_hands_ends_the_job_and_asks_again(
    process: NewProcess, storage: Storage
):
    first = process()
    job = await first.has_it()
    async with storage.unit() as uow:
        await uow.session.execute(LEASE_TO_MALLORY)

    await asyncio.wait_for(job.ended.wait(), WITHIN_SECONDS)

    assert not first.task.done()


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_without_the_database_the_job_ends_before_the_lease_does(
    process: NewProcess, stopwatch: Stopwatch, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: object, **__: object) -> bool:
        stopwatch.skip(LONG.holds / 2)
        raise DatabaseUnavailable("away")

    monkeypatch.setattr(Terms, "renewed_every", 0.01)
    monkeypatch.setattr(Leases, "renew", away)
    job = await process(LONG).has_it()

    await asyncio.wait_for(job.ended.wait(), WITHIN_SECONDS)


def test_the_job_is_done_for_less_than_the_lease_lasts():
    assert Terms().holds < Terms().lasts.total_seconds()
