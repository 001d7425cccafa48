import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs
from telegram import Bot

from bot import tasks as tasks_module
from bot.alarm.alarm import Alarm
from bot.receiving import intake as intake_module
from bot.receiving import polling as polling_module
from bot.receiving import rivals as rivals_module
from bot.receiving.answering import Answering
from bot.receiving.intake import Intake
from bot.receiving.polling import Polling
from bot.receiving.posted_book import PostedBook
from bot.receiving.taps import Taps
from bot.tasks import Tasks
from bot.telegram_api.client import make_bot
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.errors import DatabaseUnavailable
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept

MALLORY = {"id": 66, "is_bot": False, "first_name": "Mallory"}
WHOLE = {
    "message_id": 1,
    "date": 1,
    "chat": {"id": 66, "type": "private"},
    "from": MALLORY,
    "text": "after this",
}
MEMBER = {
    "from": MALLORY,
    "date": 1,
    "old_chat_member": {"user": MALLORY, "status": "left"},
    "new_chat_member": {"user": MALLORY, "status": "member"},
}
OWN, FOREIGN = "https://bot.example.org/in", "https://example.org/mallory"


@dataclass
class Scripted:
    """Stands for the conversations: notes what it takes, answers with the same words, fails when told."""

    began: asyncio.Event = field(default_factory=asyncio.Event)
    taken: list[str] = field(default_factory=list)
    failures: dict[str, list[BaseException]] = field(default_factory=dict)
    held: dict[str, asyncio.Event] = field(default_factory=dict)

    async def take(self, arrival: Arrival) -> Answer:
        words = arrival.text or arrival.data or ""
        self.began.set()
        if words in self.held:
            await self.held[words].wait()
        if self.failures.get(words):
            raise self.failures[words].pop(0)
        self.taken.append(words)
        return Answer(arrival.chat_id, arrival.callback_id, showing=Showing(f"I read {words}"))


@pytest.fixture
def script() -> Scripted:
    return Scripted()


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks_module, "FIRST_WAIT_SECONDS", 0.02)
    monkeypatch.setattr(polling_module, "LOOK_EVERY_SECONDS", 0.02)
    monkeypatch.setattr(polling_module, "LOOK_BEHIND_EVERY_SECONDS", 0.02)


@dataclass
class Running:
    intake: Intake
    polling: Polling
    alarm: Alarm
    task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self.task = asyncio.ensure_future(self.polling.run())

    async def stop(self) -> None:
        self.polling.stop()
        if self.task is not None:
            await asyncio.wait_for(self.task, timeout=5)
            self.task = None


def door(
    bot: Bot, messages: Messages, storage: Storage, pace: Pace, script: Scripted
) -> tuple[Intake, Taps, Tasks]:
    """Put the door together; gives what watches its taps and what runs its answers, too."""
    tasks = Tasks("answers")
    taps = Taps(messages, tasks, seconds=0.1)
    answering = Answering(
        messages,
        PostedBook(storage),
        pace=pace,
        taps=taps,
        turns=Turns(),
        tasks=tasks,
        in_flight=set(),
        is_quiet=lambda: False,
    )
    intake = Intake(
        script.take, answering=answering, taps=taps, was_blocked=PostedBook(storage).mark_unreachable
    )
    return intake, taps, tasks


@pytest.fixture
async def running(
    bot: Bot, messages: Messages, storage: Storage, pace: Pace, script: Scripted, tmp_path: Path
) -> AsyncIterator[Running]:
    intake, taps, tasks = door(bot, messages, storage, pace, script)
    alarm = Alarm(tmp_path)
    running = Running(intake, Polling(bot, intake, taps=taps, alarm=alarm, own_url=OWN), alarm)
    yield running
    for event in script.held.values():
        event.set()
    await running.stop()
    await tasks.finish(seconds=5)


async def test_what_is_written_is_taken_and_answered(running: Running, alice: Person) -> None:
    running.start()

    await alice.says("/menu")

    await alice.sees("I read /menu")


async def test_a_chats_updates_are_taken_in_order(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person
) -> None:
    for number in range(20):
        await alice.says(str(number))

    running.start()
    await telegram.settled()

    assert script.taken == ["hello", *map(str, range(20))]


async def test_one_chat_does_not_hold_up_another(
    running: Running, script: Scripted, alice: Person, vera: Person
) -> None:
    script.held["slow"] = asyncio.Event()
    await alice.says("slow")
    await vera.says("quick")

    running.start()
    await vera.sees("I read quick")

    assert "slow" not in script.taken


