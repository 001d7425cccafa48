"""What nobody waits for gives way to who waits for an answer, though never for long."""

import asyncio

import pytest

from bot.courtesy import Courtesy
from bot.receiving import intake as intake_module
from bot.receiving.intake import Intake
from bot.sending import parcels as parcels_module
from sandbox.person import Person
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, build, renderer
from tests.bot.ground import queue

__all__ = ["build", "renderer"]
LONG_SECONDS = 60.0


async def turns(number: int = 5) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def in_a_minute() -> float:
    return asyncio.get_running_loop().time() + LONG_SECONDS


async def test_it_is_waited_until_the_last_has_their_answer() -> None:
    courtesy = Courtesy()
    with courtesy.somebody_waits():
        with courtesy.somebody_waits():
            giving_way = asyncio.ensure_future(courtesy.give_way(until=in_a_minute()))
            await turns()
        await turns()
        assert not giving_way.done()

    await asyncio.wait_for(giving_way, timeout=5)


async def test_where_nobody_waits_nothing_is_waited_for() -> None:
    await asyncio.wait_for(Courtesy().give_way(until=in_a_minute()), timeout=5)


async def test_it_is_not_waited_longer_than_said() -> None:
    courtesy, loop = Courtesy(), asyncio.get_running_loop()
    with courtesy.somebody_waits():
        for until in (loop.time() - 1, loop.time() + 0.01):
            await asyncio.wait_for(courtesy.give_way(until=until), timeout=5)


async def test_nothing_is_claimed_while_somebody_waits(
    build: Build, storage: Storage, alice: Person, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parcels_module, "GIVES_WAY_SECONDS", LONG_SECONDS)
    await queue(storage, await kept(alice), "one")
    parcels = build()._parcels
    with parcels._courtesy.somebody_waits():
        claiming = asyncio.ensure_future(parcels.claim(limit=25))
        await turns()
        async with storage.view() as uow:
            waits = await uow.claims.next_end() is None

    claimed = await asyncio.wait_for(claiming, timeout=5)

    assert waits
    assert [parcel.row.unique_key for parcel in claimed or []] == ["one"]


async def test_somebody_waits_from_their_update_until_its_answer_is_shown() -> None:
    courtesy, seen = Courtesy(), []

    class Looking(Intake):
        async def _take_all(self, raws: object, answered_within: float) -> bool:
            seen.append((courtesy._waiting, answered_within))
            return True

    nobody = Looking(None, answering=None, taps=None, was_blocked=None, courtesy=courtesy)

    assert await nobody.take([])
    assert seen == [(1, intake_module.ANSWER_WITHIN_SECONDS)]
    assert courtesy._waiting == 0
