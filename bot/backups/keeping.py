"""Keeps the backup place up to date: a backup each night, the ledger after each leaving."""

import asyncio
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from bot.backups.folder import KEYS, LEDGER, newest_data
from bot.backups.writing import back_up, copy_ledger
from bot.clock import Clock
from bot.host.refusals import InstallationError
from bot.tasks import Backoff, pause
from bot.trail import note
from solidarity.audit import Act, By
from solidarity.work import Storage

log = structlog.stdlib.get_logger("poruch.backups")

# After the nightly turn of the wrapping key, so that the keys in the backup are the new ones.
NIGHT = time(4)
LOOK_AGAIN = timedelta(seconds=30)
TRY_AGAIN = timedelta(hours=1)


class BackupKeeping:
    """The one that writes to the backup place; `wake` is set whenever something was committed."""

    def __init__(
        self, storage: Storage, folder: Path, *, clock: Clock, zone: ZoneInfo, wake: asyncio.Event
    ) -> None:
        self._storage = storage
        self._folder = folder
        self._clock = clock
        self._zone = zone
        self._wake = wake
        self._stopping = asyncio.Event()
        self._not_before: datetime | None = None
        self._ledger: tuple[int, int, int] | None = None

    async def run(self) -> None:
        """Keep at it until stopped; what fails is tried again and written to the log."""
        backoff = Backoff()
        while not self._stopping.is_set():
            self._wake.clear()
            now = self._clock.now()
            try:
                await self.copy_ledger(now)
            except InstallationError:
                wait = backoff.grow()
                log.warning("who left could not be written to the backup place", lane="backups", seconds=wait)
                await pause(wait, unless=self._stopping)
                continue
            backoff.reset()
            await self.back_up_nightly(now)
            await self._clock.wait_until(now + LOOK_AGAIN, wake=self._wake)

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping.set()
        self._wake.set()

    async def copy_ledger(self, now: datetime) -> None:
        """Write who left where the ledger does not name everybody, or is not the one we put there.

        A stick that was away, while its place was not, holds what it held before.

        Raises:
            InstallationError: something stands in the way; it is still to be written.
        """
        again = (self._folder / KEYS).exists() and self._ledger_there() != self._ledger
        if await copy_ledger(self._storage, self._folder, day=now.date(), again=again):
            self._ledger = self._ledger_there()

    def _ledger_there(self) -> tuple[int, int, int] | None:
        """Return by what a ledger's file is known; None where there is none."""
        try:
            status = (self._folder / LEDGER).stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino, status.st_mtime_ns

    async def back_up_nightly(self, now: datetime) -> None:
        """Write tonight's backup where there is none yet; one that failed is tried again after an hour."""
        if not self._is_due(now) or (self._not_before is not None and now < self._not_before):
            return
        is_first = newest_data(self._folder) is None
        try:
            done = await back_up(self._storage, self._folder, now=now, progress=_unheard)
        except InstallationError:
            self._not_before = now + TRY_AGAIN
            log.warning("no backup could be written; `poruch backup` says why", lane="backups")
        else:
            self._not_before, self._ledger = None, self._ledger_there()
            log.info("a backup was written", lane="backups")
            await note(self._storage, Act.BACKUP_WRITTEN, by=By.BOT, count=done.recipients)
            if is_first:
                log.warning("no other backup lies in the backup place: is its disk mounted?", lane="backups")

    def _is_due(self, now: datetime) -> bool:
        # A file that claims a day to come must not keep tonight's from being written.
        newest = newest_data(self._folder, until=now)
        return newest is None or newest[1] < last_night(now, self._zone)


def last_night(now: datetime, zone: ZoneInfo) -> datetime:
    """Return the last four o'clock in the morning of a zone, as its wall clock shows it."""
    local = now.astimezone(zone)
    night = datetime.combine(local.date(), NIGHT, zone)
    return night if night <= local else datetime.combine(local.date() - timedelta(days=1), NIGHT, zone)


def _unheard(stage: str, done: int, total: int) -> None:
    """Show no progress: nobody looks at night."""
