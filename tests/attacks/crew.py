"""`poruch run --role …`, one process or several on one database, before a Telegram that keeps its limits."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import aiohttp
from aiohttp import web
from sqlalchemy import func, select, update

from bot.configuration.settings import load_settings
from bot.control.client import wake
from bot.installing.installation import create, open_installation
from bot.receiving.webhook import SECRET_HEADER
from bot.sending.bell import COMMITTED
from sandbox.journal import Call
from sandbox.lookalike import LOOPBACK, Lookalike
from solidarity.people import agree
from storage.errors import DatabaseUnavailable
from storage.models import OutboxRow, OutboxState, Person
from storage.outbox import STAY, Due
from storage.unit_of_work import Storage
from tests.attacks.processes import ROOT, WAIT_SECONDS

PATH = "/in/words"
SECRET = "a-secret-of-at-least-sixteen-signs"
TOGETHER = 500


class Member:
    """One process of the crew; each line that it logs counts as a change."""

    def __init__(self, process: Process, port: int, telegram: Lookalike) -> None:
        self.port = port
        self._process = process
        self._telegram = telegram
        self._listens = False
        self.errors = list[str]()
        self._hearing = asyncio.create_task(self._hear())

    async def _hear(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self._listens |= b"listening" in line
            if b'"level": "error"' in line:
                self.errors.append(line.decode())
            self._telegram.world.changes.note()

    async def listens(self) -> None:
        await self._telegram.until(lambda: self._listens, WAIT_SECONDS)

    def stalls(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def goes_on(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    async def dies(self) -> None:
        await self._ends(self._process.kill)

    async def stops(self) -> None:
        """Let it stop in order, and write down what is under way."""
        await self._ends(self._process.terminate)

    async def _ends(self, end: Callable[[], None]) -> None:
        if self._process.returncode is None:
            end()
        await self._process.wait()
        await self._hearing

    async def count(self, metric: str) -> int:
        """Return one of the counters that it tells this machine."""
        async with aiohttp.request("GET", f"http://{LOOPBACK}:{self.port}/metrics") as answer:
            lines = (await answer.text()).splitlines()
        return sum(int(line.split()[-1]) for line in lines if line.startswith(metric))


class Crew:
    """The processes of one installation, with the machine's clock and the leases that they ship with."""

    def __init__(
        self,
        telegram: Lookalike,
        storage: Storage,
        environment: Mapping[str, str],
        new_port: Callable[[], int],
    ) -> None:
        self.telegram = telegram
        self.storage = storage
        self.members: list[Member] = []
        self._environment = environment
        self.folder = Path(environment["PORUCH_DATA_DIR"])
        self._new_port = new_port

    async def starts(self, *roles: str) -> list[Member]:
        """Start a process for each role; returns them once all are at work."""
        begun = [await self._begin(role) for role in roles]
        self.members += begun
        for member in begun:
            await member.listens()
        return begun

    async def dies(self) -> None:
        for member in self.members:
            await member.dies()

    async def _begin(self, role: str) -> Member:
        port = self._new_port()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "run", "--role", role),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
            env={**self._environment, "PORUCH_LISTEN": f"{LOOPBACK}:{port}"},
        )
        return Member(process, port, self.telegram)

    async def knows(self, people: int) -> list[UUID]:
        """Let so many have agreed, and be asked whether they stay."""
        world, now = self.telegram.world, datetime.now(UTC)
        [bot] = world.bots.values()
        chats = [world.open_chat(bot, world.add_person("A", "en", None, {})).chat_id for _ in range(people)]
        ids = list[UUID]()
        for start in range(0, people, TOGETHER):
            async with self.storage.unit() as uow:
                some = chats[start : start + TOGETHER]
                ids += [(await agree(uow, chat_id, language="en", now=now)).id for chat_id in some]
        async with self.storage.unit() as uow:
            await uow.session.execute(update(Person).values(asked_on=now.date()))
        return ids

    async def is_to_ask(self, people: list[UUID], *turns: int) -> None:
        """Let each of these messages be due for each of some people, at once."""
        now = datetime.now(UTC)
        async with self.storage.unit() as uow:
            for turn in turns:
                await uow.outbox.queue(Due(each, STAY, each, f"{turn}:{each}", now) for each in people)
        await wake(self.folder)

    async def has_handed_over(self, count: int) -> None:
        """Wait until Telegram was given so many messages."""
        calls = self.telegram.calls.counts
        await self.telegram.until(lambda: calls["sendMessage"] >= count, WAIT_SECONDS)

    async def has_sent(self, count: int, *, seconds: float) -> None:
        """Wait until so many messages are written down as sent."""

        async def is_so() -> bool:
            # Else the database would be asked again and again while thousands go out.
            return self.telegram.calls.counts["sendMessage"] >= count and await self.sent() >= count

        await self.telegram.until(is_so, seconds)

    async def sent(self) -> int:
        """Count the messages that are written down as sent."""
        query = select(func.count()).where(OutboxRow.state == OutboxState.SENT)
        async with self.storage.view() as uow:
            return await uow.session.scalar(query) or 0

    def arrived(self) -> Counter[int | None]:
        """Count the messages that Telegram took for each chat."""
        return Counter(call.chat for call in self.telegram.calls.of("sendMessage") if call.status == 200)

    def hurried(self) -> list[Call]:
        """Name the messages refused because another had come to the same chat within a second."""
        hurried, last = list[Call](), dict[int | None, datetime]()
        for call in self.telegram.calls.of("sendMessage"):
            if call.status == 200:
                last[call.chat] = call.at
            elif call.chat in last and call.at - last[call.chat] < timedelta(seconds=1):
                hurried.append(call)
        return hurried

    async def hears(self) -> None:
        """Let the commits of all processes count as changes, until cancelled; on SQLite they ring nowhere."""
        while self.storage.database.is_sqlite:
            await asyncio.sleep(1)
            self.telegram.world.changes.note()
        with suppress(DatabaseUnavailable):
            async with self.storage.database.listening(COMMITTED) as rings:
                async for _ in rings:
                    self.telegram.world.changes.note()

    async def hand_on(self, request: web.Request) -> web.Response:
        """Give what Telegram posts to all that take updates at once; taken is what all of them took."""
        body, headers = await request.read(), {SECRET_HEADER: request.headers.get(SECRET_HEADER, "")}
        async with aiohttp.ClientSession(headers=headers) as session:
            urls = [f"http://{LOOPBACK}:{member.port}{PATH}" for member in self.members]
            answers = await asyncio.gather(*(session.post(url, data=body) for url in urls))
        return web.Response(status=max(answer.status for answer in answers))


