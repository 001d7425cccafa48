"""Data keys are forgotten after a minute, and a destroyed one takes its cells with it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete

from storage.cells import DataKey, Place, new_dek
from storage.errors import UnknownKey
from storage.keys import READY, KeyCache, Keys
from storage.models import Person, WrappedKey
from storage.unit_of_work import Storage
from tests.world import DEPLOYMENT, NOON, RING


def a_key() -> DataKey:
    return DataKey(new_dek(), deployment=DEPLOYMENT, subject=uuid4(), gen=1)


def test_a_key_is_kept_for_sixty_seconds_and_no_longer():
    now = 0.0
    cache, key = KeyCache(lambda: now), a_key()
    cache.put(key)
    now = 59.9
    assert cache.get(key.subject) is key

    now = 60.0

    assert cache.get(key.subject) is None


def test_a_key_used_often_is_still_forgotten_in_time():
    now = 0.0
    cache, often, other = KeyCache(lambda: now), a_key(), a_key()
    cache.put(often)
    cache.put(other)
    now = 30.0
    cache.put(often)

    now = 60.0

    assert (cache.get(often.subject), cache.get(other.subject)) == (often, None)


def test_of_thousands_of_keys_only_the_newest_keep_their_ciphers_and_all_still_open():
    cache, keys = KeyCache(), [a_key() for _ in range(3 * READY)]
    places = [Place("person", "phrase", key.subject, key.subject) for key in keys]
    cells = []
    for key, place in zip(keys, places, strict=True):
        cache.put(key)
        cells.append(key.seal(place, "old bicycle"))

    # What they hold is seen nowhere else.
    ready = [bool(key._ciphers) for key in keys]

    assert (any(ready[:READY]), all(ready[-READY:])) == (False, True)
    assert keys[0].open(places[0], cells[0]) == b"old bicycle"


async def test_without_its_data_key_nothing_of_a_person_opens(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        await uow.session.execute(delete(WrappedKey).where(WrappedKey.subject == alice.id))

    fresh = Storage(storage.database, Keys(RING))
    async with fresh.view() as uow:
        with pytest.raises(UnknownKey):
            await uow.vault.reveal(await uow.people.get(alice.id), "phrase")


async def test_destroying_a_key_forgets_it_in_memory_as_well(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        await uow.vault.destroy_key(alice.id)

    async with storage.view() as uow:
        with pytest.raises(UnknownKey):
            await uow.vault.reveal(await uow.people.get(alice.id), "phrase")


async def test_a_draft_comes_back_until_it_expires(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        await uow.drafts.put(alice.id, "adopt", {"word": "Добры дзень"}, expires_at=NOON)

    async with storage.view() as uow:
        earlier = await uow.drafts.reveal(alice.id, "adopt", now=NOON - timedelta(seconds=1))
        late = await uow.drafts.reveal(alice.id, "adopt", now=NOON)

    assert (earlier, late) == ({"word": "Добры дзень"}, {})
