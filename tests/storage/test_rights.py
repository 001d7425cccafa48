"""Whatever of a person's rights was changed by hand gives nobody any right: every column, row by row.

The rows are Mallory's: a supporter's role, a coordinator's that was taken away, a suspension that stands and
a freeze that is over. Alice's are there to copy from.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import LargeBinary, Text, delete, func, insert, literal, select, update

from storage.errors import ForgedRow
from storage.models import Person, Restriction, RestrictionKind, Role, RoleName
from storage.unit_of_work import Storage, UnitOfWork
from tests.statements import statements
from tests.world import NOON

ROLES, RESTRICTIONS, PEOPLE = Role.__table__, Restriction.__table__, Person.__table__
Change = Callable[[UnitOfWork, "Held"], Awaitable[None]]
LATER = NOON + timedelta(hours=1)


@dataclass
class Held:
    """Whose rights are changed, and rows of theirs and of somebody else."""

    mallory: Person
    alice: Person
    taken_role: UUID
    suspension: UUID


@pytest.fixture
async def held(storage: Storage, alice: Person, mallory: Person) -> Held:
    day = NOON.date()
    async with storage.unit() as uow:
        people = uow.people
        await people.grant(alice, RoleName.COORDINATOR, scope=None, granted_by=None, day=day)
        await people.restrict(alice, RestrictionKind.FROZEN, set_by=None, now=NOON, until=LATER)
        await people.grant(mallory, RoleName.SUPPORTER, scope=None, granted_by=None, day=day)
        taken = await people.grant(
            mallory, RoleName.COORDINATOR, scope=alice.id, granted_by=alice.id, day=day
        )
        await people.revoke(taken, mallory)
        frozen = await people.restrict(
            mallory, RestrictionKind.FROZEN, set_by=alice.id, now=NOON, until=LATER
        )
        await people.lift(mallory, frozen, now=NOON)
        suspended = await people.restrict(mallory, RestrictionKind.SUSPENDED, set_by=alice.id, now=NOON)
    return Held(mallory, alice, taken.id, suspended.id)


async def believed(storage: Storage, person_id: UUID) -> list[RoleName]:
    async with storage.view() as uow:
        person = await uow.people.get(person_id)
        assert person is not None
        return [role.role for role in await uow.people.roles_of(person)]


async def test_what_the_program_wrote_is_believed(storage: Storage, held: Held):
    async with storage.view() as uow:
        person = await uow.people.get_by_chat(7_000_000_666)
        restrictions = await uow.people.restrictions_of(person)

    assert await believed(storage, held.mallory.id) == [RoleName.SUPPORTER]
    assert [one.kind for one in restrictions if one.is_active(LATER)] == [RestrictionKind.SUSPENDED]


def set_to(table: Any, column: str, value: Any) -> Change:
    """Change one column of each of Mallory's rows in a table to something else."""

    async def change(uow: UnitOfWork, held: Held) -> None:
        mine = (table.c.person_id if table is not PEOPLE else table.c.id) == held.mallory.id
        given = value(held) if callable(value) else value
        await uow.session.execute(update(table).where(mine).values({table.c[column]: given}))

    return change


def raw(value: Any, kind: Any) -> Any:
    """A value that no type of ours would write."""
    return literal(value, kind)


CHANGES: dict[str, Change] = {
    "role.id": set_to(ROLES, "id", lambda _: func.substr(ROLES.c.mac, 1, 16)),
    "role.role": set_to(ROLES, "role", RoleName.COORDINATOR),
    "role.role, no word of ours": set_to(ROLES, "role", raw("king", Text)),
    "role.scope": set_to(ROLES, "scope", lambda held: held.mallory.id),
    "role.scope, emptied": set_to(ROLES, "scope", raw(b"", LargeBinary)),
    "role.granted_by": set_to(ROLES, "granted_by", lambda held: held.mallory.id),
    "role.granted_by, of another length": set_to(ROLES, "granted_by", raw(b"x" * 17, LargeBinary)),
    "role.day": set_to(ROLES, "day", NOON.date() - timedelta(days=1)),
    "role.day, no day": set_to(ROLES, "day", raw("yesterday", Text)),
    "role.day, written otherwise": set_to(ROLES, "day", raw("20261123", Text)),
    "role.revision": set_to(ROLES, "revision", ROLES.c.revision + 1),
    "role.revision, below zero": set_to(ROLES, "revision", -1),
    "role.mac": set_to(ROLES, "mac", b"mine"),
    "restriction.kind": set_to(RESTRICTIONS, "kind", RestrictionKind.FROZEN),
    "restriction.kind, no word of ours": set_to(RESTRICTIONS, "kind", raw("praised", Text)),
    "restriction.id": set_to(RESTRICTIONS, "id", lambda _: func.substr(RESTRICTIONS.c.mac, 1, 16)),
    "restriction.set_by": set_to(RESTRICTIONS, "set_by", None),
    "restriction.set_by, emptied": set_to(RESTRICTIONS, "set_by", raw(b"", LargeBinary)),
    "restriction.set_at": set_to(RESTRICTIONS, "set_at", NOON - timedelta(days=1)),
    "restriction.set_at, below zero": set_to(RESTRICTIONS, "set_at", NOON - timedelta(days=30_000)),
    "restriction.until": set_to(RESTRICTIONS, "until", NOON),
    "restriction.mac": set_to(RESTRICTIONS, "mac", b"mine"),
    "person.rights": set_to(PEOPLE, "rights", b"mine"),
    "person.rights, gone": set_to(PEOPLE, "rights", None),
    "person.rights, somebody else's": set_to(
        PEOPLE, "rights", lambda held: select(PEOPLE.c.rights).where(PEOPLE.c.id == held.alice.id)
        .scalar_subquery()
    ),
}  # fmt: skip


