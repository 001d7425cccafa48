"""A question to an applicant and their answer, by which neither learns who the other is."""

import pytest

from tests.handlers.acts import deliver


@pytest.fixture
async def asked(at_desk, alice, applies, new_prisoner):
    """Bob asks Alice, who has applied, something."""
    await applies(alice, await new_prisoner("Example Sampleson"))
    await at_desk.says("/desk")
    await at_desk.taps("Inbox")
    await at_desk.taps("Example Sampleson · 23 November 2026")
    await at_desk.taps("Ask")
    await at_desk.says("Which book did you read last?")
    return at_desk


async def test_the_question_stands_with_the_application(asked):
    assert "Asked. The answer will stand with the application." in asked.text
    assert "Which book did you read last?" in asked.text
    assert "Accept" in asked.labels


async def test_the_applicant_is_told_and_answers(asked, alice):
    assert await deliver(alice) == ["application_asked"]
    await alice.taps("Open")
    assert "Which book did you read last?" in alice.text
    await alice.taps("Answer")

    await alice.says("A novel about a lighthouse.")

    assert "Your answer is with the coordinators." in alice.text
    assert await deliver(asked) == ["application_answered"]
    await asked.says("/desk")
    await asked.taps("Inbox")
    await asked.taps("Example Sampleson · 23 November 2026")
    assert "A novel about a lighthouse." in asked.text


async def test_an_open_question_stands_with_ones_application(asked, alice):
    await alice.says("/mine")
    await alice.taps("Example Sampleson")

    await alice.taps("Answer")
    await alice.says("A novel about a lighthouse.")

    assert "Your answer is with the coordinators." in alice.text
    assert "Answer" not in alice.labels


async def test_once_it_is_decided_the_question_is_gone(asked, alice):
    await asked.taps("Accept")

    assert await deliver(alice) == ["application_accepted"]


@pytest.mark.parametrize("words", ["x" * 501, "   "])
async def test_what_is_too_long_or_nothing_is_not_asked(at_desk, alice, applies, new_prisoner, words):
    await applies(alice, await new_prisoner("Example Sampleson"))
    await at_desk.says("/desk")
    await at_desk.taps("Inbox")
    await at_desk.taps("Example Sampleson · 23 November 2026")
    await at_desk.taps("Ask")

    await at_desk.says(words)

    assert await deliver(alice) == []


async def test_mallory_answers_nothing_for_alice(asked, alice, mallory, storage):
    await mallory.joins()
    alices = await alice.actor()
    async with storage.unit() as uow:
        [application] = await uow.guardianships.waiting()
        place = await uow.posted.get_place((await mallory.actor()).id)
        place.screen, place.target = "application-answer", application.id

    await mallory.says("I am Alice.")

    assert "lighthouse" not in mallory.text
    assert "Which book" not in mallory.text
    async with storage.view() as uow:
        [application] = await uow.guardianships.waiting()
        assert application.person_id == alices.id
        assert await uow.guardianships.reveal_answer(application) is None


async def test_whoever_answers_again_and_again_rings_at_nobodys_desk_again(asked, alice, storage, clock):
    assert await deliver(alice) == ["application_asked"]
    for number in range(4):
        clock.moves(seconds=2)
        await says_again(alice, storage, f"Answer number {number}.")

    assert await deliver(asked) == ["application_answered"]
    await asked.says("/desk")
    await asked.taps("Inbox")
    await asked.taps("Example Sampleson · 23 November 2026")
    assert "Answer number 3." in asked.text


async def says_again(chat, storage, answer):
    """Answer from a screen that was opened before."""
    async with storage.unit() as uow:
        [application] = await uow.guardianships.waiting()
        place = await uow.posted.get_place((await chat.actor()).id)
        place.screen, place.target = "application-answer", application.id
    await chat.says(answer)
