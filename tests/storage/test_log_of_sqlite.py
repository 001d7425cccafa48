"""SQLite's write-ahead log is empty once a key was destroyed, whoever was reading meanwhile."""

from pathlib import Path

import pytest
from sqlalchemy import text

from storage import sqlite
from storage.database import FILE_NAME
from storage.keyring import Purpose
from storage.models import Person
from storage.unit_of_work import Storage
from tests.world import NOON, RING


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_WAITS_MS", 1)


def log_size(data_dir: Path) -> int:
    return (data_dir / f"{FILE_NAME}-wal").stat().st_size


async def write(storage: Storage) -> None:
    async with storage.unit() as uow:
        await uow.updates.take(7, now=NOON)


async def destroy(storage: Storage, person: Person) -> None:
    async with storage.unit() as uow:
        await uow.people.remove(person.id)


async def test_an_ordinary_commit_stays_in_the_log(storage: Storage, data_dir: Path, alice: Person):
    await write(storage)

    assert log_size(data_dir) > 0


async def test_what_destroyed_a_key_leaves_no_log(storage: Storage, data_dir: Path, alice: Person):
    await write(storage)

    await destroy(storage, alice)

    assert log_size(data_dir) == 0


async def test_the_first_commit_of_a_process_empties_what_a_killed_one_left(
    storage: Storage, data_dir: Path, alice: Person
):
    storage.database.log_holds_remains = True

    await write(storage)

    assert log_size(data_dir) == 0


async def test_a_reader_in_the_way_is_gone_round_at_the_next_commit(
    storage: Storage, data_dir: Path, alice: Person
):
    reader = sqlite.connect(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key, is_reader=True)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM person").fetchone()
    await destroy(storage, alice)
    in_the_way = log_size(data_dir)
    reader.execute("COMMIT")
    reader.close()

    await write(storage)

    assert (in_the_way > 0, log_size(data_dir)) == (True, 0)


async def test_a_writer_of_another_process_in_the_way_loses_nothing(
    storage: Storage, data_dir: Path, alice: Person
):
    other = sqlite.connect(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key)
    other.execute("BEGIN IMMEDIATE")

    await storage.database.empty_log()

    assert storage.database.log_holds_remains
    other.execute("ROLLBACK")
    other.close()
    await destroy(storage, alice)
    assert log_size(data_dir) == 0


async def test_writers_wait_for_others_as_long_as_before(storage: Storage, alice: Person):
    await destroy(storage, alice)

    async with storage.unit() as uow:
        waits = await uow.session.scalar(text("PRAGMA busy_timeout"))

    assert waits == sqlite.BUSY_SECONDS * 1000
