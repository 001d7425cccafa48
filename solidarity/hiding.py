"""Hiding: a person's account counts as a stranger's until four digits of their choice are typed.

Who hides may agree anew, and a second, empty person is kept under the same account. Coming back forgets that
one, and whoever hid after the one who comes back.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.desk import shut
from solidarity.leaving import erase_person
from solidarity.people import person_of
from solidarity.pins import PinHasher
from storage.models import Hiding, Posted, Purpose
from storage.unit_of_work import UnitOfWork

DIGITS = re.compile(r"[0-9]{4}")
CHOOSE_WITHIN = timedelta(hours=1)
WRONG_TRIES = 5
CLOSED_FOR = timedelta(hours=1)
# Each comparison costs a hash; whoever hides again and again under one account must not make it dear.
MOST_COMPARED = 3
# What a stranger is shown has no timer; a message that went by itself would tell that somebody hides.
STRANGERS_SCREENS_STAND_FOR = timedelta(days=3650)
# Whoever writes on and on under a hidden account must not fill the database.
MOST_SCREENS = 20


@dataclass(frozen=True)
class Door:
    """Somebody who may come back now; without a code the next four digits become theirs."""

    person_id: UUID
    code: str | None = field(repr=False)


@dataclass(frozen=True)
class Tried:
    """What four typed digits turned out to be."""

    opened: UUID | None = None
    not_opened: Sequence[UUID] = ()
    # Whose code they become, and its hash.
    chosen_by: UUID | None = None
    code: str | None = field(default=None, repr=False)

    @property
    def concerned(self) -> UUID | None:
        """Somebody who hides under the account in which they were typed."""
        return next((one for one in (self.opened, self.chosen_by, *self.not_opened) if one is not None), None)


def are_digits(text: str | None) -> bool:
    """Say whether somebody typed exactly four digits."""
    return text is not None and DIGITS.fullmatch(text.strip()) is not None


async def hide(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Hide somebody at once: no path finds them, nothing goes out to them, what stands in the chat goes.

    Their guardianships, roles and ties stay as they are; nobody is told.
    """
    person = await person_of(uow, actor.id)
    await uow.posted.retire_all(person.id, now=now)
    await uow.claims.take_back(person.id)
    await uow.drafts.drop(person.id)
    await shut(uow, person.id)
    await uow.hidings.add(person, now=now)


async def doors_under(uow: UnitOfWork, chat_id: int, *, now: datetime) -> list[Door]:
    """Return who may come back under an account now, who hid first first; most often nobody."""
    hidden = await uow.hidings.under(uow.people.chat_index(chat_id))
    with_codes = [one for one in hidden if one.code is not None][:MOST_COMPARED]
    ready = [one for one in with_codes if not _is_closed(one, now=now)]
    # A clock that was ahead when they hid must not let somebody choose for them for days.
    choosing = [one for one in hidden if one.code is None and abs(now - one.hidden_at) <= CHOOSE_WITHIN]
    codes = [(one.person_id, await uow.hidings.reveal_code(one)) for one in ready]
    # A door without a code takes the next digits for its own; one whose code was spoiled must not.
    doors = [Door(person_id, code) for person_id, code in codes if code is not None]
    return doors + [Door(one.person_id, None) for one in choosing[-1:]]


def _is_closed(hiding: Hiding, *, now: datetime) -> bool:
    """Say whether five wrong tries still count; not where a clock that was ahead closed the door for days."""
    until = hiding.blocked_until
    return until is not None and now < until <= now + 2 * CLOSED_FOR


async def note_strangers_screen(uow: UnitOfWork, chat_id: int, *, now: datetime) -> Posted | None:
    """Return the row of a stranger's screen about to be sent to who hides; None where nobody does.

    It is noted for who hid last, who comes back or is forgotten whoever comes back; then it goes, too. None
    as well where many are noted already.
    """
    hidden = await uow.hidings.under(uow.people.chat_index(chat_id))
    if not hidden or await uow.posted.count(hidden[-1].person_id, Purpose.APART) >= MOST_SCREENS:
        return None
    posted = Posted(
        person_id=hidden[-1].person_id,
        purpose=Purpose.APART,
        screen="",
        posted_at=now,
        delete_at=now + STRANGERS_SCREENS_STAND_FOR,
    )
    return await uow.posted.add(posted)


async def try_digits(doors: Sequence[Door], digits: str, hasher: PinHasher) -> Tried:
    """Compare four digits with the codes of those who may come back; about 0.2 s for each.

    Digits that are nobody's become the code of the one who has none yet.
    """
    not_opened: list[UUID] = []
    for door in doors:
        if door.code is None:
            continue
        if await hasher.matches(digits, door.code):
            return Tried(door.person_id, not_opened)
        not_opened.append(door.person_id)
    choosing = next((door.person_id for door in doors if door.code is None), None)
    code = None if choosing is None else await hasher.hash(digits)
    return Tried(None, not_opened, choosing, code)


async def count_wrong(uow: UnitOfWork, tried: Tried, *, now: datetime) -> None:
    """Count a wrong try for everybody with whose code the digits were compared in vain.

    Also where they open for somebody else: each comparison leaves one possibility less. It must be committed
    apart from whatever else the digits do, since that may be refused and rolled back.
    """
    for person_id in tried.not_opened:
        hiding = await uow.hidings.get(person_id)
        if hiding is not None:
            _count_one(hiding, now=now)


async def settle_digits(uow: UnitOfWork, chat_id: int, tried: Tried, *, now: datetime) -> bool:
    """Let digits open or be chosen; says whether somebody is back."""
    if tried.opened is not None:
        return await _come_back(uow, chat_id, tried.opened, now=now)
    if tried.chosen_by is not None:
        await _choose(uow, tried.chosen_by, tried.code, now=now)
    return False


def _count_one(hiding: Hiding, *, now: datetime) -> None:
    hiding.wrong_tries += 1
    if hiding.wrong_tries >= WRONG_TRIES:
        hiding.wrong_tries, hiding.blocked_until = 0, now + CLOSED_FOR


async def _choose(uow: UnitOfWork, person_id: UUID, code: str | None, *, now: datetime) -> None:
    hiding = await uow.hidings.get(person_id)
    if hiding is not None and hiding.code is None:
        await uow.vault.seal(hiding, code=code)
        # The line that asked for the digits has done its part.
        await uow.posted.delete_by(person_id, at=now)


async def _come_back(uow: UnitOfWork, chat_id: int, person_id: UUID, *, now: datetime) -> bool:
    hidden = await uow.hidings.under(uow.people.chat_index(chat_id))
    ids = [one.person_id for one in hidden]
    if person_id not in ids:
        return False
    place = ids.index(person_id)
    second = await uow.people.get_by_chat(chat_id)
    for later in [*ids[place + 1 :], *([] if second is None else [second.id])]:
        await erase_person(uow, later, now=now)
    await uow.posted.retire_all(person_id, now=now)
    await uow.hidings.remove(hidden[place], await person_of(uow, person_id))
    return True
