"""Brings an installation back from its bundles, without anybody who left; or only checks that it could."""

import asyncio
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID

import structlog
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.backups.folder import KEYS
from bot.configuration.settings import Settings
from bot.control.wire import FOLDER
from bot.host.refusals import InstallationError, in_one_line
from bot.host.run_lock import BeginningLock, RunLock
from bot.host.undoing import make_file, quietly
from bot.host.unsealing import KEYRING_NAME
from bot.installing.beginning import Beginning, Note
from bot.installing.installation import closing, schema_state
from bot.installing.upgrading import mark_rights
from bot.recovery.believing import Belief, SecretFrom, missing_key_file
from bot.recovery.gathering import KEYS_LIVE, Gathered, KnownLeaving, gather
from solidarity.audit import Act, record_of_host
from solidarity.leaving import remove_person
from storage import schema
from storage.bundle_reading import read_bundle
from storage.bundles import DAMAGED, Identities
from storage.checking import Checking
from storage.database import FILE_NAME, Database, open_postgresql, open_sqlite
from storage.destroying import STAGING
from storage.errors import StorageError, UnusableBundle
from storage.filling import Filling, fill
from storage.fingerprints import fingerprint_of
from storage.installation import get_installation
from storage.key_sources import write_key_file
from storage.keyring import Purpose
from storage.keys import Keys
from storage.models import Lease, Process, Sender, Turn, WrappedKey
from storage.private_files import create_private
from storage.progress import Progress
from storage.unit_of_work import UnitOfWork

log = structlog.stdlib.get_logger("poruch.recovery")

# What a command may leave in a folder in which nothing is installed.
_HARMLESS = {STAGING, FOLDER, RunLock.file_name, BeginningLock.file_name}


@dataclass(frozen=True)
class Restored:
    """What came back, and where the unseal secret was put if it came from the recovery copy."""

    data: str
    rows: int
    forgotten: int
    leaving: KnownLeaving
    fingerprint: str
    key_file: Path | None


@dataclass(frozen=True)
class Checked:
    """What would come back; `days_old` is the age of the keys, which are refused after seven days."""

    data: str
    rows: int
    cells_opened: int
    cells_unreadable: int
    cells_forgotten: int
    forgotten: int
    days_old: int
    leaving: KnownLeaving
    fingerprint: str

    @property
    def is_usable(self) -> bool:
        return self.cells_unreadable == 0 and self.days_old <= KEYS_LIVE.days


async def restore(
    settings: Settings,
    folder: Path,
    identities: Identities,
    *,
    belief: Belief,
    now: datetime,
    progress: Progress,
) -> Restored:
    """Fill an empty data folder, and an empty database, from the newest data bundle and what lies beside it.

    Raises:
        InstallationError: the place is not empty, or a bundle is not usable or believed; nothing was written.
    """
    with in_one_line(), ExitStack() as undo:
        beginning = Beginning(settings.data_dir, undo)
        if beginning.left is None:
            _refuse_full_folder(settings.data_dir)
        _require_place_for_key(settings, belief)
        gathered = await _gathered(settings, folder, identities, belief, progress)
        gathered.require_past(now.date())
        if gathered.is_too_old(now.date()):
            raise InstallationError(
                f"the keys are of {gathered.keys_day}; after seven days they are refused, "
                "since people may have left who are not in any ledger here"
            )
        beginning.begin(Note())
        one = _Restoring(settings, gathered, identities, now=now, progress=progress, undo=undo)
        restored = await one.put_in_place()
        undo.pop_all()
        beginning.end()
        return restored


async def check(
    settings: Settings,
    folder: Path,
    identities: Identities,
    *,
    belief: Belief,
    today: date,
    progress: Progress,
) -> Checked:
    """Open every cell of the newest data bundle in memory and count; nothing is written.

    Raises:
        InstallationError: a bundle cannot be used or believed at all.
    """
    with in_one_line():
        gathered = await _gathered(settings, folder, identities, belief, progress)
        gathered.require_past(today)
        name, gone = gathered.data.name, gathered.departed
        checking = Checking(gathered.keys, name, progress, gone=gone.__contains__)
        read = await asyncio.to_thread(read_bundle, gathered.data, identities, checking)
        read.require_signed_by(gathered.ring)
        return Checked(
            name,
            checking.rows_read,
            checking.cells_opened,
            checking.cells_unreadable,
            checking.cells_forgotten,
            len(gone),
            (today - gathered.keys_day).days,
            gathered.leaving,
            fingerprint_of(gathered.ring),
        )


async def _gathered(
    settings: Settings, folder: Path, identities: Identities, belief: Belief, progress: Progress
) -> Gathered:
    work = partial(gather, folder, identities, settings, belief=belief, progress=progress)
    return await asyncio.to_thread(work)


