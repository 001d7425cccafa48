"""Everything that is kept about one person, opened for that person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import Table, select

from storage.columns import Cell
from storage.models import Base, Role
from storage.repository import Repository

Kept = str | int | date | datetime | time | None


@dataclass(frozen=True)
class Part:
    """One table as far as it is about a person: by which column, and which of its columns they are shown.

    `but` is a column and the word in it by which a row is left out.
    """

    model: type[Base]
    columns: Sequence[str]
    owner: str = "person_id"
    but: tuple[str, str] | None = None

    @property
    def table(self) -> str:
        return str(self.model.__tablename__)


class OwnData(Repository):
    """Queries about whatever is about one person."""

    async def reveal_all(
        self, part: Part, person_id: UUID, *, with_ended_roles: bool = False
    ) -> list[dict[str, Kept]]:
        """Return a person's rows of one table, in a fixed order, sealed cells opened."""
        table = part.model.__table__
        assert isinstance(table, Table)
        is_theirs = getattr(part.model, part.owner) == person_id
        query = select(part.model).where(is_theirs).order_by(*table.primary_key.columns)
        if part.model is Role and not with_ended_roles:
            query = query.where(Role.revision % 2 == 1)
        if part.but is not None:
            column, word = part.but
            query = query.where(getattr(part.model, column) != word)
        rows = await self.session.scalars(query)
        return [{column: await self._value(row, column) for column in part.columns} for row in rows]

    async def _value(self, row: Base, column: str) -> Kept:
        value: Any = getattr(row, column)
        return await self.vault.reveal(row, column) if isinstance(value, Cell) else value
