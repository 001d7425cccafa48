"""The trail: what is done is written down in closed words, or it is not done."""

import json
from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from solidarity.access import Actor
from solidarity.audit import (
    HEAD,
    HOST_ACT,
    Act,
    By,
    entry_of,
    names_by_mark,
    newest_entries,
    record,
    record_of_host,
    short_hash_of,
    tell_head,
)
from solidarity.codes import give_relative_code, give_staff_code, redeem
from solidarity.desk import TypedPin, choose_pin, open_desk
from solidarity.guardianship import accept_guardian, decline_guardian
from solidarity.hearings.desk import cancel_at_desk, confirm_at_desk, save_draft
from solidarity.hearings.drafts import draft_court, draft_for, draft_start
from solidarity.leaving import erase_person
from solidarity.people import person_of
from solidarity.pseudonyms import pseudonym
from solidarity.publicity import choose_publicity
from solidarity.relevance import is_still_due
from storage.errors import BrokenTrail
from storage.models import (
    AuditEntry,
    AuditHead,
    CodeKind,
    Person,
    Prisoner,
    Publicity,
    Role,
    RoleName,
)
from storage.unit_of_work import Storage, UnitOfWork
from tests.solidarity.conftest import NOON, House
from tests.storage.test_audit import unwritable


async def acts(uow: UnitOfWork) -> list[tuple[str, str | None]]:
    return [(entry.act, entry.kind) for entry in await newest_entries(uow, 100)]


async def test_an_act_is_written_with_marks_instead_of_ids_and_closed_words(
    uow: UnitOfWork, bob: Actor, vera: Actor
) -> None:
    number = await record(
        uow, Act.CODE_GIVEN, by=bob.id, about=vera.id, kind=CodeKind.RELATIVE, count=2, now=NOON
    )
    [link] = await uow.trail.newest(1)
    assert json.loads(link.entry) == {
        "number": number,
        "at": "2026-11-23T09:00:00.000+00:00",
        "act": "code_given",
        "by": uow.macs.audit_mark(bob.id),
        "about": uow.macs.audit_mark(vera.id),
        "kind": "relative",
        "count": 2,
    }
    assert link.entry == json.dumps(json.loads(link.entry), sort_keys=True, separators=(",", ":"))
    for person in (bob, vera):
        assert str(person.id) not in link.entry
        assert person.id.hex not in link.entry


async def test_who_did_it_is_called_by_their_pseudonym_as_long_as_they_are_there(
    uow: UnitOfWork, bob: Actor, vera: Actor
) -> None:
    await record(uow, Act.PERSON_SUSPENDED, by=bob.id, about=vera.id, now=NOON)
    [entry] = await newest_entries(uow, 1)
    names = await names_by_mark(uow, "be")
    assert names[entry.by] == pseudonym(bob.id.bytes, "be")
    assert entry.about is not None
    assert names[entry.about] == pseudonym(vera.id.bytes, "be")

    await erase_person(uow, vera.id, now=NOON)

    assert entry.about not in await names_by_mark(uow, "be")
    assert await entry_of(uow, entry.number) == entry


async def test_what_the_host_does_is_the_hosts_and_every_coordinator_is_told(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor
) -> None:
    carol = await house.coordinator()
    await record_of_host(uow, Act.IMPORT_CONFIRMED, count=3, now=NOON)
    [entry] = await newest_entries(uow, 1)
    assert (entry.by, entry.count) == (By.HOST, 3)
    for one in (bob, carol):
        assert [(row.kind, row.revision) for row in await house.due(one)] == [(HOST_ACT, entry.number)]
    assert await house.due(mallory) == []


async def test_a_code_of_the_host_is_told_and_one_of_a_colleague_is_only_written_down(
    uow: UnitOfWork, house: House, bob: Actor
) -> None:
    await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=bob.id, now=NOON)
    assert await house.due(bob) == []
    await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    assert await house.kinds(bob) == [HOST_ACT]
    assert await acts(uow) == [("code_given", "coordinator")] * 2


