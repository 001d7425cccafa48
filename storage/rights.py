"""What a person may and may not: roles and restrictions, each row marked, and all of one person's as a whole.

A row that was written, changed, put back or deleted by hand no longer fits, and then nobody has any right by
it. Putting back a person's rows *and* the mark over them, as they once stood together, is not noticed.
"""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import Table, bindparam, delete, select, union, update

from storage.columns import Cell, Id
from storage.desks import begin_desk
from storage.errors import ForgedRow, UnknownKey, UnreadableCell, UnreadableDataKey
from storage.given import OverRows
from storage.models import Kinship, Person, Portfolio, Restriction, Role, RoleName
from storage.repository import Repository
from storage.right_rows import COLUMNS, Held, HeldRestriction, HeldRole, held_of, held_of_each, row_of

CHAT_INDEX_BYTES = 16
UNREADABLE = (UnknownKey, UnreadableDataKey, UnreadableCell)
_PEOPLE, _ROLES, RESTRICTIONS = (cast(Table, model.__table__) for model in (Person, Role, Restriction))


def with_rights(query: Any) -> Any:
    """Let a query about people bring along the mark over each one's rights, and the rows under it."""
    return (
        query.add_columns(Person.__table__.c.rights.label("mark"), *COLUMNS)
        .outerjoin(Role, Role.person_id == Person.id)
        .outerjoin(Restriction, Restriction.person_id == Person.id)
    )


# The mark and what is under it come by one statement: between two of them somebody else may change both.
_OF_ONE = with_rights(select(Person.id)).where(Person.id == bindparam("id"))
_OF_SOME = OverRows(
    {"id": Id()},
    lambda given, _: with_rights(select(Person.id)).where(Person.id.in_(select(given.c.id))),
)
_LOCK = select(Person.id).where(Person.id == bindparam("id")).with_for_update()


