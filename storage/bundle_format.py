"""What stands inside a backup bundle, byte for byte, before age seals it.

::

    magic    9  "PORUCHBK" 0x01
    record      uint32 length, then E(word, part…); again and again:
                header  UTF-8 JSON: kind, deployment, revision, generation, day, signed_by, tables
                blob    name, bytes                  (the key ring's file, the unseal secret)
                table   name, column…                (then its rows)
                row     value…                       (as many as columns)
                end     the mark

A value is one letter and bytes: ``n`` nothing, ``i`` a signed big-endian integer of 8 bytes, ``t`` UTF-8,
``b`` bytes; so both databases write the same. The mark is a MAC under SIG over SHA-256 of all that came
before its record; a bundle without it was cut, one with another was made by somebody else.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from storage.framing import E

MAGIC = b"PORUCHBK\x01"
Value = int | str | bytes | None
Row = tuple[Value, ...]


class BundleKind(StrEnum):
    """What a bundle carries."""

    DATA = "data"
    KEYS = "keys"
    LEDGER = "ledger"
    RECOVERY = "recovery"


@dataclass(frozen=True)
class Header:
    """What a bundle says of itself; believed once its mark has been checked.

    `revision` is that of the schema, `generation` the key ring's, `signed_by` the id of the SIG key,
    `tables` how many rows each table has.
    """

    kind: BundleKind
    deployment: UUID
    revision: str
    generation: int
    day: date
    signed_by: bytes
    tables: Mapping[str, int]

    def to_bytes(self) -> bytes:
        told = {
            "kind": self.kind.value,
            "deployment": str(self.deployment),
            "revision": self.revision,
            "generation": self.generation,
            "day": self.day.isoformat(),
            "signed_by": self.signed_by.hex(),
            "tables": dict(self.tables),
        }
        return json.dumps(told).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> "Header":
        """Read what `to_bytes` wrote.

        Raises:
            ValueError: it is not that.
        """
        try:
            told = json.loads(data)
            return cls(
                BundleKind(told["kind"]),
                UUID(told["deployment"]),
                str(told["revision"]),
                int(told["generation"]),
                date.fromisoformat(told["day"]),
                bytes.fromhex(told["signed_by"]),
                {str(name): int(count) for name, count in told["tables"].items()},
            )
        except (LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
            raise ValueError("the header is not one") from error


@dataclass(frozen=True)
class TableContent:
    """One table on its way into a bundle."""

    name: str
    columns: tuple[str, ...]
    rows: Iterable[Row]


def written(
    header: Header,
    *,
    blobs: Mapping[str, bytes],
    tables: Iterable[TableContent],
    sign: Callable[[bytes], bytes],
) -> Iterator[bytes]:
    """Give a bundle's content piece by piece; `sign` makes the mark from 32 bytes of SHA-256."""
    digest = sha256()
    for piece in _pieces(header, blobs, tables):
        digest.update(piece)
        yield piece
    yield _record("end", sign(digest.digest()))


def _pieces(header: Header, blobs: Mapping[str, bytes], tables: Iterable[TableContent]) -> Iterator[bytes]:
    yield MAGIC + _record("header", header.to_bytes())
    for name, data in blobs.items():
        yield _record("blob", name, data)
    for table in tables:
        yield _record("table", table.name, *table.columns)
        for row in table.rows:
            yield _record("row", *map(_value_bytes, row))


def _record(word: str, *parts: str | bytes) -> bytes:
    framed = E(word, *parts)
    return len(framed).to_bytes(4, "big") + framed


def _value_bytes(value: Value) -> bytes:
    match value:
        case None:
            return b"n"
        case bool():
            raise TypeError("a bundle has no truth values")
        case int():
            return b"i" + value.to_bytes(8, "big", signed=True)
        case str():
            return b"t" + value.encode()
        case bytes():
            return b"b" + value
    raise TypeError(f"a bundle has no values of type {type(value).__name__}")


def value_of(data: bytes) -> Value:
    """Read one value.

    Raises:
        ValueError: it is of no type that is written.
    """
    letter, rest = data[:1], data[1:]
    match letter:
        case b"n" if not rest:
            return None
        case b"i" if len(rest) == 8:
            return int.from_bytes(rest, "big", signed=True)
        case b"t":
            return rest.decode()
        case b"b":
            return rest
    raise ValueError("a value of an unknown type")
