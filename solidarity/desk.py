"""A coordinator's desk: a PIN of six digits, open for five minutes after the last tap or message.

Beside the PIN each desk holds a second hash, of the duress PIN; where its owner has chosen none it is the
hash of something that nobody can type, so that neither the row nor the time an answer takes tells which.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from solidarity.access import OPEN_FOR, Actor
from solidarity.audit import Act, record
from solidarity.colleagues import warn_of
from solidarity.errors import NoLongerSo, NotForYou, PinLocked
from solidarity.keypads import TYPING_FOR, Keypad, TypedPin, clear_keypad, is_too_easy, keep_typed
from solidarity.people import actor_of, person_of
from storage.models import Desk
from storage.unit_of_work import UnitOfWork

WRONG_TRIES = 5
LOCKED_FOR = timedelta(minutes=15)
PIN_WRONG, PIN_FORGOTTEN = "desk_pin_wrong", "desk_pin_forgotten"
TOLD_FOR = timedelta(days=1)
# That somebody has just typed their present PIN.
KNOWN = "pin:known"


class Choice(StrEnum):
    """How far the choice of a new PIN has come."""

    REPEAT = "repeat"
    DIFFERENT = "different"
    TOO_EASY = "too_easy"
    IN_USE = "in_use"
    MADE = "made"


def nobodys_pin() -> str:
    """Return what no keypad can type, to be hashed where there is no duress PIN."""
    return secrets.token_hex(8)


async def choose_pin(
    uow: UnitOfWork,
    actor: Actor,
    typed: TypedPin,
    new_hash: str | None,
    *,
    filler: str | None = None,
    now: datetime,
) -> Choice:
    """Take the first, then the repeated choice of six digits; where they agree the PIN is set.

    Two that differ are both forgotten, and so is one digit six times or a plain row of digits: that must be
    committed, so it is not raised.

    Args:
        new_hash: the Argon2id hash of the repeated choice, computed before this unit of work.
        filler: the hash of `nobodys_pin`, as long as there is no duress PIN.

    Raises:
        NotForYou: there is a PIN already, and knowing it is the only way in; or the desk was changed by hand.
    """
    desk = await _desk_of(uow, actor)
    if typed.stored is not None or desk.pin is not None:
        raise NotForYou(str(actor.id))
    choice = await _choose(uow, actor, Keypad.OPEN, typed, new_hash, now=now)
    if choice is Choice.MADE:
        await uow.vault.seal(desk, pin=new_hash, duress_pin=filler)
        desk.wrong_tries = 0
        desk.open_until = now + OPEN_FOR
        await uow.desks.keep(desk)
        await record(uow, Act.PIN_SET, by=actor.id, now=now)
    return choice


async def change_pin(
    uow: UnitOfWork,
    actor: Actor,
    keypad: Keypad,
    typed: TypedPin,
    new_hash: str | None,
    *,
    is_in_use: bool,
    now: datetime,
) -> Choice:
    """Take the first, then the repeated choice of another PIN or duress PIN, at an open desk.

    Nothing it answers tells whether there was a duress PIN.

    Args:
        is_in_use: whether these digits are one of the desk's two PINs already.

    Raises:
        NoLongerSo: it is another PIN, and the present one was not typed within five minutes.
    """
    if keypad is Keypad.NEW_PIN and not await uow.drafts.reveal(actor.id, KNOWN, now=now):
        raise NoLongerSo(str(actor.id))
    if is_in_use:
        await clear_keypad(uow, actor, keypad)
        return Choice.IN_USE
    choice = await _choose(uow, actor, keypad, typed, new_hash, now=now)
    if choice is Choice.MADE:
        desk = await _desk_of(uow, actor)
        await uow.vault.seal(desk, **{"pin" if keypad is Keypad.NEW_PIN else "duress_pin": new_hash})
        await uow.drafts.drop(actor.id, KNOWN)
        await uow.desks.keep(desk)
        # Which of the two it was, the trail does not tell either.
        await record(uow, Act.PIN_SET, by=actor.id, now=now)
    return choice


async def _desk_of(uow: UnitOfWork, actor: Actor) -> Desk:
    """Return somebody's desk.

    Raises:
        NotForYou: they have none, or it was changed or deleted by hand.
    """
    desk = await uow.desks.get(actor.id)
    if desk is None:
        raise NotForYou(str(actor.id))
    return desk


async def _choose(
    uow: UnitOfWork, actor: Actor, keypad: Keypad, typed: TypedPin, new_hash: str | None, *, now: datetime
) -> Choice:
    if is_too_easy(typed.digits):
        await clear_keypad(uow, actor, keypad)
        return Choice.TOO_EASY
    if typed.first is None:
        await keep_typed(uow, actor, keypad, "", typed.digits, now=now)
        return Choice.REPEAT
    await clear_keypad(uow, actor, keypad)
    return Choice.DIFFERENT if typed.first != typed.digits or new_hash is None else Choice.MADE


async def open_desk(
    uow: UnitOfWork,
    actor: Actor,
    *,
    is_right: bool,
    is_duress: bool = False,
    filler: str | None = None,
    keypad: Keypad = Keypad.OPEN,
    now: datetime,
) -> bool:
    """Open the desk, or count a wrong try; the fifth locks the keypad for 15 minutes and colleagues are told.

    At an open desk, before another PIN is chosen, it is the same: the fifth wrong try closes it, and the
    duress PIN makes it a decoy.

    The duress PIN opens it as a decoy, from then on for either PIN: who sees only that has no right any more
    from this very transaction on; the rest, which takes longer, is `duress.end_rights`. All three ways cost
    the same statements, but for the fifth wrong try.

    Returns whether it opened: a refusal must be committed to be counted, so it is not raised.

    Args:
        filler: the hash of `nobodys_pin`, for a desk of an earlier release that has one PIN alone.
        keypad: on which it was typed, before the desk or at it.

    Raises:
        PinLocked: the keypad rests.
        NotForYou: they have no desk, or it was changed by hand.
    """
    desk = await _desk_of(uow, actor)
    if desk.locked_until is not None and desk.locked_until > now:
        raise PinLocked(desk.locked_until)
    is_forced = is_duress and not is_right and not desk.is_decoy
    # Whoever forced the desk open must not find what its owner was in the middle of.
    await uow.drafts.drop(actor.id, None if is_forced else keypad.value)
    if filler is not None:
        await uow.vault.seal(desk, duress_pin=filler)
    opens = is_right or is_duress
    if opens:
        desk.wrong_tries, desk.locked_until = 0, None
        desk.open_until = now + OPEN_FOR
        desk.is_decoy = desk.is_decoy or is_forced
        if keypad is Keypad.PRESENT:
            await uow.drafts.put(actor.id, KNOWN, {"known": True}, expires_at=now + TYPING_FOR)
    act = Act.DESK_OPENED if opens else await _count_wrong(uow, actor, desk, now=now)
    await uow.desks.keep(desk)
    await record(uow, act, by=actor.id, now=now)
    return opens


async def _count_wrong(uow: UnitOfWork, actor: Actor, desk: Desk, *, now: datetime) -> Act:
    desk.wrong_tries += 1
    if desk.wrong_tries >= WRONG_TRIES:
        desk.wrong_tries, desk.locked_until, desk.open_until = 0, now + LOCKED_FOR, None
        # Once an hour: somebody who tries all night must not be a flood.
        hour = f"{now:%Y-%m-%dT%H}"
        await warn_of(uow, PIN_WRONG, actor.id, key=hour, useful_for=TOLD_FOR, now=now)
        return Act.DESK_LOCKED
    return Act.PIN_WRONG


async def keep_open(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Give an open desk five more minutes."""
    if actor.has_open_desk(now) or actor.has_open_decoy(now):
        desk = await _desk_of(uow, actor)
        desk.open_until = now + OPEN_FOR
        await uow.desks.keep(desk)


