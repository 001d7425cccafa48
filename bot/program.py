"""The running program in its two states: sealed, without keys or database, and open.

Sealing takes the open bot down, closes the database and drops everything that held a key; Python cannot wipe
what was there (docs/decisions/0012). Only one change of state goes on at a time, and each is whole: where the
open bot cannot begin, the program is sealed as before.
"""

import asyncio
import gc
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import structlog

from bot import logs
from bot.alarm.alarm import Alarm
from bot.configuration.settings import Settings
from bot.control.asked import Asked
from bot.control.listener import Control
from bot.host.run_lock import RunLock
from bot.host.unsealing import is_typed, require_ring
from bot.installing.installation import open_installation
from bot.tasks import Tasks
from bot.telegram_api.connection import Connection
from bot.telegram_api.pace import Pace
from bot.trail import note
from solidarity.audit import Act
from solidarity.work import Storage

log = structlog.stdlib.get_logger("poruch.program")

FINISH_WITHIN_SECONDS = 5.0


class Bot(Protocol):
    """What works in one state; stopping twice is stopping once."""

    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Sealed(Bot, Protocol):
    """What answers while there is no key; `sweep` takes its lines out of the chats afterwards."""

    async def sweep(self) -> None: ...


class Open(Bot, Protocol):
    """What works on a storage."""

    def wake_up(self) -> None: ...

    async def read_keys(self) -> int: ...


class Poruch:
    """One running process; `storage` is what it works on, None while it is sealed.

    `sealed` is set while it waits to be opened, `unsealed` from the moment it does not any more.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        open_bot: Callable[[Connection, Storage, Callable[[], None]], Open],
        sealed_bot: Callable[[Connection], Sealed],
        storage: Storage | None,
        pace: Pace,
    ) -> None:
        self.settings = settings
        self.storage = storage
        self.sealed, self.unsealed = asyncio.Event(), asyncio.Event()
        self._pace = pace
        self._open_bot = open_bot
        self._sealed_bot = sealed_bot
        self._owns_storage = storage is None
        self._connection: Connection | None = None
        self._lock: RunLock | None = None
        self._sealed: Sealed | None = None
        self._open: Open | None = None
        self._changing = asyncio.Lock()
        self._sweeping = Tasks("sealed")
        self._control = Control(settings.data_dir, Asked(self).handlers)

    @property
    def is_sealed(self) -> bool:
        return self._open is None

    @property
    def is_alarmed(self) -> bool:
        return self._connection is not None and self._connection.alarm.stands

    async def start(self) -> None:
        """Meet Telegram and begin to work: sealed where the key is a passphrase, open otherwise.

        Raises:
            InstallationError: the installation cannot be opened, is in use, or Telegram refuses the token
                or cannot be reached. Nothing was changed.
            SettingsError: there is no token.
        """
        self._connection = Connection(
            self.settings.token_or_refuse(),
            self.settings.telegram_api_url,
            self._pace,
            alarm=Alarm(self.settings.data_dir),
        )
        try:
            if self.storage is None and is_typed(self.settings):
                require_ring(self.settings)
            elif self.storage is None:
                self.storage = await open_installation(self.settings)
            if self._is_sqlite:
                self._lock = RunLock(self.settings.data_dir)
            await self._connection.meet_telegram()
            async with self._changing:
                await (self._begin_sealed() if self.storage is None else self._begin_open())
            await self._control.start()
        except BaseException:
            await self.stop()
            raise

    async def run_until_stopped(self, beside: Callable[[], Coroutine[Any, Any, None]] | None = None) -> None:
        """Work until SIGTERM or SIGINT, started first where that was not done; then stop in order.

        Args:
            beside: what goes on from the start on, such as asking for a passphrase; it ends with the bot.
        """
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(logs.handle_loop_error)
        asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked.set)
        others = Tasks("program")
        try:
            if self._connection is None:
                await self.start()
            if beside is not None:
                others.start(beside())
            await asked.wait()
            log.info("stopping")
        finally:
            await others.finish(seconds=0)
            await self.stop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def stop(self) -> None:
        """Take and send nothing more, settle what is under way, close; a second call does nothing."""
        await self._control.stop()
        async with self._changing:
            await self._end_open()
            await self._end_sealed()
        await self._sweeping.finish(seconds=FINISH_WITHIN_SECONDS)
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    async def unseal(self, secret: bytes | None = None) -> None:
        """Open the installation and begin to work; where that is so already, nothing happens.

        Args:
            secret: None reads it where PORUCH_KEY_SOURCE says, from where nothing has to be typed.

        Raises:
            InstallationError, StorageError: it cannot be opened; the program stays sealed.
        """
        async with self._changing:
            if not self.is_sealed:
                return
            self.storage = await open_installation(self.settings, secret)
            self._owns_storage = True
            await note(self.storage, Act.UNSEALED)
            await self._end_sealed()
            try:
                await self._begin_open()
            except BaseException:
                await self._end_open()
                await self._begin_sealed()
                raise

    async def seal(self) -> None:
        """Let go of every key and the database, and answer everyone with the neutral line."""
        async with self._changing:
            if self.is_sealed:
                return
            await note(self.storage, Act.SEALED)
            try:
                await self._end_open()
            finally:
                await self._begin_sealed()

    def _seal_soon(self) -> None:
        self._sweeping.start(self.seal())  # Whoever asks, the open bot, cannot wait for its own end.

    # The two states.

    @property
    def _is_sqlite(self) -> bool:
        return self.settings.database_url is None if self.storage is None else self.storage.database.is_sqlite

    async def _begin_open(self) -> None:
        assert self._connection is not None
        assert self.storage is not None
        self._open = self._open_bot(self._connection, self.storage, self._seal_soon)
        await self._open.start()

    async def _end_open(self) -> None:
        bot = self._open
        try:
            if bot is not None:
                await bot.stop()
        finally:
            self._open = None  # Until it has stopped it may still answer somebody, so it is not sealed yet.
        storage, self.storage = self.storage, None
        if storage is not None and self._owns_storage:
            storage.keys.cache.clear()
            await storage.database.close()
            del bot, storage
            # What was cancelled last lets go in the loop's next turn.
            await asyncio.sleep(0)
            # What refers to itself would keep keys until the collector comes by.
            gc.collect()

    async def _begin_sealed(self) -> None:
        assert self._connection is not None
        self._sealed = self._sealed_bot(self._connection)
        await self._sealed.start()
        self.unsealed.clear()
        self.sealed.set()

    async def _end_sealed(self) -> None:
        self.sealed.clear()
        self.unsealed.set()
        bot, self._sealed = self._sealed, None
        if bot is not None:
            await bot.stop()
            self._sweeping.start(bot.sweep())

    # What other commands ask for.

    def wake_up(self) -> None:
        """Look at once for what somebody else has written; a sealed program has nothing to look at."""
        if self._open is not None and self.storage is not None:
            # Whoever wakes us may have destroyed a key whose bytes our readers kept in the log.
            self.storage.database.log_holds_remains = self.storage.database.is_sqlite
            self._open.wake_up()

    async def read_keys(self) -> int | None:
        """Take a newer key ring where there is one, and return its generation; sealed it holds none."""
        return None if self._open is None else await self._open.read_keys()

    def lift_alarm(self) -> bool:
        """Let sending go on, and say whether it was stopped; once open, a sealed program tells the others."""
        assert self._connection is not None
        stood = self._connection.alarm.stands
        self._connection.alarm.lift()
        return stood
