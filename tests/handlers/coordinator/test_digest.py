"""The week's word at the desk."""

import pytest

from solidarity.pseudonyms import pseudonym


@pytest.fixture
async def quiet(at_desk, alice, guards, new_prisoner, storage):
    """Alice, of whom nothing is heard, stands by one person; returns the day since when."""
    prisoner_id = await new_prisoner("Example Sampleson")
    await guards(alice, prisoner_id, by=at_desk)
    async with storage.unit() as uow:
        [promise] = await uow.guardianships.of_prisoner(prisoner_id, "active")
        promise.unanswered, promise.quiet_on = 3, promise.started_on
    return prisoner_id


async def test_whose_guardian_is_quiet_stands_there_and_leads_to_them(at_desk, quiet):
    await at_desk.says("/desk")
    await at_desk.taps("This week")

    assert (
        "three reminders without a tap, or nothing can be sent to them. It concerns 1 person:" in at_desk.text
    )
    assert "– Example Sampleson, since 23 November 2026" in at_desk.text
    await at_desk.taps("Example Sampleson")
    assert at_desk.text.startswith("<b>Example Sampleson</b>")


async def test_all_are_offered_again_with_one_tap(at_desk, quiet, storage):
    await at_desk.says("/desk")
    await at_desk.taps("This week")

    await at_desk.taps("Offer all again")

    assert "1 person is offered again from now on." in at_desk.text
    await at_desk.taps("Offer all again")
    assert "All of them are being offered already." in at_desk.text


async def test_who_has_nobody_stands_there(at_desk, new_prisoner):
    await new_prisoner("Lonely Example")

    await at_desk.says("/desk")
    await at_desk.taps("This week")

    assert "1 person is <b>without a Guardian</b>:\n– Lonely Example" in at_desk.text
    assert "Offer all again" not in at_desk.labels


async def test_where_nothing_stands_out_it_says_so(at_desk):
    await at_desk.says("/desk")
    await at_desk.taps("This week")

    assert "Nothing stands out." in at_desk.text


async def test_nobody_who_helps_is_named(at_desk, alice, quiet):
    await at_desk.says("/desk")
    await at_desk.taps("This week")

    assert pseudonym((await alice.actor()).id.bytes, "en") not in at_desk.text


async def test_mallory_finds_no_word_and_offers_nobody(at_desk, mallory, quiet, storage):
    await at_desk.says("/desk")
    await at_desk.taps("This week")
    tokens = [one.callback_data for one in at_desk.buttons(at_desk.newest)]
    await mallory.joins()

    for token in tokens:
        await mallory.forge(token)
        assert "Sampleson" not in mallory.text

    async with storage.view() as uow:
        [promise] = await uow.guardianships.of_prisoner(quiet, "active")
        assert promise.offered_on is None
