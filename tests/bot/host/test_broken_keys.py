"""Somebody who can write to the database breaks one row's key: it is skipped and said, the others go on."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, update
from structlog.testing import capture_logs
from structlog.typing import EventDict
from telegram import Bot

from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcels
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from bot.tidying import housekeeping as housekeeping_module
from bot.tidying.housekeeping import Housekeeping
from handlers.notices import prepare_push
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.people import person_of
from solidarity.staying import ask_whether_they_stay
from storage.columns import Cell
from storage.leaving import Parting
from storage.models import Role, WrappedKey
from storage.unit_of_work import Storage, UnitOfWork
from tests.bot.conftest import Kept
from tests.bot.deliveries import delivery_on, turns_of
from tests.bot.ground import put, states
from tests.bot.watched import WatchedClock
from tests.world import NOON

HOUR = timedelta(hours=1)

Break = Callable[[UnitOfWork, UUID], Awaitable[None]]


def changed(**values: object) -> Break:
    async def change(uow: UnitOfWork, subject: UUID) -> None:
        row = update(WrappedKey).where(WrappedKey.subject == subject)
        await uow.session.execute(row.values(**values))

    return change


async def gone(uow: UnitOfWork, subject: UUID) -> None:
    await uow.session.execute(delete(WrappedKey).where(WrappedKey.subject == subject))


BREAKS = {
    "gone": gone,
    "cut off": changed(wrapped=Cell(b"")),
    "spoiled": changed(wrapped=Cell(bytes(60))),
    "of an absurd generation": changed(gen=-1),
    "under no key": changed(kid=b""),
}
broken = pytest.mark.parametrize("how", BREAKS.values(), ids=BREAKS)


async def break_key(storage: Storage, subject: UUID, how: Break) -> None:
    async with storage.unit() as uow:
        await how(uow, subject)
    storage.keys.cache.clear()


@pytest.fixture
def housekeeping(
    messages: Messages,
    storage: Storage,
    pace: Pace,
    clock: WatchedClock,
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
def delivery(
    storage: Storage, messages: Messages, pace: Pace, clock: WatchedClock, wake: asyncio.Event,
    in_flight: set[UUID], telegram: Lookalike,
) -> Delivery:  # fmt: skip
    storage.on_commit(telegram.world.changes.note)
    parcels = Parcels(
        storage, messages, prepare_push, clock=clock, in_flight=in_flight, turns=turns_of(storage)
    )
    return delivery_on(storage, messages, parcels, pace=pace, clock=clock, wake=wake)


async def runs(work: Housekeeping | Delivery, until: Awaitable[object]) -> list[EventDict]:
    """Let work go on until something is so; returns the errors it logged, and raises what ended it."""
    with capture_logs() as logged:
        running = asyncio.ensure_future(work.run())
        waiting = asyncio.ensure_future(until)
        await asyncio.wait({running, waiting}, return_when=asyncio.FIRST_COMPLETED)
        work.stop()
        await running
        await waiting
    return [each for each in logged if each["log_level"] == "error"]


def shown(person: Person) -> list[str]:
    return [message.text for message in person.visible if message.is_from_bot]


async def says(bot: Bot, person: Person, words: str = "Forgotten Example") -> int:
    return (await bot.send_message(person.user_id, words)).message_id


@broken
async def test_a_farewell_that_cannot_be_read_holds_up_no_other(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, how: Break
) -> None:
    async with storage.unit() as uow:
        first = await uow.farewells.add(Parting(1, [1]), now=NOON, expires_at=NOON + HOUR)
        await uow.farewells.add(
            Parting(alice.user_id, [await says(bot, alice)]), now=NOON, expires_at=NOON + HOUR
        )
    await break_key(storage, first.id, how)

    errors = await runs(housekeeping, telegram.until(lambda: not shown(alice)))

    assert shown(alice) == []
    assert "a farewell cannot be read" in [each["event"] for each in errors]


@broken
async def test_messages_of_somebody_who_cannot_be_read_hold_up_no_deletion(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person,
    mallory: Person, kept: Kept, how: Break,
) -> None:  # fmt: skip
    mallory_id, alice_id = await kept(mallory), await kept(alice)
    await put(storage, mallory_id, message_id=await says(bot, mallory), delete_at=NOON)
    await put(storage, alice_id, message_id=await says(bot, alice), delete_at=NOON)
    await break_key(storage, mallory_id, how)

    errors = await runs(housekeeping, telegram.until(lambda: not shown(alice)))

    assert shown(alice) == []
    assert "a chat cannot be read" in [each["event"] for each in errors]


async def forge_role(uow: UnitOfWork, person_id: UUID) -> None:
    await uow.session.execute(update(Role).where(Role.person_id == person_id).values(mac=b""))


async def spoil_phrase(uow: UnitOfWork, person_id: UUID) -> None:
    (await person_of(uow, person_id)).phrase = Cell(b"")


@pytest.mark.parametrize("how", [forge_role, spoil_phrase])
async def test_what_is_too_old_to_be_deleted_is_emptied_also_of_somebody_who_cannot_be_read(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person,
    mallory: Person, kept: Kept, how: Break,
) -> None:  # fmt: skip
    for person in (mallory, alice):
        await put(storage, await kept(person), message_id=await says(bot, person))
    async with storage.unit() as uow:
        await how(uow, (await uow.people.get_by_chat(mallory.user_id)).id)
    telegram.clock.advance(timedelta(hours=49))

    await runs(housekeeping, telegram.until(lambda: [shown(mallory), shown(alice)] == [["…"], ["…"]]))

    assert [shown(mallory), shown(alice)] == [["…"], ["…"]]


@broken
async def test_a_message_for_somebody_who_cannot_be_read_holds_up_no_other(
    delivery: Delivery, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, mallory: Person,
    kept: Kept, how: Break,
) -> None:  # fmt: skip
    mallory_id, alice_id = await kept(mallory), await kept(alice)
    for each in (mallory_id, alice_id):
        async with storage.unit() as uow:
            await ask_whether_they_stay(uow, await person_of(uow, each), now=NOON)
    await break_key(storage, mallory_id, how)

    async def is_settled() -> bool:
        return "sent" in (await states(storage)).values()

    errors = await runs(delivery, telegram.until(is_settled))

    assert sorted((await states(storage)).values()) == ["parked", "sent"]
    assert (len(shown(mallory)), len(shown(alice))) == (0, 1)
    assert [each["event"] for each in errors] == ["a message failed"]
