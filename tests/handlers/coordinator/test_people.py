"""People at the desk: found by a pseudonym, seen without a name, suspended, frozen, said to be detained."""

import pytest
from sqlalchemy import select

from solidarity.pseudonyms import pseudonym
from solidarity.restrictions import flag_custody, freeze, lift_custody, suspend
from storage.models import CodeKind, OutboxRow, Restriction, RestrictionKind
from tests.handlers.acts import deliver
from tests.handlers.coordinator.conftest import PIN, types_pin
from tests.handlers.coordinator.test_rights import gets_a_button


async def called(chat) -> str:
    return pseudonym((await chat.actor()).id.bytes, "en")


async def finds(at_desk, chat) -> None:
    name = await called(chat)
    await at_desk.taps("People")
    await at_desk.says(name)
    await at_desk.taps(name)


@pytest.fixture
async def carol(new_chat):
    chat = new_chat(700_000_004)
    await chat.joins_as(CodeKind.COORDINATOR)
    return chat


async def by(storage, clock, rule, chat, about):
    """Let somebody's rule have its effect without the screens before it."""
    actor, whom = await chat.actor(), await about.actor()
    async with storage.unit() as uow:
        await rule(uow, actor, whom.id, now=clock())


async def test_somebody_is_found_by_their_two_words_in_any_language(at_desk, alice):
    actor = await alice.joins()
    await at_desk.taps("People")

    for language in ("be", "ru", "en"):
        await at_desk.says(pseudonym(actor.id.bytes, language).lower())

        assert at_desk.labels[0] == await called(alice)


@pytest.mark.parametrize("part", [0, 1])
async def test_half_a_pseudonym_finds_nobody(at_desk, alice, part):
    await alice.joins()
    await at_desk.taps("People")

    await at_desk.says((await called(alice)).split()[part])

    assert at_desk.labels == ["Colleagues", "Codes", "Back"]
    assert "Nobody is called" in at_desk.text


async def test_colleagues_are_listed_and_nobody_else(at_desk, carol, alice):
    await alice.joins()
    await at_desk.taps(
        "People",
    )
    await at_desk.taps("Colleagues")

    assert sorted(at_desk.labels[:-1]) == sorted([await called(at_desk), await called(carol)])


async def test_a_person_is_shown_by_pseudonym_role_and_month(at_desk, alice):
    await alice.joins()

    await finds(at_desk, alice)

    assert at_desk.text.splitlines() == [
        f"<b>{await called(alice)}</b>", "With us since November 2026", "Roles: supporter",
    ]  # fmt: skip
    assert str(alice.chat_id) not in at_desk.text
    assert at_desk.labels == ["Suspend", "This person may be detained", "Contact details", "Back"]


async def test_a_colleague_can_be_frozen_and_one_does_nothing_to_oneself(at_desk, carol):
    await finds(at_desk, carol)
    of_carol = at_desk.labels
    await at_desk.taps("Back")
    await at_desk.taps("Back")
    await finds(at_desk, at_desk)

    assert of_carol == [
        "Suspend", "This person may be detained", "Freeze", "They forgot their PIN", "Contact details",
        "Back",
    ]  # fmt: skip
    assert at_desk.labels == ["Back"]


async def test_who_is_suspended_is_shown_what_is_theirs_and_nothing_else(at_desk, alice):
    await alice.joins()
    await finds(at_desk, alice)

    await at_desk.taps("Suspend")
    await alice.says("/menu")

    assert "Suspended, by:" in at_desk.text
    assert alice.text.startswith("<i>This is not possible for now.</i>")
    for command in ("/adopt", "/settings", "/desk", "/help", "anything"):
        await alice.says(command)
        assert alice.text.startswith("<i>")
        assert len(alice.labels) == 3