async def test_a_code_that_is_redeemed_is_written_down_with_each_role_it_gave(
    uow: UnitOfWork, house: House, bob: Actor, vera: Actor, prisoner: Prisoner
) -> None:
    given = await give_staff_code(uow, CodeKind.ADMINISTRATOR, issued_by=None, now=NOON)
    code = await uow.codes.get_by_words(given.words, now=NOON)
    assert code is not None
    await redeem(uow, vera, code.id, now=NOON)
    assert (await acts(uow))[1:] == [
        ("code_redeemed", "administrator"),
        ("role_granted", "coordinator"),
        ("role_granted", "administrator"),
    ]
    assert [entry.by for entry in await newest_entries(uow, 2)] == ["host", "host"]


async def test_what_a_coordinator_does_is_written_down(
    uow: UnitOfWork, house: House, bob: Actor, vera: Actor, prisoner: Prisoner
) -> None:
    other = await house.prisoner()
    await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
    await accept_guardian(uow, bob, (await house.application(vera, prisoner)).id, now=NOON)
    await decline_guardian(uow, bob, (await house.application(vera, other)).id, now=NOON)
    await choose_publicity(uow, prisoner.id, Publicity.GUARDIANS, by=bob.id, now=NOON)
    hearing = await house.hearing(prisoner)
    await confirm_at_desk(uow, bob, hearing.id, str(hearing.revision), now=NOON)
    await cancel_at_desk(uow, bob, hearing.id, str(hearing.revision), now=NOON)
    assert await acts(uow) == [
        ("code_given", "relative"),
        ("guardianship_decided", "active"),
        ("guardianship_decided", "declined"),
        ("publicity_changed", "guardians"),
        ("hearing_changed", "confirmed"),
        ("hearing_changed", "cancelled"),
    ]
    assert {entry.by for entry in await newest_entries(uow, 6)} == {uow.macs.audit_mark(bob.id)}


async def test_a_desk_that_was_opened_and_one_that_locked_itself_are_written_down(
    uow: UnitOfWork, bob: Actor
) -> None:
    await choose_pin(uow, bob, TypedPin("114477", first="114477", stored=None), "hash", now=NOON)
    for is_right in (True, False, False, False, False):
        await open_desk(uow, bob, is_right=is_right, now=NOON)
    assert [act for act, _ in await acts(uow)] == ["pin_set", "desk_opened", *["pin_wrong"] * 4]
    await open_desk(uow, bob, is_right=False, now=NOON)
    assert [act for act, _ in await acts(uow)][-1] == "desk_locked"


async def test_where_the_trail_takes_nothing_no_role_is_given(storage: Storage) -> None:
    async with storage.unit() as uow:
        house = House(uow)
        vera = await house.person()
        given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
        code = await uow.codes.get_by_words(given.words, now=NOON)
        assert code is not None

    async def spend() -> None:
        async with storage.unit() as uow:
            await redeem(uow, vera, code.id, now=NOON)

    async with unwritable(storage):
        with pytest.raises(BrokenTrail):
            await spend()
        async with storage.view() as uow:
            roles = await uow.people.roles_of(await person_of(uow, vera.id))
            assert [role.role for role in roles] == [RoleName.SUPPORTER]
            assert await uow.session.scalar(select(Role.id).where(Role.role == RoleName.COORDINATOR)) is None
    await spend()
    async with storage.view() as uow:
        roles = await uow.people.roles_of(await person_of(uow, vera.id))
        assert {role.role for role in roles} == {RoleName.SUPPORTER, RoleName.COORDINATOR}


