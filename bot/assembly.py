"""Puts the running bot together: the one place that picks concrete things, starts them and stops them."""

import asyncio
import os
import signal
from uuid import UUID

import structlog
from telegram.error import InvalidToken, TelegramError

from bot import logs
from bot.answering import Answering
from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.command_list import publish_commands
from bot.control import Control
from bot.control_wire import Values
from bot.delivery import Delivery
from bot.housekeeping import Housekeeping
from bot.installation import open_installation
from bot.intake import Intake
from bot.messages import Messages
from bot.night_rotation import NightRotation
from bot.pace import Pace
from bot.parcels import Parcels
from bot.pins import Pins
from bot.posted_book import PostedBook
from bot.presence import Presence
from bot.refusals import InstallationError
from bot.run_lock import RunLock
from bot.settings import Settings
from bot.taps import Taps
from bot.tasks import Tasks, keep_running
from bot.telegram_client import make_bot
from bot.turns import Turns
from handlers.conversation import Conversation, Deps
from handlers.notices import prepare_push
from solidarity.work import Storage
from storage.passwords import PIN_COST, Cost

log = structlog.stdlib.get_logger("poruch.assembly")

FINISH_WITHIN_SECONDS = 5.0
STOP_WITHIN_SECONDS = 15.0


class Poruch:
    """One running bot; `storage` is what it works on, and tells it of every commit made through it."""

    def __init__(
        self, settings: Settings, *, clock: Clock, storage: Storage | None, pin_cost: Cost, pace: Pace
    ) -> None:
        self.settings = settings
        self._pin_cost = pin_cost
        self._pace = pace
        self.clock = clock
        self.storage = storage
        self._owns_storage = storage is None
        self._lock: RunLock | None = None
        self._control = Control(
            settings.data_dir,
            {"status": self._status, "wake": self._wake, "read-keys": self._read_keys},
        )
        self._stopping = asyncio.Event()
        self._loops: list[asyncio.Task[None]] = []
        self._parts: _Parts | None = None

    async def start(self) -> None:
        """Open everything, ask Telegram who we are, and begin to work.

        Raises:
            InstallationError: the installation cannot be opened, is in use, or Telegram refuses the token
                or cannot be reached. Nothing was changed.
            SettingsError: there is no token.
        """
        token = self.settings.token_or_refuse()
        if self.storage is None:
            self.storage = await open_installation(self.settings)
        try:
            if self.storage.database.is_sqlite:
                self._lock = RunLock(self.settings.data_dir)
            self._parts = _Parts(token, self.settings, self.storage, self.clock, self._pin_cost, self._pace)
            await self._parts.meet_telegram()
            await self._control.start()
        except BaseException:
            await self.stop()
            raise
        self.storage.on_commit(self._parts.wake_up)
        self._loops = [
            asyncio.create_task(keep_running(lane, loop, stopping=self._stopping))
            for lane, loop in self._parts.loops.items()
        ]
        self._parts.clockwork.start()
        self._parts.tasks.start(publish_commands(self._parts.bot))
        log.info("at work")

    async def run_until_stopped(self) -> None:
        """Work until SIGTERM or SIGINT, started first where that was not done; then stop in order."""
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(logs.handle_loop_error)
        asked = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked.set)
        try:
            if self._parts is None:
                await self.start()
            await asked.wait()
            log.info("stopping")
        finally:
            await self.stop()
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)

    async def stop(self) -> None:
        """Take and send nothing more, settle what is under way, close; a second call does nothing."""
        await self._control.stop()
        parts, self._parts = self._parts, None
        self._stopping.set()
        if parts is not None:
            parts.stop()
            if self._loops:
                await asyncio.wait(self._loops, timeout=STOP_WITHIN_SECONDS)
            for loop in self._loops:
                loop.cancel()
            await asyncio.gather(*self._loops, return_exceptions=True)
            await parts.close()
        if self._owns_storage and self.storage is not None:
            storage, self.storage = self.storage, None
            await storage.database.close()
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    # What other commands ask of a running bot.

    async def _status(self, _: Values) -> Values:
        return {"state": "open", "pid": os.getpid()}

    async def _wake(self, _: Values) -> Values:
        if self._parts is not None:
            self._parts.wake_up()
        return {}

    async def _read_keys(self, _: Values) -> Values:
        """Take a newer key ring where there is one; answers with the generation now held."""
        if self.storage is None or self._parts is None:
            return {"generation": None}
        self.storage.keys.read_again()
        await self._parts.presence.refresh()
        return {"generation": self.storage.keys.ring.generation}


