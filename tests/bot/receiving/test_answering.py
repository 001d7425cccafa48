import asyncio
from collections.abc import AsyncIterator
from time import monotonic
from uuid import UUID, uuid4

import pytest

from bot.receiving import answering as answering_module
from bot.receiving.answering import Answering
from bot.receiving.posted_book import PostedBook
from bot.receiving.taps import Taps
from bot.tasks import Tasks
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from handlers.answer import Answer, InlineButton, Showing
from sandbox.lookalike import Lookalike
from sandbox.messages import Message
from sandbox.person import Person
from storage.errors import DatabaseUnavailable
from storage.models import Purpose
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.ground import put, row

OPEN = [[InlineButton("Open", "b:token")]]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TRY_AGAIN_AFTER_SECONDS", "ASK_AGAIN_AFTER_SECONDS"):
        monkeypatch.setattr(answering_module, name, (0.01, 0.01))


@pytest.fixture
def quiet() -> asyncio.Event:
    """Set while nothing may be shown to anybody."""
    return asyncio.Event()


@pytest.fixture
async def answering(
    messages: Messages, storage: Storage, pace: Pace, in_flight: set[UUID], quiet: asyncio.Event
) -> AsyncIterator[Answering]:
    tasks = Tasks("answers")
    yield Answering(
        messages,
        PostedBook(storage),
        pace=pace,
        taps=Taps(messages, tasks),
        turns=Turns(),
        tasks=tasks,
        in_flight=in_flight,
        is_quiet=lambda: quiet.is_set(),
    )
    await tasks.finish(seconds=5)


def shown(person: Person) -> list[str]:
    return [message.text for message in person.visible if message.is_from_bot]


async def test_a_new_screen_is_sent_protected_and_its_row_told_the_id(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice))

    await answering.perform(Answer(alice.user_id, showing=Showing("<b>Menu</b>", OPEN, posted_id=posted_id)))

    message = alice.last
    assert message is not None
    assert (message.text, message.labels, message.protect_content) == ("Menu", ["Open"], True)
    assert (await row(storage, posted_id)).message_id == message.message_id


async def test_a_screen_is_edited_in_place(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice))
    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=posted_id)))
    message_id = (await row(storage, posted_id)).message_id

    await answering.perform(Answer(alice.user_id, showing=Showing("two", OPEN, message_id, posted_id)))

    assert shown(alice) == ["two"]


async def test_the_tap_is_answered_before_the_screen_changes(
    answering: Answering, telegram: Lookalike, alice: Person
) -> None:
    tap = await alice.taps_data(1, "b:token")

    await answering.perform(
        Answer(alice.user_id, tap.callback_id, "Noted", Showing("Menu"), delete=[alice.history[0].message_id])
    )

    methods = [call.method for call in telegram.calls if call.chat == alice.user_id]
    assert methods == ["answerCallbackQuery", "sendMessage", "deleteMessage"]
    assert tap.answer_text == "Noted"


async def test_a_silent_message_makes_no_sound(answering: Answering, alice: Person) -> None:
    await answering.perform(Answer(alice.user_id, showing=Showing("Menu", is_silent=True)))

    assert alice.last is not None
    assert alice.last.is_silent


async def test_an_answer_drawn_before_the_id_was_known_edits_the_message_and_sends_no_second(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice))

    for text in ("one", "two"):
        await answering.submit(Answer(alice.user_id, showing=Showing(text, posted_id=posted_id)))
    await answering.perform(Answer(alice.user_id, showing=Showing("three", posted_id=posted_id)))

    assert shown(alice) == ["three"]


async def test_a_screen_that_looks_so_already_is_left(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice))
    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=posted_id)))

    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=posted_id)))

    assert shown(alice) == ["one"]


async def test_a_screen_whose_message_is_gone_is_sent_anew_once(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice), message_id=999)

    for text in ("one", "two"):
        await answering.perform(Answer(alice.user_id, showing=Showing(text, None, 999, posted_id)))

    assert shown(alice) == ["two"]
    assert (await row(storage, posted_id)).message_id == alice.last.message_id


