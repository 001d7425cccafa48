"""The trail in both databases: appended one after another, looked through, forgotten by age, or refused."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, text, update

from storage.audit import Trail, Verdict
from storage.audit_chain import Fault, next_key, next_link, tag_of
from storage.database import Database, open_postgresql
from storage.errors import BrokenTrail
from storage.keys import Keys
from storage.models import AuditEntry, AuditHead
from storage.unit_of_work import Storage
from tests.world import DEPLOYMENT, NOON, RING, SEED

ENTRIES = 205
SEEDS = {0: SEED}
Rows = list[dict[str, Any]]


def unheard(stage: str, done: int, total: int) -> None:
    """Nobody looks."""


async def append(storage: Storage, count: int, *, start: datetime = NOON) -> None:
    async with storage.unit() as uow:
        for number in range(count):
            at = start + timedelta(minutes=number)
            await uow.trail.append({"act": "role_granted", "by": "host"}, at=at)


async def verify(
    storage: Storage, *, seeds: dict[int, bytes] | None = None, heads: dict[int, bytes] | None = None
) -> Verdict:
    async with storage.view() as uow:
        return await uow.trail.verify(seeds=seeds or {}, heads=heads or {}, progress=unheard)


async def bad(storage: Storage, **options: dict[int, bytes]) -> tuple[int | None, Fault | None]:
    verdict = await verify(storage, **options)
    return verdict.bad, verdict.fault


async def rows(storage: Storage) -> Rows:
    columns = AuditEntry.__table__.columns
    async with storage.view() as uow:
        found = await uow.session.execute(select(*columns).order_by(AuditEntry.number))
        return [dict(row._mapping) for row in found]


async def put_rows(storage: Storage, wanted: Rows) -> None:
    """Write by hand what shall stand there."""
    async with storage.unit() as uow:
        await uow.session.execute(delete(AuditEntry))
        await uow.session.execute(insert(AuditEntry), wanted)


def changed(whole: Rows, which: int, **values: object) -> Rows:
    return [row | values if row["number"] == which else row for row in whole]


def without(whole: Rows, number: int) -> Rows:
    return [row for row in whole if row["number"] != number]


def swapped(whole: Rows, one: int, other: int) -> Rows:
    first, second = whole[one - 1], whole[other - 1]
    return changed(changed(whole, one, **(second | {"number": one})), other, **(first | {"number": other}))


def moved_up(whole: Rows, number: int) -> Rows:
    """Put an entry in before another: all behind it get the next number."""
    behind = [row | {"number": row["number"] + 1} for row in whole[number - 1 :]]
    return [*whole[: number - 1], whole[3] | {"number": number}, *behind]


def rechained(whole: Rows, number: int, key: bytes) -> Rows:
    """Change an entry, and write chain and tags anew from there as who has some key can."""
    done = [*whole]
    before = done[number - 2]["chain"]
    done[number - 1] = done[number - 1] | {
        "entry": done[number - 1]["entry"].replace("role_granted", "role_ended")
    }
    for index in range(number - 1, len(done)):
        before = next_link(before, done[index]["entry"])
        done[index] = done[index] | {
            "chain": before,
            "tag": tag_of(key, DEPLOYMENT, done[index]["number"], before),
        }
        key = next_key(key)
    return done


Change = Callable[[Rows], Rows]
CHANGES: dict[str, tuple[Change, tuple[int, Fault], tuple[int, Fault]]] = {
    "a changed entry": (
        lambda whole: changed(whole, 100, entry=whole[99]["entry"].replace("host", "bot")),
        (100, Fault.CHANGED),
        (100, Fault.CHANGED),
    ),
    "another instant": (
        lambda whole: changed(whole, 100, at=whole[98]["at"]),
        (100, Fault.CHANGED),
        (100, Fault.CHANGED),
    ),
    "a changed link": (
        lambda whole: changed(whole, 205, chain=bytes(32)),
        (205, Fault.CHANGED),
        (205, Fault.CHANGED),
    ),
    "an entry taken out": (lambda whole: without(whole, 7), (7, Fault.MISSING), (7, Fault.MISSING)),
    "the first taken out": (lambda whole: without(whole, 1), (1, Fault.MISSING), (1, Fault.MISSING)),
    "the last taken out": (lambda whole: without(whole, 205), (205, Fault.MISSING), (205, Fault.MISSING)),
    "all taken out but one": (lambda whole: whole[:1], (2, Fault.MISSING), (2, Fault.MISSING)),
    "an entry put in": (lambda whole: moved_up(whole, 50), (50, Fault.CHANGED), (50, Fault.CHANGED)),
    "one put in front": (
        lambda whole: [whole[0] | {"number": 0}, *whole],
        (0, Fault.EXTRA),
        (0, Fault.EXTRA),
    ),
    "one put at the end": (
        lambda whole: [*whole, whole[204] | {"number": 206}],
        (206, Fault.EXTRA),
        (206, Fault.EXTRA),
    ),
    "two swapped": (lambda whole: swapped(whole, 20, 180), (20, Fault.CHANGED), (20, Fault.CHANGED)),
    "a chain written anew": (
        lambda whole: rechained(whole, 90, bytes(32)),
        (205, Fault.HEAD),
        (90, Fault.TAG),
    ),
}


@pytest.fixture
async def whole(storage: Storage) -> Rows:
    await append(storage, ENTRIES)
    return await rows(storage)


async def test_whatever_is_changed_by_hand_the_first_bad_entry_is_named(
    storage: Storage, whole: Rows
) -> None:
    assert (await verify(storage, seeds=SEEDS)).tagged == ENTRIES
    for name, (change, chained, tagged) in CHANGES.items():
        await put_rows(storage, change(whole))
        assert (name, await bad(storage)) == (name, chained)
        assert (name, await bad(storage, seeds=SEEDS)) == (name, tagged)
    await put_rows(storage, whole)
    assert await bad(storage, seeds=SEEDS) == (None, None)


async def test_a_changed_tag_is_found_by_the_seed(storage: Storage, whole: Rows) -> None:
    await put_rows(storage, changed(whole, 100, tag=bytes(32)))
    assert await bad(storage) == (None, None)
    assert await bad(storage, seeds=SEEDS) == (100, Fault.TAG)


async def key_in(trail: Trail) -> bytes:
    _, standing = await trail._standing()
    return standing.key


async def stand(storage: Storage, link: bytes, number: int) -> None:
    """Move the head as only somebody can who holds every key of today."""
    async with storage.unit() as uow:
        head, standing = await uow.trail._standing()
        await uow.trail._stand(head, replace(standing, link=link, number=number))


async def test_who_has_every_key_of_today_is_found_by_the_seed_and_by_a_head_that_was_told(
    storage: Storage, whole: Rows
) -> None:
    async with storage.view() as uow:
        key = await key_in(uow.trail)
    forged = rechained(whole, 90, key)
    await put_rows(storage, forged)
    await stand(storage, forged[-1]["chain"], ENTRIES)
    assert await bad(storage) == (None, None)
    assert await bad(storage, seeds=SEEDS) == (90, Fault.TAG)
    told = {150: whole[149]["chain"][:8]}
    assert await bad(storage, heads=told) == (150, Fault.OTHER_HEAD)
    assert await bad(storage, heads={89: whole[88]["chain"][:8]}) == (None, None)


async def test_a_tail_that_was_cut_off_is_found_by_a_later_head(storage: Storage, whole: Rows) -> None:
    head = whole[-1]
    async with storage.view() as uow:
        earlier = await uow.session.get_one(AuditHead, DEPLOYMENT)
        cell = earlier.key
    await append(storage, 5)
    later = (await rows(storage))[-1]
    # The whole head is put back as it was, with its cell and its key.
    await put_rows(storage, whole)
    async with storage.unit() as uow:
        await uow.session.execute(update(AuditHead).values(number=ENTRIES, chain=head["chain"], key=cell))
    assert await bad(storage, seeds=SEEDS) == (None, None)
    told = {later["number"]: later["chain"][:8]}
    assert await bad(storage, seeds=SEEDS, heads=told) == (ENTRIES + 1, Fault.MISSING)


async def test_what_stands_beside_the_heads_cell_is_not_believed(storage: Storage) -> None:
    await append(storage, 3)
    async with storage.unit() as uow:
        await uow.session.execute(update(AuditHead).values(number=2, chain=bytes(32)))
    assert await bad(storage, seeds=SEEDS) == (None, None)
    await append(storage, 1)
    assert (await verify(storage, seeds=SEEDS)).head.number == 4


@pytest.mark.parametrize("spoiling", ["gone", "changed"])
async def test_without_a_head_nothing_is_written_and_nothing_verified(
    storage: Storage, spoiling: str
) -> None:
    await append(storage, 3)
    async with storage.unit() as uow:
        if spoiling == "gone":
            await uow.session.execute(delete(AuditHead))
        else:
            head = await uow.session.get_one(AuditHead, DEPLOYMENT)
            head.key = type(head.key)(head.key.raw[:-1] + bytes((head.key.raw[-1] ^ 1,)))
    for work in (append(storage, 1), verify(storage)):
        with pytest.raises(BrokenTrail):
            await work


@asynccontextmanager
async def unwritable(storage: Storage) -> AsyncIterator[None]:
    """Let the database refuse every new entry."""
    if storage.database.is_sqlite:
        make = "CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END"
        undo = "DROP TRIGGER full"
    else:
        make = "ALTER TABLE audit_entry ADD CONSTRAINT nothing_new CHECK (false) NOT VALID"
        undo = "ALTER TABLE audit_entry DROP CONSTRAINT nothing_new"
    async with storage.unit() as uow:
        await uow.session.execute(text(make))
    try:
        yield
    finally:
        async with storage.unit() as uow:
            await uow.session.execute(text(undo))


async def test_where_no_entry_can_be_written_the_unit_is_refused_and_the_trail_goes_on_afterwards(
    storage: Storage,
) -> None:
    await append(storage, 3)
    async with unwritable(storage):
        with pytest.raises(BrokenTrail):
            await append(storage, 1)
    await append(storage, 1)
    verdict = await verify(storage, seeds=SEEDS)
    assert (verdict.bad, verdict.head.number) == (None, 4)


async def test_what_was_rolled_back_leaves_no_gap(storage: Storage) -> None:
    async def fail() -> None:
        async with storage.unit() as uow:
            await uow.trail.append({"act": "x"}, at=NOON)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await append(storage, 2)
    assert [row["number"] for row in await rows(storage)] == [1, 2]
    assert await bad(storage, seeds=SEEDS) == (None, None)


@pytest.fixture
async def processes(new_postgresql: str) -> AsyncIterator[list[Storage]]:
    """As many processes at work on one database, each with connections of its own."""
    databases = [open_postgresql(new_postgresql) for _ in range(4)]
    yield [Storage(database, Keys(RING)) for database in databases]
    for database in databases:
        await database.close()


async def test_several_processes_append_at_once_without_a_gap(processes: list[Storage]) -> None:
    async def act(storage: Storage) -> None:
        for _ in range(8):
            async with storage.unit() as uow:
                await uow.trail.append({"act": "role_granted"}, at=NOON)

    await asyncio.gather(*(act(storage) for storage in processes for _ in range(2)))
    verdict = await verify(processes[0], seeds=SEEDS)
    assert (verdict.bad, verdict.entries, verdict.tagged) == (None, 64, 64)


async def test_what_is_appended_while_somebody_verifies_does_not_disturb(storage: Storage) -> None:
    await append(storage, 520)
    heard: list[int] = []
    async with storage.view() as uow:
        trail = uow.trail

        async def look() -> Verdict:
            return await trail.verify(
                seeds=SEEDS, heads={}, progress=lambda stage, done, total: heard.append(done)
            )

        first = asyncio.ensure_future(look())
        await append(storage, 3)
        verdict = await first
    assert verdict.bad is None
    assert heard[-1] == verdict.entries
    assert (await verify(storage)).entries == 523


async def test_two_who_open_an_installation_for_the_first_time_begin_one_trail(
    processes: list[Storage],
) -> None:
    async with processes[0].unit() as uow:
        await uow.session.execute(delete(AuditHead))

    async def begin(storage: Storage) -> bool:
        async with storage.unit() as uow:
            return await uow.trail.begin(SEED)

    assert sorted(await asyncio.gather(*map(begin, processes))) == [False, False, False, True]
    await append(processes[1], 1)
    assert await bad(processes[2], seeds=SEEDS) == (None, None)


async def test_the_key_of_before_is_neither_in_the_file_nor_in_its_log(
    database: Database, storage: Storage
) -> None:
    async with storage.view() as uow:
        before = (await uow.session.get_one(AuditHead, DEPLOYMENT)).key.raw
    await append(storage, 1)
    async with storage.view() as uow:
        after = (await uow.session.get_one(AuditHead, DEPLOYMENT)).key.raw
        assert await key_in(uow.trail) == next_key(next_key(SEED))
    assert before != after
    # Emptied with the commit; PostgreSQL has no log of ours.
    assert database.log_holds_remains is False


async def test_two_years_later_entries_are_forgotten_and_the_rest_is_verified(storage: Storage) -> None:
    await append(storage, 100)
    await append(storage, 20, start=NOON + timedelta(days=60))
    async with storage.unit() as uow:
        await uow.trail.forget(until=NOON + timedelta(days=30))
    verdict = await verify(storage, seeds=SEEDS)
    assert (verdict.bad, verdict.forgotten, verdict.entries, verdict.tagged) == (None, 100, 20, 20)
    assert [row["number"] for row in await rows(storage)] == list(range(101, 121))
    async with storage.unit() as uow:
        await uow.session.execute(delete(AuditEntry).where(AuditEntry.number == 101))
    assert await bad(storage) == (101, Fault.MISSING)


async def test_all_may_be_forgotten_and_the_trail_goes_on(storage: Storage) -> None:
    await append(storage, 5)
    async with storage.unit() as uow:
        await uow.trail.forget(until=NOON + timedelta(days=30))
        await uow.trail.forget(until=NOON + timedelta(days=30))
    await append(storage, 2, start=NOON + timedelta(days=40))
    verdict = await verify(storage, seeds=SEEDS)
    assert (verdict.bad, verdict.forgotten, verdict.entries) == (None, 5, 2)


async def test_nothing_is_forgotten_that_would_hide_what_was_changed(storage: Storage) -> None:
    await append(storage, 10)
    async with storage.unit() as uow:
        await uow.session.execute(update(AuditEntry).where(AuditEntry.number == 3).values(entry="{}"))
    with pytest.raises(BrokenTrail):
        async with storage.unit() as uow:
            await uow.trail.forget(until=NOON + timedelta(days=30))
    assert await bad(storage) == (3, Fault.CHANGED)


async def test_after_a_new_seed_was_forgotten_with_its_entry_it_still_verifies(storage: Storage) -> None:
    later = bytes(range(50, 82))
    await append(storage, 4)
    async with storage.unit() as uow:
        number = await uow.trail.append({"act": "trail_reseeded"}, at=NOON)
        await uow.trail.reseed(later, sealed_seeds="AAA=")
    await append(storage, 6)
    async with storage.unit() as uow:
        await uow.trail.forget(until=NOON + timedelta(minutes=2))
    await append(storage, 3, start=NOON + timedelta(days=1))
    verdict = await verify(storage, seeds={number: later})
    assert (verdict.bad, verdict.forgotten, verdict.tagged) == (None, 3, 9)


async def test_the_newest_number_is_told_once_a_day_and_only_where_something_is_new(
    storage: Storage,
) -> None:
    days = [datetime(2026, 11, day, tzinfo=UTC).date() for day in (23, 24, 25)]

    async def told(day: int) -> int | None:
        async with storage.unit() as uow:
            return await uow.trail.untold(days[day])

    assert await told(0) is None
    await append(storage, 2)
    assert [await told(0), await told(0)] == [2, None]
    await append(storage, 1)
    assert [await told(0), await told(1), await told(1), await told(2)] == [None, 3, None, None]
