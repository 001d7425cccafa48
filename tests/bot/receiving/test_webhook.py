"""Posts from Telegram, and from others: over real HTTP to the address the bot listens on."""

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest

from bot.health import HEALTH, METRICS, Health
from bot.receiving import intake as intake_module
from bot.receiving.answering import Answering
from bot.receiving.intake import Intake
from bot.receiving.listening import Listening
from bot.receiving.posted_book import PostedBook
from bot.receiving.taps import Taps
from bot.receiving.webhook import SECRET_HEADER, Webhook
from bot.tasks import Tasks
from bot.telegram_api.client import QuietBot
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from handlers.answer import Answer, Showing
from handlers.arrival import Arrival
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from storage.errors import DatabaseUnavailable
from storage.unit_of_work import Storage

SECRET = "a-secret-of-at-least-sixteen-signs"
PATH = "/in/some-words"
# Nothing here asks the database which engine it is.
pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@dataclass
class Talk:
    """Stands for the conversations: notes what begins and ends, waits and fails when told."""

    began: list[str] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    held: dict[str, asyncio.Event] = field(default_factory=dict)
    failures: dict[str, list[BaseException]] = field(default_factory=dict)
    changed: asyncio.Condition = field(default_factory=asyncio.Condition)
    at_once: dict[int, int] = field(default_factory=dict)
    most_at_once: int = 0

    async def take(self, arrival: Arrival) -> Answer:
        words, chat = arrival.text or arrival.data or "", arrival.chat_id
        self.at_once[chat] = self.at_once.get(chat, 0) + 1
        self.most_at_once = max(self.most_at_once, self.at_once[chat])
        await self._note(self.began, words)
        try:
            if words in self.held:
                await self.held[words].wait()
            if self.failures.get(words):
                raise self.failures[words].pop(0)
        finally:
            self.at_once[chat] -= 1
        await self._note(self.ended, words)
        return Answer(chat, arrival.callback_id, showing=Showing(f"I read {words}"))

    async def _note(self, where: list[str], words: str) -> None:
        async with self.changed:
            where.append(words)
            self.changed.notify_all()

    async def has_begun(self, words: str) -> None:
        async with self.changed, asyncio.timeout(10):
            await self.changed.wait_for(lambda: words in self.began)


@dataclass
class Door:
    """The address, and who posts to it."""

    url: str
    http: aiohttp.ClientSession
    intake: Intake
    stop: Callable[[], Awaitable[None]]
    numbers: int = 0

    def update(self, chat_id: int, words: str) -> dict[str, Any]:
        self.numbers += 1
        chat = {"id": chat_id, "type": "private", "first_name": "Alice"}
        return {
            "update_id": self.numbers,
            "message": {
                "message_id": 1_000 + self.numbers, "date": 1, "chat": chat, "text": words,
                "from": {"id": chat_id, "is_bot": False, "first_name": "Alice"},
            },
        }  # fmt: skip

    async def post(
        self, body: object, *, secret: str | None = SECRET, path: str = PATH, method: str = "POST"
    ) -> tuple[int, str]:
        headers = {} if secret is None else {SECRET_HEADER: secret}
        data = json.dumps(body) if isinstance(body, dict) else body
        async with self.http.request(method, f"{self.url}{path}", data=data, headers=headers) as answer:
            return answer.status, await answer.text()

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        async with self.http.get(f"{self.url}{path}", headers=headers) as answer:
            return answer.status, await answer.text()


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.fixture
def is_well() -> asyncio.Event:
    event = asyncio.Event()
    event.set()
    return event


@pytest.fixture
async def door(
    bot: QuietBot,
    messages: Messages,
    storage: Storage,
    pace: Pace,
    talk: Talk,
    is_well: asyncio.Event,
    unused_tcp_port: int,
) -> AsyncIterator[Door]:
    tasks = Tasks("answers")
    taps, book = Taps(messages, tasks, seconds=0.1), PostedBook(storage)
    answering = Answering(
        messages, book, pace=pace, taps=taps, turns=Turns(), tasks=tasks,
        in_flight=set(), is_quiet=lambda: False,
    )  # fmt: skip
    intake = Intake(talk.take, answering=answering, taps=taps, was_blocked=book.mark_unreachable)

    async def well() -> bool:
        return is_well.is_set()

    health = Health("open", is_alarmed=lambda: False, is_well=well, counts={"updates": intake.counts})
    listening = Listening(
        ("127.0.0.1", unused_tcp_port),
        {PATH: Webhook(intake, secret=SECRET).hear, HEALTH: health.healthz, METRICS: health.metrics},
    )
    running = asyncio.create_task(listening.run())

    async def stop() -> None:
        listening.stop()
        await running

    async with aiohttp.ClientSession() as http:
        door = Door(f"http://127.0.0.1:{unused_tcp_port}", http, intake, stop)
        await until_heard(door)
        yield door
        for event in talk.held.values():
            event.set()
        await stop()
    await tasks.finish(seconds=5)