async def shut(uow: UnitOfWork, person_id: UUID) -> None:
    """Let somebody's desk not stand open; one that was changed by hand does not anyway."""
    desk = await uow.desks.get(person_id)
    if desk is not None:
        desk.open_until = None
        await uow.desks.keep(desk)


async def close_desk(uow: UnitOfWork, actor: Actor, *, screens: Collection[str], now: datetime) -> None:
    """Close the desk at once; messages that show one of its `screens` are covered, or deleted if apart."""
    await shut(uow, actor.id)
    await uow.posted.cover_by([actor.id], at=now, screens=screens)
    await uow.posted.take_apart_away(actor.id, at=now, screens=screens)


async def shuffles_keys(uow: UnitOfWork, actor: Actor) -> bool:
    """Say whether a desk's owner wishes its keys in another order each time."""
    desk = await uow.desks.get(actor.id)
    return desk is not None and desk.shuffles


async def turn_shuffling(uow: UnitOfWork, actor: Actor) -> None:
    """Let the keys stand in another order each time, or as usual again.

    Raises:
        NotForYou: they have no desk, or it was changed by hand.
    """
    desk = await _desk_of(uow, actor)
    desk.shuffles = not desk.shuffles
    await uow.desks.keep(desk)


async def forget_pin(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> None:
    """Let somebody choose a PIN anew who has forgotten theirs; both PINs go, and the desk is closed.

    So does whoever's desk was changed by hand: what it was before nobody knows, and it begins anew.

    The duress PIN goes, too: nobody can be sure that they still know it, and the new PIN could be the same.

    Raises:
        NotForYou: they are no coordinator, or it was opened under duress: nothing brings that one back.
    """
    if not (await actor_of(uow, await person_of(uow, person_id), now=now)).is_coordinator:
        raise NotForYou(str(person_id))
    desk = await uow.desks.get(person_id)
    if desk is None:
        await uow.desks.begin_anew(person_id)
    else:
        await uow.vault.seal(desk, pin=None, duress_pin=None)
        desk.wrong_tries, desk.locked_until, desk.open_until = 0, None, None
        await uow.desks.keep(desk)
    for keypad in Keypad:
        await uow.drafts.drop(person_id, keypad.value)
    await uow.posted.cover_by([person_id], at=now)
    await record(uow, Act.PIN_RESET, by=person_id, now=now)


async def say_pin_forgotten(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Tell colleagues, once a day, that somebody needs a new PIN: one of them calls back and asks for it.

    Of a desk that was opened under duress they are told nothing more.
    """
    if actor.has_decoy_desk:
        return
    await warn_of(uow, PIN_FORGOTTEN, actor.id, key=f"{now:%Y-%m-%d}", useful_for=TOLD_FOR, now=now)
    await record(uow, Act.PIN_FORGOTTEN, by=actor.id, now=now)
