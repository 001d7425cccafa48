"""The database behind a unit of work: SQLite in the data folder, or PostgreSQL by its address."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, ExceptionContext, NullPool, create_engine, event, func, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from storage import sqlite
from storage.errors import DatabaseUnavailable
from storage.silence import cut_when_silent
from storage.together import Together

if TYPE_CHECKING:
    from psycopg import AsyncConnection

FILE_NAME = "poruch.db"
POOL_SECONDS = 8
# Opened when they are needed, and kept: to connect costs more than most units. With one more that listens
# two processes that answer very many at once, and whatever else runs beside them, stay below the hundred
# that a server takes as it is installed.
WRITERS, READERS = 24, 2
# read_only_sql_transaction, among PostgreSQL's error codes.
READ_ONLY = "25006"
OPTIONS = "-c statement_timeout=10s -c idle_in_transaction_session_timeout=60s"
CONNECTION: dict[str, str | int] = {
    "options": OPTIONS,
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}
# What a view asks stands alone: each statement sees what is committed by then, in a transaction or not, and
# beginning and ending one are two ways there and back. The server refuses whatever would change something.
READING = {**CONNECTION, "options": f"{OPTIONS} -c default_transaction_read_only=on"}


class Database:
    """Hands out sessions: one writer and a few readers on SQLite, a pool of each on PostgreSQL."""

    def __init__(
        self,
        writer: AsyncEngine,
        reader: AsyncEngine,
        *,
        plain_reader: Callable[[], Engine],
        opened: sqlite.Opened | None = None,
    ) -> None:
        self.writer = writer
        self._reader = reader
        # A process that was killed may have left some.
        self.log_holds_remains = self.is_sqlite
        self._plain_reader = plain_reader
        self._opened = () if opened is None else opened
        self._together = Together(writer, turn_within_seconds=POOL_SECONDS)

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @asynccontextmanager
    async def session(self, *, reading: bool = False) -> AsyncIterator[AsyncSession]:
        """Open one transaction's session; committing is the caller's act, leaving otherwise rolls back.

        Raises:
            DatabaseUnavailable: the database cannot be reached, is locked, full or read-only.
        """
        engine = self._reader if reading else self.writer
        with _telling_what_is_away():
            async with AsyncSession(engine, expire_on_commit=False) as session:
                yield session

    @asynccontextmanager
    async def transaction(self, *, together: bool = False) -> AsyncIterator[AsyncSession]:
        """Open one transaction's session; leaving without an exception commits.

        Args:
            together: whether it is short, and may share SQLite's one commit with others that wait.

        Raises:
            DatabaseUnavailable: as for `session`; nothing was changed.
        """
        if together and self.is_sqlite:
            with _telling_what_is_away():
                async with self._together.session() as session:
                    yield session
        else:
            async with self.session() as session:
                yield session
                await to_its_end(session.commit())

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Hold one moment of the whole database for reading, for a thread of its own.

        Raises:
            DatabaseUnavailable: the database cannot be reached, or went away.
        """
        engine = self._plain_reader()
        try:
            with _telling_what_is_away(), engine.connect() as connection, connection.begin():
                yield connection
        finally:
            engine.dispose()

    async def empty_log(self) -> None:
        """Take what was deleted out of SQLite's write-ahead log; never to be called inside a transaction.

        Where somebody stood in the way, the log is still said to hold remains, for the next commit to see to.
        """
        if not self.is_sqlite:
            return
        try:
            self.log_holds_remains = not await sqlite.empty_log(self.writer)
        except (sqlite.DriverError, OperationalError, PoolTimeout):
            self.log_holds_remains = True

    async def let_go_of_pages(self) -> None:
        """Let SQLite's connections of which little was asked lately give up the pages that they keep open.

        Each would hold eight mebibytes for good after one busy hour; PostgreSQL keeps its own.
        """
        for connection in tuple(self._opened):
            # It may have been closed meanwhile; and there is a next time.
            with suppress(sqlite.DriverError, ValueError):
                await connection.let_go_of_pages()

    @asynccontextmanager
    async def listening(self, *channels: str) -> AsyncIterator[AsyncIterator[str]]:
        """Hear what is rung for on PostgreSQL's channels, one name each time, on a connection of its own.

        Raises:
            DatabaseUnavailable: the connection broke, or there was none; what was rung meanwhile is lost.
        """
        # Only here, so that a bot on SQLite does not load it.
        from psycopg import AsyncConnection, OperationalError
        from psycopg.sql import SQL, Identifier

        _, address = self.writer.dialect.create_connect_args(self.writer.url)
        try:
            connection = await AsyncConnection.connect(**{**address, **CONNECTION}, autocommit=True)
            async with connection:
                for channel in channels:
                    await connection.execute(SQL("LISTEN {}").format(Identifier(channel)))
                yield _rings(connection)
        except OperationalError as error:
            raise DatabaseUnavailable(type(error).__name__) from error

    async def ring(self, *channels: str) -> None:
        """Wake whoever hears some of PostgreSQL's channels.

        Raises:
            DatabaseUnavailable: nobody was woken.
        """
        async with self.session() as session:
            await session.execute(select(*(func.pg_notify(channel, "") for channel in channels)))
            await session.commit()

    async def close(self) -> None:
        """Close every connection."""
        await self._together.close()
        await self.writer.dispose()
        await self._reader.dispose()


