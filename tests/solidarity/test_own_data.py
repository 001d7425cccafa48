"""Everything that is kept about a person is shown to them, and nothing about anybody else."""

from datetime import date, timedelta

import pytest

from solidarity.access import Actor
from solidarity.guardianship import withdraw_application
from solidarity.hiding import hide
from solidarity.letters import report_letter
from solidarity.own_data import NOT_ABOUT_WHO_ASKS, PARTS, WITHHELD, Record, own_records
from solidarity.people import agree, person_of, set_contact
from storage.columns import ColumnClass
from storage.models import Base, Posted, Prisoner, Purpose
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

TABLES = {table.name: table for table in Base.metadata.sorted_tables}
COLUMNS = {f"{table.name}.{column.name}": column for table in TABLES.values() for column in table.columns}
SHOWN = {f"{part.table}.{column}" for part in PARTS for column in part.columns}


def test_every_column_about_a_person_is_shown_or_has_a_reason_why_not():
    looked_at = {name for name in COLUMNS if name.partition(".")[0] not in NOT_ABOUT_WHO_ASKS}

    assert looked_at == SHOWN | WITHHELD.keys()
    assert SHOWN & WITHHELD.keys() == set()


def test_every_table_is_looked_at_or_has_a_reason_why_not():
    assert {part.table for part in PARTS} == TABLES.keys() - NOT_ABOUT_WHO_ASKS.keys()
    assert NOT_ABOUT_WHO_ASKS.keys() <= TABLES.keys()


@pytest.mark.parametrize("table", sorted(NOT_ABOUT_WHO_ASKS))
def test_no_table_that_is_left_out_belongs_to_a_person(table: str):
    # `hiding` and `button` do, and their reasons say why they are left out all the same.
    owners = {key.target_fullname for column in TABLES[table].columns for key in column.foreign_keys}

    assert "person.id" not in owners or table == "hiding"


def test_every_sealed_field_of_a_person_is_shown():
    sealed = {name for name, column in COLUMNS.items() if column.info["class"] is ColumnClass.SEALED}
    theirs = {name for name in sealed if name.partition(".")[0] in {part.table for part in PARTS}}

    assert theirs - SHOWN == {"draft.body", "desk.pin", "desk.duress_pin"}


def only(records: list[Record], table: str) -> list[dict[str, object]]:
    return [record.values for record in records if record.table == table]


async def test_a_person_is_shown_what_they_typed_and_when_they_came(uow: UnitOfWork, alice: Actor):
    await set_contact(uow, alice, "phone", "+000 00 000-00-00")

    [person] = only(await own_records(uow, alice.id), "person")

    assert person["chat"] == str(await uow.people.reveal_chat(await person_of(uow, alice.id)))
    assert (person["phone"], person["name"], person["joined_on"]) == (
        "+000 00 000-00-00",
        None,
        date(2026, 11, 23),
    )


async def test_promises_letters_and_messages_are_shown_without_the_prisoner(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    promise = await house.guardian(alice, prisoner)
    await report_letter(uow, alice, promise.id, now=NOON)

    records = await own_records(uow, alice.id)

    assert [one["state"] for one in only(records, "guardianship")] == ["active"]
    assert [one["number"] for one in only(records, "letter")] == [1]
    assert sorted(one["kind"] for one in only(records, "outbox")) == ["application_accepted", "letter"]
    assert str(prisoner.id) not in str([record.values for record in records])


async def test_ones_own_word_to_the_coordinators_is_shown(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner, "I write well.")
    await withdraw_application(uow, alice, application.id)

    [promise] = only(await own_records(uow, alice.id), "guardianship")

    assert (promise["word"], promise["state"]) == ("I write well.", "withdrawn")


async def test_what_stands_in_the_chat_is_shown_with_its_end(uow: UnitOfWork, alice: Actor):
    end = NOON + timedelta(hours=24)
    await uow.posted.add(
        Posted(person_id=alice.id, purpose=Purpose.PLACE, screen="menu", posted_at=NOON, delete_at=end)
    )

    [posted] = only(await own_records(uow, alice.id), "posted")

    assert (posted["purpose"], posted["delete_at"]) == ("place", end)


async def test_of_a_draft_only_its_end_is_shown(uow: UnitOfWork, alice: Actor):
    await uow.drafts.put(alice.id, "pin", {"digits": "314159"}, expires_at=NOON)

    assert only(await own_records(uow, alice.id), "draft") == [{"expires_at": NOON}]


async def test_mallory_is_shown_nothing_of_anybody_else(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await house.relative(alice, prisoner)
    await set_contact(uow, alice, "name", "Alice Example")

    records = await own_records(uow, mallory.id)

    assert [record.table for record in records] == ["person", "role"]
    assert "Alice" not in str([record.values for record in records])


async def test_a_second_person_is_shown_nothing_of_who_hides_under_their_account(
    uow: UnitOfWork, alice: Actor
):
    chat_id = await uow.people.reveal_chat(await person_of(uow, alice.id))
    await set_contact(uow, alice, "name", "Alice Example")
    await hide(uow, alice, now=NOON)
    second = await agree(uow, chat_id, language="en", now=NOON)
    never_hid = await agree(uow, 700_000_777, language="en", now=NOON)

    records = [await own_records(uow, one.id) for one in (second, never_hid)]

    tables, values = ([record.table for record in one] for one in records)
    assert tables == values
    assert "Alice" not in str([record.values for one in records for record in one])


def test_a_record_shows_nothing_of_itself():
    assert repr(Record("person", {"phone": "+000"})) == "Record(person)"
