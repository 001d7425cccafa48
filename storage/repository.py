"""What every group of queries stands on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import cache, partial, wraps
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Executable, FromClause, Result, Table, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from storage.blind_index import BlindIndex
from storage.given import OverRows, insertion
from storage.macs import Macs
from storage.models.base import Base
from storage.vault import Vault

Found = TypeVar("Found")
Row = TypeVar("Row")
Of = TypeVar("Of", bound="Repository")
Ready = tuple[Executable, dict[str, Any]]
Query = Callable[[Of, UUID], Awaitable[Found]]

# As many rows as are sent to a server on this machine without waiting for it to read.
PORTION = 1_000
# By then the thread of SQLite's connection is at a statement, or the server has it.
HANDED_OVER_SECONDS = 0.001

_log = logging.getLogger("poruch.marks")


def once_a_view(query: Query[Of, Found]) -> Query[Of, Found]:
    """Let a unit that only looks ask for one thing once, however many ask it; others always ask anew."""

    @wraps(query)
    async def ask(self: Of, about: UUID) -> Found:
        if self.locks:
            return await query(self, about)
        key = (query.__name__, about)
        if key not in self._asked:
            self._asked[key] = await query(self, about)
        found: Found = self._asked[key]
        return found

    return ask


async def as_marked(
    what: str, reading: Awaitable[Row | None], is_marked: Callable[[Row], bool]
) -> Row | None:
    """Return a row that is marked as it stands; None where there is none, or somebody wrote into it by hand.

    Args:
        what: the row's noun with its article, for the log.
    """
    try:
        row = await reading
        if row is None or is_marked(row):
            return row
    except (ValueError, OverflowError):
        # What no column of ours could hold was written by hand as well.
        pass
    _log.error("%s is not marked by this installation", what)
    return None


class Repository:
    """Queries about one noun, inside one unit of work."""

    def __init__(
        self, session: AsyncSession, vault: Vault, blind: BlindIndex, macs: Macs, *, locks: bool
    ) -> None:
        # A unit that changes something locks what it looks up by id; one that only looks locks nothing.
        self.locks = locks
        self.session = session
        self.vault = vault
        self.blind = blind
        self.macs = macs
        self._asked: dict[tuple[str, UUID], Any] = {}

    @property
    def is_postgresql(self) -> bool:
        """Whether other processes may be at work on the same database."""
        return self.session.get_bind().dialect.name == "postgresql"

    async def insert_new(
        self,
        model: type[Base],
        columns: Sequence[str],
        rows: Sequence[Sequence[Any]],
        *,
        key: str | None = None,
    ) -> None:
        """Keep rows, with a value for each of some columns; those that are there stay.

        Args:
            key: by which column a row counts as being there; None means any that is unique.
        """
        await self.over_many(_insertion(model.__table__, tuple(columns), key), rows)

    async def over(self, statement: OverRows, rows: Iterable[Sequence[Any]], **values: Any) -> Result[Any]:
        """Execute a statement over some rows, with what else it asks for."""
        executable, given = statement.with_rows(rows, is_postgresql=self.is_postgresql)
        return await self.session.execute(executable, {**given, **values})

    async def over_many(self, statement: OverRows, rows: Iterable[Sequence[Any]]) -> None:
        """Execute a statement over rows, however many, in portions; none where there are no rows."""
        left = iter(rows)
        # Taken as they are written: thousands of rows at once would have all else looked through for garbage.
        portions = iter(lambda: list(islice(left, PORTION)), [])
        write = partial(statement.with_rows, is_postgresql=self.is_postgresql)
        for first in portions:
            ready = write(first)
            for portion in portions:
                ready = await self._execute_beside(ready, partial(write, portion))
            await self.session.execute(*ready)

    async def _execute_beside(self, ready: Ready, write: Callable[[], Ready]) -> Ready:
        """Execute what is ready; returns what comes next, written while the database was at it."""
        step = asyncio.ensure_future(self.session.execute(*ready))
        try:
            await asyncio.sleep(HANDED_OVER_SECONDS)
            return write()
        finally:
            await step

    def insert(self, model: type[Base]) -> Any:
        """Begin an insertion that says what happens where a row is there already, as both engines know it."""
        return insertion(model.__table__, is_postgresql=self.is_postgresql)


@cache
def _insertion(table: Table, columns: Sequence[str], key: str | None) -> OverRows:
    def build(given: FromClause, is_postgresql: bool) -> Any:
        # SQLite could take what follows for the condition of a join, were there no other.
        rows = select(*given.c).where(true())
        insert = insertion(table, is_postgresql=is_postgresql).from_select(columns, rows)
        return insert.on_conflict_do_nothing(index_elements=None if key is None else [key])

    return OverRows({name: table.c[name].type for name in columns}, build)
