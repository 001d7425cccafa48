"""What one process of an installation does at a time: chats are tidied, the night's work, backups."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from telegram import Bot

from bot.backups.keeping import BackupKeeping
from bot.backups.writing import recovery_copy_of, renew_recovery_copy
from bot.clock import Clock
from bot.clockwork import Clockwork
from bot.configuration.settings import Settings
from bot.counting import NightlyCount
from bot.keys.night_rotation import NightRotation
from bot.keys.rotation import Tell
from bot.receiving.profile import ProfileWatch
from bot.tasks import Loop, Loops
from bot.telegram_api.command_list import publish_commands, wanted_commands
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from bot.tidying.broadcasts import Broadcasts
from bot.tidying.housekeeping import Housekeeping
from bot.trail import DailyHead
from solidarity.work import Storage


@dataclass(frozen=True)
class Means:
    """What the chores are done with; each wake is set whenever something was committed."""

    messages: Messages
    pace: Pace
    turns: Turns
    clock: Clock
    in_flight: set[UUID]
    wake_housekeeping: asyncio.Event
    wake_backups: asyncio.Event
    wake_broadcasts: asyncio.Event
    tell: Tell
    bot: Bot


class Chores:
    """The chores from their start to their stop, on one storage; begun anew where they are taken up again."""

    def __init__(self, storage: Storage, settings: Settings, means: Means) -> None:
        """Take what they stand on; ``means.tell`` lets this process read a key ring that was rotated."""
        clock = means.clock
        housekeeping = Housekeeping(
            storage,
            means.messages,
            pace=means.pace,
            turns=means.turns,
            clock=clock,
            wake=means.wake_housekeeping,
            in_flight=means.in_flight,
        )
        night_rotation = NightRotation(
            storage,
            data_dir=settings.data_dir,
            clock=clock,
            tell=means.tell,
            renew=lambda: renew_recovery_copy(storage, settings, now=clock.now()),
            recovery_copy=recovery_copy_of(settings),
        )
        self._clockwork = Clockwork(
            storage,
            clock=clock,
            zone=settings.time_zone,
            afterwards=(
                NightlyCount(storage, clock=clock).run,
                night_rotation.run,
                DailyHead(storage, clock=clock).run,
            ),
        )
        profile = ProfileWatch(
            storage, means.bot, clock=clock, wanted=wanted_commands, publish=publish_commands
        )
        broadcasts = Broadcasts(
            storage, means.messages, turns=means.turns, clock=clock, wake=means.wake_broadcasts
        )
        loops: dict[str, Loop] = {
            "housekeeping": housekeeping,
            "broadcasts": broadcasts,
            "profile": profile,
        }
        if settings.backup_dir is not None:
            loops["backups"] = BackupKeeping(
                storage, settings.backup_dir, clock=clock, zone=settings.time_zone, wake=means.wake_backups
            )
        self._loops = Loops(loops)

    def start(self) -> None:
        """Begin; the night's work is done at once as well."""
        self._loops.start()
        self._clockwork.start()

    async def stop(self) -> None:
        """Begin nothing more; what is under way comes to its end."""
        await self._loops.stop()
        if self._clockwork.is_running:
            await self._clockwork.stop()
