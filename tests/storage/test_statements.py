"""What is done for nearly every update costs as few statements as rows of its own would."""

from sqlalchemy import update

from storage.models import Person, Prisoner, WrappedKey
from storage.unit_of_work import Storage
from tests.statements import statements
from tests.world import new_person


async def test_somebody_new_and_their_key_are_kept_by_a_statement_each(storage: Storage):
    with statements(storage) as ran:
        async with storage.unit() as uow:
            await uow.people.add(new_person(), chat_id=1, phrase="x")

    assert ran == ["INSERT INTO data_key", "INSERT INTO person"]


async def test_somebody_is_found_by_their_account_and_read_by_one_statement(storage: Storage, alice: Person):
    with statements(storage) as ran:
        async with storage.view() as uow:
            found = await uow.people.get_by_chat(7_000_000_101)
            phrase = await uow.vault.reveal(found, "phrase")

    assert (phrase, len(ran)) == ("green kettle", 1)


async def test_somebody_is_found_by_their_id_and_read_by_one_statement(storage: Storage, alice: Person):
    with statements(storage) as ran:
        for _ in ("the key is not at hand", "the key is at hand"):
            async with storage.view() as uow:
                found = await uow.people.get(alice.id)
                again = await uow.people.get(alice.id)
                phrase = await uow.vault.reveal(found, "phrase")

    assert (phrase, again is found, len(ran)) == ("green kettle", True, 2)


async def test_a_prisoner_is_found_and_read_by_one_statement(storage: Storage, prisoner: Prisoner):
    with statements(storage) as ran:
        async with storage.view() as uow:
            names = await uow.prisoners.reveal_names(await uow.prisoners.get(prisoner.id))

    assert (names["en"], len(ran)) == ("Ihar Prykladau", 1)


async def test_those_whom_messages_are_for_are_read_with_their_keys_and_roles_by_one_statement(
    storage: Storage, alice: Person, mallory: Person
):
    with statements(storage) as ran:
        for _ in ("no key is at hand", "all keys are at hand"):
            async with storage.view() as uow:
                found = await uow.people.acquainted([alice.id, mallory.id])
                uow.people.know(found)
                people = found.people
                await uow.people.roles_of(people[alice.id])
                phrases = {await uow.vault.reveal(person, "phrase") for person in people.values()}

    assert (phrases, len(ran)) == ({"green kettle", "old bicycle"}, 2)


async def test_a_key_that_mallory_spoiled_holds_up_nobody_else(
    storage: Storage, alice: Person, mallory: Person
):
    async with storage.unit() as uow:
        spoiled = update(WrappedKey).where(WrappedKey.subject == mallory.id)
        await uow.session.execute(spoiled.values(wrapped=alice.chat))
    storage.keys.cache.clear()

    async with storage.view() as uow:
        found = await uow.people.acquainted([mallory.id, alice.id])
        uow.people.know(found)
        people = found.people
        readable = {one: await uow.vault.reveal_readable(person, "phrase") for one, person in people.items()}

    assert readable == {alice.id: "green kettle", mallory.id: None}
