import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs
from telegram import Bot

from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.tidying import housekeeping as housekeeping_module
from bot.tidying.housekeeping import LOOK_AGAIN, Housekeeping
from handlers import surfaces
from handlers.answer import Showing
from sandbox.lookalike import Lookalike
from sandbox.person import PIXEL, Person
from solidarity.hiding import hide
from solidarity.people import recognise
from storage.models import Code, CodeKind, Posted, Purpose
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.ground import put, row
from tests.bot.watched import WatchedClock, WatchedTurns
from tests.world import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
def turns() -> WatchedTurns:
    return WatchedTurns()


@pytest.fixture
async def housekeeping(
    messages: Messages,
    storage: Storage,
    pace: Pace,
    turns: WatchedTurns,
    clock: WatchedClock,
    wake: asyncio.Event,
    in_flight: set[UUID],
    telegram: Lookalike,
) -> AsyncIterator[Housekeeping]:
    storage.on_commit(telegram.world.changes.note)
    housekeeping = Housekeeping(
        storage, messages, pace=pace, turns=turns, clock=clock, wake=wake, in_flight=in_flight
    )
    task = asyncio.ensure_future(housekeeping.run())
    yield housekeeping
    housekeeping.stop()
    await asyncio.wait_for(task, timeout=5)


async def shows(bot: Bot, storage: Storage, person: Person, person_id: UUID, **changes: object) -> UUID:
    """Let a message of the bot stand in somebody's chat; returns its row's id."""
    message = await bot.send_message(person.user_id, "Forgotten Example", protect_content=True)
    return await put(storage, person_id, message_id=message.message_id, **changes)


async def until_row(telegram: Lookalike, storage: Storage, posted_id: UUID, **wanted: object) -> Posted:
    async def is_so() -> Posted | None:
        found = await row(storage, posted_id)
        is_right = found is not None and all(getattr(found, name) == v for name, v in wanted.items())
        return found if is_right else None

    found = await telegram.until(is_so)
    assert found is not None
    return found


async def until_gone(telegram: Lookalike, storage: Storage, *posted_ids: UUID) -> None:
    async def are_gone() -> bool:
        return not any([await row(storage, each) for each in posted_ids])

    await telegram.until(are_gone)


async def a_document(bot: Bot, person: Person) -> int:
    name = "forgotten-example.pdf"
    return (await bot.send_document(person.user_id, b"%PDF", caption="Example", filename=name)).message_id


async def a_picture(bot: Bot, person: Person) -> int:
    return (await bot.send_photo(person.user_id, PIXEL, caption="Example", protect_content=True)).message_id


def shown(person: Person) -> list[str]:
    return [message.text for message in person.visible if message.is_from_bot]


async def test_a_message_is_deleted_when_its_time_has_come_and_not_before(
    housekeeping: Housekeeping,
    bot: Bot,
    storage: Storage,
    telegram: Lookalike,
    clock: WatchedClock,
    alice: Person,
    kept: Kept,
) -> None:
    soon = NOON + timedelta(seconds=20)
    posted_id = await shows(bot, storage, alice, await kept(alice), delete_at=soon)
    await clock.is_awaited(soon)
    before = shown(alice)

    telegram.clock.set(soon)
    await until_gone(telegram, storage, posted_id)

    assert (before, shown(alice)) == (["Forgotten Example"], [])


async def test_what_a_person_wrote_is_deleted_at_once(
    housekeeping: Housekeeping, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)

    async with storage.unit() as uow:
        await uow.posted.discard(alice_id, alice.history[0].message_id, now=NOON)
    await telegram.until(lambda: not alice.visible)

    assert alice.visible == []