async def test_where_the_trail_is_broken_nothing_that_belongs_there_is_done(
    storage: Storage,
) -> None:
    async with storage.unit() as uow:
        house = House(uow)
        bob, prisoner = await house.coordinator(), await house.prisoner(Publicity.GUARDIANS)
        application = await house.application(await house.person(), await house.prisoner())
        await uow.session.execute(delete(AuditHead))

    async def narrow(uow: UnitOfWork) -> object:
        return await choose_publicity(uow, prisoner.id, Publicity.HIDDEN, by=bob.id, now=NOON)

    async def accept(uow: UnitOfWork) -> object:
        return await accept_guardian(uow, bob, application.id, now=NOON)

    async def give(uow: UnitOfWork) -> object:
        return await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)

    async def let_in(uow: UnitOfWork) -> object:
        return await open_desk(uow, bob, is_right=True, now=NOON)

    async def done(act: Callable[[UnitOfWork], Awaitable[object]]) -> None:
        async with storage.unit() as uow:
            await act(uow)

    for act in (narrow, accept, give, let_in):
        with pytest.raises(BrokenTrail):
            await done(act)
    async with storage.view() as uow:
        assert (await uow.session.get_one(Prisoner, prisoner.id)).publicity is Publicity.GUARDIANS
        desk = await uow.desks.get(bob.id)
        assert desk is None or desk.open_until is None


async def test_coordinators_are_told_where_the_trail_stands_once_a_day_where_something_was_done(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor
) -> None:
    await tell_head(uow, now=NOON)
    assert await house.due(bob) == []
    number = await record(uow, Act.DESK_OPENED, by=bob.id, now=NOON)
    for minutes in (0, 10, 24 * 60):
        await tell_head(uow, now=NOON + timedelta(minutes=minutes))
    [row] = await house.due(bob)
    assert (row.kind, row.revision) == (HEAD, number)
    assert await house.due(mallory) == []

    claimed = await house.claimed(HEAD)
    assert await is_still_due(uow, bob, claimed, now=NOON)
    assert not await is_still_due(uow, mallory, claimed, now=NOON)


async def test_without_a_coordinator_the_next_one_is_told_of_everything(
    uow: UnitOfWork, house: House
) -> None:
    number = await record(uow, Act.TRAIL_BEGUN, by=By.HOST, now=NOON)
    await tell_head(uow, now=NOON)
    bob = await house.coordinator()
    await tell_head(uow, now=NOON)
    assert [row.revision for row in await house.due(bob)] == [number]


async def test_a_short_hash_begins_the_link_and_of_no_entry_there_is_none(uow: UnitOfWork) -> None:
    number = await record(uow, Act.TRAIL_BEGUN, by=By.HOST, now=NOON)
    head = await uow.trail.head()
    assert await short_hash_of(uow, number) == head.link.hex()[:16]
    assert await short_hash_of(uow, number + 1) is None
    assert await entry_of(uow, number + 1) is None


@pytest.mark.parametrize("spoiled", ["", "[]", "no JSON", "{}"])
async def test_an_entry_that_was_spoiled_is_shown_all_the_same(uow: UnitOfWork, spoiled: str) -> None:
    number = await record(uow, Act.TRAIL_BEGUN, by=By.HOST, now=NOON)
    await uow.session.execute(update(AuditEntry).values(entry=spoiled))
    [entry] = await newest_entries(uow, 5)
    assert (entry.number, entry.act, entry.by, entry.about) == (number, "?", "?", None)


async def test_a_sitting_added_at_the_desk_is_written_down(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
) -> None:
    await draft_for(uow, bob, prisoner.id, now=NOON)
    await draft_start(uow, bob, "03.12.2026 14:00", now=NOON)
    await draft_court(uow, bob, "Sample Court", now=NOON)
    await save_draft(uow, bob, now=NOON)
    assert await acts(uow) == [("hearing_changed", "added")]


async def test_nothing_personal_stands_in_a_trail_of_every_act(
    uow: UnitOfWork, bob: Actor, vera: Actor
) -> None:
    for act in Act:
        await record(uow, act, by=bob.id, about=vera.id, now=NOON)
    links = await uow.trail.newest(len(Act))
    told = " ".join(link.entry for link in links)
    people = await uow.session.scalars(select(Person))
    for person in people:
        assert person.id.hex not in told
        assert str(await uow.people.reveal_chat(person)) not in told
    assert {json.loads(link.entry)["act"] for link in links} == {act.value for act in Act}
