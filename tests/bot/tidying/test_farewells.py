"""The chats of those who left are emptied soon, also after a failure, and forgotten within an hour."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs
from telegram import Bot

from bot.clock import HandClock
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from bot.tidying import housekeeping as housekeeping_module
from bot.tidying.housekeeping import Housekeeping
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.leaving import erase_person
from storage.columns import Cell
from storage.leaving import Parting
from storage.models import Farewell, WrappedKey
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.ground import put
from tests.world import NOON

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def housekeeping(
    messages: Messages,
    storage: Storage,
    pace: Pace,
    clock: HandClock,
    wake: asyncio.Event,
    in_flight: set[UUID],
    telegram: Lookalike,
    monkeypatch: pytest.MonkeyPatch,
) -> Housekeeping:
    monkeypatch.setattr(housekeeping_module, "SECONDS_BETWEEN", 0.0)
    storage.on_commit(telegram.world.changes.note)
    return Housekeeping(
        storage, messages, pace=pace, turns=Turns(), clock=clock, wake=wake, in_flight=in_flight
    )


@pytest.fixture
async def at_work(housekeeping: Housekeeping) -> AsyncIterator[None]:
    task = asyncio.ensure_future(housekeeping.run())
    yield
    housekeeping.stop()
    await asyncio.wait_for(task, timeout=5)


async def farewell(storage: Storage, chat_id: int, message_ids: Sequence[int]) -> UUID:
    async with storage.unit() as uow:
        added = await uow.farewells.add(Parting(chat_id, message_ids), now=NOON, expires_at=NOON + HOUR)
    return added.id


async def left(storage: Storage) -> tuple[int, int]:
    """Count the farewells and the keys that are left."""
    async with storage.view() as uow:
        return (
            await uow.session.scalar(select(func.count()).select_from(Farewell)) or 0,
            await uow.session.scalar(select(func.count()).select_from(WrappedKey)) or 0,
        )


async def until_said(telegram: Lookalike, storage: Storage) -> None:
    async def is_said() -> bool:
        return await left(storage) == (0, 0)

    await telegram.until(is_said)


async def until_put_off(telegram: Lookalike, storage: Storage) -> None:
    async def is_put_off() -> bool:
        async with storage.view() as uow:
            next_at = await uow.farewells.next_at()
        return next_at is not None and next_at > telegram.clock.now()

    await telegram.until(is_put_off)


async def send(bot: Bot, person: Person, count: int) -> list[int]:
    return [(await bot.send_message(person.user_id, str(number))).message_id for number in range(count)]


@pytest.mark.usefixtures("at_work")
async def test_who_left_finds_the_chat_empty(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    for message_id in await send(bot, alice, 2):
        await put(storage, alice_id, message_id=message_id)
    async with storage.unit() as uow:
        await uow.posted.discard(alice_id, alice.history[0].message_id, now=NOON)

    async with storage.unit() as uow:
        await erase_person(uow, alice_id, now=NOON)

    await until_said(telegram, storage)
    assert alice.visible == []


@pytest.mark.usefixtures("at_work")
async def test_messages_go_a_hundred_at_once(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    ids = [alice.history[0].message_id, *await send(bot, alice, 150)]

    await farewell(storage, alice.user_id, ids)

    await until_said(telegram, storage)
    assert alice.visible == []
    assert (telegram.calls.counts["deleteMessages"], telegram.calls.counts["deleteMessage"]) == (2, 0)


@pytest.mark.usefixtures("at_work")
async def test_nobody_elses_messages_are_touched(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, mallory: Person
) -> None:
    ids = await send(bot, mallory, 2)

    await farewell(storage, alice.user_id, ids)

    await until_said(telegram, storage)
    assert len(mallory.visible) == 3


@pytest.mark.usefixtures("at_work")
async def test_of_what_is_too_old_to_be_deleted_nothing_is_left_to_read(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    [old] = await send(bot, alice, 1)
    telegram.clock.advance(timedelta(hours=49))
    [young] = await send(bot, alice, 1)
    telegram.clock.set(NOON)
    telegram.clock.advance(timedelta(hours=49))

    async with storage.unit() as uow:
        now = NOON + timedelta(hours=49)
        await uow.farewells.add(Parting(alice.user_id, [old, young]), now=now, expires_at=now + HOUR)

    await until_said(telegram, storage)
    assert [m.text for m in alice.visible if m.is_from_bot] == ["…"]


@pytest.mark.usefixtures("at_work")
async def test_of_a_file_that_is_too_old_nothing_is_left_either(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    sent = await bot.send_document(alice.user_id, b"{}", caption="Example", filename="my-data.json")
    telegram.clock.advance(timedelta(hours=49))

    async with storage.unit() as uow:
        now = NOON + timedelta(hours=49)
        await uow.farewells.add(Parting(alice.user_id, [sent.message_id]), now=now, expires_at=now + HOUR)

    await until_said(telegram, storage)
    [message] = [message for message in alice.visible if message.is_from_bot]
    assert message.media is not None
    assert (message.text, message.media.name) == ("…", "0.txt")


@pytest.mark.usefixtures("at_work")
async def test_what_telegram_did_not_do_is_asked_for_again(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    telegram.faults.error("deleteMessages", status=500, times=1)
    await farewell(storage, alice.user_id, await send(bot, alice, 1))
    await until_put_off(telegram, storage)

    telegram.clock.advance(MINUTE)

    await until_said(telegram, storage)
    assert [m for m in alice.visible if m.is_from_bot] == []


@pytest.mark.usefixtures("at_work")
async def test_after_an_hour_the_chat_is_forgotten_whatever_telegram_says(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    telegram.faults.error("deleteMessages", status=500, times=None)
    await farewell(storage, alice.user_id, await send(bot, alice, 1))
    await until_put_off(telegram, storage)
    telegram.clock.advance(HOUR - timedelta(milliseconds=1))
    await until_put_off(telegram, storage)
    before = await left(storage)

    telegram.clock.advance(timedelta(milliseconds=1))

    await until_said(telegram, storage)
    assert before == (1, 1)


async def test_what_was_cut_off_is_done_after_the_next_start(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    await farewell(storage, alice.user_id, await send(bot, alice, 1))
    telegram.clock.advance(timedelta(days=1))

    task = asyncio.ensure_future(housekeeping.run())

    await until_said(telegram, storage)
    # The hour is over: the chat is forgotten first, and what stands there goes after it.
    await telegram.until(lambda: not any(m.is_from_bot for m in alice.visible))
    housekeeping.stop()
    await task


@pytest.mark.usefixtures("at_work")
async def test_who_has_blocked_the_bot_is_forgotten_all_the_same(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    ids = await send(bot, alice, 1)
    telegram.faults.error("deleteMessages", status=403)

    await farewell(storage, alice.user_id, ids)

    await until_said(telegram, storage)


@pytest.mark.usefixtures("at_work")
async def test_a_farewell_that_cannot_be_read_goes_and_holds_nobody_up(
    bot: Bot, storage: Storage, telegram: Lookalike, alice: Person
) -> None:
    with capture_logs() as logged:
        async with storage.unit() as uow:
            damaged = await uow.farewells.add(Parting(1, [1]), now=NOON, expires_at=NOON + HOUR)
            damaged.body = Cell(b"\x01\x01damaged")
            ids = await send(bot, alice, 1)
            await uow.farewells.add(Parting(alice.user_id, ids), now=NOON, expires_at=NOON + HOUR)

        await until_said(telegram, storage)

    assert [m for m in alice.visible if m.is_from_bot] == []
    assert [each["event"] for each in logged if each["log_level"] == "error"] == ["a farewell cannot be read"]