async def test_who_wrote_much_does_not_keep_others_waiting(
    housekeeping: Housekeeping,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    vera: Person,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(housekeeping_module, "BATCH", 3)
    monkeypatch.setattr(housekeeping_module, "SECONDS_BETWEEN", 0.0)
    alice_id, vera_id = await kept(alice), await kept(vera)
    telegram.faults.error("deleteMessage", times=None, chat=alice.user_id)

    async with storage.unit() as uow:
        for number in range(100, 110):
            await uow.posted.discard(alice_id, number, now=NOON)
        await uow.posted.discard(vera_id, vera.history[0].message_id, now=NOON)
    await telegram.until(lambda: not vera.visible)

    assert vera.visible == []


@pytest.mark.parametrize("is_missing", [True, False], ids=["gone", "blocked"])
async def test_what_cannot_be_deleted_any_more_counts_as_deleted(
    housekeeping: Housekeeping,
    bot: Bot,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    kept: Kept,
    is_missing: bool,
) -> None:
    posted_id = await shows(bot, storage, alice, await kept(alice), delete_at=NOON + MINUTE)
    if is_missing:
        await alice.deletes_message(alice.last)
    else:
        telegram.faults.error("deleteMessage", status=403)

    telegram.clock.advance(MINUTE)

    await until_gone(telegram, storage, posted_id)


async def test_what_is_too_old_to_be_deleted_is_blanked(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    posted_id = await shows(bot, storage, alice, await kept(alice))

    telegram.clock.advance(timedelta(hours=49))
    await until_gone(telegram, storage, posted_id)

    assert shown(alice) == ["…"]
    assert alice.buttons() == []


@pytest.mark.parametrize("send", [a_document, a_picture])
async def test_in_the_place_of_a_file_too_old_to_be_deleted_stands_one_of_nothing(
    housekeeping: Housekeeping,
    bot: Bot,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    kept: Kept,
    send: Callable[[Bot, Person], Awaitable[int]],
) -> None:
    posted_id = await put(storage, await kept(alice), message_id=await send(bot, alice))

    telegram.clock.advance(timedelta(hours=49))
    await until_gone(telegram, storage, posted_id)

    [message] = [message for message in alice.visible if message.is_from_bot]
    assert (message.text, message.labels) == ("…", [])
    assert (message.media.kind, message.media.name) == ("document", "0.txt")
    assert telegram.world.files.by_id[message.media.file_id].upload.data == "…".encode()


async def test_a_file_that_could_not_be_emptied_is_tried_again_half_a_minute_later(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    telegram.faults.error("editMessageMedia", status=502)
    posted_id = await put(storage, await kept(alice), message_id=await a_picture(bot, alice))
    late = NOON + timedelta(hours=49)
    telegram.clock.set(late)
    await until_row(telegram, storage, posted_id, delete_at=late + timedelta(seconds=30))
    before = shown(alice)

    telegram.clock.advance(timedelta(seconds=30))
    await until_gone(telegram, storage, posted_id)

    assert (before, shown(alice)) == (["Example"], ["…"])


async def test_what_a_person_sent_long_ago_stays_as_it_is(
    housekeeping: Housekeeping, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    await alice.sends_photo("Mine")
    sent = alice.visible[-1]
    posted_id = await put(storage, await kept(alice), message_id=sent.message_id)

    telegram.clock.advance(timedelta(hours=49))
    await until_gone(telegram, storage, posted_id)

    assert (sent.is_visible, sent.media.kind, sent.text) == (True, "photo", "Mine")
    assert telegram.calls.of("editMessageMedia") == []


async def test_in_hiding_not_even_the_phrase_is_left_of_what_is_too_old(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    posted_id = await shows(bot, storage, alice, alice_id, delete_at=NOON + timedelta(hours=72))
    telegram.clock.advance(timedelta(hours=49))

    async with storage.unit() as uow:
        actor = await recognise(uow, alice.user_id, now=telegram.clock.now())
        await hide(uow, actor, now=telegram.clock.now())
    await until_gone(telegram, storage, posted_id)

    assert shown(alice) == ["…"]


async def test_a_deletion_that_fails_is_tried_again_half_a_minute_later(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    telegram.faults.error("deleteMessage", status=502)
    posted_id = await shows(bot, storage, alice, await kept(alice), delete_at=NOON)
    again_at = NOON + timedelta(seconds=30)
    await until_row(telegram, storage, posted_id, delete_at=again_at)
    before = shown(alice)

    telegram.clock.set(again_at)
    await until_gone(telegram, storage, posted_id)

    assert (before, shown(alice)) == (["Forgotten Example"], [])


async def test_a_row_goes_only_after_telegram_has_answered(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    hanging = telegram.faults.hang("deleteMessage")
    posted_id = await shows(bot, storage, alice, await kept(alice), delete_at=NOON)
    await telegram.until(lambda: telegram.calls.of("deleteMessage"))

    before = await row(storage, posted_id)
    telegram.faults.lift(hanging)
    await until_gone(telegram, storage, posted_id)

    assert before is not None


async def test_a_screen_nobody_looks_at_is_covered(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    posted_id = await shows(bot, storage, alice, await kept(alice), cover_at=NOON + 10 * MINUTE)

    telegram.clock.advance(10 * MINUTE)
    await until_row(telegram, storage, posted_id, cover_at=None)

    assert (await row(storage, posted_id)).is_covered
    assert "Forgotten" not in alice.last.text
    assert alice.buttons() == ["Open", "Keep open 30 minutes"]


async def test_a_cover_that_fails_stays_due(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    telegram.faults.error("editMessageText", status=502)
    posted_id = await shows(bot, storage, alice, await kept(alice), cover_at=NOON)
    again_at = NOON + timedelta(seconds=30)
    await until_row(telegram, storage, posted_id, cover_at=again_at)

    telegram.clock.set(again_at)
    await until_row(telegram, storage, posted_id, cover_at=None)

    assert alice.buttons() == ["Open", "Keep open 30 minutes"]


async def test_a_message_that_is_gone_when_it_is_covered_is_forgotten(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    posted_id = await shows(bot, storage, alice, await kept(alice), cover_at=NOON + MINUTE)
    await alice.deletes_message(alice.last)

    telegram.clock.advance(MINUTE)

    await until_gone(telegram, storage, posted_id)


async def test_what_cannot_be_covered_is_deleted(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    telegram.faults.error("editMessageText", status=400)

    posted_id = await shows(bot, storage, alice, await kept(alice), cover_at=NOON)
    await until_gone(telegram, storage, posted_id)

    assert shown(alice) == []


async def test_what_cannot_be_drawn_is_deleted_and_the_others_are_covered(
    housekeeping: Housekeeping,
    bot: Bot,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    vera: Person,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    draw = surfaces.draw

    async def draw_hers(uow: object, actor: object, posted: Posted, **more: object) -> Showing:
        if posted.person_id == alice_id:
            raise KeyError("Alice")
        return await draw(uow, actor, posted, **more)

    monkeypatch.setattr(surfaces, "draw", draw_hers)
    with capture_logs() as logged:
        hers = await shows(bot, storage, alice, alice_id, cover_at=NOON)
        other = await shows(bot, storage, vera, vera_id, cover_at=NOON)
        await until_gone(telegram, storage, hers)
        await until_row(telegram, storage, other, cover_at=None)

    assert (shown(alice), vera.buttons()) == ([], ["Open", "Keep open 30 minutes"])
    assert [each["event"] for each in logged] == ["a message could not be covered and is deleted"]


async def test_a_screen_that_was_just_opened_stays_open(
    housekeeping: Housekeeping,
    bot: Bot,
    storage: Storage,
    turns: WatchedTurns,
    telegram: Lookalike,
    clock: WatchedClock,
    alice: Person,
    kept: Kept,
) -> None:
    posted_id = await shows(bot, storage, alice, await kept(alice), cover_at=NOON + MINUTE)

    async with turns.of(alice.user_id):
        turns.asked.clear()
        telegram.clock.advance(MINUTE)
        await turns.asked.wait()
        async with storage.unit() as uow:
            opened = await uow.posted.get(posted_id)
            opened.cover_at = telegram.clock.now() + 10 * MINUTE
    await clock.is_awaited(NOON + MINUTE + LOOK_AGAIN)

    assert shown(alice) == ["Forgotten Example"]


async def test_a_row_whose_message_was_never_sent_goes_after_ten_minutes(
    housekeeping: Housekeeping,
    storage: Storage,
    telegram: Lookalike,
    clock: WatchedClock,
    alice: Person,
    kept: Kept,
) -> None:
    posted_id = await put(storage, await kept(alice))
    telegram.clock.advance(9 * MINUTE)
    await clock.is_awaited(NOON + 9 * MINUTE + LOOK_AGAIN)
    before = await row(storage, posted_id)

    telegram.clock.advance(2 * MINUTE)
    await until_gone(telegram, storage, posted_id)

    assert before is not None


async def test_a_row_whose_message_is_just_being_sent_stays(
    housekeeping: Housekeeping,
    storage: Storage,
    telegram: Lookalike,
    clock: WatchedClock,
    alice: Person,
    kept: Kept,
    in_flight: set[UUID],
) -> None:
    posted_id = await put(storage, await kept(alice))
    in_flight.add(posted_id)

    telegram.clock.advance(timedelta(hours=25))
    await clock.is_awaited(telegram.clock.now() + LOOK_AGAIN)

    assert await row(storage, posted_id) is not None


async def test_a_message_that_another_process_is_sending_just_now_keeps_its_row(
    housekeeping: Housekeeping,
    storage: Storage,
    telegram: Lookalike,
    clock: WatchedClock,
    alice: Person,
    kept: Kept,
) -> None:
    retired = await put(storage, await kept(alice), delete_at=NOON, cover_at=NOON)

    telegram.clock.advance(MINUTE)
    await clock.is_awaited(telegram.clock.now() + LOOK_AGAIN)

    assert await row(storage, retired) is not None


async def test_at_most_twenty_messages_a_second_are_taken_away(
    housekeeping: Housekeeping, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    loop = asyncio.get_running_loop()
    started = loop.time()

    async with storage.unit() as uow:
        for number in range(100, 110):
            await uow.posted.discard(alice_id, number, now=NOON)
    await telegram.until(lambda: telegram.calls.counts["deleteMessage"] == 10)

    assert loop.time() - started >= 9 / 20


async def test_a_message_of_a_chat_that_cannot_be_read_does_not_hold_up_the_others(
    housekeeping: Housekeeping,
    storage: Storage,
    telegram: Lookalike,
    alice: Person,
    mallory: Person,
    kept: Kept,
) -> None:
    alice_id, mallory_id = await kept(alice), await kept(mallory)

    async with storage.unit() as uow:
        forger = await uow.people.get(mallory_id)
        forger.chat = (await uow.people.get(alice_id)).chat
        await uow.posted.discard(mallory_id, alice.history[0].message_id, now=NOON)
        await uow.posted.discard(alice_id, 999, now=NOON + MINUTE)
    telegram.clock.advance(MINUTE)
    await telegram.until(lambda: telegram.calls.of("deleteMessage"))

    assert [call.parameters["message_id"] for call in telegram.calls.of("deleteMessage")] in ([999], ["999"])


async def test_what_is_discarded_counts_as_no_place(
    housekeeping: Housekeeping, bot: Bot, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    posted_id = await shows(bot, storage, alice, await kept(alice), purpose=Purpose.DISCARDED, delete_at=NOON)

    await until_gone(telegram, storage, posted_id)

    assert shown(alice) == []


async def test_an_expired_code_is_gone_at_once(
    housekeeping: Housekeeping, storage: Storage, telegram: Lookalike
) -> None:
    async with storage.unit() as uow:
        await uow.codes.add("a code", CodeKind.COORDINATOR, expires_at=NOON + MINUTE, issued_by=None)

    async def is_kept() -> bool:
        async with storage.view() as uow:
            return await uow.session.scalar(select(Code.id)) is not None

    before = await is_kept()
    telegram.clock.advance(MINUTE)

    async def is_gone() -> bool:
        return not await is_kept()

    assert before
    assert await telegram.until(is_gone)
