"""Lets short units of SQLite's one writer commit together: the disk is waited for once for all of them.

Each unit has the connection to itself until it ends. Where another waits by then, it goes on in the same
transaction; a unit that fails is undone alone. None counts as done before the one commit of all, and where
that fails, none is.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import cast

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from storage.errors import DatabaseUnavailable
from storage.sqlite_cursor import TurnTaking

MOST_UNITS = 32
# Whoever is done waits for the others no longer than a slow disk would have taken.
LONGEST_SECONDS = 0.02


class _Group:
    """One transaction, how many units ended well in it, and whether it has failed as a whole."""

    def __init__(self, connection: AsyncConnection, driver: TurnTaking) -> None:
        loop = asyncio.get_running_loop()
        self.connection = connection
        self._driver = driver
        self.size = 0
        self.has_failed = False
        self.committed: asyncio.Future[None] = loop.create_future()
        self._ends_by = loop.time() + LONGEST_SECONDS

    @property
    def is_open(self) -> bool:
        """Whether another may go on in it; where the first failed there is nothing to go on with."""
        is_late = asyncio.get_running_loop().time() >= self._ends_by
        return 0 < self.size < MOST_UNITS and not self.has_failed and not is_late

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncSession]:
        """Open the session of one unit; where it fails, what others did before stays."""
        if self.size:
            await self._says("SAVEPOINT unit")
        try:
            # It never commits the transaction that it joins.
            async with AsyncSession(
                self.connection, expire_on_commit=False, join_transaction_mode="rollback_only"
            ) as session:
                yield session
                await session.commit()
        except BaseException as error:
            # A full disk, for one, has undone the whole transaction; and a failed flush undoes it, too.
            self.has_failed = isinstance(error, DBAPIError) or not self.connection.in_transaction()
            if self.size and not self.has_failed:
                self.has_failed = not await self._is_undone()
            raise
        if self.size:
            await self._says("RELEASE unit")
        self.size += 1

    async def _is_undone(self) -> bool:
        """Undo one unit alone; returns False where its end has taken the connection along."""
        try:
            await self._says("ROLLBACK TO unit")
        except (ValueError, sqlcipher.Error):
            # Nobody is told that anything of it was kept.
            return False
        return True

    async def _says(self, statement: str) -> None:
        # Past SQLAlchemy, which would compile it anew each time.
        await self._driver.do(lambda: self._driver._conn.execute(statement), is_short=True)

    async def end(self) -> None:
        """Commit what ended well, and tell everybody in it."""
        is_committed = False
        try:
            with suppress(DBAPIError):
                await self._commit()
                is_committed = not self.has_failed
        finally:
            # Whatever went wrong, nobody waits for ever.
            if is_committed:
                self.committed.set_result(None)
            elif self.size:
                self.committed.set_exception(DatabaseUnavailable("a commit of several failed"))

    async def _commit(self) -> None:
        try:
            if self.size and not self.has_failed:
                await self.connection.commit()
        finally:
            await self.connection.close()


class Together:
    """The units that share commits on one engine, whose pool holds one connection."""

    def __init__(self, writer: AsyncEngine, *, turn_within_seconds: float) -> None:
        self._writer = writer
        self._turn_within = turn_within_seconds
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._group: _Group | None = None
        self._ending: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def session(self) -> AsyncIterator[AsyncSession]:
        """Open one unit's session; leaving it without an exception commits, with whoever is there.

        Raises:
            DatabaseUnavailable: nobody got their turn in time, or the commit failed; nothing was changed.
        """
        await self._wait_for_turn()
        try:
            group = self._group = self._group or await self._begin()
        except BaseException:
            self._turn.release()
            raise
        try:
            async with group.unit() as session:
                yield session
        finally:
            self._pass_on(group)
        await asyncio.shield(group.committed)

    async def close(self) -> None:
        """Let what is being committed come to its end; whoever comes later begins anew, on any event loop."""
        if self._ending is not None:
            await asyncio.wait({self._ending})
        self._ending, self._turn = None, asyncio.Lock()

    async def _wait_for_turn(self) -> None:
        self._waiting += 1
        try:
            async with asyncio.timeout(self._turn_within):
                await self._turn.acquire()
        except TimeoutError as error:
            raise DatabaseUnavailable(type(error).__name__) from error
        finally:
            self._waiting -= 1

    async def _begin(self) -> _Group:
        connection = await self._writer.connect()
        try:
            await connection.begin()
            raw = await connection.get_raw_connection()
        except BaseException:
            await asyncio.shield(connection.close())
            raise
        return _Group(connection, cast(TurnTaking, raw.driver_connection))

    def _pass_on(self, group: _Group) -> None:
        """Let the next have its turn, in this transaction or in one of its own after this one's end."""
        if self._waiting and group.is_open:
            self._turn.release()
        else:
            self._group = None
            # A task of its own: whoever is cancelled must not take the others' commit along.
            self._ending = asyncio.create_task(self._end(group))

    async def _end(self, group: _Group) -> None:
        try:
            await group.end()
        finally:
            self._turn.release()
