"""The same rows unsealed: plain text of the same size in each sealed column, the others as they are."""

from typing import Any

from sqlalchemy import Column, Table, Text
from sqlalchemy.orm import registry

from storage.columns import Sealed
from storage.database import Database
from storage.models import Person, WrappedKey
from storage.models.base import STRICT, Base

CELL_BYTES = 96  # of a cell whose words fill the first step
KEY_BYTES = 60
WORDS = "x" * CELL_BYTES
_registry = registry()
_OPTIONS: dict[str, Any] = STRICT


def _unsealed(model: type[Base]) -> Any:
    table = Table(f"plain_{model.__tablename__}", _registry.metadata, **_OPTIONS)
    for column in model.__table__.columns:
        is_sealed = isinstance(column.type, Sealed)
        default = None if column.default is None or column.default.is_callable else column.default.arg
        table.append_column(
            Column(
                column.name,
                Text if is_sealed else column.type,
                primary_key=column.primary_key,
                nullable=column.nullable,
                unique=column.unique,
                index=column.index,
                default=default,
            )
        )
    plain = type(f"Plain{model.__name__}", (), {})
    _registry.map_imperatively(plain, table)
    return plain


PlainPerson = _unsealed(Person)
PlainKey = _unsealed(WrappedKey)


async def add_plain_tables(database: Database) -> None:
    async with database.writer.begin() as connection:
        await connection.run_sync(_registry.metadata.create_all)