async def test_a_batch_is_acknowledged_only_when_all_of_it_was_taken(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person, vera: Person
) -> None:
    script.held["slow"] = asyncio.Event()
    await alice.says("slow")
    await vera.says("quick")
    running.start()
    await vera.sees("I read quick")

    await telegram.until(lambda: telegram.calls.counts["getUpdates"] > 2)
    before = telegram.calls.of("getUpdates")
    waiting = len(next(iter(telegram.world.bots.values())).queue.waiting)
    script.held["slow"].set()
    await telegram.settled()

    assert {call.parameters.get("offset") for call in before} == {None}
    assert waiting == 4


async def test_only_what_we_read_is_asked_for(running: Running, telegram: Lookalike) -> None:
    running.start()
    await telegram.until(lambda: telegram.calls.of("getUpdates"))

    asked = telegram.calls.of("getUpdates")[0].parameters
    assert asked["allowed_updates"] == ["message", "callback_query", "my_chat_member"]
    assert asked["limit"] in (50, "50")


async def test_without_the_database_a_batch_is_given_again_and_what_was_done_is_not_done_twice(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person, vera: Person
) -> None:
    script.failures["two"] = [DatabaseUnavailable("away"), DatabaseUnavailable("away")]
    for words in ("one", "two", "three"):
        await alice.says(words)
    await vera.says("hers")

    running.start()
    await telegram.settled()

    assert [words for words in script.taken if words != "hers"] == ["hello", "hello", "one", "two", "three"]
    assert script.taken.count("hers") == 1


async def test_who_taps_while_the_database_is_away_does_not_wait(
    running: Running,
    script: Scripted,
    telegram: Lookalike,
    alice: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tasks_module, "FIRST_WAIT_SECONDS", 60)
    script.failures["hello"] = [DatabaseUnavailable("away")]
    running.start()
    await telegram.until(lambda: telegram.calls.counts["getUpdates"] > 1)

    tap = await alice.taps_data(1, "b:token")
    await asyncio.wait_for(tap.answered, timeout=5)

    assert script.taken == []


async def test_a_tap_is_answered_though_its_handler_hangs(
    running: Running, script: Scripted, alice: Person
) -> None:
    script.held["b:token"] = asyncio.Event()
    running.start()

    tap = await alice.taps_data(1, "b:token")
    await asyncio.wait_for(tap.answered, timeout=5)

    assert "b:token" not in script.taken


@pytest.mark.parametrize(
    "bad",
    [
        {"message": 5},
        {"message": {"message_id": 1}},
        {"message": {"message_id": 1, "date": 10**30, "chat": {"id": 1, "type": "private"}}},
        {"callback_query": {"id": "1", "from": None}},
        {"my_chat_member": []},
        {"surprise": {"text": "Mallory"}},
        {"message": {**WHOLE, "chat": {"id": [], "type": "private"}}},
        {"message": {**WHOLE, "chat": {"id": 10**30, "type": "private"}}},
        {"message": {**WHOLE, "message_id": {}}},
        {"message": {**WHOLE, "message_id": 2**63}},
        {"message": {**WHOLE, "text": 17}},
        {"message": {**WHOLE, "text": ["Mallory"]}},
        {"message": {**WHOLE, "from": {**MALLORY, "language_code": 5}}},
        {"callback_query": {"id": 17, "from": MALLORY, "chat_instance": "1", "message": WHOLE}},
        {"callback_query": {"id": "17", "from": MALLORY, "message": WHOLE, "data": {"Mallory": 1}}},
        {"my_chat_member": {**MEMBER, "chat": {"id": "Mallory", "type": "private"}}},
        {"my_chat_member": {**MEMBER, "chat": {"id": {}, "type": "group"}}},
    ],
    ids=str,
)
async def test_an_update_that_cannot_be_read_stops_nobody(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person, bad: dict[str, Any]
) -> None:
    telegram.inject(bad)
    await alice.says("after")

    with capture_logs() as logged:
        running.start()
        await telegram.settled()

    assert script.taken == ["hello", "after"]
    assert "Mallory" not in str(logged)


