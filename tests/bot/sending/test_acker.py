"""When what became of messages is written down: many together, and a lone one at once."""

import asyncio
from collections.abc import Collection
from typing import cast

import pytest

from bot.sending import acker as acker_module
from bot.sending.acker import Acker
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcel, Parcels
from sandbox.person import Person
from solidarity.outbox import Delivered
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, Watch, build, delivery, renderer, watch
from tests.bot.ground import queue
from tests.statements import statements

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


async def test_where_all_were_delivered_nobody_is_asked_whether_their_claims_hold(
    storage: Storage, build: Build, alice: Person, vera: Person, kept: Kept
) -> None:
    await queue(storage, await kept(alice), "one")
    await queue(storage, await kept(vera), "two")
    parcels = build()._parcels
    claimed = await parcels.claim(limit=25) or []
    for number, parcel in enumerate(claimed):
        parcel.outcome = Delivered(number)

    with statements(storage) as ran:
        await parcels.settle(claimed)

    of_the_outbox = [each for each in ran if "outbox" in each or each.startswith("WITH")]
    assert (len(claimed), of_the_outbox) == (2, ["UPDATE outbox SET"])


async def test_as_many_as_make_a_group_are_written_at_once_and_fewer_wait_for_more() -> None:
    written: list[int] = []
    is_written = asyncio.Event()

    class Noting:
        async def settle(self, parcels: Collection[object]) -> None:
            written.append(len(parcels))

    acker = Acker(
        cast("Parcels", Noting()), settled=lambda _: is_written.set(), more_come=lambda: True, group=3
    )
    running = asyncio.create_task(acker.run())
    acker.add(cast("list[Parcel]", [1, 2]))
    await asyncio.sleep(0.05)
    before = list(written)

    acker.add(cast("list[Parcel]", [3]))
    await asyncio.wait_for(is_written.wait(), timeout=10)
    acker.close()
    await running

    assert (before, written) == ([], [3])