@asynccontextmanager
async def crew(
    folder: Path, database_url: str | None, new_port: Callable[[], int], *, per_second: int
) -> AsyncIterator[tuple[Crew, str]]:
    """Make an installation whose Telegram takes so many messages a second, and one for each chat.

    Gives the administrator's code, too.
    """
    async with AsyncExitStack() as ending:
        telegram = await ending.enter_async_context(await Lookalike.start(limits=True))
        telegram.limits.per_bot = per_second
        port = new_port()
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "PTB_TIMEDELTA": "1",
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(folder / "data"),
            "PORUCH_MESSAGES_PER_SECOND": str(per_second),
            "PORUCH_MODE": "webhook",
            "PORUCH_WEBHOOK_URL": f"http://{LOOPBACK}:{port}{PATH}",
            "PORUCH_WEBHOOK_SECRET": SECRET,
        } | ({"PORUCH_DATABASE_URL": database_url} if database_url else {})
        settings = load_settings(environment, folder)
        code = create(settings, now=datetime.now(UTC)).administrator_code
        storage = await open_installation(settings)
        ending.push_async_callback(storage.database.close)
        working = Crew(telegram, storage, environment, new_port)
        await ending.enter_async_context(_posted_to(working, port))
        ending.push_async_callback(working.dies)
        yield working, code


@asynccontextmanager
async def _posted_to(working: Crew, port: int) -> AsyncIterator[None]:
    """Hear what Telegram posts, and the commits of the crew, for the length of the block."""
    app = web.Application()
    app.router.add_post(PATH, working.hand_on)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    hearing = asyncio.create_task(working.hears())
    try:
        yield
    finally:
        hearing.cancel()
        await asyncio.wait({hearing})
        await runner.cleanup()
