"""Puts the running bot together: the one place that picks concrete things."""

import asyncio
from uuid import UUID

import structlog

from bot.answering import Answering
from bot.backup_keeping import BackupKeeping
from bot.backups import renew_recovery_copy
from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.command_list import publish_commands
from bot.connection import Connection
from bot.delivery import Delivery
from bot.housekeeping import Housekeeping
from bot.intake import Intake
from bot.night_rotation import NightRotation
from bot.pace import Pace
from bot.parcels import Parcels
from bot.pins import Pins
from bot.posted_book import PostedBook
from bot.presence import Presence
from bot.program import Poruch
from bot.sealed import SealedBot
from bot.settings import Settings
from bot.shared_alarm import SharedAlarm
from bot.taps import Taps
from bot.tasks import Loops, Tasks
from bot.turns import Turns
from bot.ways_in import WaysIn
from handlers.conversation import Conversation, Deps
from handlers.notices import prepare_push
from solidarity.work import Storage
from storage.passwords import PIN_COST, Cost

__all__ = ["OpenBot", "Poruch", "assemble"]

log = structlog.stdlib.get_logger("poruch.assembly")

FINISH_WITHIN_SECONDS = 5.0


class OpenBot:
    """Everything that works together on one storage, from its start to its stop."""

    def __init__(
        self,
        connection: Connection,
        storage: Storage,
        settings: Settings,
        *,
        clock: Clock,
        pin_cost: Cost,
    ) -> None:
        messages, pace = connection.messages, connection.pace
        self._bot = connection.bot
        self._storage = storage
        self._tasks = Tasks("answers")
        turns, in_flight = Turns(), set[UUID]()
        self._taps = Taps(messages, self._tasks)
        self._pins = Pins(storage.keys.macs().pin_pepper, cost=pin_cost)
        self._wakes = (asyncio.Event(), asyncio.Event(), asyncio.Event())
        alarm = connection.alarm
        conversation = Conversation(Deps(storage, clock.now, self._pins, is_quiet=lambda: alarm.stands))
        self._alarm = SharedAlarm(storage, alarm, clock=clock)
        book = PostedBook(storage)
        answering = Answering(
            messages,
            book,
            pace=pace,
            taps=self._taps,
            turns=turns,
            tasks=self._tasks,
            in_flight=in_flight,
            is_quiet=lambda: alarm.stands,
        )
        intake = Intake(
            connection.bot,
            conversation.take,
            answering=answering,
            taps=self._taps,
            was_blocked=book.mark_unreachable,
        )
        parcels = Parcels(storage, messages, prepare_push, clock=clock, in_flight=in_flight)
        self._delivery = Delivery(
            messages,
            parcels,
            pace=pace,
            clock=clock,
            wake=self._wakes[0],
            is_alone=storage.database.is_sqlite,
            is_quiet=lambda: alarm.stands,
        )
        self._ways_in = WaysIn(
            settings,
            connection,
            intake,
            taps=self._taps,
            state="open",
            is_well=storage.is_reachable,
            counts={"messages": self._delivery.counts},
        )
        self._housekeeping = Housekeeping(
            storage, messages, pace=pace, turns=turns, clock=clock, wake=self._wakes[1], in_flight=in_flight
        )
        # Seen by this machine's clock, which the other processes share, wherever ours is moved to.
        self._presence = Presence(storage, clock=Clock())
        night_rotation = NightRotation(
            storage,
            data_dir=settings.data_dir,
            clock=clock,
            tell=self._presence.refresh,
            renew=lambda: renew_recovery_copy(storage, settings, now=clock.now()),
        )
        self._clockwork = Clockwork(
            storage, clock=clock, zone=settings.time_zone, afterwards=(night_rotation.run,)
        )
        lanes = {
            **self._ways_in.loops,
            "alarm": self._alarm.run,
            "delivery": self._delivery.run,
            "housekeeping": self._housekeeping.run,
            "presence": self._presence.run,
        }
        self._backups: BackupKeeping | None = None
        if settings.backup_dir is not None:
            folder, zone = settings.backup_dir, settings.time_zone
            self._backups = BackupKeeping(storage, folder, clock=clock, zone=zone, wake=self._wakes[2])
            lanes["backups"] = self._backups.run
        self._loops = Loops(lanes)

    async def start(self) -> None:
        """Begin to work.

        Raises:
            DatabaseUnavailable: nobody can say whether the alarm stands.
        """
        await self._alarm.settle()
        self._storage.on_commit(self.wake_up)
        self._loops.start()
        self._clockwork.start()
        self._tasks.start(publish_commands(self._bot))
        log.info("at work")

    def wake_up(self) -> None:
        """Let those who wait for rows look again."""
        for wake in self._wakes:
            wake.set()

    async def read_keys(self) -> int:
        """Take a newer key ring where there is one; returns the generation now held.

        Raises:
            KeyUnavailable, WrongKey, DamagedKeyring: it cannot be used; the ring in use stays.
            DatabaseUnavailable: the ring is taken, but no other process can see that yet.
        """
        self._storage.keys.read_again()
        await self._presence.refresh()
        return self._storage.keys.ring.generation

    async def stop(self) -> None:
        """Take and send nothing more, settle what is under way; answers come to their end."""
        self._ways_in.stop()
        self._alarm.stop()
        self._delivery.stop()
        self._housekeeping.stop()
        self._presence.stop()
        if self._backups is not None:
            self._backups.stop()
        await self._loops.stop()
        if self._clockwork.is_running:
            await self._clockwork.stop()
        self._taps.close()
        await self._tasks.finish(seconds=FINISH_WITHIN_SECONDS)
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
    clock = clock or Clock()

    def open_bot(connection: Connection, storage: Storage) -> OpenBot:
        return OpenBot(connection, storage, settings, clock=clock, pin_cost=pin_cost)

    def sealed_bot(connection: Connection) -> SealedBot:
        return SealedBot(connection, settings, clock=clock)

    return Poruch(settings, open_bot=open_bot, sealed_bot=sealed_bot, storage=storage, pace=pace or Pace())
