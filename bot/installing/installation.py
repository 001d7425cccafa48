"""Makes an installation and opens it; what is refused changes nothing."""

import asyncio
import os
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import AsyncSession

from bot.backups.writing import first_recovery_copy, recovery_place, refuse_used_place
from bot.configuration.settings import Settings
from bot.host.refusals import InstallationError, in_one_line
from bot.host.undoing import make_file, quietly
from bot.host.unsealing import (
    FROM_BACKUP,
    KEYRING_NAME,
    Ask,
    first_secret,
    load_ring,
    read_secret,
    require_key_place,
)
from bot.installing import beginning as beginnings
from bot.installing.seeds import FirstSeed, begin_trail, begin_where_missing
from solidarity import codes
from storage import schema, sqlite
from storage.bundles import checked_recipient
from storage.database import FILE_NAME, Database, open_postgresql, open_sqlite
from storage.fingerprints import fingerprint_of, place_mark_of
from storage.installation import add_installation, get_installation, note_generation
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.models import CodeKind
from storage.passwords import PASSPHRASE_COST, Cost
from storage.private_files import create_private
from storage.ring_file import RingFile
from storage.starting import starting_facilities
from storage.unit_of_work import Storage, UnitOfWork

__all__ = [
    "InstallationError",
    "Installed",
    "apart",
    "closing",
    "create",
    "open_database",
    "open_installation",
    "open_own_database",
    "refuse_other_release",
    "require_ours",
    "schema_state",
]

Result = TypeVar("Result")


@dataclass(frozen=True)
class Installed:
    """What the operator is told once; the key's place and the database are named without any secret."""

    administrator_code: str = field(repr=False)
    key_file: str | None
    database: str
    fingerprint: str
    recovery_copy: Path | None


def create(
    settings: Settings,
    *,
    now: datetime,
    recipients: Sequence[str] = (),
    use_key: bool = False,
    ask: Ask | None = None,
    cost: Cost = PASSPHRASE_COST,
) -> Installed:
    """Make data folder, keys, database and the first administrator's code; all of it or nothing.

    A credential, or a key file that is said to be ours, is used as it is and never changed.

    Args:
        recipients: public age keys to which backups and the recovery copy are sealed; without any there is
            neither.
        use_key: a key file that lies there was made for this installation.
        ask: called for a new passphrase where the settings say ``prompt``.
        cost: what hashing a passphrase costs; only tests choose less than the default.

    Raises:
        InstallationError: there is an installation already, or something stands in the way.
    """
    with in_one_line(), ExitStack() as undo:
        folder = settings.data_dir
        checked = [checked_recipient(each) for each in recipients]
        ring = KeyRing.create(uuid4(), day=now.date())
        beginning = beginnings.Beginning(folder, undo)
        if beginning.left is None:
            _refuse_existing_files(folder)
        _refuse_existing_database(settings)
        require_key_place(settings, use_key=use_key, left=beginning.left_key_file)
        beginning.begin(_note(settings, ring, checked, use_key=use_key))
        refuse_used_place(settings)
        secret = first_secret(settings, ring.deployment, undo, ask=ask, cost=cost)
        # Never over another's: one may have been made while a passphrase was typed.
        create_private(folder / KEYRING_NAME, ring.to_bytes(secret))
        undo.callback(quietly, (folder / KEYRING_NAME).unlink)
        if settings.database_url is None:
            make_file(folder / FILE_NAME, undo)
        file, seed = RingFile(folder / KEYRING_NAME, secret), FirstSeed.make(ring.deployment, checked)
        copy = first_recovery_copy(settings, file, checked, seeds=seed.sealed, now=now, undo=undo)
        code = apart(lambda: _fill(settings, ring, checked, seed, now=now))
        undo.pop_all()
        beginning.end()
    key_name = settings.key_source.partition(":")[2] or None
    return Installed(code, key_name, _database_name(settings), fingerprint_of(ring), copy)


async def open_installation(settings: Settings, secret: bytes | None = None) -> Storage:
    """Open what `create` made, for every command; the caller closes `storage.database`.

    Args:
        secret: what `read_secret` returned; None reads it here, where nothing has to be typed.

    Raises:
        InstallationError: it is missing, of another release, does not fit its keys, or cannot be reached.
    """
    secret = read_secret(settings) if secret is None else secret
    with in_one_line():
        file, ring = load_ring(settings, secret)
        database = await open_own_database(settings, ring)
        storage = Storage(database, Keys(ring, file=file), home_zone=settings.time_zone.key)
        try:
            await begin_where_missing(storage, settings, now=datetime.now(UTC))
        except BaseException:
            await database.close()
            raise
    return storage