async def test_a_bad_update_is_counted_and_named_by_its_number_only(
    running: Running, telegram: Lookalike
) -> None:
    number = telegram.inject({"message": {"text": "Alice"}})

    with capture_logs() as logged:
        running.start()
        await telegram.settled()

    assert running.intake.counts["bad"] == 1
    assert [(each["reference"], each["kind"]) for each in logged] == [(str(number), "KeyError")]


async def test_what_has_no_number_does_not_keep_others_from_being_taken(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person
) -> None:
    telegram.inject({"nothing": True}, numbered=False)
    running.start()

    await alice.says("after")

    await alice.sees("I read after")


async def test_a_surprise_stays_with_its_update(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person
) -> None:
    script.failures["hello"] = [RuntimeError("surprise")]
    await alice.says("after")

    with capture_logs() as logged:
        running.start()
        await alice.sees("I read after")

    assert running.intake.counts["failed"] == 1
    assert [each["event"] for each in logged] == ["an update failed"]


async def test_a_handler_has_a_limit_of_time_and_three_tries(
    running: Running, script: Scripted, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "TAKE_WITHIN_SECONDS", 0.05)
    script.held["hello"] = asyncio.Event()
    await alice.says("after")

    with capture_logs() as logged:
        running.start()
        await alice.sees("I read after")

    assert running.intake.counts["failed"] == 1
    assert [each["event"] for each in logged] == [
        "an update took too long and will be taken again",
        "an update took too long and will be taken again",
        "an update failed",
    ]