class _Parts:
    """Everything that works together on one storage."""

    def __init__(
        self, token: str, settings: Settings, storage: Storage, clock: Clock, pin_cost: Cost, pace: Pace
    ) -> None:
        self.bot = make_bot(token, settings.telegram_api_url)
        self.tasks = Tasks("answers")
        turns, in_flight = Turns(), set[UUID]()
        messages = Messages(self.bot, pace)
        self._taps = Taps(messages, self.tasks)
        self._pins = Pins(storage.keys.macs().pin_pepper, cost=pin_cost)
        self._wakes = (asyncio.Event(), asyncio.Event())
        conversation = Conversation(Deps(storage, clock.now, self._pins))
        book = PostedBook(storage)
        answering = Answering(
            messages, book, pace=pace, taps=self._taps, turns=turns, tasks=self.tasks, in_flight=in_flight
        )
        self._intake = Intake(
            self.bot,
            conversation.take,
            answering=answering,
            taps=self._taps,
            was_blocked=book.mark_unreachable,
        )
        parcels = Parcels(storage, messages, prepare_push, clock=clock, in_flight=in_flight)
        self._delivery = Delivery(storage, messages, parcels, pace=pace, clock=clock, wake=self._wakes[0])
        self._housekeeping = Housekeeping(
            storage, messages, pace=pace, turns=turns, clock=clock, wake=self._wakes[1], in_flight=in_flight
        )
        # Seen by this machine's clock, which the other processes share, wherever ours is moved to.
        self.presence = Presence(storage, clock=Clock())
        night_rotation = NightRotation(
            storage, data_dir=settings.data_dir, clock=clock, tell=self.presence.refresh
        )
        self.clockwork = Clockwork(
            storage, clock=clock, zone=settings.time_zone, afterwards=(night_rotation.run,)
        )
        self.loops = {
            "intake": self._intake.run,
            "delivery": self._delivery.run,
            "housekeeping": self._housekeeping.run,
            "presence": self.presence.run,
        }

    async def meet_telegram(self) -> None:
        """Open the connections and ask Telegram who we are.

        Raises:
            InstallationError: the token is refused, or Telegram does not answer.
        """
        try:
            await self.bot.initialize()
        except InvalidToken:
            line = "the token is refused by Telegram; copy it again from @BotFather into PORUCH_TOKEN"
        except TelegramError:
            line = "Telegram cannot be reached; check the network and PORUCH_TELEGRAM_API_URL"
        else:
            return
        raise InstallationError(line)

    def wake_up(self) -> None:
        """Let those who wait for rows look again."""
        for wake in self._wakes:
            wake.set()

    def stop(self) -> None:
        """Begin nothing more."""
        self._intake.stop()
        self._delivery.stop()
        self._housekeeping.stop()
        self.presence.stop()

    async def close(self) -> None:
        """Let answers under way come to their end, and close the connections."""
        if self.clockwork.is_running:
            await self.clockwork.stop()
        self._taps.close()
        await self.tasks.finish(seconds=FINISH_WITHIN_SECONDS)
        await self.bot.shutdown()
        self._pins.close()


def assemble(
    settings: Settings,
    *,
    clock: Clock | None = None,
    storage: Storage | None = None,
    pin_cost: Cost = PIN_COST,
    pace: Pace | None = None,
) -> Poruch:
    """Put a bot together, not yet started; to be called where an event loop runs.

    Args:
        clock: its one source of now; a `HandClock` moves its reminders and timers, while Telegram's pace and
            the nightly tick stay on real time.
        pin_cost: what hashing a PIN costs; only tests choose less than the default.
        pace: Telegram's limits, in real time; only tests choose others.
        storage: an installation that is open already and stays open; without it the settings name one.
    """
    return Poruch(settings, clock=clock or Clock(), storage=storage, pin_cost=pin_cost, pace=pace or Pace())