def _note(
    settings: Settings, ring: KeyRing, recipients: Sequence[str], *, use_key: bool
) -> "beginnings.Note":
    """Say what is made outside the data folder; a key file that was made for it before is not."""
    kind, _, path = settings.key_source.partition(":")
    key_file = path if kind == "file" and not use_key else None
    return (
        beginnings.Note(key_file, str(recovery_place(settings)), place_mark_of(ring))
        if recipients
        else beginnings.Note(key_file)
    )


def _refuse_existing_files(folder: Path) -> None:
    there = [name for name in (KEYRING_NAME, FILE_NAME) if os.path.lexists(folder / name)]
    if there:
        raise InstallationError(
            f"{folder} holds an installation already ({', '.join(there)}); nothing was changed; its "
            "fingerprint: poruch keys list, another code: poruch code administrator; for a new one set "
            "another PORUCH_DATA_DIR"
        )


def _refuse_existing_database(settings: Settings) -> None:
    if settings.database_url is not None:
        database = open_postgresql(settings.database_url.get_secret_value())
        _refuse_full(apart(lambda: closing(database, schema_state(database))))


def _refuse_full(state: schema.SchemaState) -> None:
    if state is not schema.SchemaState.EMPTY:
        raise InstallationError(
            "the database in PORUCH_DATABASE_URL holds an installation already; nothing was changed; "
            "for a new one name an empty database"
        )


async def _fill(
    settings: Settings, ring: KeyRing, recipients: Sequence[str], seed: FirstSeed, *, now: datetime
) -> str:
    database = open_database(settings, ring)
    return await closing(database, _fill_in_one_transaction(database, ring, recipients, seed, now=now))


async def _fill_in_one_transaction(
    database: Database, ring: KeyRing, recipients: Sequence[str], seed: FirstSeed, *, now: datetime
) -> str:
    keys = Keys(ring)
    async with database.writer.begin() as connection:
        _refuse_full(await connection.run_sync(schema.state_of))
        await connection.run_sync(schema.upgrade)
        async with AsyncSession(connection, expire_on_commit=False) as session:
            uow = UnitOfWork(session, keys, keys.blind(), keys.macs(), locks=True)
            await add_installation(session, ring, day=now.date())
            await begin_trail(uow, seed, now=now)
            for recipient in recipients:
                await uow.recipients.add(recipient, day=now.date())
            for facility in starting_facilities():
                await uow.facilities.put(facility.pop("code"), verified_on=None, **facility)
            given = await codes.give_staff_code(uow, CodeKind.ADMINISTRATOR, issued_by=None, now=now)
            await session.flush()
    return given.words


async def open_own_database(settings: Settings, ring: KeyRing) -> Database:
    """Open a database that is this ring's and of this release.

    Raises:
        InstallationError, OlderKeyring: it is not.
    """
    database = open_database(settings, ring)
    try:
        refuse_other_release(await schema_state(database))
        await require_ours(database, ring)
    except BaseException:
        await database.close()
        raise
    return database


def open_database(settings: Settings, ring: KeyRing) -> Database:
    """Open the database of the settings, whatever is in it.

    Raises:
        StorageError: it is missing, or opens to another key.
    """
    if settings.database_url is not None:
        return open_postgresql(settings.database_url.get_secret_value())
    key = ring.primary(Purpose.DBK).key
    # Tried by itself first: the pool's thread for a connection that fails outlives the loop and complains.
    sqlite.connect(settings.data_dir / FILE_NAME, key, is_reader=True).close()
    return open_sqlite(settings.data_dir, key)


async def schema_state(database: Database) -> schema.SchemaState:
    """Say how a database's schema stands to this release."""
    async with database.session(reading=True) as session:
        return await (await session.connection()).run_sync(schema.state_of)


def refuse_other_release(state: schema.SchemaState) -> None:
    """Refuse a database that is not of this release.

    Raises:
        InstallationError: it is empty, older or newer.
    """
    match state:
        case schema.SchemaState.EMPTY:
            raise InstallationError(
                "the database is empty, but its key ring is here; look whether PORUCH_DATABASE_URL names the "
                f"right one, or {FROM_BACKUP}"
            )
        case schema.SchemaState.OLDER:
            raise InstallationError("the database is of an older Poruch; run: poruch upgrade")
        case schema.SchemaState.NEWER:
            raise InstallationError("the database is of a newer Poruch; install that release")


async def require_ours(database: Database, ring: KeyRing) -> None:
    """Refuse a key ring that is not this database's, or is older than one it has seen; remember a newer one.

    Raises:
        InstallationError, OlderKeyring: it is refused.
    """
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


def _database_name(settings: Settings) -> str:
    if settings.database_url is None:
        return str(settings.data_dir / FILE_NAME)
    return f"PostgreSQL, {make_url(settings.database_url.get_secret_value()).database}"


async def closing(database: Database, work: Coroutine[Any, Any, Result]) -> Result:
    """Do some work and close the database, however it ends."""
    try:
        return await work
    finally:
        await database.close()


def apart(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run something in a loop of its own, also where the caller's is running."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()
