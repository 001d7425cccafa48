"""Standing messages and their buttons: bound to person, message and time."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from storage.buttons import Action
from storage.models import Person, Posted, Purpose
from storage.unit_of_work import Storage
from tests.world import NOON

EXPIRY = NOON + timedelta(hours=24)


@pytest.fixture
async def posted(storage: Storage, alice: Person) -> Posted:
    async with storage.unit() as uow:
        return await uow.posted.add(
            Posted(
                person_id=alice.id,
                message_id=11,
                purpose=Purpose.PLACE,
                screen="menu",
                posted_at=NOON,
                delete_at=EXPIRY,
            )
        )


@pytest.fixture
async def token(storage: Storage, posted: Posted) -> bytes:
    async with storage.unit() as uow:
        [token] = await uow.posted.replace_buttons(posted.id, [Action("adopt")], expires_at=EXPIRY)
        return token


async def find(storage: Storage, token: bytes, person: Person, *, message_id=11, now=NOON):
    async with storage.view() as uow:
        _, means = await uow.posted.tapped(person.id, message_id, token, now=now)
        return means


async def test_a_message_whose_person_left_meanwhile_can_be_removed_all_the_same(
    storage: Storage, alice: Person, posted: Posted
):
    async with storage.unit() as uow:
        found = await uow.posted.get(posted.id)
        assert found is not None
        await uow.session.execute(delete(Person).where(Person.id == alice.id))

        await uow.posted.remove(found)

    async with storage.view() as uow:
        assert await uow.posted.get(posted.id) is None


async def test_a_button_is_found_by_its_token(storage: Storage, alice: Person, token: bytes):
    assert (await find(storage, token, alice)).verb == "adopt"


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
async def test_a_button_is_found_though_its_messages_id_is_written_down_between_two_looks(
    storage: Storage, alice: Person, posted: Posted, token: bytes, monkeypatch: pytest.MonkeyPatch
):
    async def is_known_as(message_id: int | None) -> None:
        async with storage.unit() as uow:
            await uow.session.execute(update(Posted).values(message_id=message_id))

    await is_known_as(None)
    async with storage.unit() as uow:
        executes = uow.session.execute

        async def executes_and_then_it_is_settled(*args):
            result = await executes(*args)
            monkeypatch.undo()
            await is_known_as(11)
            return result

        monkeypatch.setattr(uow.session, "execute", executes_and_then_it_is_settled)
        found, means = await uow.posted.tapped(alice.id, 11, token, now=NOON)

    assert (found.id, means.verb) == (posted.id, "adopt")


async def test_somebody_elses_button_does_nothing(storage: Storage, mallory: Person, token: bytes):
    assert await find(storage, token, mallory) is None


async def test_a_button_does_nothing_on_another_message(storage: Storage, alice: Person, token: bytes):
    assert await find(storage, token, alice, message_id=12) is None


async def test_a_button_does_nothing_after_its_time(storage: Storage, alice: Person, token: bytes):
    assert await find(storage, token, alice, now=EXPIRY) is None


async def test_a_button_does_nothing_once_its_message_was_drawn_anew(
    storage: Storage, alice: Person, posted: Posted, token: bytes
):
    async with storage.unit() as uow:
        await uow.posted.replace_buttons(posted.id, [Action("adopt")], expires_at=EXPIRY)

    assert await find(storage, token, alice) is None


async def test_a_retired_message_is_due_for_deletion_and_has_no_buttons(
    storage: Storage, alice: Person, posted: Posted, token: bytes
):
    async with storage.unit() as uow:
        await uow.posted.retire(await uow.posted.get(posted.id), now=NOON)

    async with storage.view() as uow:
        assert [p.message_id for p in await uow.posted.to_delete(now=NOON, limit=5)] == [11]
        assert await uow.posted.get_place(alice.id) is None


async def test_what_somebody_wrote_is_marked_for_deletion_once(storage: Storage, alice: Person):
    for _ in range(2):
        async with storage.unit() as uow:
            await uow.posted.discard(alice.id, 99, now=NOON)

    async with storage.view() as uow:
        assert [p.message_id for p in await uow.posted.to_delete(now=NOON, limit=5)] == [99]


async def test_the_next_change_is_the_earliest_cover_or_deletion(storage: Storage, posted: Posted):
    async with storage.unit() as uow:
        (await uow.posted.get(posted.id)).cover_at = NOON + timedelta(minutes=10)

    async with storage.view() as uow:
        assert await uow.posted.next_change() == NOON + timedelta(minutes=10)
