"""A cursor that has each statement done in one turn of its connection's thread.

aiosqlite's own needs four: to make the cursor, to execute, to fetch, to close. A turn switches threads twice,
which costs more than most of our statements.
"""

from collections import deque
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects.sqlite.aiosqlite import AsyncAdapt_aiosqlite_connection, AsyncAdapt_aiosqlite_cursor


class OneTurnCursor(AsyncAdapt_aiosqlite_cursor):
    """Has fetched every row and closed the driver's cursor by the time a statement is executed."""

    __slots__ = ()

    _cursor: Any

    def _make_new_cursor(self, connection: Any) -> Any:
        """Leave it to the statement's turn."""

    def _aenter_cursor(self, cursor: Any) -> Any:
        """Leave it to the statement's turn."""

    async def _execute_async(self, operation: Any, parameters: Any) -> None:
        await self._in_one_turn(lambda cursor: cursor.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Any) -> None:
        await self._in_one_turn(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _in_one_turn(self, execute: Callable[[Any], Any]) -> None:
        def turn() -> list[Any]:
            self._cursor = cursor = self._connection._conn.cursor()
            try:
                execute(cursor)
                return cursor.fetchall() if cursor.description else []
            finally:
                # In the event loop the garbage collector would wait for whatever the thread does next.
                cursor.close()

        async with self._adapt_connection._execute_mutex:
            self._rows = deque(await self._connection._execute(turn))

    async def _async_soft_close(self) -> None:
        """Do nothing: it is closed."""

    def close(self) -> None:
        self._rows.clear()


class OneTurnConnection(AsyncAdapt_aiosqlite_connection):
    """A connection with such cursors."""

    __slots__ = ()

    _cursor_cls = OneTurnCursor
