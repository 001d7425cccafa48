"""A desk opened under duress: what it may show, and what else it does.

The rights end with the transaction in which the PIN was typed: a desk that is a decoy makes its owner no
coordinator, whatever their roles say. Withdrawing those, and warning the others, would make the answer take
longer than to the true PIN; so that follows at once after the answer, or within half a minute where the
process died in between.

Believable is what anybody may see anyway: public prisoners, their sittings, an empty inbox. Who has the
database or a second coordinator's phone in their hands can tell a decoy from a desk.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from solidarity import code_words, codes, in_sight, verifying
from solidarity.access import Actor
from solidarity.audit import Act, By, record
from solidarity.broadcasts import life
from solidarity.colleagues import warn_of
from storage.errors import ForgedRow
from storage.models import CodeKind, Person, RoleName
from storage.unit_of_work import UnitOfWork

DURESS = "desk_duress"
WARNED_FOR = timedelta(days=3)
STAFF = (RoleName.COORDINATOR, RoleName.ADMINISTRATOR)
MEMORY = "decoy"
REMEMBERED_FOR = timedelta(hours=24)
SEALED = "sealed"


class Decoy(StrEnum):
    """What a decoy desk does with an action."""

    OWN = "the same as a true desk: it is about this keypad and this desk alone"
    PUBLIC = "the true screen, drawn from what is public; what would change something only seems to"
    NOTHING = "nothing is there"


# What a decoy desk may show: the one table. An action that does not stand here shows that nothing is there.
DECOY: dict[str, Decoy] = {
    "desk.open": Decoy.OWN,
    "desk.settings": Decoy.OWN,
    "desk": Decoy.PUBLIC,
    "desk.register": Decoy.PUBLIC,
    "desk.prisoners": Decoy.PUBLIC,
    "desk.invite": Decoy.PUBLIC,
    "desk.evening": Decoy.PUBLIC,
    "desk.hearings": Decoy.PUBLIC,
    "desk.facilities": Decoy.PUBLIC,
    "desk.broadcasts": Decoy.PUBLIC,
    "desk.rules": Decoy.PUBLIC,
    "desk.people": Decoy.PUBLIC,
    "desk.codes": Decoy.PUBLIC,
    "desk.requests": Decoy.PUBLIC,
    "desk.asked": Decoy.PUBLIC,
    "desk.ask": Decoy.PUBLIC,
    "desk.word": Decoy.PUBLIC,
    "desk.seal": Decoy.PUBLIC,
}


def decoy_of(action: str) -> Decoy:
    """Say what a decoy desk does with an action."""
    return DECOY.get(action, Decoy.NOTHING)


async def end_rights_under_duress(uow: UnitOfWork, *, screens: Collection[str], now: datetime) -> None:
    """Do what is left to do for each desk that was opened under duress; done again it changes nothing.

    Args:
        screens: those of a desk; messages that show one are covered.
    """
    for person in await uow.desks.decoys_with(STAFF):
        await _end_rights(uow, person, screens=screens, now=now)


async def _end_rights(uow: UnitOfWork, person: Person, *, screens: Collection[str], now: datetime) -> None:
    """Take a person's rights at the desk and all that hangs on them, and warn the others."""
    # Whoever else does the same just now is waited for, and has left nothing to do.
    await uow.desks.get(person.id)
    ended = await _revoke(uow, person)
    await uow.codes.forget_of(person.id)
    await uow.requests.forget_of(person.id)
    place = await uow.posted.get_place(person.id)
    others = [name for name in screens if place is None or name != place.screen]
    await uow.posted.cover_by([person.id], at=now, screens=others)
    await uow.posted.take_apart_away(person.id, at=now)
    await warn_of(uow, DURESS, person.id, key=f"{now:%Y-%m-%d}", useful_for=WARNED_FOR, now=now)
    await life.hold_of(uow, person.id, by=By.BOT, now=now)
    for name in ended:
        await record(uow, Act.ROLE_ENDED, by=By.BOT, about=person.id, kind=name, now=now)
    if ended:
        await record(uow, Act.DURESS, by=person.id, now=now)


async def _revoke(uow: UnitOfWork, person: Person) -> list[RoleName]:
    """Withdraw a person's roles at the desk; returns which those were."""
    try:
        standing = [role for role in await uow.people.roles_of(person) if role.role in STAFF]
    except ForgedRow:
        # Then they have no rights at all, and whoever looks into that must find the rows as they are.
        return []
    for role in standing:
        await uow.people.revoke(role, person)
    return [role.role for role in standing]


async def is_still_forced(uow: UnitOfWork, person_id: UUID) -> bool:
    """Say whether somebody's desk is a decoy: not any more once they were made a coordinator anew."""
    desk = await uow.desks.get(person_id)
    return desk is not None and desk.is_decoy


async def remembered(uow: UnitOfWork, actor: Actor, *, now: datetime) -> dict[str, str]:
    """Return what seems to have been done at a decoy desk: by the thing's id, or `SEALED`."""
    return await uow.drafts.reveal(actor.id, MEMORY, now=now)


async def pretend(uow: UnitOfWork, actor: Actor, thing: UUID | str, became: str, *, now: datetime) -> None:
    """Let a decoy desk remember for a day that something was done; nobody else sees it."""
    memory = await remembered(uow, actor, now=now)
    key = thing if isinstance(thing, str) else thing.hex
    body = {**memory, key: became}
    await uow.drafts.put(actor.id, MEMORY, body, expires_at=now + REMEMBERED_FOR)


async def seems_sealed(uow: UnitOfWork, actor: Actor, *, now: datetime) -> bool:
    """Say whether somebody has sealed everything at a decoy desk: to them the bot is sealed for a day."""
    return actor.has_decoy_desk and SEALED in await remembered(uow, actor, now=now)


async def pretend_invitation(uow: UnitOfWork, actor: Actor, *, language: str, now: datetime) -> None:
    """Show five words that open nothing, as `invite_relative` shows those that do."""
    given = codes.GivenCode(code_words.new_word_code(language), now + codes.WORDS_LIFE)
    await in_sight.keep_in_sight(uow, actor, CodeKind.RELATIVE, given, now=now)


async def pretend_word(uow: UnitOfWork, actor: Actor, *, now: datetime) -> None:
    """Show three words by which nobody is known, as `make_word` shows those that are."""
    given = codes.GivenCode(code_words.new_spoken_word(actor.language), now + verifying.WORD_LIFE)
    await in_sight.keep_in_sight(uow, actor, CodeKind.WORD, given, now=now)
