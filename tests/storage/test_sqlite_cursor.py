"""What a statement costs on SQLite, and how it ends."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import sqlite
from storage.database import FILE_NAME, Database
from storage.keyring import Purpose
from storage.sqlite_cursor import FEW_STATEMENTS
from tests.world import RING

ONE_ROW = text("INSERT INTO seen_update (number, seen_at) VALUES (:number, 1)")
ROWS = text("SELECT number FROM seen_update ORDER BY number")

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.writer.begin() as connection:
        yield connection


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each turn that a connection's thread is asked for."""
    asked = []
    execute = aiosqlite.Connection._execute

    async def counted(self, function, *arguments):
        asked.append(function.__name__)
        return await execute(self, function, *arguments)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return asked


@contextmanager
def another_writer(data_dir: Path) -> Iterator[None]:
    """Hold the lock of whoever writes, as another process does, for the length of the block."""
    holder = sqlite.connect(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key)
    holder.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        holder.close()


async def test_a_short_statement_takes_no_turn_of_its_connections_thread(
    connection: AsyncConnection, turns: list[str]
) -> None:
    before = len(turns)
    await connection.execute(ONE_ROW, {"number": 7})

    rows = await connection.scalars(ROWS)

    assert list(rows) == [7]
    assert len(turns) == before


async def test_many_rows_go_in_in_one_turn(connection: AsyncConnection, turns: list[str]) -> None:
    before = len(turns)
    await connection.execute(ONE_ROW, [{"number": number} for number in range(500)])

    rows = await connection.scalars(ROWS)

    assert list(rows) == list(range(500))
    assert len(turns) - before == 1


async def test_many_rows_as_one_text_take_a_turn(connection: AsyncConnection, turns: list[str]) -> None:
    before = len(turns)

    count = await connection.scalar(
        text("SELECT count(*) FROM json_each(:rows)"), {"rows": json.dumps([*range(2_000)])}
    )

    assert count == 2_000
    assert len(turns) - before == 1


async def test_what_waits_for_others_or_the_disk_takes_a_turn(database: Database, turns: list[str]) -> None:
    for number in (6, 7):
        before = len(turns)
        async with database.writer.begin() as connection:
            await connection.execute(ONE_ROW, {"number": number})

    # The first had to connect as well.
    assert len(turns) - before == 2


async def test_the_event_loop_goes_on_while_somebody_else_is_writing(
    database: Database, data_dir: Path
) -> None:
    steps = []

    async def write() -> None:
        async with database.writer.begin() as second:
            await second.execute(ONE_ROW, {"number": 8})
        steps.append("second")

    with another_writer(data_dir):
        waiting = asyncio.create_task(write())
        for _ in range(50):
            await asyncio.sleep(0)
        steps.append("first")
    await waiting

    assert steps == ["first", "second"]


async def test_after_somebody_was_cancelled_in_its_turn_the_connection_is_used_in_order(
    database: Database, data_dir: Path
) -> None:
    async def write(number: int) -> None:
        async with database.writer.begin() as connection:
            await connection.execute(ONE_ROW, {"number": number})

    with another_writer(data_dir):
        cancelled = asyncio.create_task(write(8))
        for _ in range(50):
            await asyncio.sleep(0)
        cancelled.cancel()
        for _ in range(50):
            await asyncio.sleep(0)
    with suppress(asyncio.CancelledError):
        await cancelled
    await write(9)

    async with database.writer.connect() as connection:
        assert list(await connection.scalars(ROWS)) == [9]


async def test_the_number_of_changed_rows_is_known(connection: AsyncConnection) -> None:
    await connection.execute(ONE_ROW, [{"number": number} for number in range(3)])

    changed = await connection.execute(text("UPDATE seen_update SET seen_at = 2 WHERE number < 2"))

    assert changed.rowcount == 2


async def test_after_a_refused_statement_the_next_one_works(connection: AsyncConnection) -> None:
    await connection.execute(ONE_ROW, {"number": 7})
    with pytest.raises(IntegrityError):
        await connection.execute(ONE_ROW, {"number": 7})

    rows = await connection.scalars(ROWS)

    assert list(rows) == [7]


async def test_a_connection_that_was_closed_is_an_error_of_the_database(database: Database) -> None:
    connection = await database.writer.connect()
    raw = await connection.get_raw_connection()
    assert raw.driver_connection is not None
    await raw.driver_connection.close()

    with pytest.raises(OperationalError):
        await connection.execute(ROWS)

    await connection.close()


@pytest.mark.parametrize(("statements", "times"), [(1, 1), (FEW_STATEMENTS + 1, 0)])
async def test_a_connection_of_which_little_was_asked_lets_go_of_its_pages(
    database: Database, connection: AsyncConnection, statements: int, times: int
) -> None:
    await database.let_go_of_pages()
    said: list[str] = []
    opened: Any = (await connection.get_raw_connection()).driver_connection
    opened._conn.set_trace_callback(said.append)
    for _ in range(statements):
        await connection.execute(ROWS)

    await database.let_go_of_pages()

    assert said.count("PRAGMA shrink_memory") == times


async def test_a_connection_that_was_closed_has_no_pages_to_let_go_of(database: Database) -> None:
    async with database.writer.begin():
        opened = tuple(database._opened)
    await database.close()

    await database.let_go_of_pages()

    assert opened
