"""Strangers who come with a code: it waits in their buttons until they agree, and only then is spent."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from handlers.vocabulary import Step, write
from solidarity.codes import find_code, give_relative_code, give_staff_code, ticket_for
from solidarity.moving import give_account_code
from storage.models import Code, CodeKind, RoleName
from storage.unit_of_work import Storage
from tests.handlers.conftest import Chat, HandClock, NewChat, NewPrisoner
from tests.handlers.test_newcomer import EVERYTHING, LANGUAGES, rows, to_notice


async def coordinator_code(storage: Storage, clock: HandClock) -> str:
    async with storage.unit() as uow:
        return (await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=clock())).words


async def test_a_code_in_the_link_gives_its_role_once_somebody_agrees(
    bob: Chat, storage: Storage, clock: HandClock
):
    await to_notice(bob, f"/start {await coordinator_code(storage, clock)}")
    await bob.taps("I agree")

    assert "Desk" in bob.labels
    assert "you are a coordinator" in bob.text
    assert "code" not in await rows(storage)


async def test_a_code_outlives_looking_around(bob: Chat, storage: Storage, clock: HandClock):
    await to_notice(bob, await coordinator_code(storage, clock))
    for label in (*EVERYTHING, "I agree"):
        await bob.taps(label)

    assert "Desk" in bob.labels


async def test_five_words_typed_by_a_stranger_link_them_to_their_prisoner(
    vera: Chat, bob: Chat, storage: Storage, clock: HandClock, new_prisoner: NewPrisoner
):
    prisoner_id = await new_prisoner()
    coordinator = await bob.joins_as(CodeKind.COORDINATOR)
    async with storage.unit() as uow:
        given = await give_relative_code(uow, coordinator, prisoner_id, is_on_behalf=False, now=clock())
    await to_notice(vera, given.words.upper())
    await vera.taps("I agree")

    assert "Family" in vera.labels
    assert "A second coordinator still confirms that it is you" in vera.text


@pytest.mark.parametrize("text", ["/start nosuchcode", "abcdefghijklmnopqrstuvwxyz"])
async def test_a_wrong_code_is_said_to_be_unknown_and_leaves_nothing(
    mallory: Chat, storage: Storage, text: str
):
    await mallory.says(text)

    assert "This code is not known" in mallory.text
    assert mallory.labels == [*LANGUAGES, "Clear this screen"]
    assert await rows(storage) == {}


async def test_after_five_wrong_codes_even_a_right_one_waits_an_hour(
    mallory: Chat, storage: Storage, clock: HandClock
):
    code = await coordinator_code(storage, clock)
    for _ in range(5):
        await mallory.says("/start nosuchcode")
    await mallory.says(f"/start {code}")

    assert "Too many wrong codes" in mallory.text
    clock.moves(hours=1)
    await mallory.says(f"/start {code}")
    assert "I have your code" in mallory.text


async def test_wrong_codes_of_one_account_do_not_hinder_another(
    mallory: Chat, bob: Chat, storage: Storage, clock: HandClock
):
    for _ in range(6):
        await mallory.says("/start nosuchcode")
    await to_notice(bob, f"/start {await coordinator_code(storage, clock)}")
    await bob.taps("I agree")

    assert "Desk" in bob.labels


async def test_ordinary_words_are_not_counted_as_wrong_codes(alice: Chat, storage: Storage, clock: HandClock):
    for _ in range(6):
        await alice.says("good evening to you all")
    await to_notice(alice, f"/start {await coordinator_code(storage, clock)}")
    await alice.taps("I agree")

    assert "Desk" in alice.labels


async def test_a_code_somebody_else_used_meanwhile_keeps_the_person_and_says_so(
    alice: Chat, bob: Chat, storage: Storage, clock: HandClock
):
    code = await coordinator_code(storage, clock)
    await to_notice(alice, f"/start {code}")
    await to_notice(bob, f"/start {code}")
    await bob.taps("I agree")
    await alice.taps("I agree")

    assert "This code is not known" in alice.text
    assert "Desk" not in alice.labels
    assert not (await alice.actor()).is_coordinator


async def test_an_invented_token_gives_no_rights(mallory: Chat, storage: Storage, clock: HandClock):
    await coordinator_code(storage, clock)
    await mallory.says("/start")
    await mallory.forge(write(Step("agree", "en", uuid4())))

    async with storage.view() as uow:
        person = await uow.people.get_by_chat(mallory.chat_id)
        assert person is not None
        roles = [role.role for role in await uow.people.roles_of(person)]
    assert roles == [RoleName.SUPPORTER]


async def test_the_token_of_a_code_is_not_the_code(storage: Storage, clock: HandClock):
    code = await coordinator_code(storage, clock)
    async with storage.view() as uow:
        token = await ticket_for(uow, code, now=clock())
    assert token is not None

    async with storage.view() as uow:
        assert await find_code(uow, write(Step("agree", "en", token)), now=clock()) is None
        assert await find_code(uow, str(token), now=clock()) is None


async def test_whoever_reads_the_table_of_codes_cannot_redeem_one(
    bob: Chat, new_chat: NewChat, storage: Storage, clock: HandClock
):
    await bob.joins()
    await coordinator_code(storage, clock)
    async with storage.unit() as uow:
        await give_account_code(uow, await bob.actor(), now=clock())
    async with storage.view() as uow:
        codes = list(await uow.session.scalars(select(Code)))
    read = [token for one in codes for token in (one.id, UUID(bytes=one.mac[:16]), UUID(bytes=one.mac[16:]))]

    for number, token in enumerate(read):
        mallory = new_chat(700_000_660 + number)
        await mallory.says("/start")
        await mallory.forge(write(Step("agree", "en", token)))

        assert "This code is not known" in mallory.text
        assert not (await mallory.actor()).is_coordinator
        assert (await mallory.actor()).id != (await bob.actor()).id
    assert (await rows(storage))["code"] == 2
