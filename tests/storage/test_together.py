"""Short units of SQLite's one writer commit together, and each still stands or falls alone."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError, OperationalError

from storage import sqlite, together
from storage.database import FILE_NAME
from storage.errors import DatabaseUnavailable, UpdateAlreadyTaken
from storage.keyring import Purpose
from storage.models import SeenUpdate
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import NOON, RING

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
def commits(storage: Storage) -> list[str]:
    """Grows with each commit of the writer."""
    seen: list[str] = []

    def note(_: object) -> None:
        seen.append("commit")

    event.listen(storage.database.writer.sync_engine, "commit", note)
    yield seen
    event.remove(storage.database.writer.sync_engine, "commit", note)


async def take(storage: Storage, number: int, *, then: Callable[[UnitOfWork], object] | None = None) -> None:
    async with storage.unit(together=True) as uow:
        await uow.updates.take(number, now=NOON)
        if then is not None:
            then(uow)


async def taken(storage: Storage, *numbers: int) -> list[bool]:
    async with storage.view() as uow:
        return [await uow.updates.is_taken(number) for number in numbers]


def fails(_: UnitOfWork) -> None:
    raise ZeroDivisionError


async def test_units_that_wait_for_each_other_share_a_commit(storage: Storage, commits: list[str]) -> None:
    await asyncio.gather(*(take(storage, number) for number in range(20)))

    assert await taken(storage, *range(20)) == [True] * 20
    assert len(commits) < 10


async def test_a_unit_that_is_alone_commits_at_once(storage: Storage, commits: list[str]) -> None:
    await take(storage, 1)

    assert commits == ["commit"]
    assert await taken(storage, 1) == [True]


@pytest.mark.parametrize("bad", [0, 1, 2])
async def test_one_that_fails_is_undone_alone(storage: Storage, bad: int) -> None:
    done = await asyncio.gather(
        *(take(storage, number, then=fails if number == bad else None) for number in range(3)),
        return_exceptions=True,
    )

    assert [type(each) for each in done] == [
        ZeroDivisionError if number == bad else type(None) for number in range(3)
    ]
    assert await taken(storage, 0, 1, 2) == [number != bad for number in range(3)]


async def test_one_that_came_before_is_seen_within_the_same_commit(storage: Storage) -> None:
    done = await asyncio.gather(*(take(storage, 7) for _ in range(3)), return_exceptions=True)

    assert [type(each) for each in done] == [type(None), UpdateAlreadyTaken, UpdateAlreadyTaken]


async def test_one_that_is_cancelled_takes_nobody_along(storage: Storage) -> None:
    inside, never = asyncio.Event(), asyncio.Event()

    async def stuck() -> None:
        async with storage.unit(together=True) as uow:
            await uow.updates.take(2, now=NOON)
            inside.set()
            await never.wait()

    first, second = asyncio.create_task(take(storage, 1)), asyncio.create_task(stuck())
    third = asyncio.create_task(take(storage, 3))
    await inside.wait()
    second.cancel()
    done = await asyncio.gather(first, second, third, return_exceptions=True)

    assert [type(each) for each in done] == [type(None), asyncio.CancelledError, type(None)]
    assert await taken(storage, 1, 2, 3) == [True, False, True]


async def test_one_that_is_cancelled_while_it_commits_is_done(storage: Storage) -> None:
    """Whoever waits for the commit of all may go; the commit does not."""
    units = [asyncio.create_task(take(storage, number)) for number in range(5)]
    ending = storage.database._together
    while ending._ending is None:  # noqa: ASYNC110
        await asyncio.sleep(0)
    units[0].cancel()
    await asyncio.gather(*units, return_exceptions=True)

    assert await taken(storage, *range(5)) == [True] * 5


@pytest.mark.parametrize(
    "error", [OperationalError("COMMIT", None, Exception("database or disk is full")), RuntimeError("ours")]
)
async def test_where_the_commit_fails_nobody_is_done_and_nobody_waits_for_ever(
    storage: Storage, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    async def full(_: object) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(together.AsyncConnection, "commit", full)
        done = await asyncio.gather(*(take(storage, number) for number in range(3)), return_exceptions=True)

    assert {type(each) for each in done} == {DatabaseUnavailable}
    assert await taken(storage, 0, 1, 2) == [False] * 3
    await take(storage, 0)
    assert await taken(storage, 0) == [True]


async def test_what_breaks_the_transaction_breaks_it_for_all(storage: Storage) -> None:
    """A full disk undoes what others did before in the same transaction."""

    async def breaks() -> None:
        async with storage.unit(together=True) as uow:
            await uow.session.execute(text("ROLLBACK"))
            await uow.session.execute(text("SELECT * FROM nowhere"))

    done = await asyncio.gather(take(storage, 1), breaks(), take(storage, 3), return_exceptions=True)

    assert [type(each) for each in done] == [DatabaseUnavailable, DatabaseUnavailable, type(None)]
    assert await taken(storage, 1, 3) == [False, True]


async def test_they_wait_for_a_locked_file_and_then_for_each_other_only_so_long(
    storage: Storage, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)
    holder = sqlite.connect(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key)
    holder.execute("BEGIN IMMEDIATE")

    async with asyncio.timeout(5):
        done = await asyncio.gather(*(take(storage, number) for number in range(3)), return_exceptions=True)
    holder.close()

    assert {type(each) for each in done} == {DatabaseUnavailable}
    await take(storage, 1)
    assert await taken(storage, 1) == [True]


async def test_nobody_waits_for_their_turn_for_ever(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.database._together, "_turn_within", 0.05)
    done, inside = asyncio.Event(), asyncio.Event()

    async def long() -> None:
        async with storage.unit(together=True):
            inside.set()
            await done.wait()

    first = asyncio.create_task(long())
    await inside.wait()
    with pytest.raises(DatabaseUnavailable):
        await take(storage, 1)
    done.set()
    await first

    await take(storage, 1)
    assert await taken(storage, 1) == [True]


async def test_those_who_commit_alone_are_not_kept_waiting(storage: Storage, commits: list[str]) -> None:
    async def alone() -> None:
        async with storage.unit() as uow:
            await uow.updates.take(100, now=NOON)

    await asyncio.gather(*(take(storage, number) for number in range(5)), alone())

    assert await taken(storage, *range(5), 100) == [True] * 6
    assert len(commits) >= 2


async def test_a_row_that_cannot_be_kept_is_undone_with_those_that_share_its_transaction(
    storage: Storage,
) -> None:
    async def twice() -> None:
        async with storage.unit(together=True) as uow:
            uow.session.add(SeenUpdate(number=1, seen_at=NOON))
            await uow.session.flush()

    done = await asyncio.gather(take(storage, 1), twice(), take(storage, 3), return_exceptions=True)

    assert [type(each) for each in done] == [DatabaseUnavailable, IntegrityError, type(None)]
    assert await taken(storage, 1, 3) == [False, True]


async def test_who_is_cancelled_at_a_long_statement_is_cancelled_and_nothing_is_said_to_be_kept(
    storage: Storage,
):
    async with storage.unit() as uow:
        await uow.session.execute(text("CREATE TABLE big (x BLOB)"))
    has_begun = asyncio.Event()

    async def long() -> None:
        async with storage.unit(together=True) as uow:
            has_begun.set()
            await uow.session.execute(text("INSERT INTO big VALUES (:x)"), {"x": b"x" * 40_000_000})

    first = asyncio.create_task(take(storage, 1))
    cancelled = asyncio.create_task(long())
    await has_begun.wait()
    # Its statement is in the connection's thread by the time whoever waits is asked again.
    for _ in range(20):
        await asyncio.sleep(0)
    assert any(each.is_at_work for each in storage.database._opened)
    cancelled.cancel()

    with pytest.raises(asyncio.CancelledError):
        await cancelled
    (outcome,) = await asyncio.gather(first, return_exceptions=True)
    assert outcome is None or isinstance(outcome, DatabaseUnavailable)
    assert await taken(storage, 1) == [outcome is None]
