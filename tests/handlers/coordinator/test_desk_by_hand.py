"""Who holds a coordinator's telephone and can write to the database opens no desk by it."""

import pytest
from sqlalchemy import text

from tests.handlers.acts import deliver

from .conftest import PIN, types_pin

CHANGES = {
    "deleted": "DELETE FROM desk WHERE person_id = :id",
    "no PIN": "UPDATE desk SET pin = NULL WHERE person_id = :id",
    "no PINs": "UPDATE desk SET pin = NULL, duress_pin = NULL WHERE person_id = :id",
    "open": "UPDATE desk SET open_until = :until WHERE person_id = :id",
    "never locked": "UPDATE desk SET wrong_tries = -1000 WHERE person_id = :id",
}
CLOSED = ["Tell my colleagues", "Back"]


async def by_hand(chat, change):
    values = {"id": (await chat.actor()).id.bytes, "until": int(chat.clock().timestamp() * 1000) + 240_000}
    wanted = text(CHANGES[change])
    async with chat.storage.unit() as uow:
        await uow.session.execute(wanted, {name: values[name] for name in wanted.compile().params})


@pytest.mark.parametrize("change", CHANGES)
async def test_a_forged_desk_says_how_to_get_a_new_pin_and_asks_for_none(at_desk, carol, change):
    await at_desk.taps("Lock")
    await by_hand(at_desk, change)

    await at_desk.says("/desk")

    assert at_desk.labels == CLOSED
    assert "A new PIN" in at_desk.text


async def test_a_desk_that_was_never_opened_does_not_open_either_once_its_row_is_gone(coordinator):
    await by_hand(coordinator, "deleted")

    await coordinator.says("/desk")

    assert coordinator.labels == CLOSED


@pytest.mark.parametrize("change", CHANGES)
async def test_a_keypad_that_stood_there_before_opens_nothing_either(at_desk, change):
    await at_desk.taps("Lock")
    await at_desk.says("/desk")
    for digit in PIN:
        await at_desk.taps(digit)
    await by_hand(at_desk, change)

    await at_desk.taps("OK")

    assert at_desk.labels == CLOSED


async def test_a_choice_that_was_begun_before_is_not_ended(coordinator):
    await coordinator.says("/desk")
    await types_pin(coordinator)
    await by_hand(coordinator, "deleted")

    for digit in PIN:
        await coordinator.taps(digit)
    await coordinator.taps("OK")

    assert coordinator.labels == CLOSED


@pytest.mark.parametrize("change", CHANGES)
async def test_an_open_desk_closes_with_the_next_tap(at_desk, change):
    await by_hand(at_desk, change)

    await at_desk.taps("Inbox")

    assert at_desk.labels == CLOSED


async def test_colleagues_are_warned_and_told_who_needs_a_new_pin(at_desk, carol, storage, clock):
    await at_desk.taps("Lock")
    await by_hand(at_desk, "deleted")
    await at_desk.says("/desk")
    await deliver(carol)

    await carol.taps("Open")

    assert "changed by hand in the database" in carol.text


async def test_a_forged_desk_can_still_ask_for_a_new_pin(at_desk, carol):
    await at_desk.taps("Lock")
    await by_hand(at_desk, "no PIN")
    await at_desk.says("/desk")

    await at_desk.taps("Tell my colleagues")

    assert "Your colleagues are told" in at_desk.text
    assert at_desk.labels == CLOSED
