"""When what became of messages is written down: many together, and a lone one at once."""

import asyncio
from collections.abc import Collection

import pytest

from bot.sending import acker as acker_module
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcel, Parcels
from sandbox.person import Person
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, Watch, build, delivery, renderer, watch
from tests.bot.ground import queue

__all__ = ["build", "delivery", "renderer", "watch"]

MANY = [f"number {number}" for number in range(60)]


@pytest.fixture(autouse=True)
def nobody_waits_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(acker_module, "WAIT_SECONDS", 3600)


async def test_a_lone_message_is_settled_at_once(
    storage: Storage, delivery: Delivery, watch: Watch, alice: Person, kept: Kept
) -> None:
    await queue(storage, await kept(alice))

    await watch.settled("one")


async def test_many_are_settled_together_and_the_last_ones_wait_for_nobody(
    storage: Storage, build: Build, watch: Watch, alice: Person, kept: Kept
) -> None:
    groups: list[int] = []

    class Counted(Parcels):
        async def settle(self, parcels: Collection[Parcel]) -> None:
            groups.append(len(parcels))
            await super().settle(parcels)

    person_id = await kept(alice)
    for key in MANY:
        await queue(storage, person_id, key)
    delivery = build(parcels=Counted, gap=0)
    task = asyncio.ensure_future(delivery.run())
    await watch.settled(*MANY)
    delivery.stop()
    await asyncio.wait_for(task, timeout=10)

    assert sum(groups) == len(MANY)
    assert len(groups) < len(MANY) / 4
