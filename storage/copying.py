"""A great many rows, streamed into a table of PostgreSQL while it still takes in those before."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from storage.given import Kinds

_DIALECT: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
# So many rows are made ready in one go.
PORTION = 250


class Copied(NamedTuple):
    """What a statement that copies gets in place of parameters: rows, and the types they are written as."""

    types: Sequence[str]
    rows: Iterable[Sequence[Any]]


async def copy_rows(session: AsyncSession, table: str, columns: Kinds, rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows into a table of PostgreSQL, however many.

    Raises:
        IntegrityError: one is there already, or refers to what is not; the transaction is to be taken back.
    """
    # By which rules texts are compared is the table's matter.
    types = [kind.compile(_DIALECT).partition(" COLLATE")[0].lower() for kind in columns.values()]
    names = ", ".join(columns)
    connection = await session.connection()
    await connection.exec_driver_sql(
        f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)", Copied(types, _kept(columns, rows))
    )


def _kept(columns: Kinds, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    """Give the rows as the driver writes them, portion by portion and in each column by column."""
    writers = [kind.dialect_impl(_DIALECT).bind_processor(_DIALECT) for kind in columns.values()]
    left = iter(rows)
    while portion := list(islice(left, PORTION)):
        written = (
            column if write is None else map(write, column)
            for write, column in zip(writers, zip(*portion, strict=True), strict=True)
        )
        yield from zip(*written, strict=True)
