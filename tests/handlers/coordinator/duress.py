"""PINs that are typed in tests, the duress PIN too, and what follows from it."""

from typing import Any

from solidarity.desk import choose_pin
from solidarity.duress import end_rights_under_duress
from solidarity.keypads import TypedPin
from storage.unit_of_work import Storage
from tests.desks import desk_of
from tests.handlers.conftest import CheapPins

PIN = "114477"
DURESS_PIN = "990011"
WRONG_PIN = "135790"


async def types_pin(chat: Any, pin: str = PIN) -> None:
    for digit in pin:
        await chat.taps(digit)
    await chat.taps("OK")


async def has_both_pins(chat: Any, clock: Any) -> None:
    """Let a coordinator have a PIN and a duress PIN, and the desk closed."""
    pins, actor = CheapPins(), await chat.actor()
    async with chat.storage.unit() as uow:
        typed = TypedPin(PIN, first=PIN, stored=None)
        await choose_pin(uow, actor, typed, await pins.hash(PIN), filler=await pins.hash("x"), now=clock())
        desk = await desk_of(uow, actor.id)
        await uow.vault.seal(desk, duress_pin=await pins.hash(DURESS_PIN))
        desk.open_until = None
        await uow.desks.keep(desk)


async def is_forced(chat: Any) -> None:
    """Let somebody type the duress PIN."""
    await chat.says("/desk")
    await types_pin(chat, DURESS_PIN)


async def settle(storage: Storage, clock: Any) -> None:
    """Do what housekeeping does twice a minute."""
    async with storage.unit() as uow:
        await end_rights_under_duress(uow, screens=["desk", "inbox", "application-waiting"], now=clock())


class Cut:
    """A conversation of a process that dies after each commit."""

    def __init__(self, conversation) -> None:
        self._conversation = conversation

    async def take(self, arrival):
        answer = await self._conversation.take(arrival)
        answer.afterwards = None
        return answer
