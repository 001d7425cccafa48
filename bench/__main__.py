"""What sealing and blind indexes cost beside plain rows, and what rotations do. ``make bench`` runs this."""

import asyncio
import sys
import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine, select

from bench import pacing, rotation, sending
from bench.ratios import compare
from storage import schema, sqlite
from storage.columns import Cell
from storage.database import FILE_NAME, open_sqlite
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.models import Person
from storage.unit_of_work import Storage

PEOPLE = 300
DAY = date(2026, 1, 1)


def new_person() -> Person:
    return Person(
        language="en", zone="Europe/Minsk", hour=time(10), quiet_from=time(21), quiet_to=time(9),
        delete_after_hours=24, joined_on=DAY, last_seen_on=DAY,
    )  # fmt: skip


class Measured:
    """The two ways of each comparison."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        self._chats = iter(range(1, sys.maxsize))
        self._ids: list[tuple[int, object]] = []

    async def keep_sealed(self) -> None:
        async with self._storage.unit() as uow:
            for _ in range(PEOPLE):
                chat = next(self._chats)
                person = await uow.people.add(new_person(), chat_id=chat, phrase="green kettle")
                self._ids.append((chat, person.id))

    async def keep_plain(self) -> None:
        async with self._storage.unit() as uow:
            for _ in range(PEOPLE):
                person = new_person()
                person.id = uuid4()
                person.chat_index = person.id.bytes
                person.chat = person.phrase = Cell(b"0" * 96)
                uow.session.add(person)
                await uow.session.flush()

    async def find_by_account(self) -> None:
        async with self._storage.view() as uow:
            for chat, _ in self._ids[:PEOPLE]:
                await uow.people.get_by_chat(chat)

    async def find_by_id(self) -> None:
        async with self._storage.view() as uow:
            for _, person_id in self._ids[:PEOPLE]:
                await uow.session.scalar(select(Person).where(Person.id == person_id))


async def main() -> None:
    ring = KeyRing.create(uuid4(), day=datetime.now(UTC).date())
    key = ring.primary(Purpose.DBK).key
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        engine = create_engine(
            "sqlite://",
            module=sqlite.sqlcipher,
            creator=lambda: sqlite.connect(path / FILE_NAME, key, create=True),
        )
        with engine.connect() as connection:
            schema.upgrade(connection)
            connection.commit()
        engine.dispose()
        storage = Storage(open_sqlite(path, key), Keys(ring))
        measured = Measured(storage)
        print("CPU, ours over the plain way; median of pairs in one run")
        print(
            await compare(
                "keep a person: own key, sealed cells, blind index", measured.keep_sealed, measured.keep_plain
            )
        )
        print(
            await compare(
                "find a person: blind index and opened id", measured.find_by_account, measured.find_by_id
            )
        )
        await storage.database.close()
    await rotation.main()
    await sending.main()
    await pacing.main()


if __name__ == "__main__":
    asyncio.run(main())
