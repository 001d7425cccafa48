"""Whom messages are for, read many at once: who they are, and what nobody keeps of them."""

from uuid import UUID, uuid4

from sqlalchemy import inspect

from storage.framing import framed, framed_id
from storage.models import Person, RoleName
from storage.unit_of_work import Storage, UnitOfWork
from tests.world import NOON

COLUMNS = [attribute.key for attribute in inspect(Person).column_attrs]


async def known(uow: UnitOfWork, person: Person) -> dict[UUID, Person]:
    found = await uow.people.acquainted([person.id])
    uow.people.know(found)
    return found.people


async def test_who_is_read_along_with_others_is_who_they_are(
    storage: Storage, alice: Person, mallory: Person
):
    async with storage.view() as uow:
        found = (await uow.people.acquainted([alice.id, mallory.id, uuid4()])).people
        kept = {each: await uow.people.get(each) for each in (alice.id, mallory.id)}

    assert {each: [getattr(one, name) for name in COLUMNS] for each, one in found.items()} == {
        each: [getattr(one, name) for name in COLUMNS] for each, one in kept.items()
    }


async def test_who_has_several_roles_is_read_once_with_all_of_them(storage: Storage, alice: Person):
    given = [RoleName.SUPPORTER, RoleName.RELATIVE, RoleName.COORDINATOR]
    async with storage.unit() as uow:
        for name in given:
            await uow.people.grant(alice, name, scope=None, granted_by=None, day=NOON.date())

    async with storage.view() as uow:
        people = await known(uow, alice)
        roles = await uow.people.roles_of(people[alice.id])

    assert (len(people), {role.role for role in roles} >= set(given)) == (1, True)


async def test_the_key_of_who_is_only_written_to_is_not_kept(storage: Storage, alice: Person):
    storage.keys.cache.clear()

    async with storage.view() as uow:
        people = await known(uow, alice)
        phrase = await uow.vault.reveal(people[alice.id], "phrase")

    assert (phrase, storage.keys.cache.get(alice.id)) == ("green kettle", None)


async def test_a_unit_that_changes_somebody_reads_them_anew(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        await known(uow, alice)
        person = await uow.people.get(alice.id)
        assert person is not None
        person.zone = "Europe/Warsaw"

    async with storage.view() as uow:
        kept = await uow.people.get(alice.id)

    assert kept is not None
    assert kept.zone == "Europe/Warsaw"


def test_an_id_stands_inside_what_is_sealed_as_any_part_does():
    one = uuid4()

    assert framed_id(one) == framed(one)