async def until_heard(door: Door) -> None:
    async with asyncio.timeout(10):
        while True:
            try:
                await door.get(HEALTH)
            except aiohttp.ClientConnectorError:
                continue
            return


async def test_a_posted_update_is_taken_and_answered(door: Door, talk: Talk, alice: Person) -> None:
    status = await door.post(door.update(alice.user_id, "/menu"))

    assert (status, talk.ended) == ((200, ""), ["/menu"])
    await alice.sees("I read /menu")


async def test_it_is_acknowledged_only_once_it_was_taken(door: Door, talk: Talk, alice: Person) -> None:
    talk.held["slow"] = asyncio.Event()
    posting = asyncio.create_task(door.post(door.update(alice.user_id, "slow")))
    await talk.has_begun("slow")
    before = posting.done()

    talk.held["slow"].set()

    assert (before, await posting) == (False, (200, ""))


async def test_it_is_acknowledged_only_once_it_was_answered_also_where_that_takes_longer(
    door: Door, telegram: Lookalike, alice: Person, vera: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "ANSWER_WITHIN_SECONDS", 0.0)
    hang = telegram.faults.hang("sendMessage", chat=alice.user_id)
    posting = asyncio.create_task(door.post(door.update(alice.user_id, "slow")))
    await telegram.until(lambda: hang.hits == 1)
    await door.post(door.update(vera.user_id, "quick"))
    before = posting.done()

    telegram.faults.lift(hang)

    # Else what was not shown when this process is killed would never be.
    assert (before, await posting) == (False, (200, ""))
    await alice.sees("I read slow")


async def test_without_the_database_it_must_be_posted_again(door: Door, talk: Talk, alice: Person) -> None:
    talk.failures["one"] = [DatabaseUnavailable("away")]
    update = door.update(alice.user_id, "one")

    assert await door.post(update) == (503, "")
    assert await door.post(update) == (200, "")
    assert talk.ended == ["one"]


async def test_what_comes_after_it_in_its_chat_waits_until_it_has_come_again(
    door: Door, talk: Talk, alice: Person, vera: Person
) -> None:
    talk.failures["one"] = [DatabaseUnavailable("away")]
    one, two = (door.update(alice.user_id, words) for words in ("one", "two"))
    hers = door.update(vera.user_id, "hers")

    statuses = [(await door.post(update))[0] for update in (one, two, hers, one, two)]

    assert (statuses, talk.ended) == ([503, 503, 200, 200, 200], ["hers", "one", "two"])


async def test_it_does_not_wait_for_ever_for_what_may_have_gone_elsewhere(
    door: Door, talk: Talk, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "OWED_SECONDS", 0.0)
    talk.failures["one"] = [DatabaseUnavailable("away")]

    await door.post(door.update(alice.user_id, "one"))

    assert await door.post(door.update(alice.user_id, "two")) == (200, "")


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], f"{SECRET}x", SECRET.upper(), "пароль", "\udcff"])
async def test_who_does_not_know_the_secret_learns_nothing(
    door: Door, talk: Talk, alice: Person, secret: str | None
) -> None:
    given = None if secret is None else secret.encode("utf-8", "surrogateescape").decode("latin-1")

    answer = await door.post(door.update(alice.user_id, "/menu"), secret=given)

    assert (answer, talk.began) == ((401, ""), [])
    assert door.intake.counts == {"uninvited": 1}


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS"])
async def test_nothing_but_a_post_is_heard(door: Door, talk: Talk, alice: Person, method: str) -> None:
    status, _ = await door.post(door.update(alice.user_id, "/menu"), method=method)

    assert (status, talk.began) == (405, [])


@pytest.mark.parametrize("path", ["/", "/in", "/in/some-words/", f"{PATH}x", "/in/../in/other-words"])
async def test_no_other_path_is_heard(door: Door, talk: Talk, alice: Person, path: str) -> None:
    status, _ = await door.post(door.update(alice.user_id, "/menu"), path=path)

    assert (status, talk.began) == (404, [])


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // 65_536 + 1):
        yield b"x" * 65_536


