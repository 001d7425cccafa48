"""The column types every table is made of, and the class each column must declare.

STRICT tables on SQLite take only INTEGER, TEXT, BLOB and REAL; these types give just those, and
their natural counterparts on PostgreSQL.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID, SafeUUID

from sqlalchemy import BigInteger, Integer, LargeBinary, Text, event
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import MappedColumn, Mapper, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
ID_BYTES = 16
BigInt = BigInteger().with_variant(Integer(), "sqlite")


class ColumnClass(StrEnum):
    """What a column may hold, and so what a dump of it tells (docs/threat-model.md)."""

    PUBLIC = "public"
    PSEUDONYMOUS = "pseudonymous"
    SEALED = "sealed"
    INDEX = "index"
    MAC = "mac"


class Id(TypeDecorator[UUID]):
    """A random UUID as its 16 bytes."""

    impl = LargeBinary(ID_BYTES)
    cache_ok = True

    # Every row has several ids and instants, and both drivers give and take them as they are kept: one call
    # for each instead of three.
    def bind_processor(self, dialect: Dialect) -> Callable[[UUID | None], bytes | None]:
        return _write_id

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[bytes | None], UUID | None]:
        return _read_id


def _write_id(value: UUID | None) -> bytes | None:
    return None if value is None else value.bytes


# A UUID's two slots: its constructor weighs six ways to be told one, and takes three times as long.
_set_int, _set_safety = (vars(UUID)[slot].__set__ for slot in ("int", "is_safe"))
# Looked up once: to look up a word of a list costs as much as the rest of reading an id.
_UNKNOWN = SafeUUID.unknown


def _read_id(value: bytes | None) -> UUID | None:
    if value is None:
        return None
    if len(value) > ID_BYTES:
        raise ValueError("an id is longer than sixteen bytes")
    read = UUID.__new__(UUID)
    _set_int(read, int.from_bytes(value))
    _set_safety(read, _UNKNOWN)
    return read


class UtcMs(TypeDecorator[datetime]):
    """An aware instant as whole milliseconds since 1970 UTC; a naive one is refused."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], int | None]:
        return _write_instant

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], datetime | None]:
        return _read_instant


def _write_instant(value: datetime | None) -> int | None:
    if value is None:
        return None
    if value.tzinfo is None:
        raise ValueError("a naive time cannot be stored")
    return (value - EPOCH) // MILLISECOND


def _read_instant(value: int | None) -> datetime | None:
    return None if value is None else EPOCH + value * MILLISECOND


class Day(TypeDecorator[date]):
    """A calendar day as ISO text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        if isinstance(value, datetime):
            raise TypeError("a day is stored without its hour")
        return None if value is None else value.isoformat()

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], date | None]:
        return _read_day


def _read_day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


class WallTime(TypeDecorator[time]):
    """An hour of the day as minutes since midnight."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: time | None, dialect: Dialect) -> int | None:
        return None if value is None else value.hour * 60 + value.minute

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], time | None]:
        return _read_wall_time


def _read_wall_time(value: int | None) -> time | None:
    return None if value is None else time(*divmod(value, 60))


class Flag(TypeDecorator[bool]):
    """Yes or no as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], bool | None]:
        return _read_flag


def _read_flag(value: int | None) -> bool | None:
    return None if value is None else bool(value)


class Word(TypeDecorator[StrEnum]):
    """One word of a closed list, as text."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[StrEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: StrEnum | None, dialect: Dialect) -> str | None:
        return None if value is None else self.words(value).value

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], StrEnum | None]:
        return _reader_of(self.words)


class Number(TypeDecorator[IntEnum]):
    """One step of a fixed order, as its number."""

    impl = Integer
    cache_ok = True

    def __init__(self, steps: type[IntEnum]) -> None:
        super().__init__()
        self.steps = steps

    def process_bind_param(self, value: IntEnum | None, dialect: Dialect) -> int | None:
        return None if value is None else int(self.steps(value))

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[int | None], IntEnum | None]:
        return _reader_of(self.steps)


def _reader_of(kinds: type[StrEnum] | type[IntEnum]) -> Callable[[Any], Any]:
    """Return what makes of a value one of some kinds, by a table; what is none of them is refused."""
    known: dict[Any, Any] = {None: None, **{one.value: one for one in kinds}}
    return lambda value: known[value] if value in known else kinds(value)


class Cell:
    """The sealed bytes of one field; what they say is not in here."""

    __slots__ = ("raw",)

    def __init__(self, raw: bytes) -> None:
        self.raw = raw

    def __repr__(self) -> str:
        return "<sealed>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cell) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)


class Sealed(TypeDecorator[Cell]):
    """A sealed cell; anything but a `Cell` is refused, so plaintext cannot slip in."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Cell | None, dialect: Dialect) -> bytes | None:
        if value is not None and not isinstance(value, Cell):
            raise TypeError("a sealed column takes a sealed cell only")
        return None if value is None else value.raw

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Cell | None]:
        # Both drivers give bytes, and every row has several cells: one call each instead of three.
        return _read_cell


def _read_cell(value: bytes | None) -> Cell | None:
    return None if value is None else Cell(value)


_TYPES: dict[Any, TypeDecorator[Any]] = {}


def _column(kind: ColumnClass, *args: Any, **options: Any) -> MappedColumn[Any]:
    return mapped_column(*(_shared(each) for each in args), info={"class": kind}, **options)


def _shared(given: Any) -> Any:
    """Make one of a type for all its columns: SQLAlchemy makes two classes for each, of some kilobytes."""
    if not (isinstance(given, type) and issubclass(given, TypeDecorator)):
        return given
    return _TYPES.setdefault(given, given())


def public(*args: Any, **options: Any) -> MappedColumn[Any]:
    """Declare a column whose content is published anyway."""
    return _column(ColumnClass.PUBLIC, *args, **options)


def pseudonymous(*args: Any, **options: Any) -> MappedColumn[Any]:
    """Declare a column of random ids, states, due times or days."""
    return _column(ColumnClass.PSEUDONYMOUS, *args, **options)


def sealed(**options: Any) -> MappedColumn[Any]:
    """Declare a column of sealed cells."""
    return _column(ColumnClass.SEALED, Sealed, **options)


def blind(*args: Any, **options: Any) -> MappedColumn[Any]:
    """Declare a blind index: a keyed hash by which a row is found."""
    return _column(ColumnClass.INDEX, *args, **options)


def mac(**options: Any) -> MappedColumn[Any]:
    """Declare a keyed checksum."""
    return _column(ColumnClass.MAC, LargeBinary, **options)


def _only_cells(target: Any, value: Any, _old: Any, _initiator: Any) -> None:
    if value is not None and not isinstance(value, Cell):
        raise TypeError("a sealed column takes a sealed cell only")


@event.listens_for(Mapper, "mapper_configured")
def _guard_sealed_columns(mapper: Mapper[Any], cls: type) -> None:
    for attribute in mapper.column_attrs:
        if isinstance(attribute.columns[0].type, Sealed):
            event.listen(getattr(cls, attribute.key), "set", _only_cells)


@event.listens_for(Mapper, "mapper_configured")
def _forget_expressions(mapper: Mapper[Any], cls: type) -> None:
    """Let go of what each column is in a statement: two kilobytes, made again on its first use."""
    for attribute in mapper.column_attrs:
        made = getattr(cls, attribute.key).comparator
        # Each refers to itself by what compares it.
        vars(made.__clause_element__()).pop("comparator", None)
        del made.__clause_element__
