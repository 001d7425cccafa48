"""A coordinator changes their PIN, sets a duress PIN and the order of keys; nothing tells what was there."""

import pytest

from .conftest import PIN, types_pin
from .duress import DURESS_PIN

USUAL = [*"123456789", "⌫", "0"]


def keys(chat):
    return chat.labels[:11]


async def sets(chat, button, pin):
    """Choose another PIN of one kind, at the open desk."""
    await chat.says("/desk")
    await chat.taps("Desk settings")
    await chat.taps(button)
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
    await at_desk.taps("Change the PIN")

    await types_pin(at_desk, DURESS_PIN)

    assert "These digits will not do" in at_desk.text


async def test_two_different_choices_change_nothing(at_desk):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Change the PIN")
    await types_pin(at_desk, "271828")

    await types_pin(at_desk, "314159")

    assert "differ" in at_desk.text
    assert (await opens_with(at_desk, PIN)).is_coordinator


async def test_too_few_digits_are_typed_anew(at_desk):
    await at_desk.taps("Desk settings")
    await at_desk.taps("Change the PIN")

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
