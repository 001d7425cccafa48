"""Makes an installation, opens it, brings its database to this release; what is refused changes nothing."""

import asyncio
import os
import stat
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from bot.refusals import InstallationError, in_one_line
from bot.run_lock import RunLock
from bot.settings import Settings
from solidarity.codes import give_staff_code
from storage import schema, sqlite
from storage.database import FILE_NAME, Database, open_postgresql, open_sqlite
from storage.installation import add_installation, get_installation, note_generation
from storage.key_sources import create_key_file, key_file, unseal_secret
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.models import CodeKind
from storage.ring_file import RingFile
from storage.starting import starting_facilities
from storage.unit_of_work import Storage, UnitOfWork

__all__ = ["InstallationError", "Installed", "create", "open_installation", "upgrade"]

KEYRING_NAME = "keyring.bin"
Result = TypeVar("Result")


@dataclass(frozen=True)
class Installed:
    """What the operator is told once; the key's place and the database are named without any secret."""

    administrator_code: str = field(repr=False)
    key_file: str
    database: str


def create(settings: Settings, *, now: datetime) -> Installed:
    """Make data folder, keys, database and the first administrator's code; all of it or nothing.

    An unseal secret that lies ready where PORUCH_KEY_SOURCE points is used and never changed.

    Raises:
        InstallationError: there is an installation already, or something stands in the way.
    """
    with in_one_line(), ExitStack() as undo:
        folder = settings.data_dir
        _refuse_existing(settings)
        if not settings.key_source.startswith("env:"):
            key_file(settings.key_source, data_dir=folder)
        _make_folder(folder, undo)
        secret = _secret_for(settings, undo)
        ring = KeyRing.create(uuid4(), day=now.date())
        undo.callback(_quietly, (folder / KEYRING_NAME).unlink)
        ring.save(folder / KEYRING_NAME, secret)
        if settings.database_url is None:
            _make_file(folder / FILE_NAME, undo)
        code = _apart(lambda: _fill(settings, ring, now=now))
        undo.pop_all()
    return Installed(code, settings.key_source.partition(":")[2], _database_name(settings))


async def open_installation(settings: Settings) -> Storage:
    """Open what `create` made, for every command; the caller closes `storage.database`.

    Raises:
        InstallationError: it is missing, of another release, does not fit its keys, or cannot be reached.
    """
    with in_one_line():
        file = _ring_file(settings)
        ring = file.load()
        database = _open_database(settings, ring)
        try:
            _refuse_other_release(await _state(database))
            await _require_ours(database, ring)
        except BaseException:
            await database.close()
            raise
    return Storage(database, Keys(ring, file=file), home_zone=settings.time_zone.key)


def upgrade(settings: Settings) -> str:
    """Bring the database to this release, a copy of the SQLite file first; returns a line on what was done.

    Raises:
        InstallationError: it is not ours, is newer, is in use, or cannot be upgraded; it stays as it was.
    """
    with in_one_line():
        ring = _ring_file(settings).load()
        return _apart(lambda: _upgrade(settings, ring))


def _refuse_existing(settings: Settings) -> None:
    folder = settings.data_dir
    there = [name for name in (KEYRING_NAME, FILE_NAME) if os.path.lexists(folder / name)]
    if there:
        raise InstallationError(
            f"{folder} holds an installation already ({', '.join(there)}); nothing was changed; "
            "set another PORUCH_DATA_DIR for a new one"
        )
    if settings.database_url is not None:
        database = open_postgresql(settings.database_url.get_secret_value())
        if _apart(lambda: _closing(database, _state(database))) is not schema.SchemaState.EMPTY:
            raise InstallationError(
                "the database in PORUCH_DATABASE_URL holds an installation already; nothing was changed"
            )


def _make_folder(folder: Path, undo: ExitStack) -> None:
    """Make a folder of ours alone, and those above it that are missing."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700)
        undo.callback(_quietly, place.rmdir)
    mode = stat.S_IMODE(folder.stat().st_mode)
    if not missing and mode & 0o077:
        folder.chmod(0o700)
        undo.callback(_quietly, folder.chmod, mode)


def _secret_for(settings: Settings, undo: ExitStack) -> bytes:
    if not settings.key_source.startswith("env:"):
        path = key_file(settings.key_source, data_dir=settings.data_dir)
        if not os.path.lexists(path):
            for place in [place for place in path.parents if not place.exists()][::-1]:
                place.mkdir(mode=0o700)
                undo.callback(_quietly, place.rmdir)
            undo.callback(_quietly, path.unlink)
            return create_key_file(path)
    return unseal_secret(settings.key_source, data_dir=settings.data_dir, environ=os.environ)


def _make_file(path: Path, undo: ExitStack) -> None:
    """Make an empty file of ours alone; the database's side files take its mode on."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    for end in ("-wal", "-shm", ""):
        undo.callback(_quietly, path.with_name(path.name + end).unlink)


async def _fill(settings: Settings, ring: KeyRing, *, now: datetime) -> str:
    database = _open_database(settings, ring)
    return await _closing(database, _fill_in_one_transaction(database, ring, now=now))


