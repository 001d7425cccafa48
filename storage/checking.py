"""Opens every cell of a data bundle in memory, to say whether a restore would bring everything back."""

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from storage.bundle_format import BundleKind, Header, Row, Value
from storage.cells import DataKey, Place
from storage.columns import ColumnClass
from storage.errors import UnknownKey, UnreadableCell, UnreadableDataKey
from storage.filling import require
from storage.framing import NeverPickled
from storage.keyring import KeyRing
from storage.keys import Keys
from storage.models import Base, WrappedKey
from storage.progress import Progress


@dataclass(frozen=True)
class SealedTable:
    """Which columns of a table are sealed, and which name the subject and the row."""

    subject: str
    row: str
    cells: frozenset[str]


class BackedUpKeys(NeverPickled):
    """The wrapped data keys of a keys bundle, without those of the people who left.

    Raises:
        ValueError: a row is not one of theirs.
    """

    __slots__ = ("_keys", "_rows", "_unwrapped")

    def __init__(self, rows: Iterable[dict[str, Value]], ring: KeyRing, *, gone: Container[UUID]) -> None:
        # A row written by hand may name what is no id; it is nobody's key.
        own = (row for row in rows if len(_bytes(row.get("subject"))) == 16)
        subjects = ((UUID(bytes=_bytes(row.get("subject"))), row) for row in own)
        self._rows = {subject: row for subject, row in subjects if subject not in gone}
        self._keys = Keys(ring)
        self._unwrapped: dict[UUID, DataKey] = {}

    @property
    def rows(self) -> list[dict[str, Value]]:
        return list(self._rows.values())

    def of(self, subject: UUID) -> DataKey:
        """Unwrap a subject's key.

        Raises:
            UnknownKey, UnreadableDataKey: there is none, or it does not open.
        """
        if subject not in self._unwrapped:
            if subject == self._keys.deployment:
                return self._keys.audit_key()
            if subject not in self._rows:
                raise UnknownKey(f"of subject {subject}")
            row = self._rows[subject]
            kek = self._keys.cipher_of(_bytes(row.get("kid")))
            gen, deployment = _int(row.get("gen")), self._keys.deployment
            dek = kek.unwrap(_bytes(row.get("wrapped")), subject=subject, gen=gen)
            self._unwrapped[subject] = DataKey(dek, deployment=deployment, subject=subject, gen=gen)
        return self._unwrapped[subject]


class Checking:
    """Counts, while a data bundle is read, the rows and the cells that open; writes nothing."""

    def __init__(
        self, keys: BackedUpKeys, name: str, progress: Progress, *, gone: Callable[[UUID], bool]
    ) -> None:
        self._keys = keys
        self._name = name
        self._progress = progress
        self._gone = gone
        self._total = 0
        self.rows_read = self.cells_opened = self.cells_unreadable = self.cells_forgotten = 0

    def begin(self, header: Header) -> None:
        require(header, BundleKind.DATA, self._name)
        self._total = sum(header.tables.values())

    def blob(self, name: str, data: bytes) -> None:
        raise ValueError("a data bundle holds tables only")

    def rows(self, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
        sealed = sealed_tables().get(name)
        for row in rows:
            if sealed is not None:
                self._check(name, sealed, dict(zip(columns, row, strict=True)))
        self.rows_read += len(rows)
        self._progress("data", self.rows_read, self._total)

    def _check(self, name: str, sealed: SealedTable, row: dict[str, Value]) -> None:
        subject = UUID(bytes=_bytes(row.get(sealed.subject)))
        row_id = UUID(bytes=_bytes(row.get(sealed.row)))
        for column in sealed.cells & row.keys():
            cell = row[column]
            if cell is None:
                continue
            if self._gone(subject):
                self.cells_forgotten += 1
                continue
            try:
                self._keys.of(subject).open(Place(name, column, row_id, subject), _bytes(cell))
            except (UnknownKey, UnreadableDataKey, UnreadableCell):
                self.cells_unreadable += 1
            else:
                self.cells_opened += 1


@cache
def sealed_tables() -> dict[str, SealedTable]:
    """Say of each table with sealed columns how its cells are opened; wrapped data keys are none."""
    found = {}
    for mapper in Base.registry.mappers:
        model = mapper.class_
        columns = model.__table__.columns
        cells = frozenset(c.name for c in columns if c.info["class"] is ColumnClass.SEALED)
        if cells and model is not WrappedKey:
            subject = model.subject_attribute
            found[model.__tablename__] = SealedTable(subject, "id" if "id" in columns else subject, cells)
    return found


def _bytes(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise ValueError("bytes are missing where an id or a cell belongs")
    return value


def _int(value: Value) -> int:
    if not isinstance(value, int):
        raise ValueError("a number is missing where a generation belongs")
    return value
