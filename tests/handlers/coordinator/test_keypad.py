"""The keypad opens a desk with six digits; taps show nothing, and five wrong PINs let it rest."""

import pytest

from handlers.coordinator.keypad import Worked
from solidarity.keypads import TypedPin
from storage.models import CodeKind, Purpose
from tests.handlers.acts import phrase_of

from .conftest import PIN, types_pin

CHOOSING = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "⌫", "0", "OK", "Back"]
KEYS = [*CHOOSING[:-1], "I forgot my PIN", "Back"]


async def closed(chat):
    await types_pin(chat)
    await types_pin(chat)
    await chat.taps("Lock")
    await chat.says("/desk")


async def test_a_first_desk_asks_for_the_choice_of_a_pin(coordinator):
    await coordinator.says("/desk")

    assert coordinator.labels == CHOOSING
    assert "Choose a PIN of six digits" in coordinator.text


async def test_the_keypad_opens_with_the_phrase(coordinator):
    phrase = await phrase_of(coordinator)

    await coordinator.says("/desk")
    assert coordinator.text.startswith(f"{phrase}\n\n")

    await closed(coordinator)
    assert coordinator.text == f"{phrase}\n\n<b>Your PIN</b>"


async def test_a_digit_is_answered_and_the_message_left_alone(coordinator):
    await coordinator.says("/desk")

    await coordinator.taps("7")

    assert coordinator.answer.showing is None
    assert coordinator.answer.callback_id is not None


async def test_the_first_choice_is_asked_for_once_more(coordinator):
    await coordinator.says("/desk")

    await types_pin(coordinator)

    assert "The same PIN once more" in coordinator.text


async def test_the_same_pin_twice_opens_the_desk(at_desk):
    assert at_desk.labels == [
        "Inbox", "Prisoners", "Hearings", "People", "Facilities", "Coverage", "Broadcast", "Letter evening",
        "This week", "A word for a call", "Lock", "Desk settings", "Help", "Seal everything", "Back",
    ]  # fmt: skip


async def test_two_different_choices_are_both_forgotten(coordinator):
    await coordinator.says("/desk")
    await types_pin(coordinator)

    await types_pin(coordinator, "271828")

    assert "Choose a PIN of six digits" in coordinator.text
    assert "differ" in coordinator.text


async def test_after_two_different_choices_a_pin_can_be_chosen(coordinator):
    await coordinator.says("/desk")
    await types_pin(coordinator)
    await types_pin(coordinator, "271828")
    await types_pin(coordinator)

    await types_pin(coordinator)

    assert "Lock" in coordinator.labels


async def test_too_few_digits_are_typed_anew_and_the_first_choice_kept(coordinator):
    await coordinator.says("/desk")
    await types_pin(coordinator)

    await types_pin(coordinator, "123")

    assert "The same PIN once more" in coordinator.text
    assert "six digits" in coordinator.text


async def test_the_right_pin_opens_a_closed_desk(coordinator):
    await coordinator.says("/desk")
    await closed(coordinator)

    await types_pin(coordinator)

    assert "Lock" in coordinator.labels


async def test_a_digit_too_many_can_be_taken_back(coordinator):
    await coordinator.says("/desk")
    await closed(coordinator)
    await coordinator.taps("9")
    await coordinator.taps("⌫")

    await types_pin(coordinator)

    assert "Lock" in coordinator.labels


async def test_a_tap_that_comes_twice_counts_once(coordinator):
    await coordinator.says("/desk")
    await closed(coordinator)
    await coordinator.taps(PIN[0])
    await coordinator.repeat()

    await types_pin(coordinator, PIN[1:])

    assert "Lock" in coordinator.labels


async def test_a_wrong_pin_opens_nothing(coordinator):
    await coordinator.says("/desk")
    await closed(coordinator)

    await types_pin(coordinator, "999999")

    assert coordinator.labels == KEYS
    assert "not your PIN" in coordinator.text