async def _fill_in_one_transaction(database: Database, ring: KeyRing, *, now: datetime) -> str:
    keys = Keys(ring)
    async with database.writer.begin() as connection:
        await connection.run_sync(schema.upgrade)
        async with AsyncSession(connection, expire_on_commit=False) as session:
            uow = UnitOfWork(session, keys, keys.blind(), keys.macs(), locks=True)
            await add_installation(session, ring, day=now.date())
            for facility in starting_facilities():
                await uow.facilities.put(facility.pop("code"), verified_on=None, **facility)
            given = await give_staff_code(uow, CodeKind.ADMINISTRATOR, issued_by=None, now=now)
            await session.flush()
    return given.words


def _ring_file(settings: Settings) -> RingFile:
    keyring, file = settings.data_dir / KEYRING_NAME, settings.data_dir / FILE_NAME
    if not keyring.exists() and not file.exists() and settings.database_url is None:
        raise InstallationError(f"nothing is installed in {settings.data_dir}; run: poruch init")
    if keyring.exists() and settings.database_url is None and not file.exists():
        raise InstallationError(f"the database {file} is missing; restore it from a backup")
    secret = unseal_secret(settings.key_source, data_dir=settings.data_dir, environ=os.environ)
    return RingFile(keyring, secret)


def _open_database(settings: Settings, ring: KeyRing) -> Database:
    if settings.database_url is not None:
        return open_postgresql(settings.database_url.get_secret_value())
    key = ring.primary(Purpose.DBK).key
    # Tried by itself first: the pool's thread for a connection that fails outlives the loop and complains.
    sqlite.connect(settings.data_dir / FILE_NAME, key, is_reader=True).close()
    return open_sqlite(settings.data_dir, key)


async def _state(database: Database) -> schema.SchemaState:
    async with database.session(reading=True) as session:
        return await (await session.connection()).run_sync(schema.state_of)


def _refuse_other_release(state: schema.SchemaState) -> None:
    match state:
        case schema.SchemaState.EMPTY:
            raise InstallationError("the database is empty; run: poruch init")
        case schema.SchemaState.OLDER:
            raise InstallationError("the database is of an older Poruch; run: poruch upgrade")
        case schema.SchemaState.NEWER:
            raise InstallationError("the database is of a newer Poruch; install that release")


async def _require_ours(database: Database, ring: KeyRing) -> None:
    async with database.session(reading=True) as session:
        installation = await get_installation(session)
    if installation is None or installation.deployment != ring.deployment:
        raise InstallationError(
            "the database and the keyring belong to different installations; put the matching keyring there"
        )
    ring.require_generation(installation.keyring_generation)
    if installation.keyring_generation < ring.generation:
        async with database.session() as session:
            await note_generation(session, ring)
            await session.commit()


async def _upgrade(settings: Settings, ring: KeyRing) -> str:
    database = _open_database(settings, ring)
    return await _closing(database, _upgraded(settings, database, ring))


async def _upgraded(settings: Settings, database: Database, ring: KeyRing) -> str:
    state = await _state(database)
    if state is schema.SchemaState.CURRENT:
        return "the database is of this release; there was nothing to do"
    if state is not schema.SchemaState.OLDER:
        _refuse_other_release(state)
    await _require_ours(database, ring)
    async with database.session(reading=True) as session:
        before = await (await session.connection()).run_sync(schema.revision_of)
    if settings.database_url is not None:
        await _migrate(database)
        return f"the database was upgraded from {before} to {schema.REVISIONS[-1]}"
    with RunLock(settings.data_dir), ExitStack() as undo:
        copy = _copy(settings.data_dir, ring.primary(Purpose.DBK).key, f"{before}", undo)
        await _migrate(database)
        undo.pop_all()
    return f"the database was upgraded from {before} to {schema.REVISIONS[-1]}; as it was it lies in {copy}"


async def _migrate(database: Database) -> None:
    async with database.writer.begin() as connection:
        await connection.run_sync(schema.upgrade)


def _copy(folder: Path, key: bytes, revision: str, undo: ExitStack) -> Path:
    """Copy the database file, sealed as it is, beside it."""
    names = (f"poruch-{revision}{more}.db" for more in ("", *(f"-{n}" for n in range(2, 100))))
    path = next(folder / name for name in names if not os.path.lexists(folder / name))
    _make_file(path, undo)
    source, target = sqlite.connect(folder / FILE_NAME, key), sqlite.connect(path, key)
    try:
        source.backup(target)
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        target.close()
        source.close()
    return path


def _database_name(settings: Settings) -> str:
    if settings.database_url is None:
        return str(settings.data_dir / FILE_NAME)
    return f"PostgreSQL, {make_url(settings.database_url.get_secret_value()).database}"


def _quietly(undoing: Callable[..., object], *values: object) -> None:
    """Undo what can be undone: a second failure must not hide the first."""
    with suppress(OSError):
        undoing(*values)


async def _closing(database: Database, work: Coroutine[Any, Any, Result]) -> Result:
    try:
        return await work
    finally:
        await database.close()


def _apart(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run something in a loop of its own, also where the caller's is running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()
