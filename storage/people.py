"""People and their roles: found by blind index, rights believed only with their signature."""

import logging
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, exists, select, update

from storage.acquaintances import WITH_RIGHTS, Acquaintances, gathered
from storage.errors import ForgedRow
from storage.key_rows import with_keys
from storage.models import OutboxRow, Person, Role, RoleName, Turn
from storage.outbox import MAY_GO, STAY, WAITING
from storage.restrictions import Restrictions
from storage.right_rows import Held, held_of
from storage.rights import UNREADABLE, with_rights

_log = logging.getLogger("poruch.people")
# Every update begins with this one: it is built once.
BY_CHAT = with_rights(with_keys(select(Person).where(Person.chat_index == bindparam("chat_index"))))
_BEFORE_RIGHTS = 4


class People(Restrictions):
    """Queries about people and their rights."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # A session holds rows only as long as somebody else does.
        self._found: dict[UUID, Person] = {}

    async def get_by_chat(self, chat_id: int) -> Person | None:
        """Find a person by their Telegram id, or None for a stranger.

        Raises:
            ForgedRow: the row found seals another id than it is indexed by.
        """
        rows = (await self.session.execute(BY_CHAT, {"chat_index": self.chat_index(chat_id)})).all()
        if not rows:
            return None
        found: Person = self.vault.with_key(*rows[0][:_BEFORE_RIGHTS])
        if await self.reveal_chat(found) != chat_id:
            raise ForgedRow(f"person {found.id} is indexed by another chat")
        self._found[found.id] = found
        mark, under_it = rows[0][_BEFORE_RIGHTS], (row[_BEFORE_RIGHTS + 1 :] for row in rows)
        self._held[found.id] = held_of(mark, under_it)
        return found

    async def get(self, person_id: UUID) -> Person | None:
        # What was looked up for many holds for the length of a view only.
        ahead = None if self.locks else self._found.get(person_id)
        return await self.vault.get(Person, person_id) if ahead is None else ahead

    async def among(self, person_ids: Collection[UUID]) -> dict[UUID, Person]:
        """Return which of some people there are, by their ids."""
        found = await self.session.scalars(select(Person).where(Person.id.in_(person_ids)))
        return {person.id: person for person in found}

    async def add(self, person: Person, *, chat_id: int, phrase: str) -> Person:
        """Keep a new person: a data key of their own first, then the row sealed under it."""
        person.id = uuid4()
        person.chat_index = self.chat_index(chat_id)
        person.rights = self.macs.rights_mac(person.id, [])
        await self.vault.create_key(person.id)
        await self.vault.seal(person, chat=str(chat_id), phrase=phrase)
        self.session.add(person)
        await self.session.flush()
        self._held[person.id] = Held(person.rights)
        self._made.add(person.id)
        return person

    async def seen(self, person: Person, day: date) -> None:
        """Note the day of somebody's last visit, at most one write a day; it answers whether they stay."""
        if person.last_seen_on != day:
            person.last_seen_on = day
        if not person.is_reachable:
            person.is_reachable = True
        person.asked_on = None

    async def mark_unreachable(self, person_id: UUID) -> None:
        await self.session.execute(update(Person).where(Person.id == person_id).values(is_reachable=False))

    async def acquainted(self, person_ids: Collection[UUID]) -> Acquaintances:
        """Read some people, with their keys and rights, for views to come: no unit may change them."""
        rows = await self.over(WITH_RIGHTS, ([person_id] for person_id in person_ids))
        return gathered(rows.all(), self.vault.unwrapped)

    def know(self, acquaintances: Acquaintances) -> None:
        """Have some people at hand for the rest of the view."""
        self._found |= acquaintances.people
        self._held |= acquaintances.rights
        self.vault.know(acquaintances.keys)

    async def has_held(self, person: Person, name: RoleName) -> bool:
        """Say whether a person holds a role or once did; by itself that is no right."""
        return any(role.role == name for role in (await self._beside(person.id)).roles)

    async def with_role(self, name: RoleName) -> list[Person]:
        """Return the people who truly hold a role, in a fixed order, those who hide too.

        Whose roles cannot be read is left out and logged: what is for all others must not wait for them.
        """
        people = await self._named(name)
        held = await self._of_some([person.id for person in people])
        found = [person for person in people if person.id in held]
        return [person for person in found if await self._truly_holds(person, held[person.id], name)]

    async def _named(self, name: RoleName) -> Sequence[Person]:
        rows = await self.session.scalars(
            select(Person)
            .join(Role, Role.person_id == Person.id)
            .where(Role.role == name)
            .order_by(Person.id)
        )
        people = rows.unique().all()
        await self.vault.load_keys(person.id for person in people)
        return people

    async def _truly_holds(self, person: Person, held: Held, name: RoleName) -> bool:
        try:
            self._require(person.id, held, await self._account_index(person))
        except (ForgedRow, *UNREADABLE) as error:
            _log.error("somebody's roles cannot be read", exc_info=error)
            return False
        return any(role.role is name and role.stands for role in held.roles)

    async def said_to_hold(self, name: RoleName) -> list[Person]:
        """Return those of whom a role's own mark says that they hold it, also where their rights do not fit.

        For warnings about just that, and nothing else.
        """
        said = []
        for person in await self._named(name):
            held, chat_index = await self._of_one(person.id), await self._readable_index(person)
            roles = [role for role in held.roles if role.role is name and role.stands]
            if chat_index is not None and any(self._is_signed(person.id, r, chat_index) for r in roles):
                said.append(person)
        return said

    async def unseen(self, *, until: date) -> list[Person]:
        """Return who was last here on a day or before it, and has not been asked whether they stay."""
        query = select(Person).where(Person.last_seen_on <= until, Person.asked_on.is_(None))
        return list(await self.session.scalars(query.order_by(Person.id)))

    async def silent(self, *, until: date) -> list[UUID]:
        """Return who was asked on a day or before it and has not come.

        Who is still to be sent the question is left out, but not who hides: to them it is never sent.
        """
        is_to_come = exists().where(
            OutboxRow.person_id == Person.id, OutboxRow.kind == STAY, OutboxRow.state.in_(WAITING), MAY_GO
        )
        query = select(Person.id).where(Person.asked_on <= until, ~is_to_come)
        return list(await self.session.scalars(query.order_by(Person.id)))

    async def joining_days(self) -> list[tuple[UUID, date]]:
        """Return everybody's id and the day they joined, in a fixed order."""
        rows = await self.session.execute(select(Person.id, Person.joined_on).order_by(Person.id))
        return [(person_id, day) for person_id, day in rows]

    async def remove(self, person_id: UUID) -> None:
        """Delete a person's row with all that hangs on it, and destroy their data key."""
        await self.session.execute(delete(Person).where(Person.id == person_id))
        await self.session.execute(delete(Turn).where(Turn.person_id == person_id))
        await self.vault.destroy_key(person_id)
        self._held.pop(person_id, None)
