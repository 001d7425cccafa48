import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.sending import delivery as delivery_module
from bot.sending import parcel as parcel_module
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcels
from bot.telegram_api import messages as messages_module
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity import settling
from solidarity.errors import NotForYou
from storage.claims import Claimed
from storage.models import Lane
from storage.outbox import Due
from storage.unit_of_work import Storage, UnitOfWork
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, Renderer, Watch, build, delivery, posted, renderer, shown, watch
from tests.bot.ground import outbox, queue, states
from tests.bot.watched import WatchedClock
from tests.stopwatch import Stopwatch
from tests.world import NOON

__all__ = ["build", "delivery", "renderer", "watch"]

MINUTE = timedelta(minutes=1)


async def test_what_is_due_is_sent_and_its_message_known(
    delivery: Delivery, storage: Storage, watch: Watch, alice: Person, kept: Kept, in_flight: set[UUID]
) -> None:
    await queue(storage, await kept(alice), "one")

    await watch.settled("one")

    assert shown(alice) == ["one"]
    assert [each.message_id for each in await posted(storage)] == [alice.last.message_id]
    assert in_flight == set()


async def test_what_is_not_due_waits_for_its_time(
    delivery: Delivery,
    storage: Storage,
    watch: Watch,
    telegram: Lookalike,
    clock: WatchedClock,
    alice: Person,
    kept: Kept,
) -> None:
    soon = NOON + timedelta(seconds=20)
    await queue(storage, await kept(alice), "one", due_at=soon)
    await clock.is_awaited(soon)
    before = shown(alice)

    telegram.clock.set(soon)
    await watch.settled("one")

    assert (before, shown(alice)) == ([], ["one"])


async def test_what_is_no_longer_so_is_dropped(
    delivery: Delivery, storage: Storage, watch: Watch, renderer: Renderer, alice: Person, kept: Kept
) -> None:
    renderer.instead["one"] = None

    await queue(storage, await kept(alice), "one")
    await watch.settled("one", state="dropped")

    assert shown(alice) == []


