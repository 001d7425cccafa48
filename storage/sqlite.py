"""Opens the embedded database: SQLite inside SQLCipher, the whole file under one key.

One writer takes `BEGIN IMMEDIATE`; readers are `query_only`. The system's SQLite is never used:
`sqlcipher3` brings one without the WAL-reset corruption of 3.7.0 to 3.51.2.
"""

import asyncio
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any
from urllib.parse import quote
from weakref import WeakSet

import aiosqlite
import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, NullPool, create_engine, event
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_dbapi
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util.concurrency import await_

from storage.errors import WrongDatabaseKey
from storage.sqlite_cursor import ShortConnection, TurnTaking

BUSY_SECONDS = 5
# Both waits together stay well below what one update may take.
POOL_SECONDS = 8
READERS = 2
DriverError = sqlcipher.OperationalError
Opened = WeakSet[TurnTaking]
# A reader is in the way for an instant; those of other processes may be for longer.
CHECKPOINT_WAITS_MS = 200
CHECKPOINT_AGAIN_AFTER_SECONDS = (0.02, 0.05, 0.1)
# The index of the write-ahead log, in memory that processes share, and as much again for a first change.
SHARED_BYTES = 32 * 1024
ROOM_BYTES = 2 * SHARED_BYTES
# Each page read anew is decrypted: so many KiB hold what some ten thousand people are found by. Each of three
# connections fills as many in time.
CACHE_KIB = 8 * 1024
PRAGMAS = (
    "journal_mode=WAL",
    f"cache_size=-{CACHE_KIB}",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
)


class _SqlcipherDbapi(AsyncAdapt_aiosqlite_dbapi):
    """aiosqlite's adapter with SQLCipher's error classes, so that SQLAlchemy recognises them."""

    def _init_dbapi_attributes(self) -> None:
        super()._init_dbapi_attributes()
        for name in (
            "DatabaseError",
            "Error",
            "IntegrityError",
            "NotSupportedError",
            "OperationalError",
            "ProgrammingError",
            "sqlite_version",
            "sqlite_version_info",
        ):
            setattr(self, name, getattr(sqlcipher, name))

    def connect(self, *_args: Any, async_creator_fn: Callable[[], Any], **_options: Any) -> ShortConnection:
        return ShortConnection(self, await_(async_creator_fn()))


def connect(path: Path, key: bytes, *, create: bool = False, is_reader: bool = False) -> Any:
    """Open one connection of the driver itself, keyed and with our pragmas.

    Raises:
        WrongDatabaseKey: the file is not a database under this key.
        DriverError: it cannot be opened, or the disk is full.
    """
    _require_room(path)
    mode = "rwc" if create else "rw"
    connection = sqlcipher.connect(
        f"file:{quote(str(path))}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_SECONDS,
    )
    # Its own lines would go to stderr, past our log; what is wrong comes as an exception.
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlcipher.DatabaseError as error:
        connection.close()
        if "not a database" in str(error):
            raise WrongDatabaseKey from None
        raise
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if is_reader:
        connection.execute("PRAGMA query_only=ON")
    return connection


def _require_room(path: Path) -> None:
    """Refuse a disk without room for the shared index, of which SQLite only says that the disk has an error.

    Where blocks are smaller than its pages it does not even see that, and the process dies by a signal.

    Raises:
        DriverError: the disk is full.
    """
    with suppress(OSError):
        if path.with_name(f"{path.name}-shm").stat().st_size >= SHARED_BYTES:
            return
    try:
        # Tried and not asked for: a file system also counts blocks that this user may not take.
        with TemporaryFile(dir=path.parent) as trial:
            os.posix_fallocate(trial.fileno(), 0, ROOM_BYTES)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DriverError("database or disk is full") from None


def _creator(path: Path, key: bytes, is_reader: bool, opened: Opened) -> Callable[..., aiosqlite.Connection]:
    def create(*_args: Any, **_options: Any) -> aiosqlite.Connection:
        connection = TurnTaking(lambda: connect(path, key, is_reader=is_reader), 64)
        connection._thread.daemon = True
        opened.add(connection)
        return connection

    return create


def _engine(path: Path, key: bytes, opened: Opened, *, is_reader: bool, size: int) -> AsyncEngine:
    engine = create_async_engine(
        f"sqlite+aiosqlite:///{path}",
        module=_SqlcipherDbapi(aiosqlite, sqlcipher),
        connect_args={"async_creator_fn": _creator(path, key, is_reader, opened)},
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
    )
    begin = "BEGIN" if is_reader else "BEGIN IMMEDIATE"

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def engines(path: Path, key: bytes, opened: Opened) -> tuple[AsyncEngine, AsyncEngine]:
    """Return the engine of the one writer and that of the readers; what they open stands in `opened`."""
    writer = _engine(path, key, opened, is_reader=False, size=1)
    return writer, _engine(path, key, opened, is_reader=True, size=READERS)


async def empty_log(writer: AsyncEngine) -> bool:
    """Bring the write-ahead log into the file and cut it to nothing; False where somebody stood in the way.

    Deleted bytes stay in the log until then. Nobody else of this process writes meanwhile; a reader makes
    the checkpoint fail without an error, so its answer is read and it is tried again.
    """
    for wait in (*CHECKPOINT_AGAIN_AFTER_SECONDS, None):
        async with writer.connect() as connection:
            driver: Any = (await connection.get_raw_connection()).driver_connection
            if not await _is_busy(driver):
                return True
        if wait is not None:
            await asyncio.sleep(wait)
    return False


async def _is_busy(driver: aiosqlite.Connection) -> bool:
    await driver.execute_fetchall(f"PRAGMA busy_timeout = {CHECKPOINT_WAITS_MS}")
    try:
        [(busy, _, _)] = await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        await driver.execute_fetchall(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
    return bool(busy)


def plain_reader(path: Path, key: bytes) -> Engine:
    """Return an engine that reads in the caller's own thread."""
    engine = create_engine(
        "sqlite://",
        module=sqlcipher,
        creator=lambda: connect(path, key, is_reader=True),
        poolclass=NullPool,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine
