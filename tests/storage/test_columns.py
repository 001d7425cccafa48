"""Every column has a class, a type that STRICT takes, and comes back as it went in."""

from datetime import UTC, date, datetime, time
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from storage.columns import Cell, ColumnClass, Sealed
from storage.models import Base, Code, CodeKind, Desk, Person
from storage.unit_of_work import Storage
from tests.desks import change_desk
from tests.world import new_person

COLUMNS = [
    pytest.param(column, id=f"{table.name}.{column.name}")
    for table in Base.metadata.sorted_tables
    for column in table.columns
]


@pytest.mark.parametrize("column", COLUMNS)
def test_every_column_declares_its_class(column):
    assert column.info.get("class") in set(ColumnClass)


@pytest.mark.parametrize("column", COLUMNS)
def test_sealed_columns_take_sealed_cells_and_no_others_do(column):
    assert isinstance(column.type, Sealed) == (column.info["class"] is ColumnClass.SEALED)


def test_a_bare_string_cannot_be_put_into_a_sealed_column():
    with pytest.raises(TypeError, match="sealed cell only"):
        Person(phone="+375 29 000 00 00")


def test_a_sealed_cell_shows_nothing_of_itself():
    assert f"{Cell(b'secret')} {Cell(b'secret')!r}" == "<sealed> <sealed>"


async def test_every_table_of_ours_is_strict_on_sqlite(storage: Storage):
    if not storage.database.is_sqlite:
        return
    async with storage.view() as uow:
        rows = list(
            await uow.session.execute(
                text("SELECT name, wr, strict FROM pragma_table_list WHERE schema='main'")
            )
        )

    loose = {name for name, without_rowid, strict in rows if not (without_rowid and strict)}
    assert loose - {"sqlite_schema", "alembic_version"} == set()


async def test_times_days_and_flags_come_back_as_they_went_in(storage: Storage):
    moment = datetime(2026, 3, 29, 1, 30, 0, 123000, tzinfo=UTC)
    person = uuid4()
    async with storage.unit() as uow:
        added = await uow.people.add(
            new_person(joined_on=date(2026, 2, 28), hour=time(10, 30)), chat_id=1, phrase="x"
        )
        person = added.id
        await uow.desks.begin_anew(person)
        await change_desk(uow, person, locked_until=moment)

    async with storage.view() as uow:
        desk = await uow.session.get(Desk, person)
        kept = await uow.people.get(person)

        assert (desk.locked_until, kept.joined_on, kept.hour, kept.is_reachable) == (
            moment,
            date(2026, 2, 28),
            time(10, 30),
            True,
        )


async def test_a_naive_time_is_refused(storage: Storage):
    async with storage.view() as uow:
        with pytest.raises(Exception, match="naive"):
            await uow.session.execute(select(Code).where(Code.expires_at > datetime(2026, 1, 1)))  # noqa: DTZ001


def test_words_outside_the_list_are_refused():
    with pytest.raises(ValueError, match="not a valid"):
        CodeKind("somebody")
