"""The keypad that opens a desk; a digit shows nothing, only *OK* changes the screen."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from handlers.deps import Deps
from handlers.rooms import desk_screens
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.desk import Choice, choose_pin, nobodys_pin, open_desk, say_pin_forgotten
from solidarity.drafts import interrupted
from solidarity.duress import end_rights_under_duress
from solidarity.keypads import (
    Keypad,
    TypedPin,
    any_order,
    order_of_keys,
    press_key,
    type_anew,
    typed_pin,
)
from solidarity.pins import PinHasher
from solidarity.work import UnitOfWork

# What is typed on which screen.
KEYPADS = {
    "keypad": Keypad.OPEN,
    "pin-present": Keypad.PRESENT,
    "pin-new": Keypad.NEW_PIN,
    "pin-duress": Keypad.DURESS_PIN,
}


@dataclass(frozen=True)
class Worked:
    """What was hashed or compared before the unit of work, and for which digits."""

    typed: TypedPin
    is_right: bool = False
    is_duress: bool = False
    new_hash: str | None = None
    filler: str | None = None

    def __repr__(self) -> str:
        return "Worked(<sealed>)"


@screen("keypad")
async def keypad(view: View) -> Screen:
    """Ask for the PIN, or for the choice of one; the argument is the order of the keys.

    A desk that was changed by hand has no keys: its owner reads what one reads who forgot the PIN.
    """
    typed = await typed_pin(view.uow, view.actor, now=view.now)
    if typed.is_forged:
        return _new_pin(view, view.back())
    rows = await keys(view, "key-ok")
    if typed.stored is not None:
        rows.append([view.button("desk-pin-forgotten", "go:pin-forgotten")])
    # Whoever copies the bot wants the PIN most of all.
    return Screen(await view.under_phrase(_asks(view, typed)), [*rows, [view.back()]])


async def keys(view: View, verb: str) -> list[Row]:
    """Return the keys of a keypad whose *OK* does `verb`."""
    order = await order_of_keys(view.uow, view.actor, view.argument)
    labels = ["⌫" if place == 9 else order[place - (place > 9)] for place in range(11)]
    buttons = [*(Button(key, "key", argument=key) for key in labels), Button("OK", verb)]
    return [buttons[start : start + 3] for start in range(0, len(buttons), 3)]


def _asks(view: View, typed: TypedPin) -> str:
    if typed.locked_until is not None:
        until = typed.locked_until.astimezone(ZoneInfo(view.actor.hours.zone)).time()
        return view.say("desk-pin-resting", until=view.words.hour(until))
    if typed.stored is not None:
        return view.say("desk-pin-yours")
    return view.say("desk-pin-choose" if typed.first is None else "desk-pin-repeat")


@screen("pin-present")
async def present(view: View) -> Screen:
    """Ask for the present PIN, before another is chosen."""
    rows = [*await keys(view, "pin-present"), [view.back("desk-settings")]]
    return Screen(view.say("desk-pin-present"), rows)


async def press(turn: Turn) -> None:
    """Take one key; the message stays as it is."""
    shown = "" if turn.posted is None else turn.posted.screen
    pad = KEYPADS.get(shown, Keypad.OPEN)
    await press_key(turn.uow, turn.actor, turn.argument, pad, now=turn.now)
    # A keypad that has just moved to a new message must still be sent.
    turn.keep_screen = turn.posted is not None and turn.posted.message_id is not None


async def prepare_ok(turn: Turn) -> Callable[[Deps], Awaitable[Worked]]:
    """Read what was typed, and return the hashing that must happen outside the unit of work."""
    typed = await typed_pin(turn.uow, turn.actor, _pad(turn), now=turn.now)

    async def work(deps: Deps) -> Worked:
        pins = deps.pins
        if not typed.is_complete or typed.locked_until is not None:
            return Worked(typed)
        if typed.stored is not None:
            return await _compared(pins, typed, typed.stored)
        if typed.first == typed.digits:
            new_hash = await pins.hash(typed.digits)
            return Worked(typed, new_hash=new_hash, filler=await pins.hash(nobodys_pin()))
        return Worked(typed)

    return work


async def _compared(pins: PinHasher, typed: TypedPin, stored: str) -> Worked:
    """Compare digits with both PINs, always: how long it takes must not tell which they are."""
    is_right = await pins.matches(typed.digits, stored)
    if typed.duress is None:
        return Worked(typed, is_right, filler=await pins.hash(nobodys_pin()))
    return Worked(typed, is_right, await pins.matches(typed.digits, typed.duress))


def _pad(turn: Turn) -> Keypad:
    """Return on which keypad *OK* was tapped: before the desk, or for the present PIN at it."""
    shown = None if turn.posted is None else KEYPADS.get(turn.posted.screen)
    return Keypad.PRESENT if shown is Keypad.PRESENT else Keypad.OPEN


async def ok(turn: Turn) -> None:
    """Open the desk, choose its PIN, or say what was wrong."""
    worked: Worked = turn.prepared
    if not await _is_typed(turn, worked, Keypad.OPEN, "keypad"):
        return
    if worked.typed.stored is None:
        await _choose(turn, worked)
    elif await _opens(turn, worked, Keypad.OPEN):
        await _go_to_desk(turn)


async def ok_present(turn: Turn) -> None:
    """Go on to the choice of another PIN, or say what was wrong."""
    worked: Worked = turn.prepared
    if not await _is_typed(turn, worked, Keypad.PRESENT, "pin-present"):
        return
    if await _opens(turn, worked, Keypad.PRESENT):
        turn.go("pin-new", argument=any_order())


async def _is_typed(turn: Turn, worked: Worked, pad: Keypad, name: str) -> bool:
    """Say whether six digits stand on a keypad, those that were compared; else what is to be done."""
    typed = await typed_pin(turn.uow, turn.actor, pad, now=turn.now)
    turn.go(name, argument=any_order())
    if typed != worked.typed:
        turn.hint = turn.say("desk-pin-once-more")
        return False
    if not typed.is_complete and typed.locked_until is None:
        await type_anew(turn.uow, turn.actor, typed, pad, now=turn.now)
        turn.hint = turn.say("desk-pin-six-digits")
        return False
    if typed.is_forged:
        # The keypad says so by itself.
        await type_anew(turn.uow, turn.actor, typed, pad, now=turn.now)
        return False
    return True


async def _opens(turn: Turn, worked: Worked, pad: Keypad) -> bool:
    opens = await open_desk(
        turn.uow,
        turn.actor,
        is_right=worked.is_right,
        is_duress=worked.is_duress,
        filler=worked.filler,
        keypad=pad,
        now=turn.now,
    )
    if worked.is_duress and not worked.is_right:
        turn.afterwards = _ending_rights(turn)
    if not opens:
        turn.hint = turn.say("desk-pin-wrong")
    return opens


def _ending_rights(turn: Turn) -> Callable[[UnitOfWork], Awaitable[None]]:
    """Return what follows the duress PIN after the answer, which must not take longer than to the PIN."""

    async def end_rights(uow: UnitOfWork) -> None:
        await end_rights_under_duress(uow, screens=desk_screens(), now=turn.now)

    return end_rights


async def _go_to_desk(turn: Turn) -> None:
    """Go to the desk, or first to what somebody was in the middle of when it closed."""
    turn.go("desk" if await interrupted(turn.uow, turn.actor, now=turn.now) is None else "interrupted")


async def _choose(turn: Turn, worked: Worked) -> None:
    choice = await choose_pin(
        turn.uow, turn.actor, worked.typed, worked.new_hash, filler=worked.filler, now=turn.now
    )
    if choice is Choice.MADE:
        await _go_to_desk(turn)
    elif choice is not Choice.REPEAT:
        turn.hint = turn.say("desk-pins-differ" if choice is Choice.DIFFERENT else "desk-pin-too-easy")


@screen("pin-forgotten")
async def forgotten(view: View) -> Screen:
    """Say how somebody gets a new PIN: through a colleague and the administrator, who may be themselves."""
    return _new_pin(view, view.button("back", "desk"))


def _new_pin(view: View, back: Button) -> Screen:
    rows = [[view.button("desk-tell-colleagues", "pin-forgotten")], [back]]
    is_theirs = view.actor.is_administrator
    return Screen(view.say("desk-pin-forgotten-administrator" if is_theirs else "desk-pin-forgotten"), rows)


async def say_forgotten(turn: Turn) -> None:
    """Tell colleagues that somebody asks for a new PIN."""
    await say_pin_forgotten(turn.uow, turn.actor, now=turn.now)
    turn.hint = turn.say("desk-colleagues-told")
    turn.go("keypad", argument=any_order())
