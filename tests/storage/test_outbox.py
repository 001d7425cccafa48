"""The outbox: planned once, claimed by one, given back when the claimer dies."""

import asyncio
from datetime import timedelta
from uuid import uuid4

from storage.models import OutboxState, Person
from storage.outbox import Due
from storage.unit_of_work import Storage
from tests.world import NOON

LEASE = timedelta(minutes=2)


def due(person: Person, key: str, **changes) -> Due:
    return Due(**({"person_id": person.id, "kind": "letter", "about_id": uuid4(), "unique_key": key,
                   "due_at": NOON} | changes))  # fmt: skip


async def queue(storage: Storage, *dues: Due) -> None:
    async with storage.unit() as uow:
        await uow.outbox.queue(dues)


async def claim(storage: Storage, *, at=NOON, limit=100) -> list[str]:
    async with storage.unit() as uow:
        return [row.unique_key for row in await uow.outbox.claim(now=at, limit=limit, lease=LEASE)]


async def test_planning_twice_changes_nothing(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    await queue(storage, due(alice, "a", due_at=NOON + timedelta(days=3)))

    assert await claim(storage) == ["a"]


async def test_what_is_not_yet_due_is_not_claimed(storage: Storage, alice: Person):
    await queue(storage, due(alice, "later", due_at=NOON + timedelta(milliseconds=1)), due(alice, "now"))

    assert await claim(storage) == ["now"]


async def test_a_row_is_due_however_late_it_is_asked_for(storage: Storage, alice: Person):
    await queue(storage, due(alice, "old", due_at=NOON - timedelta(days=40)))

    assert await claim(storage) == ["old"]


async def test_the_earliest_come_first_and_no_more_than_asked_for(storage: Storage, alice: Person):
    await queue(storage, *(due(alice, str(n), due_at=NOON - timedelta(minutes=n)) for n in range(5)))

    assert await claim(storage, limit=3) == ["4", "3", "2"]


async def test_two_claimers_never_share_a_message(storage: Storage, alice: Person):
    await queue(storage, *(due(alice, str(n)) for n in range(60)))

    shares = await asyncio.gather(*(claim(storage, limit=10) for _ in range(6)))

    claimed = [key for share in shares for key in share]
    assert sorted(claimed) == sorted(str(n) for n in range(60))


async def test_a_dead_claimers_rows_come_back_after_the_lease(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    await claim(storage)
    async with storage.unit() as uow:
        await uow.outbox.release_expired(now=NOON + LEASE + timedelta(seconds=1))

    assert await claim(storage) == ["a"]


async def test_a_living_claimers_rows_stay_theirs(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    await claim(storage)
    async with storage.unit() as uow:
        await uow.outbox.release_expired(now=NOON + LEASE)

    assert await claim(storage) == []


async def test_a_claim_taken_over_is_not_the_old_claimers_any_more(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    async with storage.unit() as uow:
        [first] = await uow.outbox.claim(now=NOON, limit=1, lease=LEASE)
        old_claim = first.claim
    async with storage.unit() as uow:
        await uow.outbox.release_expired(now=None)
    await claim(storage)

    async with storage.unit() as uow:
        assert await uow.outbox.get_claimed(first.id, old_claim) is None


async def test_dropping_leaves_what_was_sent(storage: Storage, alice: Person):
    about = uuid4()
    await queue(storage, due(alice, "sent", about_id=about), due(alice, "waiting", about_id=about))
    async with storage.unit() as uow:
        for row in await uow.outbox.waiting_about(about):
            if row.unique_key == "sent":
                row.state, row.settled_at = OutboxState.SENT, NOON
        await uow.session.flush()
        await uow.outbox.drop_waiting(about)

    await queue(storage, due(alice, "sent", about_id=about))
    assert await claim(storage) == []


async def test_the_next_due_time_is_that_of_the_earliest_waiting_row(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a", due_at=NOON + timedelta(hours=5)), due(alice, "b", due_at=NOON))
    await claim(storage)

    async with storage.view() as uow:
        assert await uow.outbox.next_due() == NOON + timedelta(hours=5)


async def test_settled_rows_are_forgotten_and_waiting_ones_kept(storage: Storage, alice: Person):
    await queue(storage, due(alice, "old"), due(alice, "waiting"))
    async with storage.unit() as uow:
        for row in await uow.outbox.claim(now=NOON, limit=1, lease=LEASE):
            row.state, row.settled_at, first = OutboxState.SENT, NOON - timedelta(days=8), row.unique_key
        await uow.session.flush()
        await uow.outbox.forget_settled(until=NOON - timedelta(days=7))

    assert await claim(storage) == [{"old": "waiting", "waiting": "old"}[first]]
