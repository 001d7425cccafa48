"""Codes at the desk: given to whom one vouches for, listed without what they open, revoked."""

import pytest

from solidarity.pseudonyms import pseudonym


async def code_shown(chat) -> str:
    return chat.text.partition("<code>")[2].partition("</code>")[0]


@pytest.fixture
async def given(at_desk):
    await at_desk.taps("People")
    await at_desk.taps("Codes")
    await at_desk.taps("Vouch for a supporter")
    words = await code_shown(at_desk)
    await at_desk.taps("Back")
    return words


async def test_a_supporter_with_a_code_is_vouched_for(at_desk, alice, given):
    await alice.joins()
    await alice.says(given)
    said = alice.text
    name = pseudonym((await alice.actor()).id.bytes, "en")
    await at_desk.taps("Back")
    await at_desk.says(name)
    await at_desk.taps(name)

    assert "a coordinator vouches for you" in said
    assert f"Vouched for by: {pseudonym((await at_desk.actor()).id.bytes, 'en')}" in at_desk.text
    assert not (await alice.actor()).is_coordinator


async def test_a_code_is_shown_once(at_desk, given):
    await at_desk.taps("Vouch for a supporter")
    await at_desk.repeat()

    assert await code_shown(at_desk) == ""


async def test_what_was_given_is_listed_by_kind_giver_and_end_and_revoked(at_desk, alice, given):
    before = at_desk.labels
    await at_desk.taps(before[0])
    shown = at_desk.text
    await at_desk.taps("Revoke")
    await alice.joins()
    await alice.says(given)

    assert before[0].startswith("Supporter, until")
    assert f"Given by: {pseudonym((await at_desk.actor()).id.bytes, 'en')}" in shown
    assert given not in shown
    assert at_desk.labels == ["Vouch for a supporter", "Back"]
    assert "This code is not known" in alice.text


async def test_a_code_that_was_redeemed_meanwhile_is_not_revoked(at_desk, alice, given):
    await at_desk.taps(at_desk.labels[0])
    await alice.joins()
    await alice.says(given)

    await at_desk.taps("Revoke")

    assert "changed in the meantime" in at_desk.text


async def test_the_message_with_a_typed_code_is_deleted(alice, given):
    await alice.joins()

    await alice.says(given)

    assert alice.written == {}


async def test_the_code_by_which_somebody_moves_is_nobody_elses_business(at_desk, alice, given):
    await alice.joins()
    await alice.taps("Settings")
    await alice.taps("Move to a new account")
    await alice.taps("Make the code")
    await at_desk.taps("Back")
    await at_desk.taps("Codes")

    assert len(at_desk.labels) == 3


async def test_mallory_does_not_become_a_coordinator_by_a_supporters_code(mallory, given):
    await mallory.joins()

    await mallory.says(given)

    actor = await mallory.actor()
    assert (actor.is_coordinator, actor.is_vouched) == (False, True)
    assert "Desk" not in mallory.labels
