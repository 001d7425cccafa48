"""Ends a night in which somebody has left by rotating the wrapping key, where deleted rows linger."""

from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path

import structlog

from bot.clock import Clock
from bot.host.refusals import InstallationError
from bot.host.run_lock import LockTaken, RotationLock
from bot.keys.rotation import Rotation, Tell
from bot.trail import note
from solidarity.audit import Act, By
from solidarity.retention import is_rotation_due
from solidarity.work import DatabaseUnavailable, Storage, StorageError
from storage.keyring import Purpose
from storage.ring_file import RingFile

log = structlog.stdlib.get_logger("poruch.rotation")


class NightRotation:
    """What the clockwork asks each night; of several processes one does it."""

    def __init__(
        self,
        storage: Storage,
        *,
        data_dir: Path,
        clock: Clock,
        tell: Tell,
        renew: Callable[[], Awaitable[object]],
        recovery_copy: Path,
    ) -> None:
        """Take what it stands on.

        Args:
            clock: says the day, while processes are seen by this machine's.
            renew: writes the recovery copy anew, after each rotation.
            recovery_copy: where it lies, unless it was carried away.
        """
        self._storage = storage
        self._data_dir = data_dir
        self._clock = clock
        self._tell = tell
        self._renew = renew
        self._recovery_copy = recovery_copy

    async def run(self) -> None:
        """Finish a rotation that was cut off; rotate if somebody has left since the last.

        PostgreSQL keeps deleted rows; the blocks that SQLite's log gives back to the file system keep theirs.
        What fails is logged and tried again next night.
        """
        file = self._storage.keys.file
        if file is None:
            return
        try:
            with RotationLock(self._data_dir):
                file.wipe_leftovers()
                rotation = Rotation(self._storage, file, clock=Clock(), progress=_unheard, tell=self._tell)
                done = await rotation.finish_begun()
                day = await self._day_of_turn(file)
                if day is not None:
                    done = await rotation.once(day=day)
            if done is not None:
                log.info("the wrapping key was rotated", generation=done.generation, count=done.moved)
                await note(self._storage, Act.KEY_ROTATED, by=By.BOT, count=done.moved)
            if done is not None or self._is_copy_behind(file):
                await self._renew()
        except LockTaken:
            log.info("the keys are being rotated by another process")
        except DatabaseUnavailable:
            log.warning("the database is away", lane="rotation")
        except (InstallationError, StorageError, OSError) as error:
            log.error("the keys could not be rotated", exc_info=error)

    async def _day_of_turn(self, file: RingFile) -> date | None:
        """Say of which day the new key is to be; None where none is due."""
        async with self._storage.view() as uow:
            last_left_on = await uow.data_keys.last_left_on()
            is_farewell_unsaid = await uow.farewells.next_at() is not None
        today, made_on = self._clock.now().date(), file.load().primary(Purpose.KEK).day
        if made_on > today:
            # Made by a clock that was ahead: nobody can say who has left since.
            made_on = date.min
        if last_left_on is None or not is_rotation_due(last_left_on=last_left_on, key_made_on=made_on):
            return None
        # A farewell still to be said goes along under the new key and is deleted under it: as old as the
        # leaving, that key is due again the night after.
        return min(today, last_left_on) if is_farewell_unsaid else today

    def _is_copy_behind(self, file: RingFile) -> bool:
        """Say whether the copy holds keys that are out: a rotation was killed, or could not write there."""
        try:
            return self._recovery_copy.stat().st_mtime_ns < file.path.stat().st_mtime_ns
        except FileNotFoundError:
            return False


def _unheard(stage: str, done: int, total: int) -> None:
    """Show nothing: nobody sits at a terminal."""