class Rights(Repository):
    """Queries about people's rights."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # What came along with somebody's row; a unit that gives or takes rights does it to these objects.
        self._held: dict[UUID, Held] = {}
        # Made in this unit: nobody else can change what is theirs.
        self._made: set[UUID] = set()
        # A unit asks more than once who somebody is.
        self._indexes: dict[int, bytes] = {}
        self._chats: dict[tuple[UUID, Cell], int] = {}

    def chat_index(self, chat_id: int) -> bytes:
        """Return the blind index under which an account is found."""
        if chat_id not in self._indexes:
            index = self.blind.of("person", "chat", "decimal", str(chat_id), size=CHAT_INDEX_BYTES)
            self._indexes[chat_id] = index
        return self._indexes[chat_id]

    async def reveal_chat(self, person: Person) -> int:
        sealed = person.id, person.chat
        # Who may just have been erased cannot be read any more.
        known = None if self.vault.has_destroyed else self._chats.get(sealed)
        if known is None:
            known = self._chats[sealed] = int(await self.vault.reveal(person, "chat") or 0)
        return known

    async def roles_of(self, person: Person) -> list[HeldRole]:
        """Return the roles that stand.

        Raises:
            ForgedRow: something about this person's rights was written, changed or deleted by hand.
        """
        held = await self._beside(person.id)
        self._require(person.id, held, await self._account_index(person))
        return [role for role in held.roles if role.stands]

    async def restrictions_of(self, person: Person) -> list[HeldRestriction]:
        """Return the restrictions whose own mark fits, those that are over too, whatever else was forged."""
        held = await self._beside(person.id)
        return [one for one in held.restrictions if self._is_marked(person.id, one)]

    async def grant(
        self, person: Person, name: RoleName, *, scope: UUID | None, granted_by: UUID | None, day: date
    ) -> HeldRole:
        """Give a person a signed role; `granted_by` is None where the host gave it, or who gave it left.

        A coordinator's desk begins with it.

        Raises:
            ForgedRow: their rights were changed by hand.
        """
        held, chat_index = await self._to_change(person)
        role = HeldRole(uuid4(), name, scope, granted_by, day, 1, b"")
        role.mac = self._mac_of(person.id, role, chat_index)
        values = {column: getattr(role, column) for column in HeldRole.__dataclass_fields__}
        await self.session.execute(_ROLES.insert().values(person_id=person.id, **values))
        held.roles.append(role)
        await self._renew(person.id, held)
        if name is RoleName.COORDINATOR:
            await begin_desk(self, person.id)
        return role

    async def revoke(self, role: HeldRole, person: Person) -> None:
        """Withdraw a role by signing the next, even revision; whom a coordinator looked after is nobody's.

        Raises:
            ForgedRow: their rights were changed by hand.
        """
        await self._sign_later(role, person, revisions=1)
        if role.role is RoleName.COORDINATOR:
            await self.session.execute(delete(Portfolio).where(Portfolio.person_id == person.id))

    async def confirm(self, role: HeldRole, person: Person) -> None:
        """Confirm a relative's right by signing its next odd revision.

        Raises:
            ForgedRow: their rights were changed by hand.
        """
        await self._sign_later(role, person, revisions=2)

    async def _sign_later(self, role: HeldRole, person: Person, *, revisions: int) -> None:
        """Sign a role that stands, so many revisions later.

        Raises:
            ForgedRow: their rights were changed by hand.
        """
        held, chat_index = await self._to_change(person)
        for one in held.roles:
            if one.id == role.id and one.stands:
                one.revision += revisions
                await self._sign_role(person.id, one, chat_index)
        await self._renew(person.id, held)

    async def forget_colleague(self, person_id: UUID) -> None:
        """Let what somebody gave and set, signed anew, and ties that they confirmed stand without them."""
        given = select(Role.person_id).where(Role.granted_by == person_id)
        taken = select(Restriction.person_id).where(Restriction.set_by == person_id)
        others = set(await self.session.scalars(union(given, taken))) - {person_id}
        await self.vault.load_keys(others)
        for other in sorted(others):
            await self._sign_without(other, person_id)
        confirmed = update(Kinship).where(Kinship.confirmed_by == person_id)
        await self.session.execute(confirmed.values(confirmed_by=None))

    async def _sign_without(self, person_id: UUID, colleague: UUID) -> None:
        held = await self._locked(person_id)
        chat_index = await self._readable_index(await self.vault.get(Person, person_id))
        fits = chat_index is not None and self._fits(person_id, held, chat_index)
        for role in held.roles:
            if role.granted_by == colleague:
                # Written by hand, or of somebody who cannot be read: it stays as little a right as it was.
                is_ours = chat_index is not None and self._is_signed(person_id, role, chat_index)
                role.granted_by = None
                await self._sign_role(person_id, role, chat_index if is_ours else None)
        for one in held.restrictions:
            if one.set_by == colleague:
                is_ours = self._is_marked(person_id, one)
                one.set_by = None
                await self._sign_restriction(person_id, one, is_ours=is_ours)
        # What cannot be read as a row of ours holds their id as well.
        await self._forget_in_odd_rows(person_id, colleague)
        if fits:
            await self._renew(person_id, held)

    async def _forget_in_odd_rows(self, person_id: UUID, colleague: UUID) -> None:
        for table, column in ((_ROLES, "granted_by"), (RESTRICTIONS, "set_by")):
            theirs = (table.c.person_id == person_id) & (table.c[column] == colleague)
            await self.session.execute(update(table).where(theirs).values({column: None}))

    async def move(self, person: Person, chat_id: int) -> None:
        """Let a person go on under another account, with every right signed for it.

        Raises:
            ForgedRow: their rights were changed by hand.
        """
        held, _ = await self._to_change(person)
        await self.vault.seal(person, chat=str(chat_id))
        person.chat_index = self.chat_index(chat_id)
        for role in held.roles:
            await self._sign_role(person.id, role, person.chat_index)
        await self._renew(person.id, held)

    async def take_all(self, person: Person) -> None:
        """Take every role from somebody whose rights were changed by hand, and mark what is left anew.

        Restrictions whose own mark fits stay.
        """
        held = await self._locked(person.id)
        kept = Held(None, [], await self.restrictions_of(person))
        await self.session.execute(delete(_ROLES).where(_ROLES.c.person_id == person.id))
        theirs = RESTRICTIONS.c.person_id == person.id
        ids = [one.id for one in kept.restrictions]
        await self.session.execute(delete(RESTRICTIONS).where(theirs, RESTRICTIONS.c.id.not_in(ids)))
        held.roles, held.restrictions, held.has_odd_rows = [], kept.restrictions, False
        await self._renew(person.id, held)

    async def mark_unmarked(self) -> int:
        """Mark everybody's rights who has no mark yet; returns how many.

        Only to be called in the transaction that brings the column: from then on a missing mark is a forged
        one.
        """
        people = list(await self.session.scalars(select(Person.id).where(Person.rights.is_(None))))
        for person_id, held in (await self._of_some(people)).items():
            await self._renew(person_id, held)
        return len(people)

    def _require(self, person_id: UUID, held: Held, chat_index: bytes) -> None:
        if not self._fits(person_id, held, chat_index):
            raise ForgedRow(f"the rights of person {person_id} are not signed by this installation")

    def _fits(self, person_id: UUID, held: Held, chat_index: bytes) -> bool:
        if held.mark is None or held.has_odd_rows:
            return False
        if held.found_whole != (held.mark, chat_index) and (
            self.macs.matches(held.mark, self.macs.rights_mac(person_id, held.marks))
            and all(self._is_signed(person_id, role, chat_index) for role in held.roles)
            and all(self._is_marked(person_id, one) for one in held.restrictions)
        ):
            held.found_whole = held.mark, chat_index
        return held.found_whole == (held.mark, chat_index)

    def _is_signed(self, person_id: UUID, role: HeldRole, chat_index: bytes) -> bool:
        return self.macs.matches(role.mac, self._mac_of(person_id, role, chat_index))

    def _mac_of(self, person_id: UUID, role: HeldRole, chat_index: bytes) -> bytes:
        return self.macs.role_mac(
            role.id, person_id, chat_index, role.role, role.scope, role.granted_by, role.day, role.revision
        )

    def _is_marked(self, person_id: UUID, one: HeldRestriction) -> bool:
        return self.macs.matches(one.mac, self._mark_of(person_id, one))

    def _mark_of(self, person_id: UUID, one: HeldRestriction) -> bytes:
        return self.macs.restriction_mac(one.id, person_id, one.kind, one.set_by, one.set_ms, one.until_ms)

    async def _sign_role(self, person_id: UUID, role: HeldRole, chat_index: bytes | None) -> None:
        if chat_index is not None:
            role.mac = self._mac_of(person_id, role, chat_index)
        values = {"granted_by": role.granted_by, "revision": role.revision, "mac": role.mac}
        await self.session.execute(update(_ROLES).where(_ROLES.c.id == role.id).values(values))

    async def _sign_restriction(self, person_id: UUID, one: HeldRestriction, *, is_ours: bool = True) -> None:
        if is_ours:
            one.mac = self._mark_of(person_id, one)
        values = {key: value for key, value in row_of(person_id, one).items() if key != "id"}
        await self.session.execute(update(RESTRICTIONS).where(RESTRICTIONS.c.id == one.id).values(values))

    async def _renew(self, person_id: UUID, held: Held) -> None:
        held.mark = self.macs.rights_mac(person_id, held.marks)
        self._held[person_id] = held
        mine = _PEOPLE.c.id == person_id
        await self.session.execute(update(_PEOPLE).where(mine).values(rights=held.mark))

    async def _to_change(self, person: Person) -> tuple[Held, bytes]:
        held = await self._locked(person.id)
        chat_index = await self._account_index(person)
        # What does not fit must not be signed along with what is new.
        self._require(person.id, held, chat_index)
        return held, chat_index

    async def _locked(self, person_id: UUID) -> Held:
        """Read somebody's rights for changing them: nobody else does meanwhile."""
        await self.session.flush()
        if person_id in self._made:
            return self._held[person_id]
        if self.is_postgresql:
            await self.session.execute(_LOCK, {"id": person_id})
        self._held[person_id] = await self._of_one(person_id)
        return self._held[person_id]

    async def _beside(self, person_id: UUID) -> Held:
        held = self._held.get(person_id)
        return await self._of_one(person_id) if held is None else held

    async def _of_one(self, person_id: UUID) -> Held:
        rows = (await self.session.execute(_OF_ONE, {"id": person_id})).all()
        return held_of(rows[0][1], (row[2:] for row in rows)) if rows else Held(None)

    async def _of_some(self, person_ids: Collection[UUID]) -> dict[UUID, Held]:
        rows: Sequence[Any] = (await self.over(_OF_SOME, [[one] for one in person_ids])).all()
        return held_of_each(rows)

    async def _account_index(self, person: Person) -> bytes:
        """Return the index of a person's own account; the row holds another while they hide."""
        return self.chat_index(await self.reveal_chat(person))

    async def _readable_index(self, person: Person | None) -> bytes | None:
        with suppress(*UNREADABLE):
            return None if person is None else await self._account_index(person)
        return None
