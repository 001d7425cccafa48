"""Five wrong PINs are told to the others; a forgotten one is replaced through them, and by nobody alone."""

import pytest

from solidarity.desk import PIN_FORGOTTEN, PIN_WRONG, forget_pin
from solidarity.errors import NotForYou
from tests.handlers.acts import claim, deliver

from .conftest import types_pin
from .duress import WRONG_PIN, has_both_pins, is_forced


async def wrong_five_times(chat):
    await chat.says("/desk")
    for _ in range(5):
        await types_pin(chat, WRONG_PIN)


async def test_five_wrong_pins_are_told_to_the_others_by_a_pseudonym(at_desk, carol):
    await at_desk.taps("Lock")
    await wrong_five_times(at_desk)
    await deliver(carol)

    await carol.taps("Open")

    assert "Five wrong PINs were typed at the desk of" in carol.text


async def test_whoever_typed_them_is_not_told(at_desk, carol, storage, clock):
    await at_desk.taps("Lock")
    await wrong_five_times(at_desk)

    rows = await claim(storage, clock())

    assert [(row.kind, row.person_id) for row in rows] == [(PIN_WRONG, (await carol.actor()).id)]


async def test_somebody_who_tries_again_and_again_is_told_of_once_an_hour(at_desk, carol, storage, clock):
    await at_desk.taps("Lock")
    for _ in range(3):
        await wrong_five_times(at_desk)
        clock.moves(minutes=16)

    rows = await claim(storage, clock())

    assert [row.kind for row in rows] == [PIN_WRONG]


async def test_four_wrong_pins_are_told_to_nobody(at_desk, carol, storage, clock):
    await at_desk.taps("Lock")
    await at_desk.says("/desk")
    for _ in range(4):
        await types_pin(at_desk, WRONG_PIN)

    assert await claim(storage, clock()) == []


async def test_who_forgot_their_pin_reads_how_to_get_a_new_one(at_desk, carol):
    await at_desk.taps("Lock")
    await at_desk.says("/desk")
    await at_desk.taps("I forgot my PIN")
    await at_desk.taps("Tell my colleagues")
    await deliver(carol)

    await carol.taps("Open")

    assert "OK" in at_desk.labels
    assert "needs a new PIN" in carol.text


async def test_colleagues_are_told_once_a_day(at_desk, carol, storage, clock):
    await at_desk.taps("Lock")
    for _ in range(3):
        await at_desk.says("/desk")
        await at_desk.taps("I forgot my PIN")
        await at_desk.taps("Tell my colleagues")

    assert [row.kind for row in await claim(storage, clock())] == [PIN_FORGOTTEN]


async def test_a_forgotten_pin_is_chosen_anew_and_both_old_ones_open_nothing(coordinator, storage, clock):
    await has_both_pins(coordinator, clock)
    actor = await coordinator.actor()

    async with storage.unit() as uow:
        await forget_pin(uow, actor.id, now=clock())
    await coordinator.says("/desk")

    assert "Choose a PIN of six digits" in coordinator.text
    async with storage.view() as uow:
        desk = await uow.desks.get(actor.id)
        assert (desk.pin, desk.duress_pin, desk.open_until) == (None, None, None)


async def test_nobody_gets_a_new_pin_for_a_desk_that_was_opened_under_duress(coordinator, storage, clock):
    await has_both_pins(coordinator, clock)
    await is_forced(coordinator)

    async with storage.unit() as uow:
        with pytest.raises(NotForYou):
            await forget_pin(uow, (await coordinator.actor()).id, now=clock())


async def test_mallory_has_no_pin_to_be_forgotten(mallory, storage, clock):
    await mallory.joins()

    async with storage.unit() as uow:
        with pytest.raises(NotForYou):
            await forget_pin(uow, (await mallory.actor()).id, now=clock())
