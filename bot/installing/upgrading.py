"""Brings a database to this release; a copy of SQLite's file lies beside it until the new one opens."""

import math
import os
from contextlib import ExitStack
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError, in_one_line
from bot.host.run_lock import RunLock
from bot.host.undoing import make_file
from bot.host.unsealing import load_ring, read_secret
from bot.installing.installation import (
    apart,
    closing,
    open_database,
    open_own_database,
    refuse_other_release,
    require_ours,
    schema_state,
)
from storage import schema, sqlite
from storage.database import FILE_NAME, Database
from storage.destroying import destroy_files
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.unit_of_work import UnitOfWork

# Since then every person's row bears a mark over their rights, and every desk one.
MARKS_CAME_WITH = "0008"
STEM, END = Path(FILE_NAME).stem, Path(FILE_NAME).suffix
NOTHING_TO_DO = "The database is of this release already; nothing was to be done."


def upgrade(settings: Settings, secret: bytes | None = None) -> str:
    """Bring the database to this release; returns a line on what was done.

    The copy of SQLite's file, and any that an upgrade before has left, is overwritten and removed as soon as
    the database opens as one of this release. A copy stays where the upgrade fails.

    Raises:
        InstallationError: it is not ours, is newer, is in use, or cannot be upgraded; where a copy stays, the
            line names it.
    """
    secret = read_secret(settings) if secret is None else secret
    with in_one_line():
        _, ring = load_ring(settings, secret)
        return apart(lambda: _upgrade(settings, ring))


async def _upgrade(settings: Settings, ring: KeyRing) -> str:
    database = open_database(settings, ring)
    before = await closing(database, _older_revision(database, ring))
    if settings.database_url is None:
        return await _upgrade_file(settings, ring, before)
    if before is None:
        return NOTHING_TO_DO
    await _migrate(settings, ring, before)
    return _upgraded(before)


async def _older_revision(database: Database, ring: KeyRing) -> str | None:
    """Return the revision of a database of an older release, and None for one of this release."""
    state = await schema_state(database)
    if state is schema.SchemaState.CURRENT:
        return None
    if state is not schema.SchemaState.OLDER:
        refuse_other_release(state)
    await require_ours(database, ring)
    async with database.session(reading=True) as session:
        return await (await session.connection()).run_sync(schema.revision_of)


async def _upgrade_file(settings: Settings, ring: KeyRing, before: str | None) -> str:
    folder = settings.data_dir
    if before is None and not _copies(folder):
        return NOTHING_TO_DO
    # Nobody removes the copy of an upgrade that is still under way.
    with RunLock(folder):
        if before is None:
            await _open_once(settings, ring)
            return _without_copies(folder, "The database is of this release already.")
        copy = _copy(folder, ring.primary(Purpose.DBK).key, before)
        try:
            with in_one_line():
                await _migrate(settings, ring, before)
                await _open_once(settings, ring)
        except InstallationError as error:
            raise InstallationError(
                f"{error}; the database as it was lies in {copy}: delete that within seven days unless an "
                "upgrade succeeds, since whoever leaves meanwhile still stands in it"
            ) from None
        return _without_copies(folder, _upgraded(before))


def _upgraded(before: str) -> str:
    return f"The database was upgraded from {before} to {schema.REVISIONS[-1]}."


async def _migrate(settings: Settings, ring: KeyRing, before: str) -> None:
    database = open_database(settings, ring)
    await closing(database, _migrate_in_one_transaction(database, Keys(ring), before))


async def _migrate_in_one_transaction(database: Database, keys: Keys, before: str) -> None:
    async with database.writer.begin() as connection:
        await connection.run_sync(schema.upgrade)
        await mark_rights(connection, keys, before)


async def mark_rights(connection: AsyncConnection, keys: Keys, before: str) -> None:
    """Mark everybody's rights, and coordinators' desks, where the schema was of a release without such marks.

    In the transaction that brings the columns, and at no other time: a missing mark is a forged one.
    """
    if schema.is_before(before, MARKS_CAME_WITH):
        async with AsyncSession(connection, expire_on_commit=False) as session:
            uow = UnitOfWork(session, keys, keys.blind(), keys.macs(), locks=True)
            await uow.people.mark_unmarked()
            await uow.desks.mark_unmarked()


async def _open_once(settings: Settings, ring: KeyRing) -> None:
    """Open the database as the bot will."""
    await (await open_own_database(settings, ring)).close()


def _copy(folder: Path, key: bytes, revision: str) -> Path:
    """Copy the database file, sealed as it is, beside it; nothing is left of a copy that fails."""
    names = (f"{STEM}-{revision}{more}{END}" for more in ("", *(f"-{n}" for n in range(2, 100))))
    path = next(folder / name for name in names if not os.path.lexists(folder / name))
    with ExitStack() as undo:
        make_file(path, undo)
        source, target = sqlite.connect(folder / FILE_NAME, key), sqlite.connect(path, key)
        try:
            source.backup(target)
            target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            target.close()
            source.close()
        undo.pop_all()
    return path


def _copies(folder: Path) -> list[Path]:
    """Return every copy that `_copy` made, and no file that the operator called alike."""
    names = [f"{STEM}-{revision}{more}{END}*" for revision in schema.REVISIONS for more in ("", "-[0-9]*")]
    return sorted(path for name in names for path in folder.glob(name))


def _without_copies(folder: Path, done: str) -> str:
    """Remove the copies, and say after what was done which of them resist."""
    gone = destroy_files(_copies(folder), seconds=math.inf)
    if not gone.resisting:
        return f"{done} No copy of it as it was is left here."
    names = ", ".join(map(str, gone.resisting))
    return f"{done} {names} could not be removed: do it by hand, since whoever leaves still stands in it."
