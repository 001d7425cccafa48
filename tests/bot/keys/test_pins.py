import asyncio
import threading
from collections.abc import Iterator

import pytest

from bot.keys import pins as pins_module
from bot.keys.pins import MOST_WAITING, Pins
from solidarity.errors import TooBusy
from storage.passwords import Cost

CHEAP = Cost(memory_kib=32, passes=1, lanes=4)


@pytest.fixture
def pins() -> Iterator[Pins]:
    pins = Pins(b"p" * 32, cost=CHEAP)
    yield pins
    pins.close()


async def test_a_pin_matches_its_own_hash(pins: Pins) -> None:
    stored = await pins.hash("271828")

    assert await pins.matches("271828", stored)


async def test_another_pin_does_not_match(pins: Pins) -> None:
    stored = await pins.hash("271828")

    assert not await pins.matches("271829", stored)


async def test_who_has_the_hash_but_not_the_pepper_matches_nothing(pins: Pins) -> None:
    mallory = Pins(b"m" * 32, cost=CHEAP)
    stored = await pins.hash("271828")

    matches = await mallory.matches("271828", stored)
    mallory.close()

    assert not matches


async def test_pins_are_hashed_one_at_a_time(pins: Pins, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on = asyncio.Event(), threading.Event()
    loop, others = asyncio.get_running_loop(), set(threading.enumerate())

    def hash_pin(pin: str, **_: object) -> str:
        loop.call_soon_threadsafe(begun.set)
        go_on.wait(5)
        return pin

    monkeypatch.setattr(pins_module, "hash_pin", hash_pin)

    hashing = asyncio.gather(*(pins.hash(str(n)) for n in range(5)))
    await begun.wait()
    at_work = set(threading.enumerate()) - others
    go_on.set()

    assert (len(at_work), await hashing) == (1, ["0", "1", "2", "3", "4"])


async def test_others_go_on_while_a_pin_is_hashed(pins: Pins, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(pins_module, "hash_pin", lambda *_, **__: str(go_on.wait(5)))

    hashing = asyncio.ensure_future(pins.hash("271828"))
    await asyncio.sleep(0)
    go_on.set()

    assert await hashing == "True"


async def test_so_few_wait_that_everybody_else_is_answered_meanwhile(
    pins: Pins, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, hash_pin = threading.Event(), pins_module.hash_pin

    def hash_when_let(*given: object, **options: object) -> str:
        held.wait()
        return hash_pin(*given, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(pins_module, "hash_pin", hash_when_let)
    waiting = [asyncio.ensure_future(pins.hash(f"27182{n}")) for n in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(TooBusy):
        await pins.hash("314159")
    held.set()
    await asyncio.gather(*waiting)

    assert await pins.matches("314159", await pins.hash("314159"))
