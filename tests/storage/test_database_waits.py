"""Whoever waits for a database that stands still is told so in time."""

import asyncio
import errno
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from storage import silence, sqlite
from storage.database import FILE_NAME, Database, open_postgresql
from storage.errors import DatabaseUnavailable
from storage.keyring import Purpose
from storage.keys import Keys
from storage.unit_of_work import Storage
from tests.stopwatch import Stopwatch
from tests.world import NOON, RING


@pytest.fixture
async def impatient(new_postgresql: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Database]:
    monkeypatch.setattr(silence, "SILENCE_SECONDS", 0.3)
    database = open_postgresql(new_postgresql)
    yield database
    await database.close()


async def backend(database: Database) -> int:
    async with database.session() as session:
        return int(await session.scalar(text("SELECT pg_backend_pid()")))


async def run_what_is_due() -> None:
    for _ in range(2):
        await asyncio.sleep(0)


async def take_one(storage: Storage) -> None:
    async with storage.unit() as uow:
        await uow.updates.take(1, now=NOON)


async def finds_unavailable(storage: Storage, frozen: int) -> None:
    """Let a server's process stand still while something is written through it."""
    os.kill(frozen, signal.SIGSTOP)
    try:
        with pytest.raises(DatabaseUnavailable):
            await asyncio.wait_for(take_one(storage), timeout=5)
    finally:
        os.kill(frozen, signal.SIGCONT)


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_a_locked_file_is_waited_for_only_so_long(
    storage: Storage, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.1)
    holder = sqlite.connect(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key)
    holder.execute("BEGIN IMMEDIATE")

    with pytest.raises(DatabaseUnavailable):
        await asyncio.wait_for(take_one(storage), timeout=5)

    holder.close()


async def test_every_wait_for_a_connection_is_far_shorter_than_what_an_update_may_take(
    database: Database,
) -> None:
    waits = {engine.sync_engine.pool._timeout for engine in (database.writer, database._reader)}

    assert waits == {8}


async def test_a_server_that_stands_still_is_unavailable_and_its_connection_is_cut(
    impatient: Database,
) -> None:
    storage = Storage(impatient, Keys(RING))
    frozen = await backend(impatient)

    await finds_unavailable(storage, frozen)

    assert await backend(impatient) != frozen


async def test_a_server_that_stands_still_at_the_commit_is_unavailable(impatient: Database) -> None:
    storage = Storage(impatient, Keys(RING))
    frozen = 0

    async def work() -> None:
        nonlocal frozen
        async with storage.unit() as uow:
            await uow.updates.take(1, now=NOON)
            frozen = int(await uow.session.scalar(text("SELECT pg_backend_pid()")))
            os.kill(frozen, signal.SIGSTOP)

    try:
        with pytest.raises(DatabaseUnavailable):
            await asyncio.wait_for(work(), timeout=5)
    finally:
        os.kill(frozen, signal.SIGCONT)


async def test_a_connection_that_rests_between_two_steps_is_not_cut(
    impatient: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopwatch = Stopwatch()
    monkeypatch.setattr(asyncio.get_running_loop(), "time", stopwatch)
    async with impatient.session() as session:
        await session.execute(text("SELECT 1"))
        stopwatch.skip(seconds=1)
        await run_what_is_due()

        answer = await session.scalar(text("SELECT 2"))

    assert answer == 2


async def test_a_silent_server_is_cut_later_where_it_cannot_be_at_first(
    impatient: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage, real, tries = Storage(impatient, Keys(RING)), os.dup, 0

    def dup(descriptor: int) -> int:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise OSError(errno.EMFILE, "Too many open files")
        return real(descriptor)

    frozen = await backend(impatient)
    monkeypatch.setattr(os, "dup", dup)

    await finds_unavailable(storage, frozen)

    assert tries == 2


async def test_a_server_that_takes_nothing_is_unavailable_and_left(impatient: Database) -> None:
    storage = Storage(impatient, Keys(RING))

    async def work() -> None:
        async with storage.unit() as uow:
            await uow.session.execute(text("SET TRANSACTION READ ONLY"))
            await uow.updates.take(1, now=NOON)

    before = await backend(impatient)
    with pytest.raises(DatabaseUnavailable):
        await work()

    assert await backend(impatient) != before
