"""What is wrapped under which key, and moving it: only what still stands there, and only what opens."""

import asyncio
import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, func, select, text, update

from storage.cells import WrappingKey
from storage.errors import UnreadableDataKey
from storage.keyring import KeyEntry, Purpose, State, new_entry
from storage.keys import Keys
from storage.models import Departed, Installation, Person, Process, WrappedKey
from storage.rotation import KeyRow, rewrapped
from storage.unit_of_work import Storage
from tests.world import DEPLOYMENT, NOON, RING, new_person

FIRST = UUID(int=0)
THOUSAND = """
    INSERT INTO data_key (subject, gen, kid, wrapped)
    SELECT uuid_send(gen_random_uuid()), 1, :kid, '' FROM generate_series(1, 1000)
"""
OLD = RING.primary(Purpose.KEK)


@pytest.fixture
def new() -> KeyEntry:
    return new_entry(Purpose.KEK, State.PENDING, day=date(2026, 11, 23))


async def people(storage: Storage, number: int) -> list[Person]:
    async with storage.unit() as uow:
        return [await uow.people.add(new_person(), chat_id=chat, phrase="x") for chat in range(number)]


def anew(row: KeyRow, new: KeyEntry) -> bytes:
    old, to = (WrappingKey(entry.key, deployment=DEPLOYMENT) for entry in (OLD, new))
    return rewrapped(row, old, to)


async def wrapped_anew(storage: Storage, new: KeyEntry) -> dict[UUID, bytes]:
    async with storage.unit() as uow:
        rows = await uow.data_keys.batch(after=FIRST)
        return {row.subject: anew(row, new) for row in rows}


async def test_a_batch_has_two_hundred_and_the_next_goes_on_where_it_ended(storage: Storage):
    everyone = {person.id for person in await people(storage, 203)}

    async with storage.unit() as uow:
        first = await uow.data_keys.batch(after=FIRST)
        second = await uow.data_keys.batch(after=first[-1].subject)

    assert (len(first), len(second)) == (200, 3)
    assert {row.subject for row in (*first, *second)} == everyone


async def test_a_moved_data_key_opens_what_it_sealed(storage: Storage, alice: Person, new: KeyEntry):
    wrapped = await wrapped_anew(storage, new)

    async with storage.unit() as uow:
        moved = await uow.data_keys.move(wrapped, before=OLD.kid, to=new.kid)

    other = Storage(storage.database, Keys(RING.advanced([*RING.entries, new])))
    async with other.view() as uow:
        phrase = await uow.vault.reveal(await uow.people.get(alice.id), "phrase")
        counts = await uow.data_keys.counts()
    assert (moved, counts, phrase) == (1, {new.kid: 1}, "green kettle")


async def test_a_person_who_left_meanwhile_is_not_brought_back(
    storage: Storage, alice: Person, mallory: Person, new: KeyEntry
):
    wrapped = await wrapped_anew(storage, new)
    async with storage.unit() as uow:
        await uow.people.remove(mallory.id)

    async with storage.unit() as uow:
        moved = await uow.data_keys.move(wrapped, before=OLD.kid, to=new.kid)

    async with storage.view() as uow:
        subjects = list(await uow.session.scalars(select(WrappedKey.subject)))
    assert (moved, subjects) == (1, [alice.id])


async def test_a_data_key_that_was_moved_meanwhile_stays_where_it_is(
    storage: Storage, alice: Person, new: KeyEntry
):
    wrapped = await wrapped_anew(storage, new)
    async with storage.unit() as uow:
        await uow.data_keys.move(wrapped, before=OLD.kid, to=new.kid)

    async with storage.unit() as uow:
        late = await uow.data_keys.move({alice.id: bytes(60)}, before=OLD.kid, to=new.kid)

    async with storage.view() as uow:
        row = await uow.session.get(WrappedKey, alice.id)
    assert (late, row.wrapped.raw) == (0, wrapped[alice.id])


# On SQLite there is one writer at a time, so that nobody is ever in the middle of anything.
@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_who_is_leaving_just_now_is_not_waited_for(
    storage: Storage, alice: Person, mallory: Person, new: KeyEntry
):
    async with storage.unit() as leaving:
        await leaving.people.remove(mallory.id)
        async with asyncio.timeout(5), storage.unit() as uow:
            rows = await uow.data_keys.batch(after=FIRST)

    assert [row.subject for row in rows] == [alice.id]


# PostgreSQL believes that a key it has not counted yet wraps next to nothing, and would look up all it wraps.
@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_data_key_is_moved_by_its_primary_key_alone(storage: Storage, alice: Person, new: KeyEntry):
    ran: list[str] = []
    async with storage.unit() as uow:
        await uow.session.execute(text(THOUSAND), {"kid": new.kid})
        await uow.session.execute(text("ANALYZE data_key"))
        connection = (await uow.session.connection()).sync_connection
        event.listen(connection, "before_cursor_execute", lambda *what: ran.append(what[2]))
        await uow.data_keys.move({alice.id: bytes(60)}, before=OLD.kid, to=new.kid)
        values = {"of": alice.id.bytes, "before": OLD.kid, "to": new.kid, "new": bytes(60)}
        plan = await (await uow.session.connection()).exec_driver_sql(f"EXPLAIN {ran[0]}", values)

    assert re.findall(r"Seq Scan|\w*x_\w+|pk_\w+", " ".join(plan.scalars())) == ["pk_data_key"]


