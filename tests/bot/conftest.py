"""A Telegram of one's own, one clock for both sides, and people who have agreed to be kept."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from uuid import UUID

import pytest

from bot.telegram_api.client import QuietBot, make_bot
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.people import agree
from storage.unit_of_work import Storage
from tests.bot.watched import WatchedClock
from tests.world import NOON

Kept = Callable[..., Awaitable[UUID]]


@pytest.fixture
def clock() -> WatchedClock:
    return WatchedClock(NOON)


@pytest.fixture
async def telegram(clock: WatchedClock) -> AsyncIterator[Lookalike]:
    telegrams_clock = SandboxClock(frozen_at=NOON)
    telegrams_clock.on_move(clock.set)
    async with await Lookalike.start(clock=telegrams_clock) as lookalike:
        yield lookalike


@pytest.fixture
async def alice(telegram: Lookalike) -> Person:
    return await _with_a_chat(telegram.person("Alice"))


@pytest.fixture
async def vera(telegram: Lookalike) -> Person:
    return await _with_a_chat(telegram.person("Vera"))


@pytest.fixture
async def mallory(telegram: Lookalike) -> Person:
    return await _with_a_chat(telegram.person("Mallory"))


async def _with_a_chat(person: Person) -> Person:
    await person.says("hello")
    return person


@pytest.fixture
async def bot(telegram: Lookalike) -> AsyncIterator[QuietBot]:
    bot = make_bot(telegram.token, telegram.url)
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
def pace() -> Pace:
    return Pace(chat_gap_seconds=0.02)


@pytest.fixture
def messages(bot: QuietBot, pace: Pace) -> Messages:
    return Messages(bot, pace)


@pytest.fixture
def wake(storage: Storage) -> asyncio.Event:
    """Set after each commit, as the assembled bot does it."""
    event = asyncio.Event()
    storage.on_commit(event.set)
    return event


@pytest.fixture
def in_flight() -> set[UUID]:
    return set()


@pytest.fixture
def kept(storage: Storage) -> Kept:
    """Makes somebody a person of ours, and returns their id."""

    async def keep(person: Person) -> UUID:
        async with storage.unit() as uow:
            return (await agree(uow, person.user_id, language="en", now=NOON)).id

    return keep
