"""What a coordinator may change about their own desk: its PINs and the order of its keys.

Nothing here tells whether a duress PIN was ever chosen.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from handlers.coordinator.keypad import KEYPADS, keys
from handlers.deps import Deps
from handlers.screen import Screen, Turn, View
from handlers.screens import screen
from solidarity.desk import Choice, change_pin, shuffles_keys, turn_shuffling
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.keypads import Keypad, TypedPin, any_order, clear_keypad, type_anew, typed_pin
from solidarity.pins import PinHasher

CHOSEN = (Keypad.NEW_PIN, Keypad.DURESS_PIN)
SCREENS: dict[Keypad, str] = {pad: name for name, pad in KEYPADS.items() if pad in CHOSEN}
HINTS = {
    Choice.DIFFERENT: "desk-pins-differ",
    Choice.TOO_EASY: "desk-pin-will-not-do",
    Choice.IN_USE: "desk-pin-will-not-do",
}


@dataclass(frozen=True)
class Compared:
    """Whether a new PIN is in use already, or its hash; for which digits of which keypad."""

    pad: Keypad
    typed: TypedPin
    is_in_use: bool = False
    new_hash: str | None = None

    def __repr__(self) -> str:
        return "Compared(<sealed>)"


@screen("desk-settings")
async def settings(view: View) -> Screen:
    """Offer what can be changed."""
    is_shuffled = await shuffles_keys(view.uow, view.actor)
    rows = [
        [view.button("desk-change-pin", "pin-begin", argument=Keypad.NEW_PIN.value)],
        [view.button("desk-duress-pin", "pin-begin", argument=Keypad.DURESS_PIN.value)],
        [view.button("desk-keys-in-order" if is_shuffled else "desk-keys-at-random", "desk-shuffle")],
        [view.back("desk")],
    ]
    order = view.say("desk-keys-shuffled" if is_shuffled else "desk-keys-as-usual")
    return Screen(view.say("desk-settings", order=order), rows)


async def shuffle(turn: Turn) -> None:
    """Let the keys stand in another order each time, or not."""
    await turn_shuffling(turn.uow, turn.actor)
    turn.hint = turn.say("settings-saved")
    turn.go("desk-settings")


async def begin(turn: Turn) -> None:
    """Begin to choose a duress PIN, or another PIN: who found the desk open must not lock its owner out."""
    pad = next((pad for pad in SCREENS if pad.value == turn.argument), None)
    if pad is None:
        raise NotForYou(turn.argument)
    await clear_keypad(turn.uow, turn.actor, pad)
    if pad is Keypad.NEW_PIN:
        await clear_keypad(turn.uow, turn.actor, Keypad.PRESENT)
        turn.go("pin-present", argument=any_order())
    else:
        turn.go(SCREENS[pad], argument=any_order())


@screen("pin-new")
async def new_pin(view: View) -> Screen:
    """Ask for another PIN, twice."""
    return await _keypad(view, Keypad.NEW_PIN, "desk-pin-new")


@screen("pin-duress")
async def duress_pin(view: View) -> Screen:
    """Ask for a duress PIN, twice."""
    return await _keypad(view, Keypad.DURESS_PIN, "desk-pin-duress")


async def _keypad(view: View, pad: Keypad, key: str) -> Screen:
    typed = await typed_pin(view.uow, view.actor, pad, now=view.now)
    text = view.say(key if typed.first is None else "desk-pin-repeat")
    return Screen(text, [*await keys(view, "pin-ok"), [view.back("desk-settings")]])


async def prepare_ok(turn: Turn) -> Callable[[Deps], Awaitable[Compared]]:
    """Read what was typed, and return the hashing that must happen outside the unit of work."""
    pad = _pad(turn)
    typed = await typed_pin(turn.uow, turn.actor, pad, now=turn.now)

    async def work(deps: Deps) -> Compared:
        pins = deps.pins
        if typed.is_complete and typed.first is None:
            return Compared(pad, typed, is_in_use=await _is_in_use(pins, pad, typed))
        if typed.is_complete and typed.first == typed.digits:
            return Compared(pad, typed, new_hash=await pins.hash(typed.digits))
        return Compared(pad, typed)

    return work


async def _is_in_use(pins: PinHasher, pad: Keypad, typed: TypedPin) -> bool:
    """Say whether digits open this desk already; the same duress PIN may be chosen again."""
    others = [typed.stored, typed.duress if pad is Keypad.NEW_PIN else None]
    return any([await pins.matches(typed.digits, other) for other in others if other is not None])


def _pad(turn: Turn) -> Keypad:
    pad = None if turn.posted is None else KEYPADS.get(turn.posted.screen)
    if pad not in SCREENS:
        raise NoLongerSo("no PIN is being chosen")
    return pad


async def ok(turn: Turn) -> None:
    """Take the first or the repeated choice."""
    compared: Compared = turn.prepared
    pad = compared.pad
    typed = await typed_pin(turn.uow, turn.actor, pad, now=turn.now)
    turn.go(SCREENS[pad], argument=any_order())
    if typed != compared.typed:
        turn.hint = turn.say("desk-pin-once-more")
    elif not typed.is_complete:
        await type_anew(turn.uow, turn.actor, typed, pad, now=turn.now)
        turn.hint = turn.say("desk-pin-six-digits")
    else:
        await _take(turn, compared)


async def _take(turn: Turn, compared: Compared) -> None:
    choice = await change_pin(
        turn.uow,
        turn.actor,
        compared.pad,
        compared.typed,
        compared.new_hash,
        is_in_use=compared.is_in_use,
        now=turn.now,
    )
    if choice is Choice.MADE:
        turn.hint = turn.say("settings-saved")
        turn.go("desk-settings")
    elif choice in HINTS:
        turn.hint = turn.say(HINTS[choice])
