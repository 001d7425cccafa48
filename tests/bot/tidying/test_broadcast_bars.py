"""A progress bar moves wherever a coordinator looks at it, and nowhere else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from telegram import Bot

from bot.telegram_api.messages import Messages
from bot.tidying import broadcasts as module
from bot.tidying.broadcasts import Broadcasts
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.broadcasts.audience import Said, write_said
from solidarity.broadcasts.life import start
from solidarity.desk import open_desk
from solidarity.people import actor_of, person_of
from storage.models import Broadcast, BroadcastKind, BroadcastState, OutboxState, RoleName
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.ground import put
from tests.bot.watched import WatchedClock, WatchedTurns
from tests.world import NOON


@pytest.fixture
async def broadcasts(
    messages: Messages,
    storage: Storage,
    clock: WatchedClock,
    telegram: Lookalike,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Broadcasts]:
    monkeypatch.setattr(module, "SECONDS_BETWEEN", 0.05)
    storage.on_commit(telegram.world.changes.note)
    wake = asyncio.Event()
    storage.on_commit(wake.set)
    made = Broadcasts(storage, messages, turns=WatchedTurns(), clock=clock, wake=wake)
    task = asyncio.ensure_future(made.run())
    yield made
    made.stop()
    await asyncio.wait_for(task, timeout=5)


async def going(storage: Storage, bob_id: UUID) -> UUID:
    """A broadcast under way, by a coordinator at an open desk."""
    async with storage.unit() as uow:
        person = await person_of(uow, bob_id)
        await uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date())
        await open_desk(uow, await actor_of(uow, person, now=NOON), is_right=True, now=NOON)
        said = Said(BroadcastKind.OWN, texts={"be": "Словы", "ru": "Слова", "en": "Words"})
        broadcast = Broadcast(
            made_by=bob_id,
            kind=BroadcastKind.OWN,
            state=BroadcastState.ASKED,
            made_at=NOON,
            starts_at=NOON,
        )
        await uow.broadcasts.add(broadcast, said=write_said(said))
        await start(uow, broadcast, said, now=NOON)
        return broadcast.id


async def settle_one(storage: Storage, now) -> None:
    async with storage.unit() as uow:
        rows = await uow.claims.claim(now=now, limit=1, lease=timedelta(minutes=1))
        await uow.claims.settle(rows, OutboxState.SENT, now=now, tried=True)


async def shows(bot: Bot, storage: Storage, person: Person, person_id: UUID, **changes: object) -> None:
    message = await bot.send_message(person.user_id, "Broadcast", protect_content=True)
    await put(storage, person_id, message_id=message.message_id, screen="broadcast-report", **changes)


def bar_of(person: Person) -> str:
    return "\n".join(message.text for message in person.visible if message.is_from_bot)


async def test_a_bar_moves_as_messages_are_sent_until_all_are(
    broadcasts: Broadcasts,
    bot: Bot,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    vera: Person,
    kept: Kept,
):
    bob_id, vera_id = await kept(alice), await kept(vera)
    broadcast_id = await going(storage, bob_id)
    await shows(bot, storage, alice, bob_id, target=broadcast_id)
    await shows(bot, storage, vera, vera_id, target=broadcast_id)

    await settle_one(storage, NOON)
    await telegram.until(lambda: "1/2" in bar_of(alice))
    await settle_one(storage, NOON)
    await telegram.until(lambda: "Sent: 2" in bar_of(alice) and "/2" not in bar_of(alice))

    # Whoever has no desk is shown nothing of it, whatever their message's row says.
    assert bar_of(vera) == "Broadcast"
