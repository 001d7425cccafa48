"""Moving to another account: everything goes along, the old chat is emptied and a stranger's."""

import pytest

from solidarity.pseudonyms import pseudonym
from solidarity.restrictions import flag_custody, suspend
from storage.models import CodeKind, RoleName
from tests.handlers.acts import deliver, guards, is_family


@pytest.fixture
def new_phone(new_chat):
    return new_chat(700_000_010)


async def makes_code(chat) -> str:
    await chat.says("/settings")
    await chat.taps("Move to a new account")
    await chat.taps("Make the code")
    return chat.text.partition("<code>")[2].partition("</code>")[0]


async def types_as_stranger(chat, code) -> None:
    await chat.says(code)
    await chat.taps("English")
    await chat.taps("No")
    await chat.taps("I agree")


async def test_somebody_goes_on_under_a_new_account_with_all_that_is_theirs(
    alice, new_phone, new_prisoner, storage
):
    before = await alice.joins()
    prisoner = await new_prisoner()
    await guards(alice, prisoner)
    await is_family(alice, prisoner)
    code = await makes_code(alice)

    await types_as_stranger(new_phone, code)

    after = await new_phone.actor()
    assert (after.id, after.is_relative) == (before.id, True)
    assert "You are here now" in new_phone.text
    assert "Family" in new_phone.labels
    async with storage.view() as uow:
        assert await uow.people.get_by_chat(alice.chat_id) is None


async def test_the_old_chat_is_emptied_and_a_strangers(alice, new_phone, storage):
    await alice.joins()
    code = await makes_code(alice)

    await types_as_stranger(new_phone, code)
    await alice.tidy()
    emptied = dict(alice.shown)
    await alice.says("/menu")

    assert emptied == {}
    assert "Беларуская" in alice.labels
    assert new_phone.shown != {}


async def test_who_agreed_on_the_new_account_already_types_the_code_there(alice, new_phone, storage):
    before = await alice.joins()
    code = await makes_code(alice)
    await new_phone.joins()

    await new_phone.says(code)
    await new_phone.taps("Settings")

    assert (await new_phone.actor()).id == before.id
    assert "Move to a new account" in new_phone.labels
    assert new_phone.written == {}


async def test_a_coordinator_keeps_desk_and_pin_and_the_colleagues_are_warned(
    at_desk_of_bob, new_phone, carol
):
    code = await makes_code(at_desk_of_bob)
    await types_as_stranger(new_phone, code)

    assert (await new_phone.actor()).is_coordinator
    assert await deliver(carol) == ["desk_account_moved"]
    await carol.taps("Open")
    assert pseudonym((await new_phone.actor()).id.bytes, "en") in carol.text


@pytest.fixture
async def at_desk_of_bob(bob):
    await bob.joins_as(CodeKind.COORDINATOR)
    return bob


async def test_a_new_code_makes_the_one_before_worthless(alice, new_phone):
    await alice.joins()
    first = await makes_code(alice)
    await makes_code(alice)

    await new_phone.says(first)

    assert "This code is not known" in new_phone.text


async def test_the_code_works_for_two_days(alice, new_phone, clock):
    await alice.joins()
    code = await makes_code(alice)
    clock.moves(hours=48)

    await new_phone.says(code)

    assert "This code is not known" in new_phone.text


async def test_the_code_is_shown_once(alice):
    await alice.joins()
    await makes_code(alice)

    await alice.repeat()

    assert "not shown again" in alice.text
    assert "<code>" not in alice.text


async def test_ones_own_code_typed_in_ones_own_chat_changes_nothing(alice):
    await alice.joins()
    code = await makes_code(alice)

    await alice.says(code)

    assert "This code is not known" in alice.text
    assert (await alice.actor()).id is not None


@pytest.mark.parametrize("rule", [suspend, flag_custody])
async def test_who_is_kept_away_does_not_slip_out_to_another_account(
    alice, at_desk_of_bob, new_phone, storage, clock, rule
):
    await alice.joins()
    code = await makes_code(alice)
    bob, whom = await at_desk_of_bob.actor(), await alice.actor()
    await new_phone.says(code)
    async with storage.unit() as uow:
        await rule(uow, bob, whom.id, now=clock())

    for label in ("English", "No", "I agree"):
        await new_phone.taps(label)

    assert "This code is not known" in new_phone.text
    async with storage.view() as uow:
        assert (await uow.people.get_by_chat(alice.chat_id)).id == whom.id


async def test_an_account_of_somebody_else_is_not_taken_over(alice, bob, new_prisoner):
    await alice.joins()
    code = await makes_code(alice)
    await bob.joins_as(CodeKind.COORDINATOR)

    await bob.says(code)

    assert "in use already" in bob.text
    assert (await bob.actor()).is_coordinator


async def test_mallory_who_overhears_the_code_gets_what_it_says_and_the_restricted_stay_so(
    alice, mallory, storage
):
    """Who has the code is the person: that is said where it is made, and the old account is a stranger's."""
    before = await alice.joins()
    code = await makes_code(alice)
    await mallory.joins()

    await mallory.says(code)
    await mallory.says(code)

    assert (await mallory.actor()).id == before.id
    assert "This code is not known" in mallory.text
    async with storage.view() as uow:
        roles = await uow.people.roles_of(await uow.people.get_by_chat(mallory.chat_id))
    assert [role.role for role in roles] == [RoleName.SUPPORTER]
