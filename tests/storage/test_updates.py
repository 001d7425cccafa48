"""An update has one effect, and one chat one effect at a time, whichever processes they come to."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from storage.errors import UpdateAlreadyTaken
from storage.keys import Keys
from storage.unit_of_work import Storage
from tests.world import NOON, RING

WAIT_SECONDS = 10
ALICE, VERA = 7_000_000_101, -7_000_000_102

WAITING = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock' AND state = 'active'"
)
LOCKS = text(
    "SELECT objid::bigint, classid::bigint FROM pg_locks JOIN pg_database ON pg_database.oid = database"
    " WHERE locktype = 'advisory' AND datname = current_database()"
)


@pytest.fixture
def other(storage: Storage) -> Storage:
    """The same database as another process holds it."""
    return Storage(storage.database, Keys(RING))


async def somebody_waits(storage: Storage) -> None:
    """Return when a statement waits for another transaction; on SQLite the second one cannot even begin."""
    while not storage.database.is_sqlite:
        async with storage.view() as uow:
            if await uow.session.scalar(WAITING):
                return


async def in_turn(
    first: Callable[[asyncio.Event], Awaitable[None]], second: Callable[[], Awaitable[None]]
) -> None:
    """Begin the second while the first is in the middle of its unit."""
    begun = asyncio.Event()

    async def afterwards() -> None:
        await begun.wait()
        await second()

    async with asyncio.timeout(WAIT_SECONDS):
        await asyncio.gather(first(begun), afterwards())


async def test_two_processes_never_work_on_one_chat_at_once(storage: Storage, other: Storage):
    order: list[str] = []

    async def first(begun: asyncio.Event) -> None:
        async with storage.unit() as uow:
            await uow.updates.wait_for_turn(ALICE)
            begun.set()
            await somebody_waits(storage)
            order.append("first ends")

    async def second() -> None:
        async with other.unit() as uow:
            await uow.updates.wait_for_turn(ALICE)
            order.append("second begins")

    await in_turn(first, second)

    assert order == ["first ends", "second begins"]


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_one_chat_does_not_wait_for_another(storage: Storage, other: Storage):
    async with storage.unit() as mine:
        await mine.updates.wait_for_turn(ALICE)
        async with other.unit() as theirs:
            await theirs.updates.wait_for_turn(VERA)
            held = await theirs.session.execute(LOCKS)

    assert len(list(held)) == 2


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_the_servers_table_of_locks_does_not_tell_whose_chat_it_is(storage: Storage):
    async with storage.unit() as uow:
        await uow.updates.wait_for_turn(ALICE)
        [(low, high)] = await uow.session.execute(LOCKS)

    assert ALICE not in (low, high, high << 32 | low)


async def test_an_update_given_to_two_processes_at_once_has_one_effect(storage: Storage, other: Storage):
    effects: list[str] = []

    async def first(begun: asyncio.Event) -> None:
        async with storage.unit() as uow:
            await uow.updates.take(17, now=NOON)
            begun.set()
            await somebody_waits(storage)
            effects.append("first")

    async def second() -> None:
        async with other.unit() as uow:
            await uow.updates.take(17, now=NOON)
            effects.append("second")

    with pytest.raises(UpdateAlreadyTaken):
        await in_turn(first, second)

    assert effects == ["first"]


async def test_an_update_whose_first_try_failed_is_taken_by_who_waited_for_it(
    storage: Storage, other: Storage
):
    second_took = asyncio.Event()

    async def first(begun: asyncio.Event) -> None:
        async with storage.unit() as uow:
            await uow.updates.take(17, now=NOON)
            begun.set()
            await somebody_waits(storage)
            raise RuntimeError

    async def second() -> None:
        async with other.unit() as uow:
            await uow.updates.take(17, now=NOON)
        second_took.set()

    with pytest.raises(RuntimeError):
        await in_turn(first, second)
    await asyncio.wait_for(second_took.wait(), WAIT_SECONDS)

    async with storage.view() as uow:
        assert await uow.updates.is_taken(17)