def moved_away(table: Any) -> Change:
    async def change(uow: UnitOfWork, held: Held) -> None:
        mine = table.c.person_id == held.mallory.id
        await uow.session.execute(update(table).where(mine).values(person_id=held.alice.id))

    return change


def brought_here(table: Any) -> Change:
    async def change(uow: UnitOfWork, held: Held) -> None:
        theirs = table.c.person_id == held.alice.id
        await uow.session.execute(update(table).where(theirs).values(person_id=held.mallory.id))

    return change


def deleted(table: Any, which: Callable[[Held], UUID] | None = None) -> Change:
    async def change(uow: UnitOfWork, held: Held) -> None:
        query = delete(table).where(table.c.person_id == held.mallory.id)
        await uow.session.execute(query if which is None else query.where(table.c.id == which(held)))

    return change


def doubled(table: Any) -> Change:
    """Write each of Mallory's rows once more, under another id."""

    async def change(uow: UnitOfWork, held: Held) -> None:
        rows = await uow.session.execute(select(table).where(table.c.person_id == held.mallory.id))
        for row in rows.mappings().all():
            await uow.session.execute(insert(table).values({**row, "id": uuid4()}))

    return change


CHANGES |= {
    f"{name} {table.name}": change(table)
    for table in (ROLES, RESTRICTIONS)
    for name, change in {
        "moved away:": moved_away, "brought here:": brought_here, "all deleted:": deleted, "doubled:": doubled
    }.items()
}  # fmt: skip
CHANGES |= {
    "deleted: the role that was taken": deleted(ROLES, lambda held: held.taken_role),
    "deleted: the suspension alone": deleted(RESTRICTIONS, lambda held: held.suspension),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_whatever_was_changed_by_hand_gives_nobody_any_right(
    storage: Storage, held: Held, change: Change
):
    async with storage.unit() as uow:
        await change(uow, held)

    with pytest.raises(ForgedRow):
        await believed(storage, held.mallory.id)


# The others take from Alice, or give her what is not hers.
HERS_LEFT_ALONE = {
    name: change for name, change in CHANGES.items() if "away" not in name and "here" not in name
}


@pytest.mark.parametrize("change", HERS_LEFT_ALONE.values(), ids=HERS_LEFT_ALONE)
async def test_who_is_read_along_with_a_forged_row_keeps_their_rights(
    storage: Storage, held: Held, change: Change
):
    async with storage.unit() as uow:
        await change(uow, held)

    async with storage.view() as uow:
        uow.people.know(await uow.people.acquainted([held.alice.id, held.mallory.id]))
        roles = await uow.people.roles_of(await uow.people.get(held.alice.id))
        coordinators = await uow.people.with_role(RoleName.COORDINATOR)

    assert [role.role for role in roles] == [RoleName.COORDINATOR]
    assert [person.id for person in coordinators] == [held.alice.id]


@pytest.mark.parametrize("table", [ROLES, RESTRICTIONS], ids=lambda table: table.name)
async def test_a_row_put_back_to_what_it_was_is_noticed(
    storage: Storage, alice: Person, mallory: Person, table: Any
):
    async with storage.unit() as uow:
        role = await uow.people.grant(
            mallory, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date()
        )
        suspension = await uow.people.restrict(mallory, RestrictionKind.SUSPENDED, set_by=alice.id, now=NOON)
        [before] = (await uow.session.execute(select(table))).mappings().all()
    async with storage.unit() as uow:
        await uow.people.revoke(role, mallory)
        await uow.people.lift(mallory, suspension, now=LATER)

    async with storage.unit() as uow:
        await uow.session.execute(update(table).values(dict(before)))

    with pytest.raises(ForgedRow):
        await believed(storage, mallory.id)


async def test_rights_put_back_with_the_mark_over_them_count_again_as_the_threat_model_says(
    storage: Storage, mallory: Person
):
    async with storage.unit() as uow:
        role = await uow.people.grant(
            mallory, RoleName.COORDINATOR, scope=None, granted_by=None, day=NOON.date()
        )
        [row] = (await uow.session.execute(select(ROLES))).mappings().all()
        mark = await uow.session.scalar(select(PEOPLE.c.rights))
    async with storage.unit() as uow:
        await uow.people.revoke(role, mallory)
    taken = await believed(storage, mallory.id)

    async with storage.unit() as uow:
        await uow.session.execute(update(ROLES).values(dict(row)))
        await uow.session.execute(update(PEOPLE).values(rights=mark))

    assert (taken, await believed(storage, mallory.id)) == ([], [RoleName.COORDINATOR])


async def test_what_was_changed_by_hand_is_not_signed_along_with_what_is_new(
    storage: Storage, alice: Person, mallory: Person
):
    async with storage.unit() as uow:
        role = await uow.people.grant(
            mallory, RoleName.COORDINATOR, scope=None, granted_by=alice.id, day=NOON.date()
        )
        await uow.people.revoke(role, mallory)
        await uow.session.execute(delete(ROLES))

    async with storage.unit() as uow:
        await uow.people.restrict(mallory, RestrictionKind.FROZEN, set_by=alice.id, now=NOON, until=LATER)
        await uow.people.forget_colleague(alice.id)
        await uow.people.forget_restrictions(mallory, until=LATER + timedelta(days=1))
        for change in (
            uow.people.grant(mallory, RoleName.RELATIVE, scope=None, granted_by=None, day=NOON.date()),
            uow.people.move(mallory, 7_000_000_999),
        ):
            with pytest.raises(ForgedRow):
                await change

    with pytest.raises(ForgedRow):
        await believed(storage, mallory.id)


async def test_the_host_sets_right_what_was_forged_and_gives_nothing_by_it(storage: Storage, held: Held):
    async with storage.unit() as uow:
        await CHANGES["doubled: role"](uow, held)
        await CHANGES["doubled: restriction"](uow, held)
    async with storage.unit() as uow:
        await uow.people.take_all(await uow.people.get(held.mallory.id))

    async with storage.view() as uow:
        person = await uow.people.get(held.mallory.id)
        standing = [one.kind for one in await uow.people.restrictions_of(person) if one.is_active(LATER)]

    assert (await believed(storage, held.mallory.id), standing) == ([], [RestrictionKind.SUSPENDED])


async def test_rights_go_along_to_another_account(storage: Storage, held: Held):
    async with storage.unit() as uow:
        await uow.people.move(await uow.people.get(held.mallory.id), 7_000_000_999)

    async with storage.view() as uow:
        moved = await uow.people.get_by_chat(7_000_000_999)
        old = await uow.people.get_by_chat(7_000_000_666)

    assert (moved.id, old) == (held.mallory.id, None)
    assert await believed(storage, held.mallory.id) == [RoleName.SUPPORTER]


async def test_a_colleague_is_forgotten_and_what_they_gave_and_set_stays(storage: Storage, held: Held):
    async with storage.unit() as uow:
        await uow.people.forget_colleague(held.alice.id)

    async with storage.view() as uow:
        person = await uow.people.get(held.mallory.id)
        setters = {one.set_by for one in await uow.people.restrictions_of(person)}

    assert (await believed(storage, held.mallory.id), setters) == ([RoleName.SUPPORTER], {None})


async def test_what_is_over_is_forgotten_after_a_day_and_the_rest_stays(storage: Storage, held: Held):
    async with storage.unit() as uow:
        person = await uow.people.get(held.mallory.id)
        await uow.people.forget_restrictions(person, until=NOON - timedelta(minutes=1))
        kept = len(await uow.people.restrictions_of(person))
        await uow.people.forget_restrictions(person, until=NOON + timedelta(minutes=1))
        left = [one.kind for one in await uow.people.restrictions_of(person)]

    assert (kept, left) == (2, [RestrictionKind.SUSPENDED])
    assert await believed(storage, held.mallory.id) == [RoleName.SUPPORTER]


async def test_the_common_update_asks_for_rights_with_the_person(storage: Storage, held: Held):
    with statements(storage) as ran:
        async with storage.view() as uow:
            person = await uow.people.get_by_chat(7_000_000_666)
            await uow.people.roles_of(person)
            await uow.people.restrictions_of(person)

    assert len(ran) == 1


async def test_rights_from_before_the_marks_are_marked_once(storage: Storage, held: Held):
    async with storage.unit() as uow:
        await uow.session.execute(update(PEOPLE).values(rights=None))
        marked = await uow.people.mark_unmarked()
        again = await uow.people.mark_unmarked()

    assert (marked, again) == (2, 0)
    assert await believed(storage, held.mallory.id) == [RoleName.SUPPORTER]
