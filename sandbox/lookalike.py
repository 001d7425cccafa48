"""The look-alike as one thing to start, play with and stop, in a test's own process or by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import TypeVar

import aiohttp
from aiohttp import web

from sandbox.bots import BotAccount
from sandbox.clock import SandboxClock
from sandbox.control import Control
from sandbox.faults import Faults
from sandbox.guard import loopback_only
from sandbox.journal import Journal
from sandbox.limits import FloodLimits
from sandbox.pages import add_page
from sandbox.person import Person
from sandbox.server import BotApi
from sandbox.state import Account, World
from sandbox.view import Notes
from sandbox.waiting import until
from sandbox.webhook import WebhookPoster

# Shaped like a real token, and opening nothing.
DEFAULT_TOKEN = "7000000001:SANDBOX-opens-nothing-at-Telegrams-"  # noqa: S105
DEFAULT_USERNAME = "sandbox_bot"
LOOPBACK = "127.0.0.1"
STOP_WITHIN_SECONDS = 2.0
MAX_REQUEST_BYTES = 64 * 1024 * 1024

Seen = TypeVar("Seen")


class Lookalike:
    """A Telegram of one's own on this machine. ``await Lookalike.start()`` makes one."""

    def __init__(self, clock: SandboxClock, *, limits: bool, edit_window: timedelta | None) -> None:
        self.clock = clock
        self.port = 0
        self.world = World(clock, edit_window=edit_window)
        self.api = BotApi(self.world, FloodLimits(is_enforced=limits))
        self._tasks: list[asyncio.Task[None]] = []
        self._session: aiohttp.ClientSession | None = None
        self._runner: web.AppRunner | None = None
        self._forget_clock = clock.on_move(lambda _: self.world.changes.note())

    @classmethod
    async def start(
        cls,
        *,
        port: int = 0,
        clock: SandboxClock | None = None,
        tokens: Mapping[str, str] | None = None,
        limits: bool = False,
        edit_window: timedelta | None = None,
        title: str = "Sandbox",
        intro: str = "",
        hints: Sequence[tuple[str, str]] = (),
    ) -> "Lookalike":
        """Serve on the loopback address.

        Args:
            port: 0 means any free one.
            tokens: bot tokens, each with its bot's user name; the first is the one people face.
            limits: refuse with 429 what Telegram's flood limits would.
            edit_window: how long bots may edit their own messages; Telegram itself sets no end.
            title, intro, hints: what the page tells its visitors; hints are names and values.
        """
        lookalike = cls(clock or SandboxClock(), limits=limits, edit_window=edit_window)
        notes = Notes(title, intro, tuple(hints))
        try:
            await lookalike._serve(port, tokens or {DEFAULT_TOKEN: DEFAULT_USERNAME}, notes)
        except BaseException:
            await lookalike.stop()
            raise
        return lookalike

    async def stop(self) -> None:
        """Stop serving; what hangs or polls is ended, and this returns within a few seconds."""
        self._forget_clock()
        self.world.closing.set()
        self.world.changes.note()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self._session is not None:
            await self._session.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> "Lookalike":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def url(self) -> str:
        """The root: of the page, and for a bot's settings."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def token(self) -> str:
        """The first bot's token."""
        return next(iter(self.world.bots))

    @property
    def calls(self) -> Journal:
        """Every request that bots made."""
        return self.api.calls

    @property
    def faults(self) -> Faults:
        """What goes wrong, on request."""
        return self.api.faults

    @property
    def limits(self) -> FloodLimits:
        """Telegram's flood limits, enforced or not."""
        return self.api.limits

    @property
    def people(self) -> list[Person]:
        """Everybody here, each facing the first bot."""
        return [self._facing(account) for account in self.world.people.values()]

    def person(
        self,
        first_name: str,
        language_code: str = "en",
        user_id: int | None = None,
        *,
        last_name: str = "",
        username: str = "",
    ) -> Person:
        """Add a person; without ``user_id`` they get the next free number."""
        names = {"last_name": last_name, "username": username}
        return self._facing(self.world.add_person(first_name, language_code, user_id, names))

    def add_bot(self, token: str, username: str) -> BotAccount:
        """Register another bot; ``person.towards(token)`` turns somebody to it."""
        bot = self.world.add_bot(token, username)
        self._tasks.append(asyncio.create_task(WebhookPoster(self.world, bot, self._client()).run()))
        return bot

    def revoke(self, token: str) -> None:
        """Make a token invalid, as its owner can at Telegram's."""
        del self.world.bots[token]
        self.world.changes.note()

    def redeliver(self, update_id: int, token: str | None = None) -> None:
        """Give a past update once more; an unknown one raises ``KeyError``."""
        self.world.bots[token or self.token].queue.again(update_id)
        self.world.changes.note()

    def inject(self, raw: dict[str, object], *, numbered: bool = True, token: str | None = None) -> int:
        """Queue any object as an update, malformed ones too; returns its number.

        Args:
            numbered: give it an ``update_id`` if it has none.
        """
        update_id = self.world.bots[token or self.token].queue.add_raw(raw, numbered=numbered)
        self.world.changes.note()
        return update_id

    async def until(self, predicate: Callable[[], Seen | Awaitable[Seen]], timeout: float = 30.0) -> Seen:  # noqa: ASYNC109
        """Return the first true value of ``predicate``, looked at again after each request or change.

        Raises:
            TimeoutError: it stayed false for ``timeout`` seconds of real time.
        """
        return await until(self.world.changes, predicate, seconds=timeout)

    async def settled(self, timeout: float = 30.0) -> None:  # noqa: ASYNC109
        """Wait until every update queued by now is confirmed by an offset, or taken by the webhook."""
        marked = [(bot, one) for bot in self.world.bots.values() for one in bot.queue.waiting]
        await self.until(lambda: not any(one in bot.queue.waiting for bot, one in marked), timeout)

    def _facing(self, account: Account) -> Person:
        return Person(self.world, self.world.bots[self.token], account)

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session

    async def _serve(self, port: int, tokens: Mapping[str, str], notes: Notes) -> None:
        for token, username in tokens.items():
            self.add_bot(token, username)
        app = web.Application(middlewares=[loopback_only], client_max_size=MAX_REQUEST_BYTES)
        self.api.add_routes(app.router)
        Control(self, notes).add_routes(app.router)
        add_page(app.router, notes.title)
        self._runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=STOP_WITHIN_SECONDS
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, LOOPBACK, port)
        await site.start()
        self.port = self._runner.addresses[0][1]
