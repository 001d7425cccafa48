"""People and their roles: found by blind index, rights believed only with their signature."""

import logging
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import bindparam, delete, exists, select, update

from storage.columns import Id
from storage.errors import ForgedRow, UnknownKey, UnreadableCell, UnreadableDataKey
from storage.given import OverRows
from storage.key_rows import with_keys
from storage.models import (
    Kinship,
    OutboxRow,
    Person,
    Role,
    RoleName,
    Turn,
)
from storage.outbox import MAY_GO, STAY, WAITING
from storage.repository import Repository

CHAT_INDEX_BYTES = 16
UNREADABLE = (UnknownKey, UnreadableDataKey, UnreadableCell)
_log = logging.getLogger("poruch.people")
# Every update begins with this one: it is built once.
BY_CHAT = (
    with_keys(select(Person).where(Person.chat_index == bindparam("chat_index")))
    .add_columns(Role)
    .outerjoin(Role, Role.person_id == Person.id)
)
_SOME = {"id": Id()}
_WITH_KEYS = OverRows(
    _SOME, lambda given, _: with_keys(select(Person).where(Person.id.in_(select(given.c.id))))
)
_ROLES = OverRows(_SOME, lambda given, _: select(Role).where(Role.person_id.in_(select(given.c.id))))


class People(Repository):
    """Queries about people and their rights."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What came along with somebody's row; a unit that gives or takes roles does it to these objects.
        self._roles: dict[UUID, list[Role]] = {}
        # A session holds rows only as long as somebody else does.
        self._found: dict[UUID, Person] = {}

    def chat_index(self, chat_id: int) -> bytes:
        """Return the blind index under which an account is found."""
        return self.blind.of("person", "chat", "decimal", str(chat_id), size=CHAT_INDEX_BYTES)

    async def get_by_chat(self, chat_id: int) -> Person | None:
        """Find a person by their Telegram id, or None for a stranger.

        Raises:
            ForgedRow: the row found seals another id than it is indexed by.
        """
        rows = (await self.session.execute(BY_CHAT, {"chat_index": self.chat_index(chat_id)})).all()
        if not rows:
            return None
        found: Person = self.vault.with_key(*rows[0][:4])
        if await self.reveal_chat(found) != chat_id:
            raise ForgedRow(f"person {found.id} is indexed by another chat")
        self._found[found.id] = found
        self._roles[found.id] = [role for *_, role in rows if role is not None]
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
        await self.vault.create_key(person.id)
        await self.vault.seal(person, chat=str(chat_id), phrase=phrase)
        self.session.add(person)
        await self.session.flush()
        return person

    async def reveal_chat(self, person: Person) -> int:
        return int(await self.vault.reveal(person, "chat") or 0)

    async def seen(self, person: Person, day: date) -> None:
        """Note the day of somebody's last visit, at most one write a day; it answers whether they stay."""
        if person.last_seen_on != day:
            person.last_seen_on = day
        if not person.is_reachable:
            person.is_reachable = True
        person.asked_on = None

    async def mark_unreachable(self, person_id: UUID) -> None:
        await self.session.execute(update(Person).where(Person.id == person_id).values(is_reachable=False))

    async def _account_index(self, person: Person) -> bytes:
        """Return the index of a person's own account; the row holds another while they hide."""
        return self.chat_index(await self.reveal_chat(person))

    def _mac_of(self, role: Role, chat_index: bytes) -> bytes:
        return self.macs.role_mac(
            role.id,
            role.person_id,
            chat_index,
            role.role,
            role.scope,
            role.granted_by,
            role.day,
            role.revision,
        )

    async def grant(
        self, person: Person, name: RoleName, *, scope: UUID | None, granted_by: UUID | None, day: date
    ) -> Role:
        """Give a person a signed role; `granted_by` is None where the host gave it, or who gave it left."""
        role = Role(
            id=uuid4(),
            person_id=person.id,
            role=name,
            scope=scope,
            granted_by=granted_by,
            day=day,
            revision=1,
        )
        role.mac = self._mac_of(role, await self._account_index(person))
        self._roles.pop(person.id, None)
        self.session.add(role)
        await self.session.flush()
        return role

    async def revoke(self, role: Role, person: Person) -> None:
        """Withdraw a role by signing the next, even revision."""
        role.revision += 1
        role.mac = self._mac_of(role, await self._account_index(person))

    async def forget_colleague(self, person_id: UUID) -> None:
        """Let roles that somebody gave, signed anew, and ties that they confirmed stand without them."""
        mine = Role.granted_by == person_id
        roles = list(await self.session.scalars(select(Role).where(mine, Role.person_id != person_id)))
        await self.vault.load_keys(role.person_id for role in roles)
        for role in roles:
            await self._sign_without_granter(role)
        confirmed = update(Kinship).where(Kinship.confirmed_by == person_id)
        await self.session.execute(confirmed.values(confirmed_by=None))

    async def _sign_without_granter(self, role: Role) -> None:
        chat_index = await self._readable_index(role.person_id)
        if chat_index is None or not self._is_signed(role, chat_index):
            # Written by hand, or of somebody who cannot be read: it stays as little a right as it was.
            role.granted_by = None
            return
        role.granted_by = None
        role.mac = self._mac_of(role, chat_index)

    async def _readable_index(self, person_id: UUID) -> bytes | None:
        person = await self.get(person_id)
        with suppress(*UNREADABLE):
            return None if person is None else await self._account_index(person)
        return None

    def _is_signed(self, role: Role, chat_index: bytes) -> bool:
        return self.macs.matches(role.mac, self._mac_of(role, chat_index))

    async def roles_of(self, person: Person) -> list[Role]:
        """Return the roles that stand; a row whose signature does not fit is no right.

        Raises:
            ForgedRow: a role's signature does not fit its row.
        """
        rows = await self._roles_beside(person)
        chat_index = await self._account_index(person)
        for role in rows:
            if not self._is_signed(role, chat_index):
                raise ForgedRow(f"role {role.id} is not signed by this installation")
        return [role for role in rows if role.revision % 2 == 1]

    async def look_ahead(self, person_ids: Collection[UUID]) -> dict[UUID, Person]:
        """Return some people by their ids, with their keys and roles at hand for the rest of the view."""
        given = [[person_id] for person_id in person_ids]
        found: Sequence[Any] = (await self.over(_WITH_KEYS, given)).all()
        people: dict[UUID, Person] = {row[0].id: self.vault.with_key(*row) for row in found}
        roles: dict[UUID, list[Role]] = {person_id: [] for person_id in people}
        for role in (await self.over(_ROLES, given)).scalars():
            if role.person_id in roles:
                roles[role.person_id].append(role)
        self._found |= people
        self._roles |= roles
        return people

    async def _roles_beside(self, person: Person) -> list[Role]:
        if person.id in self._roles:
            return self._roles[person.id]
        found = await self.session.scalars(select(Role).where(Role.person_id == person.id))
        return self._roles.setdefault(person.id, list(found))

    async def has_held(self, person: Person, name: RoleName) -> bool:
        """Say whether a person holds a role or once did; by itself that is no right."""
        return any(role.role == name for role in await self._roles_beside(person))

    async def with_role(self, name: RoleName) -> list[Person]:
        """Return the people who truly hold a role, in a fixed order, those who hide too.

        Whose roles cannot be read is left out and logged: what is for all others must not wait for them.
        """
        rows = await self.session.scalars(
            select(Person)
            .join(Role, Role.person_id == Person.id)
            .where(Role.role == name)
            .order_by(Person.id)
        )
        people = rows.unique().all()
        await self.vault.load_keys(person.id for person in people)
        return [person for person in people if await self._truly_holds(person, name)]

    async def _truly_holds(self, person: Person, name: RoleName) -> bool:
        try:
            return any(role.role == name for role in await self.roles_of(person))
        except (ForgedRow, *UNREADABLE) as error:
            _log.error("somebody's roles cannot be read", exc_info=error)
            return False

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
