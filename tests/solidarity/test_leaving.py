"""Leaving is final, breaks nothing of others, and leaves only a random id and what empties the chat."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, table, text, update

from solidarity.access import Actor
from solidarity.codes import find_code, give_relative_code, give_staff_code, redeem
from solidarity.danger import warn_colleagues
from solidarity.guardianship import accept_guardian
from solidarity.leaving import erase_person
from solidarity.letters import report_letter
from solidarity.people import actor_of, person_of, set_contact
from storage.buttons import Action
from storage.columns import Cell
from storage.errors import UnknownKey
from storage.hearings import Heard
from storage.models import (
    Base,
    CodeKind,
    Departed,
    Farewell,
    GuardianshipState,
    Kinship,
    Letter,
    OutboxRow,
    Person,
    Posted,
    Prisoner,
    Purpose,
    Role,
    RoleName,
    WrappedKey,
)
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House


async def posts(uow: UnitOfWork, person_id: UUID, message_id: int | None, **changes: object) -> Posted:
    values = {"purpose": Purpose.PLACE, "screen": "menu", "posted_at": NOON, "delete_at": NOON}
    return await uow.posted.add(Posted(person_id=person_id, message_id=message_id, **(values | changes)))


async def everywhere(uow: UnitOfWork, wanted: UUID) -> set[str]:
    """Name every column of every table in which an id stands, also inside of something longer."""
    spellings = (wanted.bytes, wanted.hex, str(wanted))
    found = set()
    await uow.session.flush()
    for one in Base.metadata.sorted_tables:
        names = [column.name for column in one.columns]
        rows = await uow.session.execute(select(*map(text, names)).select_from(table(one.name)))
        for row in rows:
            for name, value in zip(names, row, strict=True):
                held = bytes(value) if isinstance(value, memoryview) else value
                if isinstance(held, bytes | str) and any(
                    type(each) is type(held) and each in held for each in spellings
                ):
                    found.add(f"{one.name}.{name}")
    return found


async def busy(uow: UnitOfWork, house: House, person: Actor, prisoner: Prisoner) -> None:
    """Let somebody have something in every table that knows people."""
    await house.guardian(person, prisoner)
    await house.application(person, await house.prisoner())
    await house.relative(person, prisoner)
    hearing = await house.hearing(prisoner)
    await uow.hearings.note_told([Heard(hearing.id, person.id, 1, NOON)])
    await uow.drafts.put(person.id, "adopt", {"word": "half"}, expires_at=NOON)
    await uow.desks.begin_anew(person.id)
    await set_contact(uow, person, "name", "Alice Example")
    await posts(uow, person.id, 11)


async def test_nothing_but_the_ledger_knows_their_id(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await busy(uow, house, alice, prisoner)
    before = await everywhere(uow, alice.id)

    await erase_person(uow, alice.id, now=NOON)

    assert before >= {
        "data_key.subject", "desk.person_id", "draft.person_id", "guardianship.person_id",
        "kinship.person_id", "outbox.person_id", "outbox.unique_key", "person.id", "posted.person_id",
        "role.person_id", "told.person_id",
    }  # fmt: skip
    assert await everywhere(uow, alice.id) == {"departed.id"}


async def test_the_ledger_says_the_day_and_that_no_backup_place_has_it_yet(uow: UnitOfWork, alice: Actor):
    await erase_person(uow, alice.id, now=NOON)

    departed = await uow.session.get(Departed, alice.id)
    assert (departed.left_on, departed.is_copied) == (NOON.date(), False)


async def test_their_cells_open_no_more(uow: UnitOfWork, alice: Actor):
    person = await person_of(uow, alice.id)
    kept = Person(id=alice.id, chat=person.chat)

    await erase_person(uow, alice.id, now=NOON)

    with pytest.raises(UnknownKey):
        await uow.people.reveal_chat(kept)


async def test_the_farewell_knows_the_chat_and_its_messages_for_an_hour(uow: UnitOfWork, alice: Actor):
    chat_id = await uow.people.reveal_chat(await person_of(uow, alice.id))
    await posts(uow, alice.id, 11)
    await posts(uow, alice.id, 12, purpose=Purpose.PUSH)
    await posts(uow, alice.id, None)

    await erase_person(uow, alice.id, now=NOON)

    [farewell] = await uow.farewells.due(now=NOON, limit=10)
    parting = await uow.farewells.reveal(farewell)
    assert (parting.chat_id, sorted(parting.message_ids)) == (chat_id, [11, 12])
    assert farewell.expires_at == NOON + timedelta(hours=1)


async def test_a_farewell_has_a_key_of_its_own_that_goes_with_it(uow: UnitOfWork, alice: Actor):
    await posts(uow, alice.id, 11)
    await erase_person(uow, alice.id, now=NOON)
    [farewell] = await uow.farewells.due(now=NOON, limit=10)

    await uow.farewells.end(farewell.id)

    assert await uow.session.get(WrappedKey, farewell.id) is None
    assert await uow.farewells.next_at() is None


async def test_where_nothing_stands_in_the_chat_nothing_remembers_it(uow: UnitOfWork, alice: Actor):
    await erase_person(uow, alice.id, now=NOON)

    assert list(await uow.session.scalars(select(Farewell))) == []


async def test_a_damaged_number_keeps_nobody_here(uow: UnitOfWork, alice: Actor):
    await posts(uow, alice.id, 11)
    await uow.session.execute(
        update(Person).where(Person.id == alice.id).values(chat=Cell(b"\x01\x01damaged"))
    )
    (await person_of(uow, alice.id)).chat = Cell(b"\x01\x01damaged")

    await erase_person(uow, alice.id, now=NOON)

    assert await uow.people.get(alice.id) is None


async def test_letters_stay_without_their_writer(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    promise = await house.guardian(alice, prisoner)
    await report_letter(uow, alice, promise.id, now=NOON)

    await erase_person(uow, alice.id, now=NOON)

    [letter] = await uow.session.execute(
        select(Letter.person_id, Letter.guardianship_id, Letter.prisoner_id, Letter.number)
    )
    assert tuple(letter) == (None, None, prisoner.id, 1)


async def test_coordinators_are_not_reminded_of_an_application_that_is_gone(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.application(alice, prisoner)

    await erase_person(uow, alice.id, now=NOON)

    assert await house.due(bob) == []


async def test_an_application_that_a_coordinator_reads_just_now_is_covered(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner, "I write well.")
    reading = await posts(uow, bob.id, 21, target=application.id, delete_at=NOON + timedelta(hours=1))

    await erase_person(uow, alice.id, now=NOON)

    await uow.session.refresh(reading)
    assert reading.cover_at == NOON


async def test_leaving_touches_nobody_else(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, prisoner: Prisoner
):
    await busy(uow, house, alice, prisoner)
    before = await everywhere(uow, alice.id)

    await erase_person(uow, mallory.id, now=NOON)

    assert await everywhere(uow, alice.id) == before


async def test_an_id_that_was_made_up_leaves_no_trace_in_the_ledger(uow: UnitOfWork):
    await erase_person(uow, uuid4(), now=NOON)

    assert list(await uow.session.scalars(select(Departed))) == []


# A coordinator who leaves takes along what is theirs; what others have with them goes on.


async def test_an_application_is_decided_by_another_coordinator(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)
    carol = await house.coordinator()
    await erase_person(uow, bob.id, now=NOON)

    await accept_guardian(uow, carol, application.id, now=NOON)

    assert application.state is GuardianshipState.ACTIVE


async def test_whom_they_accepted_goes_on(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)
    await accept_guardian(uow, bob, application.id, now=NOON)
    await erase_person(uow, bob.id, now=NOON)

    await report_letter(uow, alice, application.id, now=NOON)

    assert application.state is GuardianshipState.ACTIVE
    waiting = await uow.session.scalars(select(OutboxRow).where(OutboxRow.person_id == alice.id))
    assert "letter" in {row.kind for row in waiting}


async def coordinates(uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner) -> list[str]:
    """Let a coordinator leave a trace with everybody else; returns the codes of theirs that are open."""
    alice, vera, carol = await house.person(), await house.person(), await house.coordinator()
    await accept_guardian(uow, bob, (await house.application(alice, prisoner)).id, now=NOON)
    words = []
    for newcomer in (vera, await house.person()):
        given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
        words.append(given.words)
        if newcomer is vera:
            await redeem(uow, vera, await find_code(uow, given.words, now=NOON), now=NOON)
    words.append((await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=bob.id, now=NOON)).words)
    await uow.session.execute(update(Kinship).values(confirmed_by=bob.id))
    await warn_colleagues(uow, bob, now=NOON)
    warned = await posts(uow, carol.id, 31, target=bob.id, purpose=Purpose.PUSH)
    await uow.posted.replace_buttons(warned.id, [Action("open", bob.id)], expires_at=NOON)
    return words[1:]


async def test_nothing_but_the_ledger_knows_a_coordinators_id(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    await busy(uow, house, bob, prisoner)
    await coordinates(uow, house, bob, prisoner)
    before = await everywhere(uow, bob.id)

    await erase_person(uow, bob.id, now=NOON)

    assert before >= {
        "button.target", "code.issued_by", "guardianship.decided_by", "kinship.confirmed_by",
        "outbox.about_id", "posted.target", "role.granted_by",
    }  # fmt: skip
    assert await everywhere(uow, bob.id) == {"departed.id"}


async def test_no_code_they_gave_works_any_more(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    codes = await coordinates(uow, house, bob, prisoner)
    carol = await house.coordinator()
    hers = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=carol.id, now=NOON)
    worked = [await find_code(uow, words, now=NOON) is not None for words in codes]

    await erase_person(uow, bob.id, now=NOON)

    assert worked == [True, True]
    assert [await find_code(uow, words, now=NOON) for words in codes] == [None, None]
    assert await find_code(uow, hers.words, now=NOON) is not None


async def test_who_came_by_a_code_of_theirs_keeps_what_it_gave(
    uow: UnitOfWork, bob: Actor, mallory: Actor, vera: Actor, prisoner: Prisoner
):
    for actor, kind in ((mallory, CodeKind.ADMINISTRATOR), (vera, CodeKind.COORDINATOR)):
        given = await give_staff_code(uow, kind, issued_by=bob.id, now=NOON)
        await redeem(uow, actor, await find_code(uow, given.words, now=NOON), now=NOON)

    await erase_person(uow, bob.id, now=NOON)

    after = [await actor_of(uow, await person_of(uow, actor.id), now=NOON) for actor in (mallory, vera)]
    assert [(one.is_administrator, one.is_coordinator) for one in after] == [(True, True), (False, True)]


async def test_a_right_that_was_taken_stays_taken(uow: UnitOfWork, bob: Actor, vera: Actor):
    person = await person_of(uow, vera.id)
    role = await uow.people.grant(
        person, RoleName.COORDINATOR, scope=None, granted_by=bob.id, day=NOON.date()
    )
    await uow.people.revoke(role, person)

    await erase_person(uow, bob.id, now=NOON)

    assert not (await actor_of(uow, person, now=NOON)).is_coordinator


async def test_a_right_mallory_wrote_in_their_name_is_not_signed_for_her(
    uow: UnitOfWork, bob: Actor, mallory: Actor
):
    forged = Role(
        id=uuid4(), person_id=mallory.id, role=RoleName.COORDINATOR, granted_by=bob.id, day=NOON.date(),
        revision=1, mac=bytes(32),
    )  # fmt: skip
    uow.session.add(forged)
    # As a unit of its own reads it.
    del uow.__dict__["people"]

    await erase_person(uow, bob.id, now=NOON)

    seen = await actor_of(uow, await person_of(uow, mallory.id), now=NOON)
    assert (seen.is_coordinator, seen.is_suspended) == (False, True)
    assert await everywhere(uow, bob.id) == {"departed.id"}


async def test_somebody_who_cannot_be_read_keeps_no_coordinator_from_leaving(
    uow: UnitOfWork, bob: Actor, vera: Actor, prisoner: Prisoner
):
    given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
    await redeem(uow, vera, await find_code(uow, given.words, now=NOON), now=NOON)
    (await person_of(uow, vera.id)).chat = Cell(b"\x01\x01damaged")

    await erase_person(uow, bob.id, now=NOON)

    assert await everywhere(uow, bob.id) == {"departed.id"}


async def test_a_role_that_came_by_their_code_is_still_believed(
    uow: UnitOfWork, bob: Actor, vera: Actor, prisoner: Prisoner
):
    given = await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
    await redeem(uow, vera, await find_code(uow, given.words, now=NOON), now=NOON)

    await erase_person(uow, bob.id, now=NOON)

    assert (await actor_of(uow, await person_of(uow, vera.id), now=NOON)).is_relative
