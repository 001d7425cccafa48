"""Coordinators decide applications by people of whom they see a pseudonym and a word."""

import pytest

from solidarity.pseudonyms import pseudonym
from solidarity.restrictions import flag_custody, suspend
from storage.models import GuardianshipState, Publicity


async def state_of(storage, application_id):
    async with storage.view() as uow:
        return (await uow.guardianships.get(application_id)).state


async def outbox(storage, about_id):
    async with storage.view() as uow:
        return [row.kind for row in await uow.outbox.waiting_about(about_id)]


async def opens(chat, label):
    await chat.taps("Inbox")
    await chat.taps(next(one for one in chat.labels if one.startswith(label)))


async def test_a_desk_on_which_nothing_waits_says_so(at_desk):
    assert "Nothing waits for you." in at_desk.text


async def test_the_desk_counts_what_waits(at_desk, alice, new_prisoner, applies):
    await applies(alice, await new_prisoner())

    await at_desk.says("/desk")

    assert "1 application" in at_desk.text


@pytest.mark.parametrize("keeps_away", [suspend, flag_custody])
async def test_an_application_of_somebody_kept_away_says_so_and_is_not_accepted_meanwhile(
    at_desk, carol, alice, new_prisoner, applies, storage, clock, keeps_away
):
    application_id = await applies(alice, await new_prisoner())
    await at_desk.says("/desk")
    await opens(at_desk, "Example Sampleson")
    accept = next(one for one in at_desk.buttons(at_desk.newest) if one.text == "Accept")
    actor, applicant = await carol.actor(), await alice.actor()
    async with storage.unit() as uow:
        await keeps_away(uow, actor, applicant.id, now=clock())

    await at_desk.forge(accept.callback_data)

    assert "nobody can accept the application. It keeps waiting." in at_desk.text
    assert await state_of(storage, application_id) == GuardianshipState.APPLIED
    await at_desk.says("/desk")
    await opens(at_desk, "Example Sampleson")
    assert "suspended or may be detained. While that is so" in at_desk.text
    assert "Accept" not in at_desk.labels
    assert "Decline" in at_desk.labels


async def test_the_oldest_application_comes_first(at_desk, alice, vera, new_prisoner, applies, clock):
    await applies(alice, await new_prisoner("Example Sampleson"))
    clock.moves(days=1)
    await applies(vera, await new_prisoner("Sample Patternov"))
    await at_desk.says("/desk")
    for digit in "114477":
        await at_desk.taps(digit)
    await at_desk.taps("OK")

    await at_desk.taps("Inbox")

    assert [label.split(" · ")[0] for label in at_desk.labels[:2]] == [
        "Example Sampleson",
        "Sample Patternov",
    ]


async def test_an_application_shows_a_pseudonym_and_the_word(at_desk, alice, new_prisoner, applies):
    await applies(alice, await new_prisoner(), word="I paint <flowers>")
    actor = await alice.actor()

    await opens(at_desk, "Example")

    assert pseudonym(actor.id.bytes, "en") in at_desk.text
    assert "I paint &lt;flowers&gt;" in at_desk.text
    assert "Writes every 4 weeks" in at_desk.text
    assert at_desk.labels == ["Accept", "Decline", "Ask", "Pass on", "Back"]


async def test_nothing_of_an_application_names_the_account(at_desk, alice, new_prisoner, applies):
    application_id = await applies(alice, await new_prisoner())

    await opens(at_desk, "Example")

    assert str(alice.chat_id) not in at_desk.text
    assert str(application_id) not in at_desk.text


async def test_the_application_for_somebody_hidden_speaks_of_their_alias(
    at_desk, alice, new_prisoner, applies, storage
):
    prisoner_id = await new_prisoner("Example Sampleson", alias="Sailor")
    await applies(alice, prisoner_id)
    async with storage.unit() as uow:
        (await uow.prisoners.get(prisoner_id)).publicity = Publicity.HIDDEN

    await opens(at_desk, "Sailor")

    assert "Sailor" in at_desk.text
    assert "Sampleson" not in at_desk.text


async def test_accepting_makes_a_guardian_and_tells_them(at_desk, alice, new_prisoner, applies, storage):
    application_id = await applies(alice, await new_prisoner())
    await opens(at_desk, "Example")

    await at_desk.taps("Accept")

    assert await state_of(storage, application_id) == GuardianshipState.ACTIVE
    assert "application_accepted" in await outbox(storage, application_id)
    assert "Accepted" in at_desk.text


async def test_declining_tells_the_applicant(at_desk, alice, new_prisoner, applies, storage):
    application_id = await applies(alice, await new_prisoner())
    await opens(at_desk, "Example")

    await at_desk.taps("Decline")

    assert await state_of(storage, application_id) == GuardianshipState.DECLINED
    assert await outbox(storage, application_id) == ["application_declined"]


async def test_the_same_accept_twice_has_one_effect(at_desk, alice, new_prisoner, applies, storage):
    application_id = await applies(alice, await new_prisoner())
    await opens(at_desk, "Example")
    await at_desk.taps("Accept")

    await at_desk.repeat()

    assert (await outbox(storage, application_id)).count("application_accepted") == 1
    assert at_desk.labels == ["Requests of colleagues", "Back"]


async def test_an_application_withdrawn_meanwhile_is_said_to_be_so(
    at_desk, alice, new_prisoner, applies, storage
):
    application_id = await applies(alice, await new_prisoner())
    await opens(at_desk, "Example")
    async with storage.unit() as uow:
        (await uow.guardianships.get(application_id)).state = GuardianshipState.WITHDRAWN

    await at_desk.taps("Accept")

    assert await state_of(storage, application_id) == GuardianshipState.WITHDRAWN
    assert "decided or withdrawn" in at_desk.text


async def test_nobody_is_shown_their_own_application(at_desk, new_prisoner, applies):
    await applies(at_desk, await new_prisoner())
    await at_desk.says("/desk")

    await at_desk.taps("Inbox")

    assert at_desk.labels == ["Requests of colleagues", "Back"]


async def test_mallory_cannot_accept_with_the_coordinators_button(
    at_desk, alice, mallory, new_prisoner, applies, storage
):
    application_id = await applies(alice, await new_prisoner())
    await mallory.joins()
    await opens(at_desk, "Example")
    accept = next(b for b in at_desk.buttons(at_desk.newest) if b.text == "Accept")

    await mallory.forge(accept.callback_data)

    assert await state_of(storage, application_id) == GuardianshipState.APPLIED


async def test_a_closed_desk_accepts_nobody(at_desk, alice, new_prisoner, applies, storage, clock):
    application_id = await applies(alice, await new_prisoner())
    await opens(at_desk, "Example")
    clock.moves(minutes=6)

    await at_desk.taps("Accept")

    assert await state_of(storage, application_id) == GuardianshipState.APPLIED
    assert "OK" in at_desk.labels
