"""What every group of queries stands on."""

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, FromClause, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from storage.blind_index import BlindIndex
from storage.macs import Macs
from storage.models.base import Base
from storage.vault import Vault

Found = TypeVar("Found")
Of = TypeVar("Of", bound="Repository")
Query = Callable[[Of, UUID], Awaitable[Found]]


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
        self, model: type[Base], rows: Sequence[Mapping[str, Any]], *, key: str | None = None
    ) -> None:
        """Keep rows, all with the same columns, by one statement; those that are there stay as they are.

        Args:
            key: by which column a row counts as being there; None means any that is unique.
        """
        if not rows:
            return
        columns = list(rows[0])
        # Into the table: into the model, each set of empty columns would be a statement of its own.
        insert = self.insert(model.__table__).on_conflict_do_nothing(
            index_elements=None if key is None else [key]
        )
        if not self.is_postgresql:
            await self.session.execute(insert, rows)
            return
        await self.session.execute(insert.from_select(columns, select(*_unnested(model, columns, rows))))

    def insert(self, model: type[Base] | FromClause) -> Any:
        """Begin an insertion that says what happens where a row is there already, as both engines know it."""
        dialect: Any = postgresql if self.is_postgresql else sqlite
        return dialect.insert(model)


def _unnested(
    model: type[Base], columns: Sequence[str], rows: Sequence[Mapping[str, Any]]
) -> Iterator[ColumnElement[Any]]:
    """Give rows to PostgreSQL column by column: a statement for each row costs several times as much."""
    for name in columns:
        kind: Any = model.__table__.c[name].type
        values = [row[name] for row in rows]
        if values.count(values[0]) == len(values):
            # Cast, since of a value that stands alone in a query nobody knows the type.
            yield cast(bindparam(name, values[0], type_=kind), kind)
        else:
            yield func.unnest(bindparam(name, values, type_=postgresql.ARRAY(kind)))