async def test_a_data_key_that_mallory_copied_to_another_subject_is_refused(
    storage: Storage, alice: Person, mallory: Person, new: KeyEntry
):
    async with storage.unit() as uow:
        hers = await uow.session.get(WrappedKey, alice.id)
        await uow.session.execute(
            update(WrappedKey).where(WrappedKey.subject == mallory.id).values(wrapped=hers.wrapped)
        )

    async with storage.unit() as uow:
        rows = {row.subject: row for row in await uow.data_keys.batch(after=FIRST)}
    with pytest.raises(UnreadableDataKey):
        anew(rows[mallory.id], new)


@pytest.mark.parametrize("in_vain", [False, True], ids=["at once", "after a savepoint was taken back"])
async def test_the_key_is_not_changed_under_somebody_who_is_making_a_data_key(
    storage: Storage, new: KeyEntry, in_vain: bool
):
    async with storage.unit() as making:
        if in_vain:
            savepoint = await making.session.begin_nested()
            await making.people.add(new_person(), chat_id=2, phrase="x")
            await savepoint.rollback()
        await making.people.add(new_person(), chat_id=1, phrase="x")
        naming = asyncio.create_task(name(storage, new.kid))
        await asyncio.wait({naming}, timeout=0.1)
        was_waiting = not naming.done()
    await naming

    async with storage.view() as uow:
        named = await uow.session.scalar(select(Installation.kek_id))
        counts = await uow.data_keys.counts()
    assert (was_waiting, named, counts) == (True, new.kid, {OLD.kid: 1})


async def name(storage: Storage, kid: bytes) -> None:
    async with storage.unit() as uow:
        await uow.data_keys.name_wrapping_key(kid)


async def test_the_last_day_on_which_somebody_left_is_known(storage: Storage):
    async with storage.unit() as uow:
        before = await uow.data_keys.last_left_on()
        for day in (21, 22, 20):
            uow.session.add(Departed(left_on=date(2026, 11, day)))

    async with storage.view() as uow:
        assert (before, await uow.data_keys.last_left_on()) == (None, date(2026, 11, 22))


MINUTE = timedelta(seconds=60)


async def behind(storage: Storage, generation: int) -> list[UUID]:
    async with storage.view() as uow:
        return [each.id for each in await uow.processes.behind(generation, now=NOON, within=MINUTE)]


async def test_a_process_is_behind_until_it_has_read_the_ring(storage: Storage):
    ours = uuid4()
    async with storage.unit() as uow:
        await uow.processes.seen(ours, generation=1, now=NOON)
    early = await behind(storage, 2)

    async with storage.unit() as uow:
        await uow.processes.seen(ours, generation=2, now=NOON)

    assert (early, await behind(storage, 2)) == ([ours], [])


@pytest.mark.parametrize(
    ("seconds", "counts"),
    [
        pytest.param(-60, True, id="a minute ago"),
        pytest.param(-61, False, id="longer ago"),
        pytest.param(60, True, id="by a clock that was a little ahead"),
        pytest.param(61, False, id="by a clock that was far ahead"),
    ],
)
async def test_a_process_counts_that_was_seen_within_a_minute_of_now(
    storage: Storage, seconds: int, counts: bool
):
    process = uuid4()

    async with storage.unit() as uow:
        await uow.processes.seen(process, generation=1, now=NOON + timedelta(seconds=seconds))

    assert await behind(storage, 2) == ([process] if counts else [])
    async with storage.unit() as uow:
        await uow.processes.forget_silent(now=NOON, within=MINUTE)
        assert await uow.session.scalar(select(func.count()).select_from(Process)) == int(counts)


async def test_a_process_that_was_believed_gone_is_back_when_it_is_seen(storage: Storage):
    ours = uuid4()
    async with storage.unit() as uow:
        await uow.processes.seen(ours, generation=1, now=NOON - timedelta(minutes=5))
        await uow.processes.forget_silent(now=NOON, within=MINUTE)

    async with storage.unit() as uow:
        await uow.processes.seen(ours, generation=1, now=NOON)

    assert await behind(storage, 2) == [ours]


async def test_a_process_that_is_gone_is_waited_for_by_nobody(storage: Storage):
    ours = uuid4()
    async with storage.unit() as uow:
        await uow.processes.seen(ours, generation=1, now=NOON)

    async with storage.unit() as uow:
        await uow.processes.gone(ours)

    assert await behind(storage, 2) == []
