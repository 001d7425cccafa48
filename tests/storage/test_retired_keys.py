"""Mallory holds a wrapping key that was rotated away and writes to the database: it is of no use to her."""

import os
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from storage.cells import WrappingKey, new_dek
from storage.columns import Cell
from storage.errors import ForgedRow, KeyUnavailable, UnknownKey
from storage.keyring import KeyRing, Purpose
from storage.keys import Keys
from storage.models import Installation, Person, WrappedKey
from storage.ring_file import RingFile
from storage.ring_steps import prepared, promoted, retired
from storage.unit_of_work import Storage
from tests.world import DEPLOYMENT, RING, new_person

OLD = RING.primary(Purpose.KEK)
TAKEN_OVER = promoted(prepared(RING, day=date(2026, 11, 23)))
NEW = TAKEN_OVER.primary(Purpose.KEK)
ALONE = retired(TAKEN_OVER, [OLD.kid])


@pytest.fixture
def file(data_dir: Path) -> RingFile:
    file = RingFile(data_dir / "keyring.bin", os.urandom(32))
    RING.save(file.path, file.unseal_secret)
    return file


@pytest.fixture
def storage(storage: Storage, file: RingFile) -> Storage:
    return Storage(storage.database, Keys(RING, file=file))


async def write(storage: Storage, person: Person, **changes: object) -> None:
    """Change somebody's data key by hand, and let the process forget what it had unwrapped."""
    async with storage.unit() as uow:
        row = update(WrappedKey).where(WrappedKey.subject == person.id)
        await uow.session.execute(row.values(**changes))
    storage.keys.cache.clear()


async def phrase(storage: Storage, person: Person) -> str | None:
    async with storage.view() as uow:
        return await uow.vault.reveal(await uow.people.get(person.id), "phrase")


def under(key: bytes, person: Person) -> Cell:
    """Wrap a data key of Mallory's own choice for somebody else."""
    return Cell(WrappingKey(key, deployment=DEPLOYMENT).wrap(new_dek(), subject=person.id, gen=1))


@pytest.mark.parametrize(
    "named",
    [None, OLD.kid, RING.primary(Purpose.SIG).kid, b"a stray"],
    ids=["none", "an old one", "one of another use", "one that is not there"],
)
@pytest.mark.parametrize("ring", [TAKEN_OVER, ALONE], ids=["the old one still there", "the old one gone"])
async def test_somebody_new_is_sealed_under_the_key_in_use_whatever_the_database_names(
    storage: Storage, file: RingFile, ring: KeyRing, named: bytes | None
):
    file.save(ring)
    async with storage.unit() as uow:
        await uow.session.execute(update(Installation).values(kek_id=named, keyring_generation=1))

    async with storage.unit() as uow:
        first = await uow.people.add(new_person(), chat_id=1, phrase="green kettle")
        await uow.people.add(new_person(), chat_id=2, phrase="x")
    storage.keys.cache.clear()

    async with storage.view() as uow:
        assert await uow.data_keys.counts() == {NEW.kid: 2}
    assert await phrase(storage, first) == "green kettle"


async def test_nobody_is_sealed_under_what_was_rotated_away_after_a_savepoint_was_taken_back(
    storage: Storage, file: RingFile
):
    async with storage.unit() as uow:
        in_vain = await uow.session.begin_nested()
        await uow.people.add(new_person(), chat_id=1, phrase="x")
        await in_vain.rollback()
        # The installation's row is free again: nothing held the rotation up.
        file.save(ALONE)
        await uow.people.add(new_person(), chat_id=2, phrase="x")

    async with storage.view() as uow:
        assert await uow.data_keys.counts() == {NEW.kid: 1}


async def test_nobody_is_sealed_in_a_database_whose_own_row_mallory_removed(storage: Storage):
    async with storage.unit() as uow:
        await uow.session.execute(delete(Installation))

    with pytest.raises(ForgedRow):
        async with storage.unit() as uow:
            await uow.people.add(new_person(), chat_id=1, phrase="x")

    async with storage.view() as uow:
        assert await uow.people.get_by_chat(1) is None


async def test_while_the_ring_cannot_be_read_nobody_new_is_sealed_under_what_may_be_an_old_key(
    storage: Storage, file: RingFile
):
    file.path.chmod(0o644)

    with pytest.raises(KeyUnavailable):
        async with storage.unit() as uow:
            await uow.people.add(new_person(), chat_id=1, phrase="x")

    async with storage.view() as uow:
        assert await uow.data_keys.counts() == {}


async def test_a_data_key_under_a_key_that_was_taken_out_is_refused_at_once(
    storage: Storage, file: RingFile, alice: Person
):
    file.save(ALONE)
    storage.keys.read_again()
    await write(storage, alice, kid=OLD.kid, wrapped=under(OLD.key, alice))

    with pytest.raises(UnknownKey):
        await phrase(storage, alice)


async def test_who_began_before_a_key_was_taken_out_reads_on_with_it(
    storage: Storage, file: RingFile, alice: Person
):
    storage.keys.cache.clear()
    async with storage.view() as uow:
        file.save(ALONE)
        storage.keys.read_again()

        assert await uow.vault.reveal(await uow.people.get(alice.id), "phrase") == "green kettle"


async def test_a_data_key_under_a_key_of_another_use_is_refused(storage: Storage, alice: Person):
    signing = RING.primary(Purpose.SIG)
    await write(storage, alice, kid=signing.kid, wrapped=under(signing.key, alice))

    with pytest.raises(UnknownKey):
        await phrase(storage, alice)


async def test_one_that_names_no_key_is_refused_also_while_the_ring_cannot_be_read(
    storage: Storage, file: RingFile, alice: Person
):
    await write(storage, alice, kid=b"a stray")
    file.path.chmod(0o644)

    with pytest.raises(UnknownKey):
        await phrase(storage, alice)
