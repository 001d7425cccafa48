"""Asking for court dates in the chat: of somebody, of a city, and of what stands in the open list."""

from uuid import UUID

import pytest

from handlers.towns import town_said
from locales import Words
from solidarity.people import change_setting
from storage.models import Publicity

from .acts import announce, deliver, opens
from .conftest import Chat, NewChat, NewPrisoner


@pytest.fixture
async def prisoner_id(alice: Chat, new_prisoner: NewPrisoner) -> UUID:
    await alice.joins()
    await new_prisoner("Hidden Otherson", publicity=Publicity.HIDDEN)
    return await new_prisoner()


async def test_somebody_is_asked_for_and_told_of(alice: Chat, prisoner_id: UUID):
    await alice.says("/court")
    await alice.taps("Tell me of court dates")
    await alice.taps("Of somebody")
    assert alice.labels == ["Example Sampleson", "Back"]

    await alice.taps("Example Sampleson")
    assert "You will be told." in alice.text
    assert alice.labels[0] == "No more: Example Sampleson"

    await announce(alice.storage, prisoner_id, alice.clock())
    assert await deliver(alice) == ["hearing_new"]
    await alice.taps("Open")
    assert "The date is only reported, not confirmed." in alice.text


async def test_a_city_is_asked_for_and_given_up(alice: Chat, prisoner_id: UUID):
    await opens(alice.storage, "SIZO-1", city="Minsk")
    await alice.says("/court")
    await alice.taps("Tell me of court dates")
    await alice.taps("In a city")
    await alice.taps("Minsk")
    await announce(alice.storage, prisoner_id, alice.clock(), court="Minsk City Court")
    await alice.says("/court")
    assert "Example Sampleson" in alice.text

    await alice.taps("Tell me of court dates")
    await alice.taps("No more: Minsk")

    assert "You are not told of it any more." in alice.text
    await alice.says("/court")
    assert "Example Sampleson" not in alice.text
    assert await deliver(alice) == []


async def test_a_date_of_the_open_list_leads_to_its_person_and_city(alice: Chat, prisoner_id: UUID):
    await opens(alice.storage, "SIZO-1", city="Minsk")
    await announce(alice.storage, prisoner_id, alice.clock(), court="Minsk City Court")
    await alice.says("/court")
    await alice.taps("Open court dates")

    await alice.taps("03.12.2026 14:00 · Example Sampleson")

    assert alice.labels == [
        "I'll be there",
        "Add to calendar",
        "Tell me of this person's court dates",
        "Tell me of court dates in Minsk",
        "Back",
    ]
    await alice.taps("Tell me of court dates in Minsk")
    assert "No more: Minsk" in alice.labels


async def test_without_any_the_list_says_so(alice: Chat, prisoner_id: UUID):
    await alice.says("/court")

    await alice.taps("Open court dates")

    assert "We know of no open hearing to come." in alice.text


async def test_reminders_are_turned_off_and_on(alice: Chat):
    await alice.joins()
    await alice.says("/settings")
    await alice.taps("Court reminders")

    await alice.taps("3 hours ahead: on")

    assert alice.labels == ["7 days ahead: on", "1 day ahead: on", "3 hours ahead: off", "Back"]
    await alice.taps("Back")
    assert "Court reminders: 7 days ahead, 1 day ahead\n" in alice.text


async def test_with_all_off_the_settings_say_none(alice: Chat):
    await alice.joins()
    for one in ("7d", "1d", "3h"):
        async with alice.storage.unit() as uow:
            await change_setting(uow, await alice.actor(), "reminder", one, now=alice.clock())

    await alice.says("/settings")

    assert "Court reminders: none\n" in alice.text


@pytest.mark.parametrize(
    ("language", "city", "town"), [("be", "Viciebsk", "Віцебск"), ("ru", "Мінск", "Минск")]
)
async def test_a_known_city_is_written_in_the_readers_language(
    new_chat: NewChat, language: str, city: str, town: str
):
    chat, words = new_chat(700_000_010, language), Words(language)
    await chat.joins()
    await opens(chat.storage, "SIZO-1", city=city)
    await chat.says("/court")
    await chat.taps(words.say("button-court-follow"))
    await chat.taps(words.say("button-follow-cities"))

    await chat.taps(town)

    assert words.say("button-follow-end", name=town) in chat.labels


async def test_a_city_nobody_has_a_word_for_stays_as_it_was_written():
    assert town_said(Words("ru"), "Uzorsk") == "Uzorsk"
