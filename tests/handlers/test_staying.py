"""The question whether somebody stays: asked neutrally, answered by a tap, by coming, or by leaving."""

import pytest

from solidarity.retention import NIGHTLY
from storage.models import Person

from .acts import deliver
from .conftest import Chat, HandClock


@pytest.fixture
async def asked(alice: Chat, clock: HandClock) -> Person:
    """Alice has been away for a year, and the question stands in her chat."""
    actor = await alice.joins()
    clock.moves(days=365)
    async with alice.storage.unit() as uow:
        for rule in NIGHTLY:
            await rule.apply(uow, now=clock())
    assert await deliver(alice) == ["stay"]
    async with alice.storage.view() as uow:
        return await uow.people.get(actor.id)


async def person(chat: Chat) -> Person:
    actor = await chat.actor()
    async with chat.storage.view() as uow:
        found = await uow.people.get(actor.id)
    assert found is not None
    return found


async def test_the_question_shows_nothing_until_it_is_opened(alice: Chat, asked: Person):
    assert alice.labels == ["Open"]
    assert "stay" not in alice.text


async def test_opened_it_asks_and_says_what_silence_would_mean(alice: Chat, asked: Person):
    await alice.taps("Open")

    assert "Do you stay?" in alice.text
    assert "30 days" in alice.text
    assert alice.labels == ["I stay", "Erase me"]


async def test_who_stays_is_thanked_and_asked_no_more(alice: Chat, asked: Person):
    await alice.taps("Open")

    await alice.taps("I stay")

    assert "Good to have you here." in alice.text
    assert (await person(alice)).asked_on is None


@pytest.mark.parametrize("words", ["/menu", "hello"])
async def test_whoever_comes_at_all_stays(alice: Chat, asked: Person, clock: HandClock, words: str):
    await alice.says(words)

    kept = await person(alice)
    assert (kept.asked_on, kept.last_seen_on) == (None, clock().date())


async def test_who_would_rather_leave_is_asked_once(alice: Chat, asked: Person):
    await alice.taps("Open")

    await alice.taps("Erase me")

    assert "Erase everything about you?" in alice.text
    await alice.taps("Erase everything")
    async with alice.storage.view() as uow:
        assert await uow.people.get(asked.id) is None


async def test_mallory_cannot_answer_for_somebody_else(alice: Chat, mallory: Chat, asked: Person):
    [button] = alice.buttons(alice.newest)
    await mallory.joins()

    await mallory.forge(button.callback_data)

    async with alice.storage.view() as uow:
        assert (await uow.people.get(asked.id)).asked_on is not None