async def test_what_took_too_long_once_is_not_lost(
    running: Running,
    script: Scripted,
    telegram: Lookalike,
    alice: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(intake_module, "TAKE_WITHIN_SECONDS", 0.05)
    script.held["hello"] = asyncio.Event()
    with capture_logs() as logged:
        running.start()
        await telegram.until(lambda: logged)
        script.held["hello"].set()
        await telegram.settled()

    assert script.taken == ["hello"]
    assert running.intake.counts["failed"] == 0


async def test_who_taps_while_others_are_being_served_slowly_does_not_wait(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person, vera: Person
) -> None:
    script.held["hello"] = asyncio.Event()
    running.start()
    await script.began.wait()

    tap = await vera.taps_data(1, "b:token")
    await asyncio.wait_for(tap.answered, timeout=5)

    assert "b:token" not in script.taken
    script.held["hello"].set()
    await telegram.settled()
    assert script.taken.count("b:token") == 1


@pytest.mark.parametrize(
    "query",
    [
        {"id": "17", "chat_instance": "1", "inline_message_id": "2", "data": "b:token"},
        {"id": "17", "from": None},
    ],
    ids=["without a message", "unreadable"],
)
async def test_a_tap_that_nobody_handles_is_answered(
    running: Running, telegram: Lookalike, alice: Person, query: dict[str, Any]
) -> None:
    person = {"id": alice.user_id, "is_bot": False, "first_name": "Alice"}
    telegram.inject({"callback_query": {"from": person, **query}})
    running.start()

    await telegram.until(lambda: telegram.calls.of("answerCallbackQuery"))

    answered = [call.parameters["callback_query_id"] for call in telegram.calls.of("answerCallbackQuery")]
    assert answered == ["17"]


async def test_a_group_is_left_and_nothing_of_it_is_taken(
    running: Running, script: Scripted, telegram: Lookalike, mallory: Person
) -> None:
    group = await mallory.adds_bot_to_group()
    await mallory.says("/menu", group=group)

    running.start()
    await telegram.until(lambda: group.is_left)
    await telegram.settled()

    assert script.taken == ["hello"]


async def test_who_blocks_the_bot_cannot_be_reached(
    running: Running, storage: Storage, telegram: Lookalike, alice: Person, vera: Person, kept: Kept
) -> None:
    alice_id, vera_id = await kept(alice), await kept(vera)
    await alice.blocks()

    running.start()
    await telegram.settled()

    async with storage.view() as uow:
        reachable = [(await uow.people.get(each)).is_reachable for each in (alice_id, vera_id)]
    assert reachable == [False, True]


async def test_a_stranger_who_blocks_the_bot_changes_nothing(
    running: Running, storage: Storage, telegram: Lookalike, alice: Person, mallory: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    await mallory.blocks()

    running.start()
    await telegram.settled()

    async with storage.view() as uow:
        assert (await uow.people.get(alice_id)).is_reachable


@pytest.mark.parametrize(
    ("status", "event"),
    [
        (409, "somebody else gets this bot's updates"),
        (401, "the token is refused by Telegram"),
        (502, "no updates from Telegram"),
    ],
)
async def test_where_no_updates_come_a_calm_line_says_why_and_it_goes_on(
    running: Running, telegram: Lookalike, alice: Person, status: int, event: str
) -> None:
    telegram.faults.error("getUpdates", status=status)

    with capture_logs() as logged:
        running.start()
        await alice.sees("I read hello")

    assert [each["event"] for each in logged] == [event]


async def test_a_webhook_that_somebody_set_raises_the_alarm_and_is_left(
    running: Running, telegram: Lookalike, bot: Bot
) -> None:
    await bot.set_webhook(FOREIGN)

    running.start()
    await telegram.until(lambda: running.alarm.stands)

    assert (await bot.get_webhook_info()).url == FOREIGN


async def test_a_webhook_that_the_operator_has_seen_is_taken_down(
    running: Running, telegram: Lookalike, bot: Bot, alice: Person
) -> None:
    await bot.set_webhook(FOREIGN)
    running.start()
    await telegram.until(lambda: running.alarm.stands)

    running.alarm.lift()
    await alice.sees("I read hello")

    assert (await bot.get_webhook_info()).url == ""
    assert not running.alarm.stands


async def test_one_that_is_set_after_the_alarm_was_lifted_raises_it_again(
    running: Running, telegram: Lookalike, bot: Bot, alice: Person
) -> None:
    running.alarm.raise_for("a test")
    running.alarm.lift()
    running.start()
    await alice.sees("I read hello")

    await bot.set_webhook(FOREIGN)

    await telegram.until(lambda: running.alarm.stands)


async def test_a_webhook_of_our_own_is_taken_down_by_who_polls(
    running: Running, bot: Bot, alice: Person
) -> None:
    await bot.set_webhook(OWN)

    running.start()
    await alice.sees("I read hello")

    assert not running.alarm.stands


@pytest.fixture
async def thief(telegram: Lookalike) -> AsyncIterator[Bot]:
    """A second program with our token."""
    async with make_bot(telegram.token, telegram.url) as thief:
        yield thief


async def test_a_second_program_that_goes_on_raises_the_alarm(
    running: Running, telegram: Lookalike, thief: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rivals_module, "START_SECONDS", 0)
    monkeypatch.setattr(rivals_module, "LASTS_SECONDS", 0)
    running.start()

    async with asyncio.timeout(10):
        while not running.alarm.stands:
            await thief.get_updates(timeout=0)

    assert telegram.calls.of("getUpdates")


async def test_a_second_program_that_ends_soon_raises_none(
    running: Running, telegram: Lookalike, thief: Bot, alice: Person
) -> None:
    running.start()
    await alice.sees("I read hello")

    await thief.get_updates(timeout=0)
    await alice.says("after")
    await alice.sees("I read after")

    assert not running.alarm.stands


async def test_who_stops_has_acknowledged_what_was_taken(
    running: Running, telegram: Lookalike, alice: Person
) -> None:
    running.start()
    await alice.sees("I read hello")

    await running.stop()

    assert next(iter(telegram.world.bots.values())).queue.waiting == []


async def test_who_stops_still_finishes_what_was_given(
    running: Running, script: Scripted, telegram: Lookalike, alice: Person
) -> None:
    script.held["hello"] = asyncio.Event()
    running.start()
    await script.began.wait()

    running.polling.stop()
    script.held["hello"].set()
    await running.stop()

    assert script.taken == ["hello"]


async def test_once_all_is_acknowledged_no_offset_is_needed(
    bot: Bot,
    messages: Messages,
    storage: Storage,
    pace: Pace,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    asked: list[int | None] = []
    gives = [[{"update_id": 900}, {"update_id": 901}], [], [{"update_id": 17}], []]

    async def post(_: str, data: dict[str, Any], **__: object) -> list[dict[str, int]]:
        asked.append(data["offset"])
        if len(asked) == len(gives):
            polling.stop()
        return gives[len(asked) - 1] if len(asked) <= len(gives) else []

    monkeypatch.setattr(bot, "_post", post)
    intake, taps, _ = door(bot, messages, storage, pace, Scripted())

    polling = Polling(bot, intake, taps=taps, alarm=Alarm(tmp_path), own_url=None)

    await asyncio.wait_for(polling.run(), timeout=5)

    assert asked[:4] == [None, 902, None, 18]