async def test_a_screen_that_was_put_away_meanwhile_does_not_come_back(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice), message_id=999, purpose=Purpose.DISCARDED)

    await answering.perform(Answer(alice.user_id, showing=Showing("one", None, 999, posted_id)))

    assert shown(alice) == []


@pytest.mark.parametrize("asked", ["standing", "has_turn"])
async def test_a_screen_is_shown_once_the_database_is_back(
    answering: Answering,
    storage: Storage,
    alice: Person,
    kept: Kept,
    asked: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted_id = await put(storage, await kept(alice))
    away, answers = [DatabaseUnavailable("away")] * 2, getattr(PostedBook, asked)

    async def ask(book: PostedBook, posted_id: UUID) -> object:
        if away:
            raise away.pop()
        return await answers(book, posted_id)

    monkeypatch.setattr(PostedBook, asked, ask)
    await answering.perform(Answer(alice.user_id, showing=Showing("Menu", posted_id=posted_id)))

    assert shown(alice) == ["Menu"]


async def test_a_message_without_a_row_is_not_sent(answering: Answering, alice: Person) -> None:
    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=uuid4())))

    assert shown(alice) == []


async def test_a_message_whose_row_goes_while_it_is_sent_is_deleted_again(
    answering: Answering,
    messages: Messages,
    storage: Storage,
    alice: Person,
    kept: Kept,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted_id = await put(storage, await kept(alice))
    send = messages.send

    async def send_and_lose(chat_id: int, showing: Showing) -> object:
        async with storage.unit() as uow:
            await uow.posted.remove(await uow.posted.get(posted_id))
        return await send(chat_id, showing)

    monkeypatch.setattr(messages, "send", send_and_lose)

    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=posted_id)))

    assert shown(alice) == []


async def test_a_message_is_in_flight_until_its_row_knows_it(
    answering: Answering,
    messages: Messages,
    storage: Storage,
    alice: Person,
    kept: Kept,
    in_flight: set[UUID],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    posted_id = await put(storage, await kept(alice))
    seen: list[set[UUID]] = []
    send = messages.send

    async def look_and_send(chat_id: int, showing: Showing) -> object:
        seen.append(set(in_flight))
        return await send(chat_id, showing)

    monkeypatch.setattr(messages, "send", look_and_send)

    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=posted_id)))

    assert (seen, in_flight) == ([{posted_id}], set())


async def test_a_newcomers_screen_is_edited_and_does_not_come_back_when_it_is_gone(
    answering: Answering, alice: Person
) -> None:
    await answering.perform(Answer(alice.user_id, showing=Showing("one")))
    first = alice.last
    assert first is not None
    await answering.perform(Answer(alice.user_id, showing=Showing("two", None, first.message_id)))
    await alice.deletes_message(first)

    await answering.perform(Answer(alice.user_id, showing=Showing("three", None, first.message_id)))

    assert (first.earlier, shown(alice)) == (["one"], [])


