"""A coordinator changes their PIN, sets a duress PIN and the order of keys; nothing tells what was there."""

from base64 import urlsafe_b64encode

import pytest

from handlers.buttons import PREFIX
from solidarity.keypads import Keypad, keep_typed
from storage.buttons import Action
from tests.handlers.acts import deliver

from .conftest import PIN, types_pin
from .duress import DURESS_PIN

USUAL = [*"123456789", "⌫", "0"]


def keys(chat):
    return chat.labels[:11]


async def begins(chat, button, present=PIN):
    """Begin to choose a PIN of one kind, at the open desk."""
    await chat.says("/desk")
    await chat.taps("Desk settings")
    await chat.taps(button)
    if button == "Change the PIN":
        await types_pin(chat, present)


async def sets(chat, button, pin):
    """Choose another PIN of one kind, at the open desk."""
    await begins(chat, button)
    await types_pin(chat, pin)
    await types_pin(chat, pin)


async def opens_with(chat, pin):
    await chat.says("/lock")
    await chat.says("/desk")
    await types_pin(chat, pin)
    return await chat.actor()


async def test_another_pin_opens_the_desk_and_the_old_one_does_not(at_desk):
    await sets(at_desk, "Change the PIN", "271828")

    assert "Saved." in at_desk.text
    assert (await opens_with(at_desk, PIN)).desk_open_until is None
    assert (await opens_with(at_desk, "271828")).is_coordinator


# The present one is asked for first.


@pytest.mark.parametrize("present", ["135790", DURESS_PIN])
async def test_who_finds_a_desk_open_cannot_lock_its_owner_out(at_desk, present):
    await begins(at_desk, "Change the PIN", present)

    assert "This is not your PIN" in at_desk.text
    await types_pin(at_desk, "271828")
    await types_pin(at_desk, "271828")
    assert (await opens_with(at_desk, "271828")).desk_open_until is None
    assert (await opens_with(at_desk, PIN)).is_coordinator


async def test_another_pin_waits_five_minutes_for_its_choice_and_no_longer(at_desk, clock):
    await begins(at_desk, "Change the PIN")
    for _ in range(2):
        clock.moves(minutes=3)
        await at_desk.taps("⌫")
    await types_pin(at_desk, "271828")

    assert "has changed in the meantime" in at_desk.text
    assert (await opens_with(at_desk, "271828")).desk_open_until is None


async def test_the_choice_cannot_be_reached_past_the_present_one(at_desk, storage):
    actor = await at_desk.actor()
    await at_desk.taps("Desk settings")
    async with storage.unit() as uow:
        place = await uow.posted.get_place(actor.id)
        place.screen = "pin-new"
        [token] = await uow.posted.replace_buttons(place.id, [Action("pin-ok")], expires_at=place.delete_at)
        await keep_typed(uow, actor, Keypad.NEW_PIN, "271828", "271828", now=at_desk.clock())

    await at_desk.forge(PREFIX + urlsafe_b64encode(token).decode())

    assert (await opens_with(at_desk, "271828")).desk_open_until is None


async def test_five_wrong_present_pins_close_the_desk_and_the_keypad_rests(at_desk, carol):
    await begins(at_desk, "Change the PIN", "135790")
    for _ in range(4):
        await types_pin(at_desk, "135790")

    assert "The keypad rests" in at_desk.text
    assert (await at_desk.actor()).desk_open_until is None
    assert "desk_pin_wrong" in await deliver(carol)


async def test_the_duress_pin_asked_for_at_a_true_desk_makes_it_a_decoy(at_desk, carol):
    await sets(at_desk, "Set a duress PIN", DURESS_PIN)

    await begins(at_desk, "Change the PIN", DURESS_PIN)

    assert "Choose another PIN" in at_desk.text
    actor = await at_desk.actor()
    assert (actor.is_coordinator, actor.has_decoy_desk) == (False, True)
    assert "desk_duress" in await deliver(carol)


@pytest.mark.parametrize("present", [PIN, DURESS_PIN])
async def test_a_decoy_takes_either_pin_as_the_present_one(at_desk, present):
    await sets(at_desk, "Set a duress PIN", DURESS_PIN)
    await opens_with(at_desk, DURESS_PIN)

    await begins(at_desk, "Change the PIN", present)

    assert "Choose another PIN" in at_desk.text


async def test_a_duress_pin_that_was_set_opens_a_decoy(at_desk):
    await sets(at_desk, "Set a duress PIN", DURESS_PIN)

    assert (await opens_with(at_desk, DURESS_PIN)).has_decoy_desk


