import asyncio
import io
import logging
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from aiohttp import web
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.alarm.alarm import Alarm
from bot.telegram_api.bodies import when_it_leaves
from bot.telegram_api.client import (
    AiohttpRequest,
    NothingLeftError,
    QuietBot,
    make_bot,
    outcome_of,
)
from bot.telegram_api.connection import Connection
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from handlers.answer import Showing
from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused, Unsure

TOKEN = "123456:CANARY-token"
ALICE = 7001
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Telegram:
    """A scripted Telegram: answers by ``answer``, and remembers what came."""

    url: str = ""
    answer: Handler | None = None
    seen: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    hold: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.seen.append((request.path, await parameters_of(request)))
        self.arrived.set()
        assert self.answer is not None
        return await self.answer(request)


async def parameters_of(request: web.Request) -> dict[str, object]:
    if request.content_type == "application/json":
        return cast("dict[str, object]", await request.json())
    return {
        name: (value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for name, value in (await request.post()).items()
    }


def json_answer(body: object, status: int = 200) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return answer


def refusal(status: int, description: str, **parameters: int) -> Handler:
    body = {"ok": False, "error_code": status, "description": description}
    return json_answer(body | ({"parameters": parameters} if parameters else {}), status)


def page(status: int, **headers: str) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        return web.Response(
            status=status, text=f"<p>{request.path}</p>", content_type="text/html", headers=headers
        )

    return answer


async def reset(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


SENT = {
    "ok": True,
    "result": {"message_id": 5, "date": 0, "chat": {"id": ALICE, "type": "private"}, "text": "a"},
}


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    script = Telegram(answer=json_answer(SENT))
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", script.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    script.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield script
    script.hold.set()
    await runner.cleanup()


def bot_on(root: str, **timeouts: float | None) -> QuietBot:
    request = AiohttpRequest(connections=1, **timeouts)
    return QuietBot(TOKEN, base_url=f"{root}/bot", request=request, get_updates_request=AiohttpRequest())


async def by_the_library(bot: QuietBot) -> None:
    await bot.send_message(ALICE, "a")


async def by_a_plain_call(bot: QuietBot) -> None:
    await bot.call("sendMessage", {"chat_id": ALICE, "text": "a"})


async def failure_of(
    bot: QuietBot, send: Callable[[QuietBot], Awaitable[None]] = by_a_plain_call
) -> TelegramError:
    await bot._request[1].initialize()
    try:
        with pytest.raises(TelegramError) as caught:
            await send(bot)
    finally:
        await bot._request[1].shutdown()
    return caught.value


def shown(error: BaseException) -> str:
    whole = [str(error), repr(error)]
    for before in (error.__cause__, error.__context__):
        whole.append(shown(before) if before is not None else "")
    return "".join(whole) + "".join(traceback.format_exception(error))


async def test_a_message_is_sent_as_one_json_object(telegram: Telegram) -> None:
    bot = make_bot(TOKEN, telegram.url)
    async with bot._request[1]:
        message = await bot.send_message(ALICE, "Прывітанне & <b>", protect_content=True)

    assert message.message_id == 5
    assert telegram.seen == [
        (
            f"/bot{TOKEN}/sendMessage",
            {"chat_id": ALICE, "text": "Прывітанне & <b>", "protect_content": True},
        )
    ]


async def test_a_plain_call_is_answered_plainly(telegram: Telegram) -> None:
    bot = make_bot(TOKEN, telegram.url)
    async with bot._request[1]:
        answer = await bot.call("sendMessage", {"chat_id": ALICE, "text": "а\ud800", "reply_markup": None})

    assert answer == SENT["result"]
    assert telegram.seen == [(f"/bot{TOKEN}/sendMessage", {"chat_id": ALICE, "text": "а\ud800"})]


async def test_a_file_is_uploaded_in_parts(telegram: Telegram) -> None:
    bot = make_bot(TOKEN, telegram.url)
    async with bot._request[1]:
        await bot.send_document(ALICE, io.BytesIO(b"BEGIN:VCALENDAR"), filename="суд.ics", caption="c")

    _, form = telegram.seen[0]

    assert ("суд.ics", b"BEGIN:VCALENDAR") in form.values()
    assert (form["chat_id"], form["caption"]) == ("7001", "c")


async def test_a_file_is_fetched_as_bytes(telegram: Telegram) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if "/file/" in request.path:
            return web.Response(body=b"\x00\xff")
        return web.json_response(
            {"ok": True, "result": {"file_id": "f", "file_unique_id": "u", "file_path": "documents/file_0"}}
        )

    telegram.answer = answer
    bot = make_bot(TOKEN, telegram.url)
    async with bot._request[1]:
        content = await (await bot.get_file("f")).download_as_bytearray()

    assert content == b"\x00\xff"
    assert telegram.seen[1][0] == f"/file/bot{TOKEN}/documents/file_0"


async def test_redirects_are_not_followed(telegram: Telegram) -> None:
    telegram.answer = page(302, Location=telegram.url + "/elsewhere")

    error = await failure_of(bot_on(telegram.url))

    assert outcome_of(error) == Unsure()
    assert [path for path, _ in telegram.seen] == [f"/bot{TOKEN}/sendMessage"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        pytest.param(refusal(429, "Too Many Requests", retry_after=7), Later(timedelta(seconds=7)), id="429"),
        pytest.param(refusal(403, "Forbidden: bot was blocked by the user"), Gone("blocked"), id="403"),
        pytest.param(refusal(400, "Bad Request: chat not found"), Gone("chat_not_found"), id="400 gone"),
        pytest.param(refusal(400, "Bad Request: message is too long"), Refused("too_long"), id="400"),
        pytest.param(
            refusal(400, "Bad Request: there is no text in the message to edit"),
            Refused("no_text"),
            id="400 file",
        ),
        pytest.param(refusal(401, "Unauthorized"), Later(), id="401"),
        pytest.param(refusal(500, "Internal Server Error"), Unsure(), id="500"),
        pytest.param(page(502), Unsure(), id="502 with a page"),
        pytest.param(page(200), Unsure(), id="200 with a page"),
        pytest.param(json_answer(["?"]), Unsure(), id="200 with a list"),
        pytest.param(json_answer({"ok": True}), Unsure(), id="200 without a result"),
        pytest.param(reset, Unsure(), id="reset before the answer"),
    ],
)
@pytest.mark.parametrize("send", [by_the_library, by_a_plain_call])
async def test_what_telegram_answers_becomes_an_outcome_without_the_token(
    telegram: Telegram,
    answer: Handler,
    expected: Outcome,
    send: Callable[[QuietBot], Awaitable[None]],
) -> None:
    telegram.answer = answer

    error = await failure_of(bot_on(telegram.url), send)

    assert outcome_of(error) == expected
    assert "CANARY" not in shown(error)


@pytest.mark.parametrize("result", [True, {}, {"message_id": "5"}, [5]])
async def test_an_answer_that_is_no_message_leaves_us_unsure(telegram: Telegram, result: object) -> None:
    telegram.answer = json_answer({"ok": True, "result": result})
    bot = bot_on(telegram.url)
    async with bot._request[1]:
        outcome = await Messages(bot, Pace()).send(ALICE, Showing("a"))

    assert outcome == Unsure()


async def test_a_refused_connection_is_tried_later(unused_tcp_port: int) -> None:
    error = await failure_of(bot_on(f"http://127.0.0.1:{unused_tcp_port}"))

    assert outcome_of(error) == Later()
    assert isinstance(error.__cause__, NothingLeftError)
    assert "CANARY" not in shown(error)


async def test_an_answer_that_does_not_come_leaves_us_unsure(telegram: Telegram) -> None:
    telegram.answer = waits_for(telegram)

    error = await failure_of(bot_on(telegram.url, read_timeout=0.05))

    assert isinstance(error, TimedOut)
    assert outcome_of(error) == Unsure()
    assert "CANARY" not in shown(error)


async def test_a_message_that_finds_no_free_connection_is_tried_later(telegram: Telegram) -> None:
    telegram.answer = waits_for(telegram)
    bot = bot_on(telegram.url, pool_timeout=0.05, connect_timeout=0.0)
    left: list[str] = []
    async with bot._request[1]:
        first = asyncio.ensure_future(bot.send_message(ALICE, "a", connect_timeout=5))
        await telegram.arrived.wait()

        with pytest.raises(TimedOut) as caught, when_it_leaves(lambda: left.append("left")):
            await by_a_plain_call(bot)
        telegram.hold.set()
        await first

    assert outcome_of(caught.value) == Later()
    assert len(telegram.seen) == 1
    assert left == []
    assert "CANARY" not in shown(caught.value)


def waits_for(telegram: Telegram) -> Handler:
    async def answer(_: web.Request) -> web.StreamResponse:
        await telegram.hold.wait()
        return web.json_response(SENT)

    return answer


async def test_a_faster_pace_has_more_connections(telegram: Telegram, tmp_path: Path) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        if len(telegram.seen) == 100:
            telegram.hold.set()
        await telegram.hold.wait()
        return web.json_response(SENT)

    telegram.answer = answer
    connection = Connection(TOKEN, telegram.url, Pace(per_second=1_000), alarm=Alarm(tmp_path))
    async with connection.bot._request[1]:
        outcomes = await asyncio.gather(
            *(connection.messages.send(chat, Showing("a")) for chat in range(100))
        )

    assert set(outcomes) == {Delivered(5)}


async def test_a_request_says_when_its_bytes_leave(telegram: Telegram) -> None:
    left: list[int] = []
    bot = bot_on(telegram.url)
    async with bot._request[1]:
        with when_it_leaves(lambda: left.append(len(telegram.seen))):
            await bot.send_message(ALICE, "a")
        await bot.send_message(ALICE, "b")

    assert left == [0]


async def test_a_file_says_when_its_bytes_leave(telegram: Telegram) -> None:
    left: list[int] = []
    bot = bot_on(telegram.url)
    async with bot._request[1]:
        with when_it_leaves(lambda: left.append(len(telegram.seen))):
            await bot.send_document(ALICE, b"BEGIN:VCALENDAR", filename="a.ics")

    assert left == [0]


async def test_what_never_leaves_says_nothing(unused_tcp_port: int) -> None:
    left: list[str] = []

    with when_it_leaves(lambda: left.append("left")):
        await failure_of(bot_on(f"http://127.0.0.1:{unused_tcp_port}"))

    assert left == []


async def test_no_timeout_means_waiting_for_ever(telegram: Telegram) -> None:
    bot = bot_on(telegram.url, read_timeout=0.05)
    telegram.answer = waits_for(telegram)
    asyncio.get_running_loop().call_later(0.15, telegram.hold.set)
    async with bot._request[1]:
        message = await bot.send_message(ALICE, "a", read_timeout=None)

    assert message.message_id == 5


async def test_a_request_that_is_not_open_refuses() -> None:
    with pytest.raises(NetworkError, match="not initialised"):
        await AiohttpRequest().post("http://127.0.0.1/")


async def test_a_request_can_be_closed_twice_and_opened_again(telegram: Telegram) -> None:
    bot = bot_on(telegram.url)
    for _ in range(2):
        await bot._request[1].initialize()
        await bot._request[1].initialize()
        await bot.send_message(ALICE, "a")
        await bot._request[1].shutdown()
        await bot._request[1].shutdown()

    assert len(telegram.seen) == 2


async def test_a_token_that_telegram_does_not_know_is_not_repeated(telegram: Telegram) -> None:
    telegram.answer = refusal(401, "Unauthorized")
    bot = make_bot(TOKEN, telegram.url)

    with pytest.raises(InvalidToken) as caught:
        await bot.initialize()
    await bot.shutdown()

    assert "CANARY" not in shown(caught.value)


async def test_the_client_itself_logs_no_token(telegram: Telegram, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    request = AiohttpRequest()
    async with request:
        for answer in (json_answer(SENT), page(502), reset):
            telegram.answer = answer
            with suppress(TelegramError):
                await request.post(f"{telegram.url}/bot{TOKEN}/sendMessage")

    assert "CANARY" not in caplog.text


def test_neither_the_bot_nor_its_requests_show_the_token() -> None:
    bot = make_bot(TOKEN)

    assert "CANARY" not in f"{bot!r}{bot}{bot._request!r}"


def test_the_root_is_what_addresses_are_built_from() -> None:
    bot = make_bot(TOKEN, "https://example.org:8443/x")

    assert bot.base_url == f"https://example.org:8443/x/bot{TOKEN}"
    assert bot.base_file_url == f"https://example.org:8443/x/file/bot{TOKEN}"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (None, Delivered(5)),
        (RetryAfter(3), Later(timedelta(seconds=3))),
        (Forbidden("Forbidden: user is deactivated"), Gone("deactivated")),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), Gone("never_started")),
        (Forbidden("Forbidden: Alice is away"), Gone("forbidden")),
        (BadRequest("Bad Request: chat not found"), Gone("chat_not_found")),
        (BadRequest("Can't parse entities: unexpected end tag at byte offset 9"), Refused("bad_markup")),
        (BadRequest("Bad Request: Alice is away"), Refused("bad_request")),
        (ChatMigrated(9), Refused("bad_request")),
        (Conflict("Conflict"), Later()),
        (TimedOut(), Unsure()),
        (NetworkError("Bad Gateway"), Unsure()),
        (TelegramError("Invalid server response"), Unsure()),
        (KeyError("Alice"), Refused("error")),
    ],
)
def test_every_error_has_its_outcome(error: Exception | None, expected: Outcome) -> None:
    assert outcome_of(error, 5) == expected
