"""A far side with people: each taps a button of their screen, waits for the next screen, and taps again.

So a bot is measured by what people wait for: from their tap to the screen it leads to. Before the clock
starts everybody says hello and is shown a first screen. `GET /tally/<token>` answers once all have tapped.
"""

import argparse
import asyncio
import json
from collections import deque
from collections.abc import Callable
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

from bench.far_side import ME, FarSide, response, serve
from bench.load import accounts

SHOWS = ("sendmessage", "editmessagetext")
# There and back again, so that both lead to a screen of their own.
TAPPED_FIRST = ("Settings", "Back")
RESULTS: dict[str, object] = {
    "getme": ME,
    "getmycommands": [],
    "getmyname": {"name": ""},
    "getmydescription": {"description": ""},
    "getmyshortdescription": {"short_description": ""},
}

Json = dict[str, Any]
Write = Callable[[bytes], None]


class People:
    """The people of one account."""

    def __init__(self, *, people: int, taps: int) -> None:
        self._left = dict.fromkeys(accounts(people), taps)
        self._shown: set[int] = set()
        self._first: list[tuple[int, Json]] = []
        self._numbers = 0
        self._waiting: deque[Json] = deque()
        self._poll: tuple[Write, int] | None = None
        self._asked: Write | None = None
        self._begun = 0.0
        self._unfinished = people
        self._seconds = 0.0
        self._count = people * taps
        for person in self._left:
            self._put({"message": {"message_id": 1, "date": 1, "text": "/menu", **_who(person)}})

    def poll(self, write: Write, parameters: Json) -> None:
        """Give what waits, or answer once something does."""
        offset, limit = int(parameters.get("offset") or 0), int(parameters.get("limit") or 100)
        while self._waiting and self._waiting[0]["update_id"] < offset:
            self._waiting.popleft()
        if self._waiting or not int(parameters.get("timeout") or 0):
            write(_result(list(self._waiting)[:limit]))
        else:
            self._poll = (write, limit)

    def show(self, chat: int, markup: Json) -> None:
        """Let somebody see a screen; the last to see their first one starts the clock."""
        if chat in self._shown:
            self._tap(chat, markup)
            return
        self._shown.add(chat)
        self._first.append((chat, markup))
        if len(self._first) == len(self._left):
            self._begun = monotonic()
            for person, first in self._first:
                self._tap(person, first)

    def tally(self, write: Write) -> None:
        """Answer how long it took, once it is over."""
        self._asked = write
        self._answer_if_over()

    def _tap(self, chat: int, markup: Json) -> None:
        if not self._left[chat]:
            self._unfinished -= 1
            if not self._unfinished:
                self._seconds = monotonic() - self._begun
                self._answer_if_over()
            return
        self._left[chat] -= 1
        buttons = [button for row in markup["inline_keyboard"] for button in row]
        by_label = {button["text"]: button["callback_data"] for button in buttons}
        first = next((label for label in TAPPED_FIRST if label in by_label), buttons[0]["text"])
        data = by_label[first]
        tapped = {"id": str(self._numbers), "chat_instance": "1", "from": _who(chat)["from"], "data": data}
        self._put({"callback_query": {**tapped, "message": {"message_id": chat, "date": 1, **_who(chat)}}})

    def _put(self, body: Json) -> None:
        self._numbers += 1
        self._waiting.append({"update_id": self._numbers, **body})
        if self._poll is not None:
            (write, limit), self._poll = self._poll, None
            # What is tapped in this turn of the loop goes along.
            asyncio.get_running_loop().call_soon(lambda: write(_result(list(self._waiting)[:limit])))

    def _answer_if_over(self) -> None:
        if self._asked is not None and not self._unfinished:
            self._asked(response("200 OK", json.dumps({"taps": self._count, "seconds": self._seconds})))
            self._asked = None


class TappingSide(FarSide):
    """All accounts of one process, each with as many people."""

    def __init__(self, *, delay: float, people: int, taps: int) -> None:
        super().__init__(delay=delay, reading="none", per_second=30.0)
        self._options = {"people": people, "taps": taps}
        self._people: dict[str, People] = {}

    def respond(self, path: str, body: bytes, write: Write) -> None:
        """Answer one request, now or later."""
        _, first, method = path.split("/", 2)
        token = method if first == "tally" else first.removeprefix("bot")
        if token not in self._people:
            self._people[token] = People(**self._options)
        people, method = self._people[token], method.lower()
        loop = asyncio.get_running_loop()
        if first == "tally":
            people.tally(write)
        elif method == "getupdates":
            people.poll(lambda content: _later(loop, self.delay, write, content), _parameters(body))
        elif method in SHOWS:
            given = _parameters(body)
            chat, markup = int(given["chat_id"]), given["reply_markup"]
            message = {"message_id": chat, "date": 1, "text": "a", **_who(chat), "from": ME}
            loop.call_later(self.delay, write, _result(message))
            screen = json.loads(markup) if isinstance(markup, str) else markup
            # Seen once it is on its way back, so that the next tap comes after it.
            loop.call_later(self.delay, people.show, chat, screen)
        else:
            loop.call_later(self.delay, write, _result(RESULTS.get(method, True)))


def _later(loop: asyncio.AbstractEventLoop, delay: float, write: Write, content: bytes) -> None:
    loop.call_later(delay, write, content)


def _who(chat: int) -> Json:
    return {
        "chat": {"id": chat, "type": "private", "first_name": "A"},
        "from": {"id": chat, "is_bot": False, "first_name": "A", "language_code": "en"},
    }


def _result(result: object) -> bytes:
    return response("200 OK", json.dumps({"ok": True, "result": result}))


def _parameters(body: bytes) -> Json:
    return dict(json.loads(body)) if body.startswith(b"{") else dict(parse_qsl(body.decode()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--delay", type=float, default=0.0)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--taps", type=int, default=10)
    given = parser.parse_args()
    asyncio.run(serve(TappingSide(delay=given.delay, people=given.people, taps=given.taps)))


if __name__ == "__main__":
    main()
