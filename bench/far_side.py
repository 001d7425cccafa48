"""The far side of a bench: answers as Telegram's Bot API does after a set delay, and counts what came.

A process of its own on the loopback interface, so that a sender's CPU time is that of its own process. Each
token is an account with a limit and a tally of its own; `GET /tally/<token>` reads the tally. What a limit
refuses does not count, and is not refused for longer than the limit needs: kinder than Telegram.
"""

import argparse
import asyncio
import gc
import json
import re
import sys
from collections import Counter, deque
from collections.abc import Callable
from math import ceil
from time import monotonic
from typing import Protocol

from bench.load import MARKUP, TEXT

CHAT = re.compile(rb'chat_id"?\s*[=:]\s*"?(-?\d+)')
LENGTH = re.compile(rb"\r\ncontent-length:\s*(\d+)", re.IGNORECASE)
HEAD = (
    "HTTP/1.1 {status}\r\nServer: nginx/1.18.0\r\nDate: Sat, 28 Nov 2026 10:00:00 GMT\r\n"
    "Content-Type: application/json\r\nContent-Length: {length}\r\nConnection: keep-alive\r\n"
    "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload\r\n"
    "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: GET, POST, OPTIONS\r\n"
    "Access-Control-Expose-Headers: Content-Length,Content-Type,Date,Server,Connection\r\n\r\n"
)
ME = {"id": 1, "is_bot": True, "first_name": "Bench", "username": "bench_bot"}
# All that differs between two messages is what stands at their beginning.
REST = json.dumps(
    {"from": ME, "date": 1795860000, "text": TEXT, "has_protected_content": True, "reply_markup": MARKUP}
)[1:]


class Limit(Protocol):
    """One reading of a limit; the wait is 0 where a message may come now."""

    def wait(self, now: float) -> float: ...
    def count(self, now: float) -> None: ...


class Bucket:
    """So many at once, and then as many as flow back each second."""

    def __init__(self, per_second: float) -> None:
        self._rate = per_second
        self._tokens, self._at = per_second, 0.0

    def wait(self, now: float) -> float:
        return max(0.0, (1 - self._level(now)) / self._rate)

    def count(self, now: float) -> None:
        self._tokens, self._at = self._level(now) - 1, now

    def _level(self, now: float) -> float:
        return min(self._rate, self._tokens + (now - self._at) * self._rate)


class Window:
    """So many in any second, wherever it begins."""

    def __init__(self, per_second: float) -> None:
        self._came: deque[float] = deque(maxlen=int(per_second))

    def wait(self, now: float) -> float:
        is_full = len(self._came) == self._came.maxlen
        return max(0.0, self._came[0] + 1 - now) if is_full else 0.0

    def count(self, now: float) -> None:
        self._came.append(now)


class Unlimited:
    """Whatever comes, may."""

    def wait(self, _: float) -> float:
        return 0.0

    def count(self, _: float) -> None:
        pass


READINGS: dict[str, Callable[[float], Limit]] = {
    "bucket": Bucket,
    "window": Window,
    "none": lambda _: Unlimited(),
}


class Account:
    """What came for one token, and what was refused."""

    def __init__(self, reading: str, per_second: float) -> None:
        self._limit: Limit = READINGS[reading](per_second)
        self._has_limit = reading != "none"
        self.came: list[float] = []
        self.chats: Counter[int] = Counter()
        self._last: dict[int, float] = {}
        self.refused = Counter(bot=0, chat=0)

    def take(self, chat: int, now: float) -> float:
        """Count a message, or say how long its sender has to wait."""
        if self._has_limit:
            for name, wait in (
                ("chat", self._last.get(chat, 0.0) + 1 - now),
                ("bot", self._limit.wait(now)),
            ):
                if wait > 0:
                    self.refused[name] += 1
                    return wait
        self._limit.count(now)
        self._last[chat] = now
        self.came.append(now)
        self.chats[chat] += 1
        return 0.0

    def tally(self) -> dict[str, object]:
        """What came: how many, in how long, most in any second, refused, and messages by chat."""
        most, first = 0, 0
        for last, at in enumerate(self.came):
            while self.came[first] <= at - 1:
                first += 1
            most = max(most, last - first + 1)
        return {
            "count": len(self.came),
            "seconds": self.came[-1] - self.came[0] if self.came else 0.0,
            "most_in_a_second": most,
            "refused": self.refused,
            "chats": self.chats,
        }


class FarSide:
    """All accounts of one process."""

    def __init__(self, *, delay: float, reading: str, per_second: float) -> None:
        self.delay = delay
        self._reading = reading
        self._per_second = per_second
        self._accounts: dict[str, Account] = {}

    def account(self, token: str) -> Account:
        if token not in self._accounts:
            self._accounts[token] = Account(self._reading, self._per_second)
        return self._accounts[token]

    def respond(self, path: str, body: bytes, write: Callable[[bytes], None]) -> None:
        """Answer one request when it is time to."""
        content, delay = self.answer(path, body)
        asyncio.get_running_loop().call_later(delay, write, content)

    def answer(self, path: str, body: bytes) -> tuple[bytes, float]:
        """Answer one request: the bytes, and after how many seconds they are to leave."""
        _, first, method = path.split("/", 2)
        if first == "tally":
            return response("200 OK", json.dumps(self.account(method).tally())), 0.0
        if not method.lower().startswith("send"):
            return response("200 OK", json.dumps({"ok": True, "result": ME})), self.delay
        found = CHAT.search(body)
        if found is None:
            return _refusal(400, "Bad Request: chat_id is empty"), self.delay
        chat, account = int(found[1]), self.account(first.removeprefix("bot"))
        wait = account.take(chat, monotonic())
        if wait > 0:
            seconds = max(1, ceil(wait))
            return _refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds), self.delay
        start = (
            f'{{"message_id":{len(account.came)},"chat":{{"id":{chat},"first_name":"A","type":"private"}},'
        )
        return response("200 OK", f'{{"ok":true,"result":{start}{REST}}}'), self.delay


def response(status: str, body: str) -> bytes:
    """Write a whole answer, with the headers Telegram sends."""
    content = body.encode()
    return HEAD.format(status=status, length=len(content)).encode() + content


def _refusal(status: int, description: str, **parameters: int) -> bytes:
    body: dict[str, object] = {"ok": False, "error_code": status, "description": description}
    return response(f"{status} X", json.dumps(body | ({"parameters": parameters} if parameters else {})))


class Connection(asyncio.Protocol):
    """One client's connection; requests one after another."""

    def __init__(self, far_side: FarSide) -> None:
        self._far_side = far_side
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, rest = self._buffer.partition(b"\r\n\r\n")
        if not separator:
            return
        length = LENGTH.search(head)
        if length is not None and len(rest) < int(length[1]):
            return
        self._buffer = b""
        self._far_side.respond(head.split(b" ", 2)[1].decode(), rest, self._write)

    def _write(self, content: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(content)


async def serve(far_side: FarSide) -> None:
    """Serve on a free port, which is printed, until standard input ends."""
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(far_side), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.05)
    parser.add_argument("--reading", choices=list(READINGS), default="none")
    parser.add_argument("--per-second", type=float, default=30.0)
    given = parser.parse_args()
    # A pause of its own would look like messages that came late, and then too soon.
    gc.disable()
    asyncio.run(serve(FarSide(delay=given.delay, reading=given.reading, per_second=given.per_second)))


if __name__ == "__main__":
    main()
