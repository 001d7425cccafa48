"""What is ours of the driver of PostgreSQL; imported only where such a database is opened."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

from psycopg import AsyncCursor, Column

from storage.copying import Copied


class _Described(Sequence[Column]):
    """The columns of a result, made when somebody asks what they are.

    Of a statement that is built already SQLAlchemy only asks whether there are any; the driver would make an
    object for each column of each result.
    """

    def __init__(self, cursor: "Cursor") -> None:
        self._cursor = cursor

    @property
    def _columns(self) -> list[Column]:
        return super(Cursor, self._cursor).description or []

    def __len__(self) -> int:
        return len(self._columns)

    def __iter__(self) -> Iterator[Column]:
        return iter(self._columns)

    @overload
    def __getitem__(self, index: int) -> Column: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Column]: ...

    def __getitem__(self, index: int | slice) -> Column | Sequence[Column]:
        return self._columns[index]


class Cursor(AsyncCursor[Any]):
    """The driver's cursor, which describes a result only to who looks, and copies rows as it executes."""

    async def execute(self, query: Any, params: Any = None, **options: Any) -> "Cursor":
        """Execute a statement; one that copies gets its rows in place of parameters."""
        if not isinstance(params, Copied):
            return await super().execute(query, params, **options)
        async with self.copy(query) as copy:
            copy.set_types(params.types)
            for row in params.rows:
                await copy.write_row(row)
        return self

    @property
    def description(self) -> Any:
        result = self.pgresult
        return _Described(self) if result is not None and result.nfields else super().description
