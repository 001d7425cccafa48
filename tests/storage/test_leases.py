"""A lease has one holder at a time, by the database's clock; who lost it changes nothing any more."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from storage.database_clock import DatabaseTime
from storage.errors import DatabaseUnavailable, LeaseLost
from storage.leases import Held
from storage.unit_of_work import Storage
from tests.world import NOON

ALICE, MALLORY = uuid4(), uuid4()
MINUTE, OVER = timedelta(minutes=1), timedelta()


async def take(storage: Storage, holder: UUID, lasts: timedelta = MINUTE) -> Held | None:
    async with storage.unit() as uow:
        return await uow.leases.take("clock", holder, lasts=lasts)


async def held_by_alice(storage: Storage, lasts: timedelta = MINUTE) -> Held:
    held = await take(storage, ALICE, lasts)
    assert held is not None
    return held


async def renew(storage: Storage, held: Held) -> bool:
    async with storage.unit() as uow:
        return await uow.leases.renew(held, lasts=MINUTE)


async def take_update(storage: Storage) -> None:
    async with storage.unit() as uow:
        await uow.updates.take(7, now=NOON)


async def test_the_databases_clock_is_todays_and_moves_on_by_what_is_asked(storage: Storage):
    async with storage.view() as uow:
        found = await uow.session.scalar(select(DatabaseTime(MINUTE)))

    assert abs(found - datetime.now(UTC) - MINUTE) < timedelta(seconds=5)


async def test_what_somebody_holds_nobody_else_takes(storage: Storage):
    await held_by_alice(storage)

    assert await take(storage, MALLORY) is None


async def test_of_many_who_ask_at_once_one_gets_it(storage: Storage):
    found = await asyncio.gather(*(take(storage, uuid4()) for _ in range(8)))

    assert len([each for each in found if each is not None]) == 1


async def test_what_has_ended_goes_to_the_next_with_a_higher_token(storage: Storage):
    first = await held_by_alice(storage, OVER)

    second = await take(storage, MALLORY)

    assert second == Held("clock", MALLORY, first.token + 1)


async def test_who_renews_in_time_keeps_it(storage: Storage):
    held = await held_by_alice(storage, OVER)

    assert await renew(storage, held)
    assert await take(storage, MALLORY) is None


async def test_who_comes_too_late_renews_nothing(storage: Storage):
    held = await held_by_alice(storage, OVER)
    await take(storage, MALLORY)

    assert not await renew(storage, held)


async def test_what_is_given_back_is_free_at_once(storage: Storage):
    held = await held_by_alice(storage)

    async with storage.unit() as uow:
        await uow.leases.give_back(held)

    assert await take(storage, MALLORY) is not None


async def test_who_lost_it_takes_it_from_nobody_by_giving_it_back(storage: Storage):
    lost = await held_by_alice(storage, OVER)
    held = await take(storage, MALLORY)

    async with storage.unit() as uow:
        await uow.leases.give_back(lost)

    assert held is not None
    assert await renew(storage, held)


async def test_who_holds_it_works(storage: Storage):
    held = await held_by_alice(storage)

    await take_update(storage.under(held))


async def test_who_lost_it_changes_nothing_and_is_told_as_if_the_database_were_away(storage: Storage):
    lost = await held_by_alice(storage, OVER)
    await take(storage, MALLORY)

    with pytest.raises(LeaseLost) as failure:
        await take_update(storage.under(lost))

    assert isinstance(failure.value, DatabaseUnavailable)
    await take_update(storage)


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_nobody_takes_it_before_a_unit_that_its_holder_began_has_ended(storage: Storage):
    held = await held_by_alice(storage, OVER)
    async with storage.under(held).unit() as uow:
        await uow.updates.take(7, now=NOON)
        taking = asyncio.ensure_future(take(storage, MALLORY))
        done, _ = await asyncio.wait({taking}, timeout=0.2)

    assert done == set()
    assert await taking is not None


async def test_a_commit_that_nobody_needs_to_hear_of_wakes_nobody(storage: Storage):
    heard: list[str] = []
    storage.on_commit(lambda: heard.append("a commit"))

    await take_update(storage.unheard())

    assert heard == []