async def test_who_is_suspended_sees_their_data_and_leaves(at_desk, alice, storage, clock):
    await alice.joins()
    await by(storage, clock, suspend, at_desk, alice)

    await alice.says("/mydata")
    seen = alice.text
    await alice.says("/erase")
    await alice.taps("Erase everything")

    assert str(alice.chat_id) in seen
    async with storage.view() as uow:
        assert await uow.people.get_by_chat(alice.chat_id) is None


async def test_a_button_from_before_the_suspension_does_nothing(at_desk, alice, storage, clock):
    await alice.joins()
    await by(storage, clock, suspend, at_desk, alice)

    await alice.taps("Settings")

    assert "Language" not in alice.labels
    assert "This is not possible for now." in alice.text


async def test_a_covered_message_opens_to_nothing(at_desk, alice, storage, clock):
    await alice.joins()
    await by(storage, clock, suspend, at_desk, alice)
    async with storage.unit() as uow:
        [posted] = await uow.posted.to_cover(now=clock(), limit=5)
        posted.is_covered = True

    await alice.says("/menu")

    assert "Court dates" not in alice.labels


async def test_who_may_be_detained_gets_one_harmless_line_whatever_they_do(at_desk, alice, storage, clock):
    await alice.joins()
    await by(storage, clock, flag_custody, at_desk, alice)
    await alice.tidy()
    emptied = dict(alice.shown)

    for words in ("/menu", "/mydata", "/settings", "/start", "hello", "1234"):
        await alice.says(words)
        assert (alice.shown, alice.written) == ({}, {})
        assert alice.answer.showing is None
    assert emptied == {}


async def test_who_may_be_detained_can_still_hide_and_leave(at_desk, alice, vera, storage, clock):
    for chat in (alice, vera):
        await chat.joins()
        await by(storage, clock, flag_custody, at_desk, chat)

    await alice.says("/hide")
    await vera.says("/erase")
    await vera.taps("Erase everything")

    async with storage.view() as uow:
        gone = [await uow.people.get_by_chat(chat.chat_id) for chat in (alice, vera)]
    assert gone == [None, None]
    assert "four digits" in alice.text


async def test_digits_that_were_forced_bring_back_nobody_who_may_be_detained(at_desk, alice, storage, clock):
    await alice.joins()
    who = (await alice.actor()).id
    await alice.says("/hide")
    await alice.says("4826")
    actor = await at_desk.actor()
    async with storage.unit() as uow:
        await flag_custody(uow, actor, who, now=clock())

    await alice.says("4826")

    assert "Беларуская" in alice.labels


async def test_a_colleague_is_offered_to_take_the_flag_back(at_desk, alice, carol, storage, clock):
    await alice.joins()
    await by(storage, clock, flag_custody, carol, alice)

    await finds(at_desk, alice)

    assert "They are free" in at_desk.labels


async def test_the_card_of_who_is_frozen_says_how_that_ends(at_desk, carol):
    await finds(at_desk, carol)

    await at_desk.taps("Freeze")

    assert "It ends by itself then; whoever runs the server can lift it sooner." in at_desk.text


async def test_the_flag_is_taken_back_by_a_colleague_and_not_by_who_set_it(
    at_desk, alice, carol, storage, clock
):
    await alice.joins()
    await finds(at_desk, alice)
    await at_desk.taps("This person may be detained")
    offered = at_desk.labels
    await gets_a_button(at_desk, storage, "custody-over", (await alice.actor()).id)
    refused = at_desk.text
    await by(storage, clock, lift_custody, carol, alice)

    await alice.says("/menu")

    assert "They are free" not in offered
    assert "another coordinator takes it back" in refused
    assert "Settings" in alice.labels


async def test_a_frozen_coordinator_is_told_so_and_their_pin_opens_nothing(at_desk, carol, storage, clock):
    await by(storage, clock, freeze, carol, at_desk)

    await at_desk.taps("Inbox")
    refused = at_desk.text
    await at_desk.says("/desk")
    clock.moves(hours=24)
    later = "OK" in at_desk.labels
    await at_desk.says("/desk")
    await types_pin(at_desk, PIN)

    assert "a colleague froze it" in refused
    assert not later
    assert "Inbox" in at_desk.labels


