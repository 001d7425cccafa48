"""Deliveries for tests: what they send, how they are built, and how one waits for what they did."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from telegram import Bot

from bot.clock import HandClock
from bot.sending.chat_turns import ChatTurns
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcels
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from handlers.answer import Showing
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.claims import Claimed
from storage.models import Posted
from storage.sending import Prepared, Unsent
from storage.unit_of_work import Storage, UnitOfWork
from tests.bot.ground import outbox, states


@dataclass(frozen=True)
class Push:
    chat_id: int
    showing: Showing
    prepared: Prepared


@dataclass
class Renderer:
    """Stands for the notices: says the row's key, prepares the message to come, or does what it is told."""

    instead: dict[str, BaseException | None] = field(default_factory=dict)
    rendered: list[str] = field(default_factory=list)

    async def __call__(self, uow: UnitOfWork, row: Claimed, *, now: datetime) -> Push | None:
        self.rendered.append(row.unique_key)
        if row.unique_key in self.instead:
            instead = self.instead[row.unique_key]
            if instead is not None:
                raise instead
            return None
        person = await uow.people.get(row.person_id)
        assert person is not None
        unsent = Unsent(
            id=row.id,
            person_id=row.person_id,
            screen="menu",
            target=None,
            argument="",
            is_covered=False,
            posted_at=now,
            delete_at=now + timedelta(hours=24),
        )
        chat_id = await uow.people.reveal_chat(person)
        return Push(chat_id, Showing(row.unique_key, posted_id=unsent.id), Prepared(unsent))


@pytest.fixture
def renderer() -> Renderer:
    return Renderer()


Build = Callable[..., Delivery]


def turns_of(storage: Storage, gap: float = 0.02) -> ChatTurns:
    """The turns of a process of its own."""
    return ChatTurns(uuid4(), rest=timedelta(seconds=gap), is_alone=storage.database.is_sqlite)


def delivery_on(
    storage: Storage,
    messages: Messages,
    parcels: Parcels,
    *,
    pace: Pace,
    clock: HandClock,
    wake: asyncio.Event,
) -> Delivery:
    """A delivery while no alarm stands."""
    return Delivery(
        messages,
        parcels,
        pace=pace,
        clock=clock,
        wake=wake,
        is_alone=storage.database.is_sqlite,
        is_quiet=lambda: False,
    )


@pytest.fixture
async def build(
    storage: Storage,
    bot: Bot,
    renderer: Renderer,
    clock: HandClock,
    wake: asyncio.Event,
    in_flight: set[UUID],
) -> AsyncIterator[Build]:
    """Makes deliveries on one database, as several processes after one another would be."""
    made: list[Delivery] = []

    def build(
        sender: type[Messages] = Messages, parcels: type[Parcels] = Parcels, gap: float = 0.02
    ) -> Delivery:
        pace = Pace(chat_gap_seconds=gap)
        messages = sender(bot, pace)
        turns = turns_of(storage, gap)
        claims = parcels(storage, messages, renderer, clock=clock, in_flight=in_flight, turns=turns)
        made.append(delivery_on(storage, messages, claims, pace=pace, clock=clock, wake=wake))
        return made[-1]

    yield build
    for delivery in made:
        delivery.stop()


@pytest.fixture
async def delivery(build: Build) -> AsyncIterator[Delivery]:
    delivery = build()
    task = asyncio.ensure_future(delivery.run())
    yield delivery
    delivery.stop()
    await asyncio.wait_for(task, timeout=10)


class Watch:
    """Waits for what becomes of the outbox."""

    def __init__(self, storage: Storage, telegram: Lookalike) -> None:
        self._storage = storage
        self._telegram = telegram
        storage.on_commit(telegram.world.changes.note)

    async def settled(self, *keys: str, state: str = "sent", seconds: float = 10) -> None:
        async def are_settled() -> bool:
            found = await states(self._storage)
            return all(found.get(key) == state for key in keys)

        await self._telegram.until(are_settled, seconds)

    async def tried(self, key: str) -> None:
        async def was_tried() -> bool:
            return (await outbox(self._storage))[key].attempts > 0

        await self._telegram.until(was_tried)


@pytest.fixture
def watch(storage: Storage, telegram: Lookalike) -> Watch:
    return Watch(storage, telegram)


def shown(person: Person) -> list[str]:
    return [message.text for message in person.visible if message.is_from_bot]


async def posted(storage: Storage) -> list[Posted]:
    async with storage.view() as uow:
        return list(await uow.session.scalars(select(Posted)))
