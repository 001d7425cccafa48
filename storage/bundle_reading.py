"""Reads what stands inside a backup bundle, piece by piece as age opens it."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from storage.bundle_format import MAGIC, Header, Row, value_of
from storage.bundles import DAMAGED, Identities
from storage.errors import UnknownKey, UnusableBundle
from storage.framing import split
from storage.keyring import KeyRing, Purpose
from storage.macs import Macs

BATCH = 500
_LARGEST_RECORD = 2**24
FORGED = "it is not signed by this installation: somebody else made it"


class Taker(Protocol):
    """Who is given a bundle's content while it is read; nothing of it counts before the mark is checked."""

    def begin(self, header: Header) -> None: ...

    def blob(self, name: str, data: bytes) -> None: ...

    def rows(self, table: str, columns: tuple[str, ...], rows: list[Row]) -> None: ...


@dataclass(frozen=True)
class ReadBundle:
    """What is known of a bundle that was read to its end."""

    name: str
    header: Header
    digest: bytes
    mark: bytes

    def require_signed_by(self, ring: KeyRing) -> None:
        """Refuse a bundle that this installation did not make.

        Raises:
            UnusableBundle: it is of another installation, or its mark is not ours.
        """
        if self.header.deployment != ring.deployment:
            raise UnusableBundle(self.name, "it belongs to another installation than the keys")
        try:
            key = ring.by_kid(self.header.signed_by, Purpose.SIG).key
        except UnknownKey:
            raise UnusableBundle(self.name, FORGED) from None
        if not Macs.matches(self.mark, Macs(key, ring.deployment).bundle_mac(self.digest)):
            raise UnusableBundle(self.name, FORGED)


def read_bundle(path: Path, identities: Identities, taker: Taker) -> ReadBundle:
    """Read a whole bundle; nothing that the taker was given counts unless this returns.

    Raises:
        UnusableBundle: it cannot be opened, was cut or changed, or is no bundle of this version.
    """
    reading = _Reading(taker)
    try:
        identities.open(path, reading.take)
        return ReadBundle(path.name, *reading.end())
    except ValueError:
        raise UnusableBundle(path.name, DAMAGED) from None


class _Reading:
    """Takes a bundle's content in pieces and gives its records on, rows in batches of 500."""

    def __init__(self, taker: Taker) -> None:
        self._taker = taker
        self._rest = bytearray()
        self._digest = sha256()
        self._header: Header | None = None
        self._table: tuple[str, tuple[str, ...]] = ("", ())
        self._batch: list[Row] = []
        self._counted: dict[str, int] = {}
        self._mark: bytes | None = None

    def take(self, piece: bytes) -> None:
        """Take the next piece.

        Raises:
            ValueError: it is not what `written` gives.
        """
        self._rest += piece
        if self._header is None and not self._rest.startswith(MAGIC[: len(self._rest)]):
            raise ValueError("not a bundle of this version")
        at = 0 if self._header else len(MAGIC)
        while len(self._rest) >= at + 4:
            length = int.from_bytes(self._rest[at : at + 4], "big")
            if length > _LARGEST_RECORD or self._mark is not None:
                raise ValueError("a record is too long, or comes after the end")
            if len(self._rest) < at + 4 + length:
                break
            self._record(bytes(self._rest[at + 4 : at + 4 + length]))
            at += 4 + length
        if self._header:
            del self._rest[:at]

    def end(self) -> tuple[Header, bytes, bytes]:
        """Give the header, the SHA-256 of everything and the mark, once the last piece was taken.

        Raises:
            ValueError: the end is missing, or there are not as many rows as the header says.
        """
        if self._header is None or self._mark is None or self._rest:
            raise ValueError("the end is missing")
        if self._counted != dict(self._header.tables):
            raise ValueError("rows are missing")
        return self._header, self._digest.digest(), self._mark

    def _record(self, framed: bytes) -> None:
        word, *parts = split(framed)
        if word == b"end":
            self._flush()
            (self._mark,) = parts
            return
        if self._header is None:
            (data,) = parts
            self._header = _header_of(word, data)
            self._digest.update(MAGIC)
            self._taker.begin(self._header)
        elif word == b"row":
            self._row(parts)
        elif word == b"table":
            self._flush()
            name, *columns = (part.decode() for part in parts)
            self._table = (name, tuple(columns))
            self._counted[name] = 0
        elif word == b"blob":
            name_bytes, data = parts
            self._taker.blob(name_bytes.decode(), data)
        else:
            raise ValueError("an unknown record")
        self._digest.update(len(framed).to_bytes(4, "big") + framed)

    def _row(self, parts: list[bytes]) -> None:
        name, columns = self._table
        if len(parts) != len(columns):
            raise ValueError("a row does not fit its table")
        self._batch.append(tuple(map(value_of, parts)))
        self._counted[name] += 1
        if len(self._batch) >= BATCH:
            self._flush()

    def _flush(self) -> None:
        batch, self._batch = self._batch, []
        if batch:
            self._taker.rows(*self._table, batch)


def _header_of(word: bytes, data: bytes) -> Header:
    if word != b"header":
        raise ValueError("the header is missing")
    return Header.from_bytes(data)
