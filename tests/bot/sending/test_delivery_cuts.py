"""A sender that dies or is overtaken at each of its steps: a message comes once or twice, never never."""

import asyncio
from collections.abc import Collection

import pytest

from bot.clock import HandClock
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcel, Parcels
from bot.telegram_api.messages import Messages
from handlers.answer import Showing
from sandbox.person import Person
from solidarity.outbox import Outcome
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, Renderer, Watch, build, posted, renderer, shown, watch
from tests.bot.ground import let_claims_run_out, outbox, queue

__all__ = ["build", "renderer", "watch"]


class CutBefore(Messages):
    """A sender that is cut off for ever before Telegram has the message."""

    is_cut: asyncio.Event

    async def send(self, chat_id: int, showing: Showing) -> Outcome:
        type(self).is_cut.set()
        await asyncio.Event().wait()
        raise AssertionError("cut off")


class CutAfter(CutBefore):
    """A sender that is cut off for ever when Telegram has the message and we have no answer."""

    async def send(self, chat_id: int, showing: Showing) -> Outcome:
        await Messages.send(self, chat_id, showing)
        return await super().send(chat_id, showing)


class NeverWrites(Parcels):
    """Cut off with all answers in hand and none written."""

    is_cut: asyncio.Event

    async def settle(self, parcels: Collection[Parcel]) -> None:
        type(self).is_cut.set()
        await asyncio.Event().wait()


async def dies(delivery: Delivery, is_cut: asyncio.Event) -> None:
    """Let a delivery run up to where it is cut off; nothing of it goes on, as after ``kill -9``."""
    task = asyncio.ensure_future(delivery.run())
    await asyncio.wait_for(is_cut.wait(), timeout=10)
    delivery._stopping.set()
    delivery._settling._running.clear()
    delivery._posts._running.clear()
    delivery.stop()
    await asyncio.wait_for(task, timeout=10)


async def lives(delivery: Delivery, watch: Watch, storage: Storage) -> None:
    """Let the next process come when the claims have run out, and do what is left."""
    await let_claims_run_out(storage)
    task = asyncio.ensure_future(delivery.run())
    await watch.settled("one")
    delivery.stop()
    await task


async def test_cut_off_while_rendering_a_message_comes_once(
    build: Build,
    storage: Storage,
    watch: Watch,
    renderer: Renderer,
    clock: HandClock,
    alice: Person,
    kept: Kept,
) -> None:
    await queue(storage, await kept(alice), "one")
    renderer.instead["one"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        await build()._parcels.claim(limit=25)
    renderer.instead.clear()

    await lives(build(), watch, storage)

    assert shown(alice) == ["one"]


@pytest.mark.parametrize(("sender", "times"), [(CutBefore, 1), (CutAfter, 2)], ids=["before", "after"])
async def test_cut_off_while_sending_a_message_comes_and_twice_at_most(
    build: Build,
    storage: Storage,
    watch: Watch,
    clock: HandClock,
    alice: Person,
    kept: Kept,
    sender: type[CutBefore],
    times: int,
) -> None:
    await queue(storage, await kept(alice), "one")
    sender.is_cut = asyncio.Event()
    await dies(build(sender), sender.is_cut)

    await lives(build(), watch, storage)

    assert shown(alice) == ["one"] * times


async def test_cut_off_before_the_outcome_is_written_a_message_comes_twice(
    build: Build, storage: Storage, watch: Watch, clock: HandClock, alice: Person, kept: Kept
) -> None:
    await queue(storage, await kept(alice), "one")
    NeverWrites.is_cut = asyncio.Event()
    await dies(build(parcels=NeverWrites), NeverWrites.is_cut)

    await lives(build(), watch, storage)

    assert shown(alice) == ["one"] * 2


async def test_cut_off_after_the_outcome_is_written_a_message_comes_once(
    build: Build, storage: Storage, watch: Watch, clock: HandClock, alice: Person, kept: Kept
) -> None:
    await queue(storage, await kept(alice), "one")
    first = build()
    task = asyncio.ensure_future(first.run())
    await watch.settled("one")
    first.stop()
    await task

    await lives(build(), watch, storage)

    assert shown(alice) == ["one"]


async def test_who_lost_a_claim_leaves_the_next_ones_message_alone(
    build: Build, storage: Storage, messages: Messages, alice: Person, kept: Kept
) -> None:
    await queue(storage, await kept(alice), "one")
    late, parcels = build()._parcels, build()._parcels
    lost = await late.claim(limit=25)
    await let_claims_run_out(storage)
    await parcels.release_expired()
    (parcel,) = await parcels.claim(limit=25)

    await late.settle(lost)
    parcel.outcome = await messages.send(parcel.chat_id, parcel.push.showing)
    await parcels.settle([parcel])

    assert shown(alice) == ["one"]
    assert [each.message_id for each in await posted(storage)] == [alice.last.message_id]


@pytest.mark.parametrize("kind", ["application_declined", "hearing_changed"])
async def test_a_message_whose_row_was_tidied_away_on_its_way_stands_and_is_known(
    build: Build, storage: Storage, messages: Messages, alice: Person, kept: Kept, kind: str
) -> None:
    await queue(storage, await kept(alice), "one", kind=kind)
    parcels = build()._parcels
    (parcel,) = await parcels.claim(limit=25)
    async with storage.unit() as uow:
        await uow.sending.remove_unsent([parcel.posted_id])

    parcel.outcome = await messages.send(parcel.chat_id, parcel.push.showing)
    await parcels.settle([parcel])

    assert shown(alice) == ["one"]
    assert [each.message_id for each in await posted(storage)] == [alice.last.message_id]


@pytest.mark.parametrize(("engine_name", "attempts"), [("sqlite", 0), ("postgresql", 1)])
async def test_a_claim_that_ran_out_in_our_own_hands_is_taken_back_where_others_send(
    build: Build, storage: Storage, alice: Person, kept: Kept, attempts: int
) -> None:
    await queue(storage, await kept(alice), "one")
    delivery = build()
    await delivery._refill()
    delivery._acker.add(delivery._waiting.keep(set()))
    await let_claims_run_out(storage)

    await delivery._release_what_ran_out()

    # A claim taken back counts as an attempt.
    assert (await outbox(storage))["one"].attempts == attempts


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_sender_that_never_rests_takes_over_what_a_dead_one_had(
    build: Build, storage: Storage, watch: Watch, alice: Person, vera: Person, kept: Kept
) -> None:
    await queue(storage, await kept(alice), "one")
    await build()._parcels.claim(limit=25)
    await queue(storage, await kept(vera), "two")
    busy = build()
    await busy._refill()
    await let_claims_run_out(storage)

    await busy._release_what_ran_out()

    assert (await outbox(storage))["one"].state == "queued"
