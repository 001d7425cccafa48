"""What a statement costs on SQLite, and how it ends."""

from collections.abc import AsyncIterator

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database

ONE_ROW = text("INSERT INTO seen_update (number, seen_at) VALUES (:number, 1)")
ROWS = text("SELECT number FROM seen_update ORDER BY number")

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
async def connection(database: Database) -> AsyncIterator[AsyncConnection]:
    async with database.writer.begin() as connection:
        yield connection


@pytest.fixture
def turns(connection: AsyncConnection, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows with each turn that a connection's thread is asked for."""
    asked = []
    execute = aiosqlite.Connection._execute

    async def counted(self, function, *arguments):
        asked.append(function.__name__)
        return await execute(self, function, *arguments)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    return asked


async def test_a_statement_takes_one_turn_of_its_connections_thread(
    connection: AsyncConnection, turns: list[str]
) -> None:
    await connection.execute(ROWS)

    assert len(turns) == 1


async def test_many_rows_go_in_and_come_out_in_one_turn_each(
    connection: AsyncConnection, turns: list[str]
) -> None:
    await connection.execute(ONE_ROW, [{"number": number} for number in range(500)])

    rows = await connection.scalars(ROWS)

    assert list(rows) == list(range(500))
    assert len(turns) == 2


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