@pytest.mark.parametrize("is_known", [True, False])
async def test_a_body_above_a_mebibyte_is_refused(door: Door, talk: Talk, is_known: bool) -> None:
    size = 1024 * 1024 + 1

    status, _ = await door.post(io.BytesIO(b"x" * size) if is_known else in_pieces(size))

    assert (status, talk.began) == (413, [])


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[" * 100_000, b"null", b"[]", b"17", b'{"update_id": 5, "message": 5}', b"\xff\xfe"]
)
async def test_what_cannot_be_read_is_not_posted_again_and_stops_nobody(
    door: Door, talk: Talk, alice: Person, body: bytes
) -> None:
    assert await door.post(body) == (200, "")
    assert await door.post(door.update(alice.user_id, "after")) == (200, "")
    assert talk.ended == ["after"]


async def test_one_chat_is_taken_in_order_and_never_twice_at_once(
    door: Door, talk: Talk, alice: Person
) -> None:
    talk.held["0"] = asyncio.Event()
    posts = [asyncio.create_task(door.post(door.update(alice.user_id, "0")))]
    await talk.has_begun("0")
    updates = [door.update(alice.user_id, str(number)) for number in range(1, 20)]
    posts += [asyncio.create_task(door.post(update)) for update in updates]

    talk.held["0"].set()
    await asyncio.gather(*posts)

    assert (sorted(talk.ended, key=int), talk.most_at_once) == ([str(number) for number in range(20)], 1)


async def test_one_chat_does_not_hold_up_another(door: Door, talk: Talk, alice: Person, vera: Person) -> None:
    talk.held["slow"] = asyncio.Event()
    slow = asyncio.create_task(door.post(door.update(alice.user_id, "slow")))
    await talk.has_begun("slow")

    assert await door.post(door.update(vera.user_id, "quick")) == (200, "")
    assert not slow.done()

    talk.held["slow"].set()
    await slow


async def test_a_tap_is_answered_though_its_handler_hangs(
    door: Door, talk: Talk, telegram: Lookalike, alice: Person
) -> None:
    talk.held["b:token"] = asyncio.Event()
    tap = await alice.taps_data(1, "b:token")
    raw = next(iter(telegram.world.bots.values())).queue.past[tap.update_id]

    posting = asyncio.create_task(door.post(raw))
    await asyncio.wait_for(tap.answered, timeout=5)

    assert not posting.done()


async def test_who_stops_still_takes_what_was_given(door: Door, talk: Talk, alice: Person) -> None:
    talk.held["slow"] = asyncio.Event()
    posting = asyncio.create_task(door.post(door.update(alice.user_id, "slow")))
    await talk.has_begun("slow")

    stopping = asyncio.create_task(door.stop())
    await asyncio.sleep(0)
    talk.held["slow"].set()

    assert await posting == (200, "")
    await stopping
    with pytest.raises(aiohttp.ClientConnectorError):
        await door.get(HEALTH)


async def test_this_machine_hears_whether_it_is_well(door: Door, is_well: asyncio.Event) -> None:
    well = await door.get(HEALTH)
    is_well.clear()

    assert (well, await door.get(HEALTH)) == ((200, "open\n"), (503, "the database is away\n"))


async def test_this_machine_hears_how_much_was_done_and_never_about_whom(door: Door, alice: Person) -> None:
    await door.post(door.update(alice.user_id, "/menu"))
    await door.post(b"{")
    await door.post(b"{}", secret="wrong")

    status, text = await door.get(METRICS)

    assert status == 200
    assert 'poruch_updates_total{kind="taken"} 1\n' in text
    assert 'poruch_updates_total{kind="bad"} 1\n' in text
    assert 'poruch_updates_total{kind="uninvited"} 1\n' in text
    assert str(alice.user_id) not in text


@pytest.mark.parametrize("path", [HEALTH, METRICS])
@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "Via", "X-Real-IP"])
async def test_whoever_comes_through_a_proxy_finds_neither(door: Door, path: str, header: str) -> None:
    assert (await door.get(path, **{header: "192.0.2.1"}))[0] == 404


async def test_no_answer_tells_what_it_was_made_with(door: Door) -> None:
    for path in (PATH, HEALTH, "/elsewhere"):
        async with door.http.get(f"{door.url}{path}") as answer:
            assert "Server" not in answer.headers
