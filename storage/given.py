"""Rows handed to one statement as one text, which the database reads as a table.

A parameter for each value costs several times what the database then does with it; so does an array of
PostgreSQL, which its driver builds element by element.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Dialect,
    Executable,
    Integer,
    LargeBinary,
    Subquery,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

_DIALECTS: Mapping[bool, Dialect] = {
    False: sqlite.dialect(),
    True: postgresql.dialect(),  # type: ignore[no-untyped-call]
}
_TEXT = "given"

Kinds = Mapping[str, TypeEngine[Any]]


class OverRows:
    """A statement over rows that come with it, built once for either engine.

    `build` gets the table of these rows, and whether the statement is PostgreSQL's.
    """

    def __init__(self, columns: Kinds, build: Callable[[Subquery, bool], Executable]) -> None:
        """Take the columns of the rows to come, by name and type."""
        self._columns = columns
        self._build = build
        self._built: dict[bool, tuple[Executable, Callable[..., list[Any]]]] = {}

    def with_rows(
        self, rows: Iterable[Sequence[Any]], *, is_postgresql: bool
    ) -> tuple[Executable, dict[str, Any]]:
        """Return the statement, and its parameter that says the rows."""
        if is_postgresql not in self._built:
            given = _table(self._columns, is_postgresql=is_postgresql)
            write = _writer(self._columns.values(), _DIALECTS[is_postgresql])
            self._built[is_postgresql] = self._build(given, is_postgresql), write
        statement, write = self._built[is_postgresql]
        return statement, {_TEXT: json.dumps([write(row) for row in rows])}


def _table(columns: Kinds, *, is_postgresql: bool) -> Subquery:
    text = bindparam(_TEXT, type_=Text)
    each: ColumnElement[Any]
    if is_postgresql:
        each = func.jsonb_array_elements(cast(text, postgresql.JSONB)).column_valued("each")
    else:
        each = func.json_each(text).table_valued("value", name="each").c.value
    values = (
        _read(each.op("->>")(literal_column(str(index))), kind, is_postgresql=is_postgresql).label(name)
        for index, (name, kind) in enumerate(columns.items())
    )
    return select(*values).subquery("given")


def _read(said: ColumnElement[Any], kind: TypeEngine[Any], *, is_postgresql: bool) -> ColumnElement[Any]:
    """Make of what JSON says what a column keeps."""
    plain = kind.dialect_impl(_DIALECTS[is_postgresql])
    kept = getattr(plain, "impl_instance", plain)
    if isinstance(kept, LargeBinary):
        return func.decode(said, literal_column("'hex'")) if is_postgresql else func.unhex(said)
    return cast(said, BigInteger) if is_postgresql and isinstance(kept, Integer) else said


def _writer(kinds: Iterable[TypeEngine[Any]], dialect: Dialect) -> Callable[[Sequence[Any]], list[Any]]:
    binders = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in kinds]

    def write(row: Sequence[Any]) -> list[Any]:
        bound = (value if bind is None else bind(value) for bind, value in zip(binders, row, strict=True))
        return [value.hex() if isinstance(value, bytes) else value for value in bound]

    return write