def _refuse_full_folder(folder: Path) -> None:
    if {each.name for each in folder.iterdir()} - _HARMLESS:
        raise InstallationError(
            f"{folder} is not empty; nothing was changed; set PORUCH_DATA_DIR to a new folder"
        )


def _require_place_for_key(settings: Settings, belief: Belief) -> None:
    """Refuse to bring a secret back that could not be put where it is looked for."""
    if belief.secret_from is SecretFrom.RECOVERY and missing_key_file(settings) is None:
        raise InstallationError(
            "the recovery copy brings the key back into a new file, and PORUCH_KEY_SOURCE names none; "
            "set it to file:PATH where nothing lies yet, or use the key that it names: --secret own"
        )


class _Restoring:
    """One restore, once everything that it stands on is gathered; what fails is undone by the caller."""

    def __init__(
        self,
        settings: Settings,
        gathered: Gathered,
        identities: Identities,
        *,
        now: datetime,
        progress: Progress,
        undo: ExitStack,
    ) -> None:
        self._settings = settings
        self._gathered = gathered
        self._identities = identities
        self._now = now
        self._progress = progress
        self._undo = undo

    async def put_in_place(self) -> Restored:
        """Fill a new database and put the keys beside it.

        Raises:
            InstallationError, StorageError: the database is not empty, or a bundle does not fit.
        """
        url, folder = self._settings.database_url, self._settings.data_dir
        if url is not None:
            database = open_postgresql(url.get_secret_value())
            return await closing(database, self._fill(database))
        staging = folder / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(mode=0o700)
        self._undo.callback(shutil.rmtree, staging, ignore_errors=True)
        make_file(staging / FILE_NAME, self._undo)
        database = open_sqlite(staging, self._gathered.ring.primary(Purpose.DBK).key)
        restored = await closing(database, self._fill(database))
        # Only a whole database gets the name by which it is found; its log was emptied when it was closed.
        (staging / FILE_NAME).rename(folder / FILE_NAME)
        staging.rmdir()
        return restored

    async def _fill(self, database: Database) -> Restored:
        if await schema_state(database) is not schema.SchemaState.EMPTY:
            raise InstallationError(
                "the database in PORUCH_DATABASE_URL is not empty; nothing was changed; name a new one"
            )
        gathered = self._gathered
        async with database.writer.begin() as connection:
            filling = Filling(connection, gathered.data.name, self._progress)
            read = await asyncio.to_thread(read_bundle, gathered.data, self._identities, filling)
            read.require_signed_by(gathered.ring)
            await self._fill_keys(connection)
            await connection.run_sync(schema.upgrade)
            await mark_rights(connection, Keys(gathered.ring), read.header.revision)
            gone = filling.departed | gathered.departed
            await self._settle(connection, gone)
            self._put_keys()
        return Restored(
            gathered.data.name,
            sum(read.header.tables.values()),
            len(gone),
            gathered.leaving,
            fingerprint_of(gathered.ring),
            gathered.new_key_file,
        )

    async def _fill_keys(self, connection: AsyncConnection) -> None:
        try:
            await fill(connection, WrappedKey.__tablename__, self._gathered.keys.rows)
        except ValueError:
            raise UnusableBundle(KEYS, DAMAGED) from None

    async def _settle(self, connection: AsyncConnection, gone: dict[UUID, date]) -> None:
        """Forget who left, and bind the database to the keys it came back with."""
        ring = self._gathered.ring
        keys = Keys(ring)
        async with AsyncSession(connection, expire_on_commit=False) as session:
            uow = UnitOfWork(session, keys, keys.blind(), keys.macs(), locks=True)
            for person_id in gone:
                await remove_person(uow, person_id, now=self._now)
            await uow.ledger.take_over(gone)
            for of_processes in (Process, Lease, Sender, Turn):
                await session.execute(delete(of_processes))
            installation = await get_installation(session)
            if installation is None:
                raise UnusableBundle(self._gathered.data.name, DAMAGED)
            ring.require_generation(installation.keyring_generation)
            installation.keyring_generation = ring.generation
            installation.kek_id = ring.primary(Purpose.KEK).kid
            await session.flush()
            await self._write_down(uow)

    async def _write_down(self, uow: UnitOfWork) -> None:
        """Say in the trail, where there is one, that it comes from a backup; a spoiled one hinders nobody."""
        if not await uow.trail.has_begun():
            return
        try:
            async with uow.session.begin_nested():
                await record_of_host(uow, Act.RESTORED, now=self._now)
        except StorageError as error:
            log.error("the restore is not in the trail", exc_info=error)

    def _put_keys(self) -> None:
        gathered, keyring = self._gathered, self._settings.data_dir / KEYRING_NAME
        create_private(keyring, gathered.ring_bytes)
        self._undo.callback(quietly, keyring.unlink)
        if gathered.new_key_file is not None:
            write_key_file(gathered.new_key_file, gathered.unseal_secret)
            self._undo.callback(quietly, gathered.new_key_file.unlink)