async def test_colleagues_hear_of_it_and_what_they_open_says_how_it_stands(
    at_desk, alice, carol, storage, clock
):
    await alice.joins()
    await deliver(at_desk)
    await by(storage, clock, flag_custody, carol, alice)

    assert "desk_restricted" in await deliver(at_desk)
    await at_desk.taps("Open")
    told = at_desk.text
    await by(storage, clock, lift_custody, at_desk, alice)
    await at_desk.taps("Back")

    assert told.startswith(f"<b>{await called_of(storage, clock, alice)}</b> may be detained")


async def called_of(storage, clock, chat) -> str:
    async with storage.view() as uow:
        person = await uow.people.get_by_chat(chat.chat_id)
    return pseudonym(person.id.bytes, "en")


async def test_rights_that_were_changed_by_hand_are_said_so(at_desk, alice, carol, storage, clock):
    await alice.joins()
    name = await called(alice)
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
        person.rights = b"mine"
    await at_desk.taps("People")
    await at_desk.says(name)
    await at_desk.taps(name)
    clock.moves(minutes=1)

    assert "changed by hand" in at_desk.text
    assert "Roles" not in at_desk.text
    assert "desk_rights_forged" in await deliver(carol)
    await carol.taps("Open")
    assert "changed by hand" in carol.text


async def test_a_coordinator_whose_own_rights_mallory_spoiled_can_read_the_warning(
    carol, at_desk, storage, clock
):
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(carol.chat_id)
        person.rights = None

    await carol.says("/menu")
    refused = carol.labels
    received = await deliver(carol)
    await carol.taps("Open")

    assert "Desk" not in refused
    assert received == ["desk_rights_forged"]
    assert "changed by hand in the database" in carol.text


@pytest.mark.parametrize("label", ["Suspend", "This person may be detained"])
async def test_mallory_with_a_button_of_a_desk_that_closed_restricts_nobody(
    at_desk, alice, storage, clock, label
):
    await alice.joins()
    await finds(at_desk, alice)
    clock.moves(minutes=6)

    await at_desk.taps(label)

    assert "The desk is closed" in at_desk.text
    await alice.says("/menu")
    assert "Settings" in alice.labels


async def test_a_repeated_tap_restricts_once(at_desk, alice, storage, clock):
    await alice.joins()
    await finds(at_desk, alice)

    await at_desk.taps("Suspend")
    await at_desk.repeat()

    async with storage.view() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
        assert len(await uow.people.restrictions_of(person)) == 1


async def test_mallory_keeps_the_warning_from_no_coordinator_by_restrictions_of_her_own_making(
    carol, at_desk, storage, clock
):
    async with storage.unit() as uow:
        for chat in (carol, at_desk):
            person = await uow.people.get_by_chat(chat.chat_id)
            uow.session.add(
                Restriction(person_id=person.id, kind=RestrictionKind.CUSTODY, set_at=clock(), mac=bytes(32))
            )

    await carol.says("/menu")
    received = await deliver(carol)
    await carol.taps("Open")

    assert received == ["desk_rights_forged"]
    assert "changed by hand in the database" in carol.text


async def test_who_is_truly_kept_away_is_not_warned(carol, at_desk, alice, storage, clock):
    await by(storage, clock, flag_custody, at_desk, carol)
    await alice.joins()
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
        person.rights = b"mine"
        carols = (await uow.people.get_by_chat(carol.chat_id)).id

    await alice.says("/menu")

    async with storage.view() as uow:
        rows = await uow.session.scalars(select(OutboxRow).where(OutboxRow.kind == "desk_rights_forged"))
    assert carols not in {row.person_id for row in rows}
