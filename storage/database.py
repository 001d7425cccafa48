"""The database behind a unit of work: SQLite in the data folder, or PostgreSQL by its address."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from storage import sqlite
from storage.errors import DatabaseUnavailable
from storage.silence import cut_when_silent

FILE_NAME = "poruch.db"
POOL_SECONDS = 8
CONNECTION: dict[str, str | int] = {
    "options": "-c statement_timeout=10s -c idle_in_transaction_session_timeout=60s",
    "connect_timeout": 5,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 15_000,
}


class Database:
    """Hands out sessions: one writer and a few readers on SQLite, a pool on PostgreSQL."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine) -> None:
        self.writer = writer
        self._reader = reader
        # A process that was killed may have left some.
        self.log_holds_remains = self.is_sqlite

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @asynccontextmanager
    async def session(self, *, reading: bool = False) -> AsyncIterator[AsyncSession]:
        """Open one transaction's session; committing is the caller's act, leaving otherwise rolls back.

        Raises:
            DatabaseUnavailable: the database cannot be reached, is locked, full or read-only.
        """
        try:
            async with AsyncSession(
                self._reader if reading else self.writer, expire_on_commit=False
            ) as session:
                yield session
        except (OperationalError, PoolTimeout) as error:
            raise DatabaseUnavailable(type(error).__name__) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                raise DatabaseUnavailable(type(error.orig).__name__) from error
            raise

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

    async def close(self) -> None:
        """Close every connection."""
        await self.writer.dispose()
        await self._reader.dispose()


def open_sqlite(data_dir: Path, key: bytes) -> Database:
    """Open the encrypted file of a data folder; it must exist."""
    return Database(*sqlite.engines(data_dir / FILE_NAME, key))


def open_postgresql(url: str) -> Database:
    """Open a PostgreSQL database by its `postgresql+psycopg://` address."""
    engine = create_async_engine(
        url,
        hide_parameters=True,
        pool_size=5,
        max_overflow=5,
        pool_timeout=POOL_SECONDS,
        connect_args=CONNECTION,
    )
    cut_when_silent(engine.sync_engine)
    return Database(engine, engine)
