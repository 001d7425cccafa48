"""How long an answer to a PIN takes does not tell which of the two it was: the same hashes and statements."""

import pytest

from handlers.arrival import Arrival
from solidarity.desk import open_desk
from storage.models import CodeKind
from tests.handlers.conftest import UPDATES
from tests.statements import statements

from .conftest import PIN
from .duress import DURESS_PIN, WRONG_PIN, Cut, has_both_pins


class CountingPins:
    """Hashes cheaply, and counts how often."""

    def __init__(self) -> None:
        self.count = 0

    async def hash(self, pin: str) -> str:
        self.count += 1
        return f"cheap:{pin[::-1]}"

    async def matches(self, pin: str, stored: str) -> bool:
        return stored == await self.hash(pin)


async def costs(chat, pin, storage):
    """Type a PIN, and return the hashes and statements of the tap on OK."""
    pins = CountingPins()
    chat.conversation._deps.pins = pins
    await chat.says("/desk")
    for digit in pin:
        await chat.taps(digit)
    ok = next(b for b in chat.buttons(chat.newest) if b.text == "OK")
    chat.conversation, true = Cut(chat.conversation), chat.conversation
    with statements(storage) as ran:
        await chat.conversation.take(chat_tap(chat, ok))
    chat.conversation = true
    return pins.count, ran


def chat_tap(chat, button):
    number = next(UPDATES)
    return Arrival(number, chat.chat_id, chat.newest, None, f"q{number}", button.callback_data, chat.language)


@pytest.mark.parametrize("pin", [PIN, DURESS_PIN, WRONG_PIN])
async def test_each_pin_costs_two_hashes(forced, storage, pin):
    hashes, _ = await costs(forced, pin, storage)

    assert hashes == 2


async def test_a_desk_without_a_duress_pin_costs_two_hashes_too(at_desk, storage, clock):
    await at_desk.taps("Lock")

    hashes, _ = await costs(at_desk, PIN, storage)

    assert hashes == 2


async def test_the_duress_pin_costs_the_statements_of_the_true_one(
    forced, new_chat, storage, clock, new_prisoner
):
    await new_prisoner()
    other = new_chat(700_000_005)
    await other.joins_as(CodeKind.COORDINATOR)
    await has_both_pins(other, clock)

    _, true = await costs(other, PIN, storage)
    _, under_duress = await costs(forced, DURESS_PIN, storage)

    assert under_duress == true


async def test_all_three_pins_cost_the_rule_the_same_statements(forced, storage, clock):
    ran = []
    actor = await forced.actor()
    for is_right, is_duress in ((True, False), (False, False), (False, True)):
        with statements(storage) as each:
            async with storage.unit() as uow:
                await open_desk(uow, actor, is_right=is_right, is_duress=is_duress, now=clock())
        ran.append(each)

    assert ran[0] == ran[1] == ran[2]