async def test_the_last_duress_pin_counts(at_desk):
    await sets(at_desk, "Set a duress PIN", DURESS_PIN)
    await sets(at_desk, "Set a duress PIN", "314159")

    assert (await opens_with(at_desk, DURESS_PIN)).desk_open_until is None
    assert (await opens_with(at_desk, "314159")).has_decoy_desk


@pytest.mark.parametrize("pin", [PIN, "222222", "345678"])
async def test_a_duress_pin_is_not_the_pin_and_not_easy(at_desk, pin):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Set a duress PIN")

    await types_pin(at_desk, pin)

    assert "These digits will not do" in at_desk.text


async def test_a_new_pin_is_not_the_duress_pin(at_desk):
    await sets(at_desk, "Set a duress PIN", DURESS_PIN)
    await begins(at_desk, "Change the PIN")

    await types_pin(at_desk, DURESS_PIN)

    assert "These digits will not do" in at_desk.text


async def test_two_different_choices_change_nothing(at_desk):
    await begins(at_desk, "Change the PIN")
    await types_pin(at_desk, "271828")

    await types_pin(at_desk, "314159")

    assert "differ" in at_desk.text
    assert (await opens_with(at_desk, PIN)).is_coordinator


async def test_too_few_digits_are_typed_anew(at_desk):
    await begins(at_desk, "Change the PIN")

    await types_pin(at_desk, "123")

    assert "six digits" in at_desk.text


async def test_the_settings_look_the_same_whether_there_is_a_duress_pin(at_desk):
    async def look():
        await at_desk.says("/desk")
        await at_desk.taps("Desk settings")
        shown = [at_desk.text, at_desk.labels]
        await at_desk.taps("Set a duress PIN")
        shown += [at_desk.text, at_desk.labels]
        await at_desk.says("/mydata")
        return [*shown, "duress" in at_desk.text]

    before = await look()
    await sets(at_desk, "Set a duress PIN", DURESS_PIN)

    assert await look() == before
    assert before[-1] is False


async def test_the_row_looks_the_same_whether_there_is_a_duress_pin(coordinator, storage):
    await coordinator.says("/desk")
    await types_pin(coordinator)
    await types_pin(coordinator)

    async with storage.view() as uow:
        desk = await uow.desks.get((await coordinator.actor()).id)
    assert len(desk.duress_pin.raw) == len(desk.pin.raw)


async def test_a_desk_of_an_earlier_release_is_given_a_hash_at_its_next_opening(at_desk, storage):
    await at_desk.taps("Lock")
    actor = await at_desk.actor()
    async with storage.unit() as uow:
        desk = await uow.desks.get(actor.id)
        assert desk.duress_pin is None

    await opens_with(at_desk, PIN)

    async with storage.view() as uow:
        assert (await uow.desks.get(actor.id)).duress_pin is not None


async def test_keys_stand_in_an_order_of_their_own_if_their_owner_wishes(at_desk):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Keys in random order")
    orders = set()

    for _ in range(4):
        await at_desk.says("/lock")
        await at_desk.says("/desk")
        orders.add(tuple(keys(at_desk)))
        assert sorted(keys(at_desk)) == sorted(USUAL)

    assert len(orders) > 1


async def test_keys_keep_their_order_while_digits_are_typed_and_mean_what_they_show(at_desk):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Keys in random order")
    await at_desk.says("/lock")
    await at_desk.says("/desk")
    shown = keys(at_desk)
    await at_desk.taps(PIN[0])
    await at_desk.repeat()
    repeated = keys(at_desk)

    await types_pin(at_desk, PIN[1:])

    assert repeated == shown
    assert "Lock" in at_desk.labels


async def test_keys_stand_as_usual_again_when_their_owner_wishes(at_desk):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Keys in random order")
    await at_desk.taps("Keys in the usual order")
    await at_desk.says("/lock")

    await at_desk.says("/desk")

    assert keys(at_desk) == USUAL


async def test_a_desk_that_closes_by_itself_shows_shuffled_keys_too(at_desk, clock):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Keys in random order")
    await at_desk.taps("Back")
    orders: set[tuple[str, ...]] = set()

    for _ in range(3):
        clock.moves(minutes=6)
        await at_desk.taps("Back" if "Inbox" not in at_desk.labels else "Inbox")
        orders.add(tuple(keys(at_desk)))
        await types_pin(at_desk)

    assert tuple(USUAL) not in orders


async def test_settings_of_a_closed_desk_are_not_shown(at_desk, clock):
    clock.moves(minutes=6)

    await at_desk.taps("Desk settings")

    assert "OK" in at_desk.labels
