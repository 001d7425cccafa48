"""What stands on a keypad: digits that are typed unseen, and the order in which its keys are shown."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from solidarity.access import Actor
from solidarity.errors import PinLocked
from storage.unit_of_work import UnitOfWork

PIN_DIGITS = 6
TYPING_FOR = timedelta(minutes=5)
DIGITS = "1234567890"
ROWS = ("01234567890", "09876543210")


class Keypad(StrEnum):
    """What six digits are typed for; each has a draft of its own."""

    OPEN = "pin"
    # The present PIN, before another is chosen.
    PRESENT = "pin:present"
    NEW_PIN = "pin:new"
    DURESS_PIN = "pin:duress"


@dataclass(frozen=True)
class TypedPin:
    """What stands on a keypad: the digits, the first choice of a new PIN, and the desk's two hashes.

    `locked_until` is set while the keypad rests; `is_forged` where the desk was changed or deleted by hand.
    """

    digits: str
    first: str | None
    stored: str | None
    locked_until: datetime | None = None
    duress: str | None = None
    is_forged: bool = False

    def __repr__(self) -> str:
        return "TypedPin(<sealed>)"

    @property
    def is_complete(self) -> bool:
        return len(self.digits) == PIN_DIGITS


async def typed_pin(
    uow: UnitOfWork, actor: Actor, keypad: Keypad = Keypad.OPEN, *, now: datetime
) -> TypedPin:
    """Return what somebody has typed so far."""
    draft = await uow.drafts.reveal(actor.id, keypad.value, now=now)
    desk = await uow.desks.get(actor.id)
    stored = await uow.desks.reveal_pin_hash(desk) if desk else None
    duress = await uow.desks.reveal_duress_hash(desk) if desk else None
    locked_until = desk.locked_until if desk and desk.locked_until and desk.locked_until > now else None
    return TypedPin(
        draft.get("digits", ""), draft.get("first"), stored, locked_until, duress, is_forged=desk is None
    )


async def keep_typed(
    uow: UnitOfWork, actor: Actor, keypad: Keypad, digits: str, first: str | None, *, now: datetime
) -> None:
    """Keep digits for five minutes."""
    body = {"digits": digits, "first": first}
    await uow.drafts.put(actor.id, keypad.value, body, expires_at=now + TYPING_FOR)


async def press_key(
    uow: UnitOfWork, actor: Actor, key: str, keypad: Keypad = Keypad.OPEN, *, now: datetime
) -> None:
    """Add a digit, or with ``⌫`` take the last one away; more than six are not taken.

    Raises:
        PinLocked: the keypad rests.
    """
    typed = await typed_pin(uow, actor, keypad, now=now)
    if typed.locked_until is not None:
        raise PinLocked(typed.locked_until)
    if key == "⌫":
        digits = typed.digits[:-1]
    else:
        digits = (typed.digits + key)[:PIN_DIGITS] if key.isdecimal() and len(key) == 1 else typed.digits
    await keep_typed(uow, actor, keypad, digits, typed.first, now=now)


async def clear_keypad(uow: UnitOfWork, actor: Actor, keypad: Keypad = Keypad.OPEN) -> None:
    """Forget what was typed."""
    await uow.drafts.drop(actor.id, keypad.value)


async def type_anew(
    uow: UnitOfWork, actor: Actor, typed: TypedPin, keypad: Keypad = Keypad.OPEN, *, now: datetime
) -> None:
    """Forget the digits on the keypad, and nothing else."""
    await keep_typed(uow, actor, keypad, "", typed.first, now=now)


def is_too_easy(digits: str) -> bool:
    """Say whether a PIN is one digit throughout, or a row of digits up or down."""
    return len(set(digits)) == 1 or any(digits in row for row in ROWS)


def any_order() -> str:
    """Return the ten digits in an order nobody can foresee, for one showing of a keypad."""
    return "".join(secrets.SystemRandom().sample(DIGITS, len(DIGITS)))


async def order_of_keys(uow: UnitOfWork, actor: Actor, order: str) -> str:
    """Return the digits as they are to stand: in `order` where the desk's owner wishes it, else as usual.

    What is no order of the ten digits counts as the usual one.
    """
    desk = await uow.desks.get(actor.id)
    wishes = desk is not None and desk.shuffles
    return order if wishes and sorted(order) == sorted(DIGITS) else DIGITS
