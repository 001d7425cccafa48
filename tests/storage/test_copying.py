"""Rows streamed into a table of PostgreSQL: as they are, all or none, and never waited for without end."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Integer, Text, text
from sqlalchemy.exc import IntegrityError

from storage import silence
from storage.columns import Id
from storage.copying import copy_rows
from storage.errors import DatabaseUnavailable
from storage.unit_of_work import Storage

pytestmark = pytest.mark.parametrize("engine_name", ["postgresql"])
COLUMNS = {"id": Id(), "said": Text(), "number": Integer()}
# Longer than what is sent in one go.
MANY = 2_000


async def found(storage: Storage) -> list[tuple[UUID, str | None, int]]:
    async with storage.view() as uow:
        rows = await uow.session.execute(text("SELECT id, said, number FROM copied ORDER BY number"))
        return [(UUID(bytes=bytes(row_id)), said, number) for row_id, said, number in rows]


@pytest.fixture
async def table(storage: Storage) -> AsyncIterator[None]:
    async with storage.unit() as uow:
        await uow.session.execute(text("CREATE TABLE copied (id bytea PRIMARY KEY, said text, number int)"))
    yield
    async with storage.unit() as uow:
        await uow.session.execute(text("DROP TABLE copied"))


@pytest.mark.usefixtures("table")
@pytest.mark.parametrize("number", [0, 1, MANY])
async def test_rows_are_kept_as_they_are(storage: Storage, number: int):
    odd = ["", None, "\\N", "\\.", "a\tb\nc\\", "Ігар", "'; --"]
    rows = [(uuid4(), odd[n % len(odd)], n) for n in range(number)]

    async with storage.unit() as uow:
        await copy_rows(uow.session, "copied", COLUMNS, rows)

    assert await found(storage) == rows


@pytest.mark.usefixtures("table")
async def test_of_rows_of_which_one_is_there_none_is_kept_and_the_unit_goes_on(storage: Storage):
    there = (uuid4(), "there", 1)

    async with storage.unit() as uow:
        await copy_rows(uow.session, "copied", COLUMNS, [there])
        with pytest.raises(IntegrityError):
            async with uow.session.begin_nested():
                await copy_rows(uow.session, "copied", COLUMNS, [(uuid4(), "new", 2), there])

    assert await found(storage) == [there]


@pytest.mark.usefixtures("table")
async def test_who_is_stopped_in_the_middle_leaves_none_behind(storage: Storage):
    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(MANY):
            if number == MANY // 2:
                copying.cancel()
            yield uuid4(), "", number

    async def copy() -> None:
        async with storage.unit() as uow:
            await copy_rows(uow.session, "copied", COLUMNS, rows())

    copying = asyncio.create_task(copy())

    with pytest.raises(asyncio.CancelledError):
        await copying
    assert await found(storage) == []


@pytest.mark.usefixtures("table")
async def test_a_server_that_stands_still_in_the_middle_is_unavailable(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(silence, "SILENCE_SECONDS", 0.3)
    frozen = 0

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(MANY):
            if number == MANY // 2:
                os.kill(frozen, signal.SIGSTOP)
            yield uuid4(), "", number

    async def copy() -> None:
        nonlocal frozen
        async with storage.unit() as uow:
            frozen = int(await uow.session.scalar(text("SELECT pg_backend_pid()")))
            await copy_rows(uow.session, "copied", COLUMNS, rows())

    try:
        with pytest.raises(DatabaseUnavailable):
            await asyncio.wait_for(copy(), timeout=5)
    finally:
        os.kill(frozen, signal.SIGCONT)
    assert await found(storage) == []
