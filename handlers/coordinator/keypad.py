"""The keypad that opens a desk; a digit shows nothing, only *OK* changes the screen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.screen import Button, Screen, Turn, View
from handlers.screens import screen
from solidarity.desk import Choice, TypedPin, choose_pin, open_desk, press_key, type_anew, typed_pin
from solidarity.pins import PinHasher

ROWS = ("123", "456", "789", "⌫0")


@dataclass(frozen=True)
class Worked:
    """What was hashed or compared before the unit of work, and for which digits."""

    typed: TypedPin
    is_right: bool = False
    new_hash: str | None = None

    def __repr__(self) -> str:
        return "Worked(<sealed>)"


@screen("keypad", "desk.open")
async def keypad(view: View) -> Screen:
    """Ask for the PIN, or for the choice of one."""
    typed = await typed_pin(view.uow, view.actor, now=view.now)
    rows = [[Button(key, "key", argument=key) for key in row] for row in ROWS]
    rows[-1].append(Button("OK", "key-ok"))
    return Screen(_asks(view, typed), [*rows, [view.back()]])


def _asks(view: View, typed: TypedPin) -> str:
    if typed.locked_until is not None:
        until = typed.locked_until.astimezone(ZoneInfo(view.actor.hours.zone)).time()
        return view.say("desk-pin-resting", until=view.words.hour(until))
    if typed.stored is not None:
        return view.say("desk-pin-yours")
    return view.say("desk-pin-choose" if typed.first is None else "desk-pin-repeat")


async def press(turn: Turn) -> None:
    """Take one key; the message stays as it is."""
    await press_key(turn.uow, turn.actor, turn.argument, now=turn.now)
    # A keypad that has just moved to a new message must still be sent.
    turn.keep_screen = turn.posted is not None and turn.posted.message_id is not None


async def prepare_ok(turn: Turn) -> Callable[[PinHasher], Awaitable[Worked]]:
    """Read what was typed, and return the hashing that must happen outside the unit of work."""
    typed = await typed_pin(turn.uow, turn.actor, now=turn.now)

    async def work(pins: PinHasher) -> Worked:
        if not typed.is_complete or typed.locked_until is not None:
            return Worked(typed)
        if typed.stored is not None:
            return Worked(typed, is_right=await pins.matches(typed.digits, typed.stored))
        if typed.first == typed.digits:
            return Worked(typed, new_hash=await pins.hash(typed.digits))
        return Worked(typed)

    return work


async def ok(turn: Turn) -> None:
    """Open the desk, choose its PIN, or say what was wrong."""
    worked: Worked = turn.prepared
    typed = await typed_pin(turn.uow, turn.actor, now=turn.now)
    turn.go("keypad")
    if typed != worked.typed:
        turn.hint = turn.say("desk-pin-once-more")
    elif not typed.is_complete and typed.locked_until is None:
        await type_anew(turn.uow, turn.actor, typed, now=turn.now)
        turn.hint = turn.say("desk-pin-six-digits")
    elif typed.stored is None:
        await _choose(turn, worked)
    elif await open_desk(turn.uow, turn.actor, is_right=worked.is_right, now=turn.now):
        turn.go("desk")
    else:
        turn.hint = turn.say("desk-pin-wrong")


async def _choose(turn: Turn, worked: Worked) -> None:
    choice = await choose_pin(turn.uow, turn.actor, worked.typed, worked.new_hash, now=turn.now)
    if choice is Choice.MADE:
        turn.go("desk")
    elif choice is not Choice.REPEAT:
        turn.hint = turn.say("desk-pins-differ" if choice is Choice.DIFFERENT else "desk-pin-too-easy")
