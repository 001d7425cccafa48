"""The tables of one consistent snapshot, as both databases would give them, for backup bundles.

Values are raw: numbers, text and bytes as they stand, cells sealed as they are. Nothing is opened here.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, Table, column, func, select, table

from storage.bundle_format import BundleKind, Header, Row, TableContent, written
from storage.database import Database
from storage.errors import TurningKeys
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.macs import Macs
from storage.models import Base, Departed, WrappedKey
from storage.progress import Progress
from storage.ring_file import RingFile
from storage.schema import REVISIONS

BATCH = 500
TRIES = 5
_log = logging.getLogger("poruch.backups")
RING, UNSEAL_SECRET, SEEDS = "keyring", "unseal_secret", "audit_seeds"


@dataclass(frozen=True)
class Snapshot:
    """One moment of the database, and the key ring that opens what stands in it."""

    connection: Connection
    ring: KeyRing
    ring_bytes: bytes
    day: date

    def content(self, kind: BundleKind, progress: Progress) -> Iterator[bytes]:
        """Give a data, keys or ledger bundle's content."""
        tables = _tables_of(kind)
        counts = {each.name: _count(self.connection, each) for each in tables}
        blobs = {RING: self.ring_bytes} if kind is BundleKind.KEYS else {}
        content = (self._content_of(each, kind, counts, progress) for each in tables)
        return _signed(kind, self.ring, self.day, counts, blobs=blobs, tables=content)

    def _content_of(
        self, one: Table, kind: BundleKind, counts: Mapping[str, int], progress: Progress
    ) -> TableContent:
        names = tuple(each.name for each in one.columns)
        before = sum(count for name, count in list(counts.items())[: list(counts).index(one.name)])
        rows = self._rows(one.name, names)
        return TableContent(one.name, names, _heard(rows, kind.value, before, sum(counts.values()), progress))

    def _rows(self, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
        query: Select[*tuple[Any, ...]] = select(*[column(each) for each in columns]).select_from(table(name))
        for row in self.connection.execute(query.execution_options(yield_per=BATCH)):
            yield tuple(row)


@contextmanager
def take_snapshot(database: Database, keys: Keys, *, day: date) -> Iterator[Snapshot]:
    """Hold one consistent moment for as long as the block lasts; for a thread of its own.

    Data keys that were spoiled, and name a wrapping key that the ring never has, are carried and logged.

    Raises:
        DatabaseUnavailable: the database cannot be reached.
        TurningKeys: the keys were rotated each time that the moment was taken.
    """
    assert keys.file is not None, "an installation without a key ring's file has no backup"
    for _ in range(TRIES):
        with database.snapshot() as connection:
            before = keys.file.load()
            # The first query fixes the moment; only a ring that stood still around it belongs to it.
            needed = _kids(connection)
            ring = keys.file.load()
            if ring.generation != before.generation:
                continue
            if unknown := needed - {entry.kid for entry in ring.entries}:
                _log.error("data keys name %d wrapping keys that the ring does not have", len(unknown))
            yield Snapshot(connection, ring, keys.file.sealed(ring), day)
            return
    raise TurningKeys


def recovery_content(file: RingFile, *, seeds: bytes | None, day: date) -> Iterator[bytes]:
    """Give the content of the recovery copy: what opens the installation when its machine is gone.

    Args:
        seeds: the trail's, as `storage.audit_seeds` keeps them.
    """
    ring = file.load()
    blobs = {UNSEAL_SECRET: file.unseal_secret, RING: file.sealed(ring)}
    blobs |= {} if seeds is None else {SEEDS: seeds}
    return _signed(BundleKind.RECOVERY, ring, day, {}, blobs=blobs, tables=())


def _signed(
    kind: BundleKind,
    ring: KeyRing,
    day: date,
    counts: Mapping[str, int],
    *,
    blobs: Mapping[str, bytes],
    tables: Iterable[TableContent],
) -> Iterator[bytes]:
    sig = ring.primary(Purpose.SIG)
    header = Header(kind, ring.deployment, REVISIONS[-1], ring.generation, day, sig.kid, counts)
    macs = Macs(sig.key, ring.deployment)
    return written(header, blobs=blobs, tables=tables, sign=macs.bundle_mac)


def _tables_of(kind: BundleKind) -> list[Table]:
    """Say which tables a bundle carries, parents before children; each carries the ledger of who left."""
    wrapped, departed = WrappedKey.__tablename__, Departed.__tablename__
    match kind:
        case BundleKind.DATA:
            return [each for each in Base.metadata.sorted_tables if each.name != wrapped]
        case BundleKind.KEYS:
            return [each for each in Base.metadata.sorted_tables if each.name in (wrapped, departed)]
    return [each for each in Base.metadata.sorted_tables if each.name == departed]


def _count(connection: Connection, one: Table) -> int:
    return connection.execute(select(func.count()).select_from(table(one.name))).scalar_one()


def _kids(connection: Connection) -> set[bytes]:
    return set(connection.execute(select(WrappedKey.kid).distinct()).scalars())


def _heard(rows: Iterable[Row], stage: str, before: int, total: int, progress: Progress) -> Iterator[Row]:
    """Pass rows on and tell after each batch how far they have come."""
    done = before
    for done, row in enumerate(rows, before + 1):
        yield row
        if done % BATCH == 0:
            progress(stage, done, total)
    progress(stage, done, total)
