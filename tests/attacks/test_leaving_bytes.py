"""Who left is gone from the disk within a second: from SQLite's file, its free pages and its log."""

from pathlib import Path
from time import monotonic
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.leaving import erase_person
from solidarity.people import agree, set_contact
from storage.database import FILE_NAME
from storage.keyring import Purpose
from storage.models import Person, WrappedKey
from storage.unit_of_work import Storage
from tests.attacks.raw_pages import decrypted
from tests.world import NOON, RING

CHATS = range(7_000_000_000, 7_000_000_200)


@pytest.fixture
def engine_name() -> str:
    return "sqlite"


async def crowd(storage: Storage) -> list[UUID]:
    """Keep two hundred people, one after another, so that pages are split and filled again."""
    ids = []
    for chat_id in CHATS:
        async with storage.unit() as uow:
            actor = await agree(uow, chat_id, language="en", now=NOON)
            await set_contact(uow, actor, "post", "Example street 1")
            ids.append(actor.id)
    return ids


async def bytes_about(storage: Storage, person_id: UUID) -> list[bytes]:
    """Return what on the disk could ever open or find somebody: wrapped key, index, sealed cells."""
    async with storage.view() as uow:
        key = await uow.session.scalar(select(WrappedKey.wrapped).where(WrappedKey.subject == person_id))
        person = await uow.session.get(Person, person_id)
    assert key is not None
    assert person is not None
    return [key.raw, person.chat_index, person.chat.raw, person.post.raw]


async def leave(storage: Storage, person_id: UUID) -> None:
    async with storage.unit() as uow:
        await erase_person(uow, person_id, now=NOON)


def on_disk(data_dir: Path) -> bytes:
    return decrypted(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key)


def log_size(data_dir: Path) -> int:
    return (data_dir / f"{FILE_NAME}-wal").stat().st_size


async def test_within_a_second_nothing_is_left_of_them_on_the_disk(storage: Storage, data_dir: Path):
    people = await crowd(storage)
    looked_for = await bytes_about(storage, people[100])
    await storage.database.empty_log()
    before = on_disk(data_dir)
    async with storage.unit() as uow:
        await uow.posted.discard(people[100], 7, now=NOON)

    begun = monotonic()
    await leave(storage, people[100])
    took = monotonic() - begun

    after = on_disk(data_dir)
    assert [each in before for each in looked_for] == [True] * 4
    assert [each in after for each in looked_for] == [False] * 4
    assert log_size(data_dir) == 0
    assert took < 1


async def test_nothing_is_left_of_any_of_many_who_leave(storage: Storage, data_dir: Path):
    people = await crowd(storage)
    looked_for = [each for one in people[::2] for each in await bytes_about(storage, one)]

    for one in people[::2]:
        await leave(storage, one)

    after = on_disk(data_dir)
    assert [each for each in looked_for if each in after] == []