async def test_after_five_wrong_pins_the_right_one_opens_nothing(coordinator):
    await coordinator.says("/desk")
    await closed(coordinator)
    for _ in range(5):
        await types_pin(coordinator, "999999")

    await types_pin(coordinator)

    assert coordinator.labels == KEYS
    assert "The keypad rests until" in coordinator.text


async def test_the_keypad_works_again_after_a_quarter_of_an_hour(coordinator, clock):
    await coordinator.says("/desk")
    await closed(coordinator)
    for _ in range(5):
        await types_pin(coordinator, "999999")
    clock.moves(minutes=15)

    await types_pin(coordinator)

    assert "Lock" in coordinator.labels


async def test_a_new_pin_is_not_chosen_over_an_old_one(coordinator):
    await coordinator.says("/desk")
    await closed(coordinator)
    await types_pin(coordinator, "999999")

    await types_pin(coordinator, "999999")

    assert "Lock" not in coordinator.labels


async def test_five_minutes_after_the_last_tap_the_desk_asks_for_its_pin(at_desk, clock):
    clock.moves(minutes=5)

    await at_desk.taps("Inbox")

    assert at_desk.labels == KEYS
    assert at_desk.text.count("The desk is closed") == 1


async def test_each_tap_keeps_the_desk_open_five_minutes_more(at_desk, clock):
    clock.moves(minutes=4)
    await at_desk.taps("Prisoners")
    clock.moves(minutes=4)

    await at_desk.taps("Back")

    assert "Lock" in at_desk.labels


async def test_lock_closes_the_desk(at_desk):
    await at_desk.taps("Lock")
    actor = await at_desk.actor()

    assert actor.desk_open_until is None


async def test_a_typed_lock_closes_the_desk(at_desk):
    await at_desk.says("/lock")
    actor = await at_desk.actor()

    assert actor.desk_open_until is None


@pytest.mark.parametrize("command", ["/desk", "/lock"])
async def test_mallory_is_not_shown_a_desk(mallory, command):
    await mallory.joins()

    await mallory.says(command)

    assert "OK" not in mallory.labels
    assert "Desk" not in mallory.labels


async def test_mallory_cannot_press_the_keys_of_somebody_elses_desk(coordinator, mallory):
    await mallory.joins()
    await coordinator.says("/desk")
    key = next(b for b in coordinator.buttons(coordinator.newest) if b.text == "1")

    await mallory.forge(key.callback_data, coordinator.newest)

    assert "OK" not in mallory.labels


async def test_a_coordinator_who_is_none_any_more_is_refused_at_the_keypad(coordinator, storage, clock):
    await coordinator.says("/desk")
    async with storage.unit() as uow:
        person = await uow.people.get_by_chat(coordinator.chat_id)
        for role in await uow.people.roles_of(person):
            if role.role == "coordinator":
                await uow.people.revoke(role, person)

    await coordinator.taps("1")

    assert "OK" not in coordinator.labels


async def test_an_administrator_has_a_desk_too(bob):
    await bob.joins_as(CodeKind.ADMINISTRATOR)

    await bob.says("/desk")

    assert bob.labels == CHOOSING


def test_nothing_typed_is_seen_when_it_is_printed():
    assert repr(Worked(TypedPin("123456", None, None))) == "Worked(<sealed>)"


@pytest.mark.parametrize("pin", ["222222", "123456", "654321", "567890", "098765"])
async def test_a_pin_that_is_easily_guessed_is_not_taken(coordinator, pin: str):
    await coordinator.says("/desk")

    await types_pin(coordinator, pin)

    assert "easy to guess" in coordinator.text
    assert "Choose a PIN of six digits" in coordinator.text


async def test_ok_on_another_message_than_the_place_is_prepared_too(coordinator):
    await coordinator.says("/desk")
    async with coordinator.storage.unit() as uow:
        place = await uow.posted.get_place((await coordinator.actor()).id)
        place.purpose = Purpose.PUSH

    await types_pin(coordinator)

    assert "The same PIN once more" in coordinator.text
