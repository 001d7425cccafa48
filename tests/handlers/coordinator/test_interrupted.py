"""What was begun stays sealed for a day and is offered again; words that find the desk closed as well."""

import pytest

from storage.installation import get_installation
from storage.models import CodeKind

from .conftest import PIN, types_pin
from .duress import DURESS_PIN, has_both_pins, is_forced


@pytest.fixture
async def in_the_middle(at_desk, new_prisoner, clock):
    """Bob, asked for the date of a hearing when his desk has closed."""
    await new_prisoner("Example Sampleson")
    await at_desk.taps("Prisoners")
    await at_desk.says("Sampleson")
    await at_desk.taps("Example Sampleson")
    await at_desk.taps("Add a hearing")
    clock.moves(minutes=6)
    return at_desk


async def test_words_to_a_closed_desk_are_deleted_at_once_and_offered_after_the_pin(in_the_middle):
    await in_the_middle.says("09.12.2026 10:30")
    asked = in_the_middle.text

    await types_pin(in_the_middle)

    assert "What you typed is kept sealed" in asked
    assert "09.12" not in asked
    assert in_the_middle.written == {}
    assert "09.12.2026 10:30" in in_the_middle.text
    assert in_the_middle.labels == ["Go on", "Forget", "Back"]


async def test_going_on_says_them_to_the_screen_that_had_asked(in_the_middle):
    await in_the_middle.says("09.12.2026 10:30")
    await types_pin(in_the_middle)

    await in_the_middle.taps("Go on")

    assert "type the name of another one" in in_the_middle.text
    assert "2026" in in_the_middle.text


async def test_words_that_are_refused_then_are_still_offered(in_the_middle):
    await in_the_middle.says("some day")
    await types_pin(in_the_middle)

    await in_the_middle.taps("Go on")

    assert "I cannot read this date" in in_the_middle.text
    assert "some day" in in_the_middle.text


async def test_forgotten_words_are_gone_and_the_hearing_is_offered_next(in_the_middle):
    await in_the_middle.says("09.12.2026 10:30")
    await types_pin(in_the_middle)

    await in_the_middle.taps("Forget")

    assert "in the middle of adding a hearing" in in_the_middle.text
    await in_the_middle.taps("Forget")
    assert "Inbox" in in_the_middle.labels


async def test_a_hearing_that_was_begun_is_offered_when_the_desk_opens(in_the_middle):
    await in_the_middle.says("/desk")
    await types_pin(in_the_middle)

    await in_the_middle.taps("Go on")

    assert "type date and time" in in_the_middle.text


async def test_words_come_below_earlier_ones(in_the_middle):
    await in_the_middle.says("09.12.2026")
    await in_the_middle.says("at half past ten")

    await types_pin(in_the_middle)

    assert "09.12.2026\nat half past ten" in in_the_middle.text


async def test_words_typed_on_the_keypad_can_be_copied_or_forgotten(at_desk):
    await at_desk.taps("Lock")
    await at_desk.says("/desk")
    await at_desk.says("Please call the family")

    await types_pin(at_desk)

    assert "Please call the family" in at_desk.text
    assert at_desk.labels == ["Copy", "Forget", "Back"]


async def test_a_pin_that_is_typed_as_words_is_not_kept(at_desk):
    await at_desk.taps("Lock")
    await at_desk.says("/desk")

    await at_desk.says(PIN)

    assert "Use the keys for the PIN" in at_desk.text
    assert at_desk.written == {}
    await types_pin(at_desk)
    assert "Inbox" in at_desk.labels


async def test_after_a_day_nothing_is_offered(in_the_middle, clock):
    await in_the_middle.says("09.12.2026 10:30")
    clock.moves(hours=24)
    await in_the_middle.says("/desk")

    await types_pin(in_the_middle)

    assert "Inbox" in in_the_middle.labels


async def test_under_duress_nothing_that_was_begun_is_offered(coordinator, clock):
    await has_both_pins(coordinator, clock)
    await coordinator.says("/desk")
    await coordinator.says("Please call the family")

    await types_pin(coordinator, DURESS_PIN)

    assert "Inbox" in coordinator.labels
    await coordinator.taps("Lock")
    await coordinator.says("/desk")
    await types_pin(coordinator, PIN)
    assert "Inbox" in coordinator.labels


async def test_words_to_a_closed_decoy_are_kept_there(coordinator, clock):
    await has_both_pins(coordinator, clock)
    await is_forced(coordinator)
    await coordinator.taps("Prisoners")
    clock.moves(minutes=6)
    await coordinator.says("Sampleson")

    await types_pin(coordinator, DURESS_PIN)
    await coordinator.taps("Go on")

    assert "Nobody was found for “Sampleson”" in coordinator.text


async def test_mallorys_words_are_not_kept_where_a_desk_would_ask_for_them(mallory, storage):
    await mallory.joins()
    async with storage.unit() as uow:
        (await uow.posted.get_place((await mallory.actor()).id)).screen = "keypad"

    await mallory.says("something")

    async with storage.view() as uow:
        assert await uow.drafts.standing((await mallory.actor()).id, now=mallory.clock()) == set()


async def test_somebody_elses_draft_is_not_forgotten_by_a_button(at_desk, new_chat, storage, clock):
    await at_desk.taps("Lock")
    await at_desk.says("/desk")
    await at_desk.says("Please call the family")
    other = new_chat(700_000_004)
    await other.joins_as(CodeKind.COORDINATOR)
    await has_both_pins(other, clock)
    await other.says("/desk")

    await types_pin(other)

    assert "Please call" not in other.text
    await types_pin(at_desk)
    assert "Please call the family" in at_desk.text


async def test_sealing_asks_once_and_notes_it_for_every_process(at_desk, storage, clock):
    await at_desk.taps("Seal everything")
    asked = at_desk.text

    await at_desk.taps("Yes, seal everything")

    async with storage.view() as uow:
        installation = await get_installation(uow.session)
    assert "Only the administrator opens it again" in asked
    assert installation.sealed_at == clock()
    assert "Everything is being sealed" in at_desk.text


async def test_the_help_of_the_desk_says_openly_that_there_is_a_duress_pin(at_desk):
    await at_desk.taps("Help")

    assert "Duress PIN" in at_desk.text
