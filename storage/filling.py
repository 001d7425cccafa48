"""Takes bundles in again: small ones into memory, the data bundle into an empty database."""

import asyncio
from collections.abc import Coroutine
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import column, insert, table
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import schema
from storage.bundle_format import BundleKind, Header, Row, Value
from storage.errors import UnusableBundle
from storage.models import Departed
from storage.progress import Progress

Result = TypeVar("Result")
NEWER = "it is of a newer Poruch; install that release"
OTHER_KIND = "it is a bundle of another kind; put the right file under this name"


def require(header: Header, kind: BundleKind, name: str) -> None:
    """Refuse a bundle of another kind or of a newer release.

    Raises:
        UnusableBundle: it is one.
    """
    if header.kind is not kind:
        raise UnusableBundle(name, OTHER_KIND)
    if header.revision not in schema.REVISIONS:
        raise UnusableBundle(name, NEWER)


class Collected:
    """A small bundle's content, in memory."""

    def __init__(self, kind: BundleKind, name: str) -> None:
        self._expected = (kind, name)
        self.blobs: dict[str, bytes] = {}
        self.tables: dict[str, list[dict[str, Value]]] = {}

    def begin(self, header: Header) -> None:
        require(header, *self._expected)

    def blob(self, name: str, data: bytes) -> None:
        self.blobs[name] = data

    def rows(self, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
        self.tables.setdefault(name, []).extend(dict(zip(columns, row, strict=True)) for row in rows)

    def departed(self) -> dict[UUID, date]:
        """Return who left, and on which day."""
        return departed_in(self.tables.get(Departed.__tablename__, []))


class Skimmed:
    """Keeps nothing of a data bundle: its mark is checked before anything makes use of a row."""

    def __init__(self, name: str, progress: Progress) -> None:
        self._name = name
        self._progress = progress
        self._done = 0
        self._total = 0

    def begin(self, header: Header) -> None:
        require(header, BundleKind.DATA, self._name)
        self._total = sum(header.tables.values())

    def blob(self, name: str, data: bytes) -> None:
        raise ValueError("a data bundle holds tables only")

    def rows(self, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
        self._done += len(rows)
        self._progress("mark", self._done, self._total)


class Filling:
    """Puts a data bundle's rows where the migrations up to its revision have made room for them.

    It is called from the thread that reads the bundle, and works in the caller's loop and transaction.
    """

    def __init__(self, connection: AsyncConnection, name: str, progress: Progress) -> None:
        self._connection = connection
        self._loop = asyncio.get_running_loop()
        self._name = name
        self._progress = progress
        self._done = 0
        self._total = 0
        self.departed: dict[UUID, date] = {}

    def begin(self, header: Header) -> None:
        require(header, BundleKind.DATA, self._name)
        self._total = sum(header.tables.values())
        self._wait(self._connection.run_sync(schema.upgrade, header.revision))

    def blob(self, name: str, data: bytes) -> None:
        raise ValueError("a data bundle holds tables only")

    def rows(self, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
        filled = [dict(zip(columns, row, strict=True)) for row in rows]
        if name == Departed.__tablename__:
            self.departed |= departed_in(filled)
        self._wait(fill(self._connection, name, filled))
        self._done += len(rows)
        self._progress("data", self._done, self._total)

    def _wait(self, work: Coroutine[Any, Any, Result]) -> Result:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()


async def fill(connection: AsyncConnection, name: str, rows: list[dict[str, Value]]) -> None:
    """Insert raw rows.

    Raises:
        ValueError: they do not fit the table.
    """
    if not rows:
        return
    try:
        await connection.execute(insert(table(name, *map(column, rows[0]))), rows)
    except OperationalError:
        raise
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        raise ValueError("the rows do not fit their table") from error


def departed_in(rows: list[dict[str, Value]]) -> dict[UUID, date]:
    """Return the ids and days of a ledger's raw rows.

    Raises:
        ValueError: they are not such rows.
    """
    found = {}
    for row in rows:
        row_id, day = row.get("id"), row.get("left_on")
        if not isinstance(row_id, bytes) or not isinstance(day, str):
            raise ValueError("a row of the ledger is not one")
        found[UUID(bytes=row_id)] = date.fromisoformat(day)
    return found
