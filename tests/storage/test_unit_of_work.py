"""A unit of work is kept whole or not at all, also when it is cancelled."""

import asyncio

import pytest
from sqlalchemy.exc import InternalError

from storage.errors import DatabaseUnavailable
from storage.models import Person, SeenUpdate
from storage.unit_of_work import Storage
from tests.world import NOON


async def test_what_a_unit_did_is_kept_when_it_is_left(storage: Storage):
    async with storage.unit() as uow:
        await uow.updates.take(1, now=NOON)

    assert await has_taken(storage, 1)


async def test_what_a_failed_unit_did_is_not_kept(storage: Storage):
    async def fail() -> None:
        async with storage.unit() as uow:
            await uow.updates.take(1, now=NOON)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()

    assert not await has_taken(storage, 1)


async def test_a_view_changes_nothing(storage: Storage):
    async def change() -> None:
        async with storage.view() as uow:
            await uow.updates.take(1, now=NOON)

    with pytest.raises((DatabaseUnavailable, InternalError)):
        await change()

    assert not await has_taken(storage, 1)


async def test_a_unit_cancelled_while_it_commits_is_kept_whole(storage: Storage, alice: Person):
    begun = asyncio.Event()

    async def work() -> None:
        async with storage.unit() as uow:
            await uow.updates.take(1, now=NOON)
            begun.set()

    task = asyncio.create_task(work())
    await begun.wait()
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    # The connection came back whole: the next unit works.
    async with storage.unit() as uow:
        await uow.updates.take(2, now=NOON)
    assert await has_taken(storage, 2)


async def test_whoever_waits_hears_of_a_commit_and_of_nothing_else(storage: Storage):
    heard = []
    storage.on_commit(lambda: heard.append(1))
    async with storage.view():
        pass
    with pytest.raises(RuntimeError):
        async with storage.unit():
            raise RuntimeError
    async with storage.unit() as uow:
        await uow.updates.take(1, now=NOON)

    assert heard == [1]


async def has_taken(storage: Storage, number: int) -> bool:
    async with storage.view() as uow:
        return await uow.session.get(SeenUpdate, number) is not None
