"""Has short statements done where they are asked for, and what may wait in the thread of its connection.

aiosqlite's own cursor needs four turns of that thread for each statement: to make the cursor, to execute, to
fetch, to close. A turn switches threads twice, which costs more than most of our statements. What waits, for
another process's lock or for the disk, keeps its turn, so that the event loop never waits for it; so does
what works on many rows.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor

# A writer begins with a lock, for which it may wait; all others have theirs, or need none.
SHORT = ("SELECT", "INSERT", "UPDATE", "DELETE", "BEGIN")
WAITS_FOR_OTHERS = "BEGIN IMMEDIATE"
MANY_ROWS = 100
# Many rows in one parameter.
LONG = 4_096
# Of whom no more was asked since the last time reads anew in ten milliseconds what it reads again.
FEW_STATEMENTS = 300


class TurnTaking(aiosqlite.Connection):
    """The driver's connection, which knows whether its thread is still at something."""

    # Each is counted by one thread only. Who is cancelled while they wait leaves a turn that goes on.
    _begun = _ended = 0
    _statements = 0

    @property
    def is_at_work(self) -> bool:
        return self._begun != self._ended

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        def turn() -> Any:
            try:
                return fn(*args, **kwargs)
            finally:
                self._ended += 1

        self._begun += 1
        return await super()._execute(turn)  # type: ignore[no-untyped-call]

    async def do(self, work: Callable[[], Any], *, is_short: bool) -> Any:
        """Do something here and now where it is short and the thread is free, otherwise in a turn."""
        self._statements += 1
        return work() if is_short and not self.is_at_work else await self._execute(work)

    async def let_go_of_pages(self) -> None:
        """Let go of the pages that are kept open, unless much was asked since the last time."""
        statements, self._statements = self._statements, 0
        if statements <= FEW_STATEMENTS and self._connection is not None:
            await self.execute_fetchall("PRAGMA shrink_memory")


class ShortCursor(AsyncAdapt_aiosqlite_cursor):
    """Has fetched every row and closed the driver's cursor by the time a statement is executed."""

    __slots__ = ()

    _cursor: Any
    _connection: Any

    def _make_new_cursor(self, connection: Any) -> Any:
        """Leave it to the statement."""

    def _aenter_cursor(self, cursor: Any) -> Any:
        """Leave it to the statement."""

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        is_short = operation.startswith(SHORT) and operation != WAITS_FOR_OTHERS and not _is_long(parameters)
        await self._whole(lambda cursor: cursor.execute(operation, parameters or ()), is_short=is_short)

    async def _executemany_async(self, operation: Any, seq_of_parameters: Sequence[Any]) -> None:
        is_short = len(seq_of_parameters) < MANY_ROWS
        await self._whole(lambda cursor: cursor.executemany(operation, seq_of_parameters), is_short=is_short)

    async def _whole(self, execute: Callable[[Any], Any], *, is_short: bool) -> None:
        def whole() -> list[Any]:
            self._cursor = cursor = self._connection._conn.cursor()
            try:
                execute(cursor)
                return cursor.fetchall() if cursor.description else []
            finally:
                # In the event loop the garbage collector would wait for whatever the thread does next.
                cursor.close()

        async with self._adapt_connection._execute_mutex:
            self._rows = deque(await self._connection.do(whole, is_short=is_short))

    async def _async_soft_close(self) -> None:
        """Do nothing: it is closed."""

    def close(self) -> None:
        self._rows.clear()


class ShortConnection(AsyncAdapt_aiosqlite_connection):
    """A connection with such cursors; to commit waits for the disk, to roll back for nothing."""

    __slots__ = ()

    _cursor_cls = ShortCursor
    _connection: Any

    def rollback(self) -> None:
        if self._connection._connection and not self._connection.is_at_work:
            self._connection._conn.rollback()
        else:
            super().rollback()


def _is_long(parameters: Sequence[Any] | None) -> bool:
    return any(isinstance(each, str | bytes) and len(each) > LONG for each in parameters or ())
