"""People are found by a keyed hash, and believed only with their signatures."""

import pytest
from sqlalchemy import delete, text, update

from storage.errors import ForgedRow, UnreadableCell
from storage.models import Person, Role, RoleName, WrappedKey
from storage.right_rows import HeldRole
from storage.unit_of_work import Storage
from tests.world import NOON


async def test_a_person_is_found_by_their_account(storage: Storage, alice: Person):
    async with storage.view() as uow:
        found = await uow.people.get_by_chat(7_000_000_101)

        assert found.id == alice.id


async def test_a_stranger_is_nobody(storage: Storage, alice: Person):
    async with storage.view() as uow:
        assert await uow.people.get_by_chat(7_000_000_102) is None


async def test_one_account_cannot_be_kept_twice(storage: Storage, alice: Person):
    with pytest.raises(Exception, match=r"UNIQUE|unique"):
        async with storage.unit() as uow:
            await uow.people.add(
                Person(**{c.key: getattr(alice, c.key) for c in Person.__table__.columns if c.key != "id"}),
                chat_id=7_000_000_101,
                phrase="x",
            )


async def test_a_row_moved_to_another_account_is_noticed(storage: Storage, alice: Person, mallory: Person):
    async with storage.unit() as uow:
        stolen = mallory.chat_index
        await uow.session.execute(update(Person).where(Person.id == mallory.id).values(chat_index=b"0" * 16))
        await uow.session.execute(update(Person).where(Person.id == alice.id).values(chat_index=stolen))

    async with storage.view() as uow:
        with pytest.raises(ForgedRow):
            await uow.people.get_by_chat(7_000_000_666)


async def test_a_sealed_cell_copied_from_another_person_does_not_open(
    storage: Storage, alice: Person, mallory: Person
):
    async with storage.unit() as uow:
        await uow.session.execute(update(Person).where(Person.id == mallory.id).values(phrase=alice.phrase))

    async with storage.view() as uow:
        person = await uow.people.get(mallory.id)
        with pytest.raises(UnreadableCell):
            await uow.vault.reveal(person, "phrase")


async def grant(storage: Storage, person: Person, name: RoleName) -> HeldRole:
    async with storage.unit() as uow:
        return await uow.people.grant(person, name, scope=None, granted_by=None, day=NOON.date())


async def test_a_granted_role_stands(storage: Storage, alice: Person):
    await grant(storage, alice, RoleName.COORDINATOR)

    async with storage.view() as uow:
        roles = await uow.people.roles_of(await uow.people.get(alice.id))
        assert [role.role for role in roles] == [RoleName.COORDINATOR]


async def test_a_revoked_role_is_none(storage: Storage, alice: Person):
    role = await grant(storage, alice, RoleName.COORDINATOR)
    async with storage.unit() as uow:
        await uow.people.revoke(role, alice)

    async with storage.view() as uow:
        assert await uow.people.roles_of(await uow.people.get(alice.id)) == []


@pytest.mark.parametrize(
    "change",
    [
        pytest.param("role = 'administrator'", id="another role"),
        pytest.param("revision = revision + 2", id="a revived revision"),
        pytest.param("day = '2026-01-01'", id="another day"),
        pytest.param("scope = id", id="another scope"),
        pytest.param("granted_by = id", id="another granter"),
    ],
)
async def test_a_role_changed_by_hand_is_no_right(storage: Storage, mallory: Person, change: str):
    await grant(storage, mallory, RoleName.SUPPORTER)
    async with storage.unit() as uow:
        await uow.session.execute(text(f"UPDATE role SET {change}"))

    async with storage.view() as uow:
        with pytest.raises(ForgedRow):
            await uow.people.roles_of(await uow.people.get(mallory.id))


async def test_a_role_given_to_somebody_else_by_hand_is_no_right(
    storage: Storage, alice: Person, mallory: Person
):
    await grant(storage, alice, RoleName.COORDINATOR)
    async with storage.unit() as uow:
        await uow.session.execute(update(Role).values(person_id=mallory.id))

    async with storage.view() as uow:
        with pytest.raises(ForgedRow):
            await uow.people.roles_of(await uow.people.get(mallory.id))


async def test_a_coordinator_who_cannot_be_read_keeps_nothing_from_the_others(
    storage: Storage, alice: Person, mallory: Person, caplog: pytest.LogCaptureFixture
):
    for person in (alice, mallory):
        await grant(storage, person, RoleName.COORDINATOR)
    async with storage.unit() as uow:
        await uow.session.execute(delete(WrappedKey).where(WrappedKey.subject == mallory.id))
    storage.keys.cache.clear()

    async with storage.view() as uow:
        found = [person.id for person in await uow.people.with_role(RoleName.COORDINATOR)]

    assert found == [alice.id]
    assert caplog.messages == ["somebody's roles cannot be read"]


async def test_a_role_mallory_wrote_for_herself_keeps_nothing_from_the_others(
    storage: Storage, alice: Person, mallory: Person
):
    for person in (alice, mallory):
        await grant(storage, person, RoleName.COORDINATOR)
    async with storage.unit() as uow:
        await uow.session.execute(update(Role).where(Role.person_id == mallory.id).values(mac=b"mine"))

    async with storage.view() as uow:
        assert [person.id for person in await uow.people.with_role(RoleName.COORDINATOR)] == [alice.id]