async def test_what_only_lacks_a_way_to_its_person_is_kept_for_their_return(
    delivery: Delivery, storage: Storage, watch: Watch, renderer: Renderer, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    async with storage.unit() as uow:
        await uow.people.mark_unreachable(alice_id)
    renderer.instead["one"] = None

    await queue(storage, alice_id, "one")
    await watch.settled("one", state="unreachable")

    assert shown(alice) == []


@pytest.mark.parametrize("failure", [NotForYou("one"), KeyError("Alice")], ids=["refusal", "surprise"])
async def test_a_message_that_cannot_be_rendered_is_parked_and_the_others_go(
    delivery: Delivery,
    storage: Storage,
    watch: Watch,
    renderer: Renderer,
    alice: Person,
    vera: Person,
    kept: Kept,
    failure: Exception,
) -> None:
    renderer.instead["bad"] = failure
    alice_id, vera_id = await kept(alice), await kept(vera)

    with capture_logs() as logged:
        await queue(storage, alice_id, "bad")
        await queue(storage, vera_id, "good")
        await watch.settled("bad", state="parked")
        await watch.settled("good")

    assert (shown(alice), shown(vera)) == ([], ["good"])
    assert len(await posted(storage)) == 1
    assert "Alice" not in str([{**each, "exc_info": None} for each in logged])


async def test_somebodys_row_that_is_none_of_ours_parks_their_message_alone(
    delivery: Delivery, storage: Storage, watch: Watch, alice: Person, vera: Person, kept: Kept
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    async with storage.unheard().unit() as uow:
        await uow.session.execute(
            text("UPDATE person SET texts = 'loud' WHERE id = :id"), {"id": alice_id.bytes}
        )

    await queue(storage, alice_id, "bad")
    await queue(storage, vera_id, "good")
    await watch.settled("bad", state="parked")
    await watch.settled("good")

    assert (shown(alice), shown(vera)) == ([], ["good"])


async def test_who_blocked_the_bot_gets_nothing_more(
    delivery: Delivery, storage: Storage, watch: Watch, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    await alice.blocks()

    await queue(storage, alice_id, "one")
    await watch.settled("one", state="unreachable")

    async with storage.view() as uow:
        assert not (await uow.people.get(alice_id)).is_reachable
    assert await posted(storage) == []


async def test_what_telegram_will_not_take_is_parked_and_the_operator_told(
    delivery: Delivery, storage: Storage, watch: Watch, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    telegram.faults.error("sendMessage", status=400)

    with capture_logs() as logged:
        await queue(storage, await kept(alice), "one")
        await watch.settled("one", state="parked")

    assert await posted(storage) == []
    assert [each["kind"] for each in logged if each["event"] == "a message is parked"] == [
        "application_declined"
    ]


async def test_after_a_failure_of_telegrams_it_is_tried_again_half_a_minute_later(
    delivery: Delivery, storage: Storage, watch: Watch, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    telegram.faults.error("sendMessage", status=502)
    await queue(storage, await kept(alice), "one")
    await watch.tried("one")
    row = (await outbox(storage))["one"]
    left = await posted(storage)

    telegram.clock.advance(timedelta(seconds=30))
    await watch.settled("one")

    assert (row.state, row.due_at, left) == ("queued", NOON + timedelta(seconds=30), [])
    assert shown(alice) == ["one"]


async def test_after_a_429_its_chat_waits_and_others_do_not(
    delivery: Delivery,
    storage: Storage,
    watch: Watch,
    telegram: Lookalike,
    alice: Person,
    vera: Person,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stopwatch = Stopwatch()
    for module in (delivery_module, messages_module):
        monkeypatch.setattr(module, "monotonic", stopwatch)
    telegram.faults.flood("sendMessage", retry_after=1)
    alice_id, vera_id = await kept(alice), await kept(vera)
    for key in ("one", "two", "three"):
        await queue(storage, alice_id, key)
    await telegram.until(lambda: telegram.calls.of("sendMessage"))
    await queue(storage, vera_id, "hers")
    await watch.settled("hers")
    before = shown(alice)

    stopwatch.skip(seconds=1)
    telegram.clock.advance(timedelta(seconds=2))
    await watch.settled("one", "two", "three")

    assert (before, shown(vera)) == ([], ["hers"])
    assert sorted(shown(alice)) == ["one", "three", "two"]


async def test_many_are_sent_once_each(
    delivery: Delivery,
    storage: Storage,
    watch: Watch,
    telegram: Lookalike,
    alice: Person,
    vera: Person,
    kept: Kept,
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    keys = [str(number) for number in range(20)]

    for number, key in enumerate(keys):
        await queue(storage, alice_id if number % 2 else vera_id, key)
    await watch.settled(*keys)

    assert sorted(shown(alice) + shown(vera)) == sorted(keys)


async def test_what_was_claimed_ahead_is_due_again_when_we_stop(
    build: Build, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    keys = [f"{number:02}" for number in range(60)]
    for key in keys:
        await queue(storage, alice_id, key)
    delivery = build(gap=0.2)
    task = asyncio.ensure_future(delivery.run())
    await telegram.until(lambda: len(shown(alice)) == 2)

    delivery.stop()
    await task

    found = list((await states(storage)).values())
    assert (found.count("sent"), found.count("queued")) == (len(shown(alice)), 60 - len(shown(alice)))
    assert len(await posted(storage)) == len(shown(alice))


async def test_what_was_claimed_ahead_and_withdrawn_does_not_go_out(
    build: Build, storage: Storage, watch: Watch, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    for number in range(15):
        await queue(storage, alice_id, f"{number:02}", due_at=NOON - MINUTE)
    await queue(storage, alice_id, "withdrawn", about_id=UUID(int=8))
    delivery = build(gap=0.05)
    task = asyncio.ensure_future(delivery.run())
    await telegram.until(lambda: len(shown(alice)) >= 5)

    async with storage.unit() as uow:
        await uow.outbox.drop_waiting(UUID(int=8))
    await watch.settled(*(f"{number:02}" for number in range(15)))
    delivery.stop()
    await task

    assert "withdrawn" not in shown(alice)


async def test_a_chat_that_must_wait_is_overtaken(
    build: Build, storage: Storage, alice: Person, vera: Person, kept: Kept
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    for minutes, (person_id, key) in enumerate([(alice_id, "one"), (alice_id, "two"), (vera_id, "hers")]):
        await queue(storage, person_id, key, due_at=NOON - MINUTE * (3 - minutes))
    delivery = build(gap=0.3)
    task = asyncio.ensure_future(delivery.run())

    await vera.sees("hers")
    before = shown(alice)
    await alice.sees("two")
    delivery.stop()
    await task

    assert before == ["one"]


async def test_what_is_urgent_goes_before_a_broadcast_that_is_under_way(
    build: Build, storage: Storage, watch: Watch, telegram: Lookalike, alice: Person, vera: Person, kept: Kept
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    for number in range(60):
        await queue(storage, alice_id, f"{number:02}", lane=Lane.BROADCAST, due_at=NOON - MINUTE)
    delivery = build(gap=0.05)
    task = asyncio.ensure_future(delivery.run())
    await telegram.until(lambda: shown(alice))

    await queue(storage, vera_id, "urgent", lane=Lane.URGENT)
    await watch.settled("urgent")
    before = len(shown(alice))
    delivery.stop()
    await task

    assert shown(vera) == ["urgent"]
    assert before < 60


@pytest.mark.parametrize(
    "outcomes", [("sent", "sent"), ("sent", "parked")], ids=["one spoils it", "for good"]
)
async def test_a_message_that_cannot_be_settled_does_not_keep_the_others_of_its_group(
    delivery: Delivery,
    storage: Storage,
    watch: Watch,
    alice: Person,
    vera: Person,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
    outcomes: tuple[str, str],
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)

    def spoil(step: str) -> None:
        done = getattr(settling, step)

        async def spoiled(uow: UnitOfWork, rows: Collection[Claimed], *, now: datetime) -> object:
            if len(rows) > 1 or (outcomes[1] == "parked" and rows[0].unique_key == "bad"):
                raise KeyError("bad")
            return await done(uow, rows, now=now)

        monkeypatch.setattr(settling, step, spoiled)

    for step in ("mark_sent", "settle_delivered"):
        spoil(step)
    async with storage.unit() as uow:
        about = {"kind": "application_declined", "about_id": UUID(int=7), "due_at": NOON}
        await uow.outbox.queue(
            Due(person_id=person_id, unique_key=key, **about)
            for person_id, key in ((alice_id, "good"), (vera_id, "bad"))
        )

    await watch.settled("good", state=outcomes[0])
    await watch.settled("bad", state=outcomes[1])

    assert (shown(alice), shown(vera)) == (["good"], ["bad"])


async def test_what_is_withdrawn_while_it_waits_for_its_place_does_not_go_out(
    build: Build, storage: Storage, watch: Watch, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    await queue(storage, alice_id, "one", due_at=NOON - MINUTE)
    await queue(storage, alice_id, "two", about_id=UUID(int=8))
    delivery = build(gap=1.0)
    task = asyncio.ensure_future(delivery.run())
    await alice.sees("one")

    async with storage.unit() as uow:
        await uow.outbox.drop_waiting(UUID(int=8))
    await watch.settled("one")
    delivery.stop()
    await task

    assert shown(alice) == ["one"]
    assert len(await posted(storage)) == 1


async def test_who_leaves_while_a_message_is_sent_keeps_nothing_of_it(
    delivery: Delivery, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    slow = telegram.faults.hang("sendMessage")
    await queue(storage, alice_id, "one")
    await telegram.until(lambda: telegram.calls.of("sendMessage"))

    async with storage.unit() as uow:
        await uow.session.delete(await uow.people.get(alice_id))
    telegram.faults.lift(slow)
    await telegram.until(lambda: telegram.calls.of("deleteMessage"))

    assert shown(alice) == []


async def test_what_is_under_way_is_settled_before_we_stop(
    build: Build, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    hanging = telegram.faults.hang("sendMessage")
    await queue(storage, await kept(alice), "one")
    delivery = build()
    task = asyncio.ensure_future(delivery.run())
    await telegram.until(lambda: telegram.calls.of("sendMessage"))

    delivery.stop()
    telegram.faults.lift(hanging)
    await task

    assert await states(storage) == {"one": "sent"}


async def test_what_hangs_when_we_stop_is_tried_again_and_what_had_not_left_is_due(
    build: Build,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delivery_module, "FINISH_WITHIN_SECONDS", 0.1)
    telegram.faults.hang("sendMessage", times=None)
    alice_id = await kept(alice)
    await queue(storage, alice_id, "one")
    await queue(storage, alice_id, "two")
    delivery = build()
    task = asyncio.ensure_future(delivery.run())
    await telegram.until(lambda: telegram.calls.of("sendMessage"))

    delivery.stop()
    await task

    rows = (await outbox(storage)).values()
    assert sorted((each.state, each.attempts, each.due_at) for each in rows) == [
        ("queued", 0, NOON),
        ("queued", 1, NOON + timedelta(seconds=30)),
    ]
    assert await posted(storage) == []


async def test_a_row_whose_time_is_nearly_up_goes_back_unsent(
    build: Build, storage: Storage, alice: Person, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    await queue(storage, await kept(alice), "one")
    delivery = build()
    parcels = await delivery._parcels.claim(limit=25)

    stopwatch = Stopwatch()
    monkeypatch.setattr(parcel_module, "steady", stopwatch)
    stopwatch.skip(seconds=100)
    delivery._waiting.add(parcels)
    await delivery._hand_over_what_may_leave()
    delivery.stop()
    await delivery.run()

    assert (await states(storage), shown(alice)) == ({"one": "queued"}, [])


async def test_on_postgresql_a_row_of_a_sender_at_work_is_left_to_it(
    build: Build,
    storage: Storage,
    clock: WatchedClock,
    engine_name: str,
    alice: Person,
    kept: Kept,
) -> None:
    await queue(storage, await kept(alice), "one")
    await build()._parcels.claim(limit=25)
    other = build()

    task = asyncio.ensure_future(other.run())
    await clock.is_awaited(NOON + delivery_module.LOOK_AGAIN)
    other.stop()
    await task

    # On SQLite there is only one sender: what is claimed when it starts was a dead one's.
    assert shown(alice) == ([] if engine_name == "postgresql" else ["one"])


@pytest.mark.parametrize("engine_name", ["sqlite"])
async def test_what_is_claimed_while_delivery_asks_what_still_stands_stays_in_hand(
    storage: Storage, build: Build, alice: Person, vera: Person, kept: Kept
):
    alice_id, vera_id = await kept(alice), await kept(vera)

    class Claiming(Parcels):
        async def still_wanted(self, parcels):
            wanted = await super().still_wanted(parcels)
            # The feeder has claimed more meanwhile.
            delivery._waiting.add(await self.claim(limit=1))
            return wanted

    delivery = build(parcels=Claiming)
    await queue(storage, alice_id, "one")
    delivery._waiting.add(await delivery._parcels.claim(limit=1))
    await queue(storage, vera_id, "two")

    await delivery._look_who_still_stands()

    assert {parcel.row.unique_key for parcel in delivery._waiting.all()} == {"one", "two"}
