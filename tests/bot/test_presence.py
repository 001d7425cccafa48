"""A running process is seen with the ring it holds, reads a newer one, and is gone when it stops."""

import asyncio
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.clock import HandClock
from bot.presence import Presence
from storage.errors import DatabaseUnavailable
from storage.installation import note_generation
from storage.keyring import KeyRing
from storage.keys import Keys
from storage.models import Process
from storage.ring_file import RingFile
from storage.ring_steps import prepared
from storage.rotation import Processes
from storage.unit_of_work import Storage
from tests.world import NOON, RING

NEWER = prepared(RING, day=date(2026, 11, 23))


@pytest.fixture
def file(data_dir: Path) -> RingFile:
    file = RingFile(data_dir / "keyring.bin", os.urandom(32))
    RING.save(file.path, file.unseal_secret)
    return file


@pytest.fixture
def storage(storage: Storage, file: RingFile) -> Storage:
    return Storage(storage.database, Keys(RING, file=file))


@pytest.fixture
def presence(storage: Storage, clock: HandClock) -> Presence:
    return Presence(storage, clock=clock)


async def processes(storage: Storage) -> list[tuple[int, timedelta]]:
    """Return the generation that each process holds, and how long after noon it was seen."""
    async with storage.view() as uow:
        rows = await uow.session.scalars(select(Process))
        return [(row.keyring_generation, row.seen_at - NOON) for row in rows]


async def note(storage: Storage, ring: KeyRing) -> None:
    async with storage.unit() as uow:
        await note_generation(uow.session, ring)


async def test_a_process_is_seen_with_the_ring_it_holds(
    presence: Presence, storage: Storage, clock: HandClock
):
    await presence.refresh()
    clock.advance(timedelta(seconds=10))

    await presence.refresh()

    assert await processes(storage) == [(1, timedelta(seconds=10))]


async def test_it_reads_the_ring_again_when_the_database_knows_a_newer_one(
    presence: Presence, storage: Storage, file: RingFile
):
    file.save(NEWER)
    await note(storage, NEWER)

    await presence.refresh()

    assert (storage.keys.ring, await processes(storage)) == (NEWER, [(2, timedelta())])


async def test_a_ring_that_cannot_be_read_is_logged_and_the_process_is_behind(
    presence: Presence, storage: Storage, file: RingFile
):
    await note(storage, NEWER)
    file.path.chmod(0o644)

    with capture_logs() as logged:
        await presence.refresh()

    assert await processes(storage) == [(1, timedelta())]
    assert [(each["event"], each["kind"]) for each in logged] == [
        ("the key ring cannot be read", "KeyUnavailable")
    ]


async def test_it_refreshes_by_itself_and_is_gone_when_it_stops(storage: Storage, clock: HandClock):
    presence = Presence(storage, clock=clock, refresh_seconds=0.01)
    commits, twice = [], asyncio.Event()

    def committed() -> None:
        commits.append(None)
        if len(commits) == 2:
            twice.set()

    storage.on_commit(committed)
    running = asyncio.create_task(presence.run())
    await asyncio.wait_for(twice.wait(), timeout=5)
    seen = await processes(storage)

    presence.stop()
    await asyncio.wait_for(running, timeout=5)

    assert (seen, await processes(storage)) == ([(1, timedelta())], [])


async def test_without_the_database_it_goes_on_and_says_so(
    presence: Presence, storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    async def away(*_: object, **__: object) -> None:
        raise DatabaseUnavailable("away")

    monkeypatch.setattr(Processes, "seen", away)
    monkeypatch.setattr(Processes, "gone", away)
    with capture_logs() as logged:
        running = asyncio.create_task(presence.run())
        presence.stop()
        await asyncio.wait_for(running, timeout=5)

    assert [each["event"] for each in logged][-1] == "the database is away"


async def test_two_refreshes_at_once_make_one_process(presence: Presence, storage: Storage):
    await asyncio.gather(presence.refresh(), presence.refresh())

    assert len(await processes(storage)) == 1