async def test_who_blocked_the_bot_cannot_be_reached(
    answering: Answering, storage: Storage, alice: Person, vera: Person, kept: Kept
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    posted_id = await put(storage, alice_id)
    await alice.blocks()

    await answering.perform(Answer(alice.user_id, showing=Showing("one", posted_id=posted_id)))

    async with storage.view() as uow:
        reachable = [(await uow.people.get(each)).is_reachable for each in (alice_id, vera_id)]
    assert reachable == [False, True]
    assert await row(storage, posted_id) is None


async def test_a_stranger_who_blocked_the_bot_is_nobodys_row(
    answering: Answering, storage: Storage, alice: Person, mallory: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    await mallory.blocks()

    await answering.perform(Answer(mallory.user_id, showing=Showing("one")))

    async with storage.view() as uow:
        assert (await uow.people.get(alice_id)).is_reachable


async def test_after_a_429_answers_wait_and_none_is_lost_or_doubled(
    answering: Answering, telegram: Lookalike, pace: Pace, alice: Person, vera: Person
) -> None:
    telegram.faults.flood("sendMessage", retry_after=1)
    loop = asyncio.get_running_loop()
    started = loop.time()

    await answering.perform(Answer(alice.user_id, showing=Showing("one")))
    await answering.perform(Answer(vera.user_id, showing=Showing("two")))

    assert (shown(alice), shown(vera)) == (["one"], ["two"])
    assert loop.time() - started >= 1


async def test_a_429_in_one_chat_holds_nobody_else(
    answering: Answering, telegram: Lookalike, alice: Person, mallory: Person
) -> None:
    telegram.faults.flood("sendMessage", chat=mallory.user_id, retry_after=20, times=None)
    held = await answering.submit(Answer(mallory.user_id, showing=Showing("held")))
    await telegram.until(lambda: telegram.calls.of("sendMessage"))

    async with asyncio.timeout(5):
        await answering.perform(Answer(alice.user_id, showing=Showing("one")))
    held.cancel()

    assert shown(alice) == ["one"]


async def test_new_messages_to_one_chat_keep_its_pace(
    answering: Answering, alice: Person, pace: Pace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "chat_gap_seconds", 0.3)
    loop = asyncio.get_running_loop()
    started = loop.time()

    for text in ("one", "two"):
        await answering.perform(Answer(alice.user_id, showing=Showing(text)))

    assert loop.time() - started >= 0.3


async def test_a_group_is_left_at_the_second_try(
    answering: Answering, telegram: Lookalike, alice: Person
) -> None:
    group = await alice.adds_bot_to_group()
    telegram.faults.error("leaveChat")

    await answering.perform(Answer(group.chat_id, leave_chat=True))

    assert group.is_left


async def test_an_edit_of_which_nobody_knows_is_tried_again(
    answering: Answering, telegram: Lookalike, alice: Person
) -> None:
    await answering.perform(Answer(alice.user_id, showing=Showing("one")))
    telegram.faults.reset("editMessageText")

    await answering.perform(Answer(alice.user_id, showing=Showing("two", None, alice.last.message_id)))

    assert shown(alice) == ["two"]


async def test_a_message_of_which_nobody_knows_is_not_sent_twice(
    answering: Answering, telegram: Lookalike, alice: Person
) -> None:
    telegram.faults.reset("sendMessage", after_effect=True)

    await answering.perform(Answer(alice.user_id, showing=Showing("one")))

    assert shown(alice) == ["one"]


async def test_answers_of_a_chat_keep_their_order_and_do_not_hold_up_another(
    answering: Answering, telegram: Lookalike, alice: Person, vera: Person
) -> None:
    slow = telegram.faults.hang("sendMessage", chat=alice.user_id)
    for text in ("one", "two"):
        await answering.submit(Answer(alice.user_id, showing=Showing(text)))
    await answering.submit(Answer(vera.user_id, showing=Showing("hers")))

    await vera.sees("hers")
    before = shown(alice)
    telegram.faults.lift(slow)
    await alice.sees("two")

    assert (before, shown(alice)) == ([], ["one", "two"])


async def test_no_more_answers_are_open_than_there_is_room_for(
    messages: Messages,
    storage: Storage,
    pace: Pace,
    telegram: Lookalike,
    alice: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(answering_module, "MOST_OPEN", 2)
    tasks = Tasks("answers")
    taps, turns = Taps(messages, tasks), Turns()
    answering = Answering(
        messages,
        PostedBook(storage),
        pace=pace,
        taps=taps,
        turns=turns,
        tasks=tasks,
        in_flight=set(),
        is_quiet=lambda: False,
    )
    slow = telegram.faults.hang("sendMessage")
    for text in ("one", "two"):
        await answering.submit(Answer(alice.user_id, showing=Showing(text)))

    third = asyncio.ensure_future(answering.submit(Answer(alice.user_id, showing=Showing("three"))))
    await telegram.until(lambda: telegram.calls.of("sendMessage"))
    had_to_wait = not third.done()
    telegram.faults.lift(slow)
    await asyncio.wait_for(third, timeout=5)
    await tasks.finish(seconds=5)

    assert (had_to_wait, shown(alice)) == (True, ["one", "two", "three"])


async def test_a_group_is_left(answering: Answering, telegram: Lookalike, alice: Person) -> None:
    group = await alice.adds_bot_to_group()

    await answering.perform(Answer(group.chat_id, leave_chat=True))

    assert group.is_left


async def test_a_message_that_took_anothers_place_puts_it_away(answering: Answering, alice: Person) -> None:
    await answering.perform(Answer(alice.user_id, showing=Showing("old")))
    old: Message | None = alice.last
    assert old is not None

    await answering.perform(Answer(alice.user_id, showing=Showing("new", replaces=old.message_id)))

    assert shown(alice) == ["new"]


async def test_failures_are_counted_by_kind(answering: Answering, messages: Messages, alice: Person) -> None:
    await answering.perform(Answer(alice.user_id, showing=Showing("<b>never closed"), delete=[999]))

    assert messages.failures == {("sendMessage", "bad_markup"): 1, ("deleteMessage", "message_missing"): 1}


async def test_while_nothing_may_be_shown_taps_are_answered_and_words_deleted(
    answering: Answering, telegram: Lookalike, alice: Person, quiet: asyncio.Event
) -> None:
    written = alice.visible[-1].message_id
    tap = await alice.taps_data(written, "b:token")
    quiet.set()

    await answering.perform(
        Answer(
            alice.user_id,
            tap.callback_id,
            "Later.",
            showing=Showing("a screen"),
            file=Showing("a file"),
            delete=[written],
        )
    )

    assert (tap.answer_text, alice.visible) == ("Later.", [])
    assert {call.method for call in telegram.calls} == {"getMe", "answerCallbackQuery", "deleteMessage"}


async def test_what_waited_for_its_chat_is_not_shown_once_nothing_may_be(
    answering: Answering, telegram: Lookalike, alice: Person, quiet: asyncio.Event, pace: Pace
) -> None:
    pace.answered(alice.user_id, monotonic())

    shown_later = asyncio.ensure_future(answering.perform(Answer(alice.user_id, showing=Showing("a screen"))))
    await asyncio.sleep(0)
    quiet.set()
    await shown_later

    assert telegram.calls.of("sendMessage") == []


async def test_what_is_left_for_afterwards_is_done_once_the_screen_is_shown(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice))
    seen: list[list[str]] = []

    async def look() -> None:
        seen.append(shown(alice))

    await answering.perform(
        Answer(alice.user_id, showing=Showing("Menu", posted_id=posted_id), afterwards=look)
    )

    assert seen == [["Menu"]]


async def test_what_cannot_be_done_afterwards_spoils_no_answer(
    answering: Answering, storage: Storage, alice: Person, kept: Kept
) -> None:
    posted_id = await put(storage, await kept(alice))

    async def fail() -> None:
        raise DatabaseUnavailable("away")

    await answering.perform(
        Answer(alice.user_id, showing=Showing("Menu", posted_id=posted_id), afterwards=fail)
    )

    assert shown(alice) == ["Menu"]


async def test_what_was_written_is_gone_once_that_is_said(answering: Answering, alice: Person) -> None:
    await alice.says("a letter")
    message_id = alice.visible[-1].message_id

    assert await answering.delete(alice.user_id, message_id)
    assert message_id not in [one.message_id for one in alice.visible]
    assert await answering.delete(alice.user_id, message_id)


async def test_what_may_still_stand_is_not_said_to_be_gone(
    answering: Answering, telegram: Lookalike, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await alice.says("a letter")
    message_id = alice.visible[-1].message_id
    fault = telegram.faults.error("deleteMessage", status=502, times=None)
    assert not await answering.delete(alice.user_id, message_id)

    telegram.faults.lift(fault)
    monkeypatch.setattr(answering_module, "DELETED_WITHIN_SECONDS", 0.05)
    telegram.faults.hang("deleteMessage")
    assert not await answering.delete(alice.user_id, message_id)
