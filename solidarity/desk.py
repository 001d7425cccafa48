"""A coordinator's desk: a PIN of six digits, open for five minutes after the last tap."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.errors import NotForYou, PinLocked
from storage.unit_of_work import UnitOfWork

PIN_DIGITS = 6
OPEN_FOR = timedelta(minutes=5)
WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
TYPING_FOR = timedelta(minutes=5)
DIALOGUE = "pin"
ROWS = ("01234567890", "09876543210")


class Choice(StrEnum):
    """How far the choice of a new PIN has come."""

    REPEAT = "repeat"
    DIFFERENT = "different"
    TOO_EASY = "too_easy"
    MADE = "made"


@dataclass(frozen=True)
class TypedPin:
    """What stands on a keypad: the digits, the first choice of a new PIN, the hash to compare with.

    `locked_until` is set while the keypad rests.
    """

    digits: str
    first: str | None
    stored: str | None
    locked_until: datetime | None = None

    def __repr__(self) -> str:
        return "TypedPin(<sealed>)"

    @property
    def is_complete(self) -> bool:
        return len(self.digits) == PIN_DIGITS


async def typed_pin(uow: UnitOfWork, actor: Actor, *, now: datetime) -> TypedPin:
    """Return what a coordinator has typed so far."""
    draft = await uow.drafts.reveal(actor.id, DIALOGUE, now=now)
    desk = await uow.desks.get(actor.id)
    stored = await uow.desks.reveal_pin_hash(desk) if desk else None
    locked_until = desk.locked_until if desk and desk.locked_until and desk.locked_until > now else None
    return TypedPin(draft.get("digits", ""), draft.get("first"), stored, locked_until)


async def _keep(uow: UnitOfWork, actor: Actor, digits: str, first: str | None, *, now: datetime) -> None:
    body = {"digits": digits, "first": first}
    await uow.drafts.put(actor.id, DIALOGUE, body, expires_at=now + TYPING_FOR)


async def press_key(uow: UnitOfWork, actor: Actor, key: str, *, now: datetime) -> None:
    """Add a digit, or with ``⌫`` take the last one away; more than six are not taken.

    Raises:
        PinLocked: the keypad rests.
    """
    typed = await typed_pin(uow, actor, now=now)
    if typed.locked_until is not None:
        raise PinLocked(typed.locked_until)
    if key == "⌫":
        digits = typed.digits[:-1]
    else:
        digits = (typed.digits + key)[:PIN_DIGITS] if key.isdecimal() and len(key) == 1 else typed.digits
    await _keep(uow, actor, digits, typed.first, now=now)


async def clear_keypad(uow: UnitOfWork, actor: Actor) -> None:
    """Forget what was typed."""
    await uow.drafts.drop(actor.id, DIALOGUE)


async def type_anew(uow: UnitOfWork, actor: Actor, typed: TypedPin, *, now: datetime) -> None:
    """Forget the digits on the keypad, and nothing else."""
    await _keep(uow, actor, "", typed.first, now=now)


def is_too_easy(digits: str) -> bool:
    """Say whether a PIN is one digit throughout, or a row of digits up or down."""
    return len(set(digits)) == 1 or any(digits in row for row in ROWS)


async def choose_pin(
    uow: UnitOfWork, actor: Actor, typed: TypedPin, new_hash: str | None, *, now: datetime
) -> Choice:
    """Take the first, then the repeated choice of six digits; where they agree the PIN is set.

    Two that differ are both forgotten, and so is one digit six times or a plain row of digits: that must be
    committed, so it is not raised.

    Args:
        new_hash: the Argon2id hash of the repeated choice, computed before this unit of work.

    Raises:
        NotForYou: there is a PIN already; knowing it is the only way in.
    """
    if typed.stored is not None:
        raise NotForYou(str(actor.id))
    if is_too_easy(typed.digits):
        await clear_keypad(uow, actor)
        return Choice.TOO_EASY
    if typed.first is None:
        await _keep(uow, actor, "", typed.digits, now=now)
        return Choice.REPEAT
    await clear_keypad(uow, actor)
    if typed.first != typed.digits or new_hash is None:
        return Choice.DIFFERENT
    desk = await uow.desks.put(actor.id)
    await uow.vault.seal(desk, pin=new_hash)
    desk.wrong_tries = 0
    desk.open_until = now + OPEN_FOR
    await record(uow, Act.PIN_SET, by=actor.id, now=now)
    return Choice.MADE


async def open_desk(uow: UnitOfWork, actor: Actor, *, is_right: bool, now: datetime) -> bool:
    """Open the desk, or count a wrong try; the fifth locks the keypad for 15 minutes.

    Returns whether it opened: a refusal must be committed to be counted, so it is not raised.

    Raises:
        PinLocked: the keypad rests.
    """
    desk = await uow.desks.put(actor.id)
    if desk.locked_until is not None and desk.locked_until > now:
        raise PinLocked(desk.locked_until)
    await clear_keypad(uow, actor)
    if is_right:
        desk.wrong_tries, desk.locked_until = 0, None
        desk.open_until = now + OPEN_FOR
        await record(uow, Act.DESK_OPENED, by=actor.id, now=now)
        return True
    desk.wrong_tries += 1
    if desk.wrong_tries >= WRONG_TRIES:
        desk.wrong_tries, desk.locked_until = 0, now + LOCKED_FOR
        await record(uow, Act.DESK_LOCKED, by=actor.id, now=now)
    return False


async def keep_open(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Give an open desk five more minutes."""
    if actor.has_open_desk(now):
        (await uow.desks.put(actor.id)).open_until = now + OPEN_FOR


async def close_desk(uow: UnitOfWork, actor: Actor, *, screens: Collection[str], now: datetime) -> None:
    """Close the desk at once, and cover every message that shows one of its `screens`."""
    (await uow.desks.put(actor.id)).open_until = None
    await uow.posted.cover_by([actor.id], at=now, screens=screens)
