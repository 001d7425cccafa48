"""An installation on disk, its look-alike, and a bot process that can be killed and started again."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import dropwhile
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

from bot.configuration.settings import load_settings
from bot.installing.installation import create, open_installation
from sandbox.clock import SandboxClock
from sandbox.journal import Call
from sandbox.lookalike import Lookalike
from storage.models import CustodyStatus, Prisoner, Publicity
from storage.unit_of_work import Storage
from tests.attacks.processes import WAIT_SECONDS, Executed, Forked
from tests.world import NOON, count_due


class Victim:
    """The process lives by the look-alike's clock, and its commits count as changes there.

    `storage` is a connection of the test's own beside the process, as the operator's commands have one.
    """

    def __init__(
        self,
        telegram: Lookalike,
        storage: Storage,
        folder: Path,
        environment: Mapping[str, str],
        new_process: type[Executed | Forked],
    ) -> None:
        self.telegram = telegram
        self.storage = storage
        self.folder = folder
        self.log = folder / "log"
        self.process: Executed | Forked | None = None
        self.environment = environment
        self.new_process = new_process
        # How a bot waits for updates that rests.
        self._rest = set() if environment.get("PORUCH_MODE") == "webhook" else {"getUpdates"}
        self._line: Connection | None = None
        self._calls_before = 0
        self._commits = 0
        telegram.clock.on_move(self._tell_time)

    def start(self) -> None:
        self._calls_before = len(self.telegram.calls)
        self._line, others_end = Pipe()
        with others_end:
            self.process = self.new_process(self.environment, self.folder, self.log, others_end)
        asyncio.get_running_loop().add_reader(self._line.fileno(), self._hear)
        self._tell_time(self.telegram.clock.now())

    def kill(self) -> None:
        """End the process as a power cut would."""
        if self.process is not None and self._line is not None:
            self.process.kill()
            asyncio.get_running_loop().remove_reader(self._line.fileno())
            self._line.close()
            self.process = self._line = None

    def _tell_time(self, now: datetime) -> None:
        if self._line is not None:
            self._line.send(now)

    def _hear(self) -> None:
        assert self._line is not None
        try:
            self._line.recv_bytes()
            self._commits += 1
        except EOFError:
            asyncio.get_running_loop().remove_reader(self._line.fileno())
        self.telegram.world.changes.note()

    async def shows_life(self, signs: int) -> None:
        """Wait for so many requests, answers and commits, or until the bot rests."""
        changes = self.telegram.world.changes
        last = changes.version + signs
        await self._until_rest_or(lambda: changes.version >= last)

    async def commits(self, times: int) -> None:
        """Wait for so many commits, or until the bot rests."""
        last = self._commits + times
        await self._until_rest_or(lambda: self._commits >= last)

    async def _until_rest_or(self, is_over: Callable[[], bool]) -> None:
        async def is_so() -> bool:
            return is_over() or await self._is_at_rest()

        await self.telegram.until(is_so, WAIT_SECONDS)

    async def rests(self) -> None:
        """Wait until every update is taken and answered, and all that is due is done."""
        await self.telegram.until(self._is_at_rest, WAIT_SECONDS)

    async def _is_at_rest(self) -> bool:
        is_behind = any(bot.queue.waiting for bot in self.telegram.world.bots.values())
        # Polls that a sealed or killed bot has left behind wait on.
        if set(self._under_way()) != self._rest or is_behind:
            return False
        return not await count_due(self.storage, self.telegram.clock.now())

    def _under_way(self) -> list[str]:
        """Return the requests of this process that wait for their answer; the dead one's last come first."""
        calls = self.telegram.calls[self._calls_before :]
        own = dropwhile(lambda call: call.method != "getMe", calls)
        return [call.method for call in own if is_under_way(call)]


def is_under_way(call: Call) -> bool:
    """Say whether a request still waits for its answer; one that was cut off gets none."""
    return not call.status and call.fault != "reset"


@asynccontextmanager
async def installed(
    folder: Path,
    database_url: str | None,
    prisoner: str,
    *,
    process: type[Executed | Forked],
    more: Mapping[str, str] | None = None,
) -> AsyncIterator[tuple[Victim, str]]:
    """Start the bot of a new installation with one public prisoner; gives the administrator's code, too."""
    async with await Lookalike.start(clock=SandboxClock(frozen_at=NOON)) as telegram:
        environment = {
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(folder / "data"),
            "PORUCH_LOG_LEVEL": "DEBUG",
            **(more or {}),
        } | ({"PORUCH_DATABASE_URL": database_url} if database_url else {})
        settings = load_settings(environment, folder)
        code = create(settings, now=NOON).administrator_code
        storage = await open_installation(settings)
        victim = Victim(telegram, storage, folder, environment, process)
        try:
            await _register(storage, prisoner)
            victim.start()
            yield victim, code
        finally:
            victim.kill()
            await storage.database.close()


async def _register(storage: Storage, name: str) -> None:
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.add(
            Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=Publicity.PUBLIC), source_id="1"
        )
        await uow.prisoners.describe(
            prisoner, names={"en": name}, alias=None, born=None, interests=None, case_details={}
        )
