"""The database's own clock, by which whatever several processes hold begins and ends.

Machines' clocks differ; this one is the same for all. It is never the bot's own clock, which tests and the
sandbox move.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, bindparam, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from storage.columns import MILLISECOND, UtcMs


class DatabaseTime(FunctionElement[datetime]):
    """The instant at which the database executes this, moved on by so much."""

    inherit_cache = True
    type = UtcMs()

    def __init__(self, ahead: timedelta | str = timedelta()) -> None:
        """Take by how much, or the name of a parameter that says so in milliseconds."""
        if isinstance(ahead, timedelta):
            super().__init__(literal(ahead // MILLISECOND, BigInteger))
        else:
            super().__init__(bindparam(ahead, type_=BigInteger))


@compiles(DatabaseTime, "postgresql")
def _on_postgresql(element: DatabaseTime, compiler: SQLCompiler, **options: Any) -> str:
    # Not now(), which stands still within a transaction.
    ahead = compiler.process(element.clauses, **options)
    return f"(CAST(floor(extract(epoch FROM clock_timestamp()) * 1000) AS BIGINT) + {ahead})"


@compiles(DatabaseTime, "sqlite")
def _on_sqlite(element: DatabaseTime, compiler: SQLCompiler, **options: Any) -> str:
    ahead = compiler.process(element.clauses, **options)
    return f"(CAST(unixepoch('subsec') * 1000 AS INTEGER) + {ahead})"
