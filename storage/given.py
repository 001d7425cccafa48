"""Rows handed to one statement as one text, which the database reads as a table.

A parameter for each value costs several times what the database then does with it; so does an array of
PostgreSQL, which its driver builds element by element.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Dialect,
    Executable,
    FromClause,
    Integer,
    LargeBinary,
    Subquery,
    Text,
    bindparam,
    cast,
    func,
    literal_column,
    select,
    type_coerce,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from storage.columns import ID_BYTES, Id

# What is kept is the same on both engines.
_DIALECT: Dialect = sqlite.dialect()
_TEXT = "given"

Kinds = Mapping[str, TypeEngine[Any]]


class OverRows:
    """A statement over rows that come with it, built once for either engine.

    `build` gets the table of these rows, and whether the statement is PostgreSQL's.
    """

    def __init__(self, columns: Kinds, build: Callable[[CTE | Subquery, bool], Executable]) -> None:
        """Take the columns of the rows to come, by name and type."""
        self._columns = columns
        self._build = build
        self._built: dict[bool, Executable] = {}
        self._writers = [_writer(kind) for kind in columns.values()]

    def with_rows(
        self, rows: Iterable[Sequence[Any]], *, is_postgresql: bool
    ) -> tuple[Executable, dict[str, Any]]:
        """Return the statement, and its parameter that says the rows."""
        if is_postgresql not in self._built:
            given = _table(self._columns, is_postgresql=is_postgresql)
            self._built[is_postgresql] = self._build(given, is_postgresql)
        # Column by column, so that each is written in one go.
        columns = zip(*rows, strict=True)
        written = (write(column) for write, column in zip(self._writers, columns, strict=False))
        return self._built[is_postgresql], {_TEXT: json.dumps(list(zip(*written, strict=True)))}


def insertion(table: FromClause, *, is_postgresql: bool) -> Any:
    """Begin an insertion that says what happens where a row is there already, as both engines know it."""
    dialect: Any = postgresql if is_postgresql else sqlite
    return dialect.insert(table)


def _table(columns: Kinds, *, is_postgresql: bool) -> CTE | Subquery:
    text = bindparam(_TEXT, type_=Text)
    each: ColumnElement[Any]
    if is_postgresql:
        each = func.jsonb_array_elements(cast(text, postgresql.JSONB)).column_valued("each")
    else:
        # As SQLite's own form of JSON, each row is not written out, and read anew for each of its values.
        each = func.jsonb_each(text).table_valued("value", name="each").c.value
    values = (
        _read(each.op("->>")(literal_column(str(index))), kind, is_postgresql=is_postgresql).label(name)
        for index, (name, kind) in enumerate(columns.items())
    )
    if is_postgresql:
        # Read once: in a join it would be read anew for each row of the other side.
        return select(*values).cte("given").prefix_with("MATERIALIZED")
    return select(*values).subquery("given")


def _read(said: ColumnElement[Any], kind: TypeEngine[Any], *, is_postgresql: bool) -> ColumnElement[Any]:
    """Make of what JSON says what a column keeps."""
    if _is_raw(kind):
        said = func.decode(said, literal_column("'hex'")) if is_postgresql else func.unhex(said)
    elif is_postgresql and isinstance(_kept(kind), Integer):
        said = cast(said, BigInteger)
    return type_coerce(said, kind)


def _writer(kind: TypeEngine[Any]) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what makes of a column's values what JSON says."""
    if isinstance(kind, Id):
        # The commonest by far.
        return lambda ids: [None if one is None else one.int.to_bytes(ID_BYTES).hex() for one in ids]
    bind = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    if _is_raw(kind):
        return lambda values: [None if one is None else (bind(one) if bind else one).hex() for one in values]
    return list if bind is None else lambda values: [None if one is None else bind(one) for one in values]


def _is_raw(kind: TypeEngine[Any]) -> bool:
    return isinstance(_kept(kind), LargeBinary)


def _kept(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Return the type of the engine's own under one of ours."""
    plain = kind.dialect_impl(_DIALECT)
    kept: TypeEngine[Any] = getattr(plain, "impl_instance", plain)
    return kept