def open_sqlite(data_dir: Path, key: bytes) -> Database:
    """Open the encrypted file of a data folder; it must exist."""
    path = data_dir / FILE_NAME
    opened = sqlite.Opened()
    engines = sqlite.engines(path, key, opened)
    return Database(*engines, plain_reader=lambda: sqlite.plain_reader(path, key), opened=opened)


def open_postgresql(url: str) -> Database:
    """Open a PostgreSQL database by its `postgresql+psycopg://` address."""
    writer = _engine(url, CONNECTION, size=WRITERS)
    # Not for the reader, which is read-only by itself: there it would be a mistake of ours.
    event.listen(writer.sync_engine, "handle_error", _leave_when_read_only)
    reader = _engine(url, READING, size=READERS, isolation_level="AUTOCOMMIT")
    return Database(writer, reader, plain_reader=lambda: _plain_reader(url))


def _engine(url: str, connection: Mapping[str, Any], *, size: int, **options: str) -> AsyncEngine:
    # Only here, so that a bot on SQLite does not load the driver.
    from storage.postgresql import Cursor

    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={**connection, "cursor_factory": Cursor},
        **options,
    )
    cut_when_silent(engine.sync_engine)
    return engine


def _leave_when_read_only(context: ExceptionContext) -> None:
    """Take a server that takes nothing, as a standby after a failover, for one that is away: connect anew."""
    if getattr(context.original_exception, "sqlstate", None) == READ_ONLY:
        context.is_disconnect = True


def _plain_reader(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        isolation_level="REPEATABLE READ",
        connect_args=CONNECTION,
        execution_options={"postgresql_readonly": True},
    )


async def _rings(connection: "AsyncConnection[Any]") -> AsyncIterator[str]:
    """Give what is rung for as it comes; psycopg by itself would look ten times a second for an interrupt."""
    while True:
        async for each in connection.notifies(timeout=0):
            yield each.channel
        await _is_readable(connection.fileno())


async def _is_readable(descriptor: int) -> None:
    loop, readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(descriptor, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(descriptor)


@contextmanager
def _telling_what_is_away() -> Iterator[None]:
    """Turn what the driver says of a database that cannot be used into one error.

    Raises:
        DatabaseUnavailable: it is so.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        if not is_away(error):
            raise
        said = error if isinstance(error, OperationalError | PoolTimeout) else error.orig
        raise DatabaseUnavailable(type(said).__name__) from error


def is_away(error: Exception) -> bool:
    """Say whether an error tells of a database that cannot be used just now, and not of what was asked."""
    is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return is_lost or isinstance(error, OperationalError | PoolTimeout)


async def to_its_end(step: Coroutine[Any, Any, None]) -> None:
    """Take a step that is waited for once begun, so that a cancelled unit never closes beside its commit."""
    task = asyncio.ensure_future(step)
    try:
        await asyncio.shield(task)
    finally:
        if not task.done():
            await asyncio.wait({task})
