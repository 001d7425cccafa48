"""The outbox: planned once, claimed by one, given back when the claimer dies."""

import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import IntegrityError

from storage import outbox, repository
from storage.models import Lane, OutboxRow, OutboxState, Person, Turn
from storage.outbox import Due
from storage.unit_of_work import Storage
from tests.statements import statements
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
        return [row.unique_key for row in await uow.claims.claim(now=at, limit=limit, lease=LEASE)]


async def test_planning_twice_changes_nothing(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    await queue(storage, due(alice, "a", due_at=NOON + timedelta(days=3)))

    assert await claim(storage) == ["a"]


async def test_many_are_queued_by_one_statement_each_as_it_was_given(storage: Storage, alice: Person):
    dues = [
        due(alice, "a", useful_until=NOON + LEASE, revision=3),
        due(alice, "b", lane=Lane.URGENT, kind="hearing_moved"),
        due(alice, "a", due_at=NOON - LEASE),
    ]

    with statements(storage) as ran:
        await queue(storage, *dues)

    async with storage.unit() as uow:
        claimed = await uow.claims.claim(now=NOON, limit=100, lease=LEASE)
    assert ran == ["INSERT INTO outbox"]
    assert [
        Due(
            row.person_id,
            row.kind,
            row.about_id,
            row.unique_key,
            row.due_at,
            row.revision,
            row.useful_until,
            row.lane,
        )
        for row in claimed
    ] == [dues[1], dues[0]]


@pytest.fixture
def small_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (repository, outbox):
        monkeypatch.setattr(module, "PORTION", 2)


@pytest.mark.usefixtures("small_portions")
@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
async def test_however_many_are_queued_each_is_there_once(storage: Storage, alice: Person, number: int):
    dues = [due(alice, str(n)) for n in range(number)]

    await queue(storage, *dues, *dues[:1])

    assert sorted(await claim(storage)) == [each.unique_key for each in dues]


@pytest.mark.usefixtures("small_portions")
async def test_of_many_that_are_planned_those_that_wait_already_stay(storage: Storage, alice: Person):
    await queue(storage, due(alice, "3", kind="first"))

    async with storage.unit() as uow:
        await uow.outbox.queue([due(alice, "before")])
        await uow.outbox.queue(due(alice, str(n)) for n in range(5))
        await uow.outbox.queue([due(alice, "after")])

    async with storage.view() as uow:
        kinds = dict((await uow.session.execute(select(OutboxRow.unique_key, OutboxRow.kind))).all())
    others = dict.fromkeys(["before", "0", "1", "2", "4", "after"], "letter")
    assert kinds == others | {"3": "first"}


@pytest.mark.usefixtures("small_portions")
async def test_of_many_for_somebody_who_is_gone_none_is_queued(storage: Storage, alice: Person):
    dues = [due(alice, str(n)) for n in range(5)]

    with pytest.raises(IntegrityError):
        await queue(storage, *dues, due(alice, "nobody", person_id=uuid4()))

    assert await claim(storage) == []


@pytest.mark.parametrize("engine_name", ["sqlite"])
@pytest.mark.usefixtures("small_portions")
async def test_who_is_stopped_while_many_are_queued_leaves_none_behind(
    storage: Storage, alice: Person, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(repository, "HANDED_OVER_SECONDS", 60)
    queueing = asyncio.create_task(queue(storage, *(due(alice, str(n)) for n in range(5))))
    await asyncio.sleep(0.1)

    queueing.cancel()

    with pytest.raises(asyncio.CancelledError):
        await queueing
    assert await claim(storage) == []


@pytest.mark.usefixtures("small_portions")
async def test_of_many_of_which_one_is_refused_none_is_queued(storage: Storage, alice: Person):
    dues = [due(alice, str(n)) for n in range(5)]

    with pytest.raises(ValueError, match="naive"):
        await queue(storage, *dues, due(alice, "naive", due_at=NOON.replace(tzinfo=None)))

    assert await claim(storage) == []


@pytest.mark.parametrize("among", ["settled_at <= 7", "state = 'dropped' AND settled_at > 7"])
async def test_what_is_settled_is_found_without_reading_what_waits(storage: Storage, among: str):
    explain = "EXPLAIN QUERY PLAN" if storage.database.is_sqlite else "EXPLAIN"
    async with storage.unit() as uow:
        if not storage.database.is_sqlite:
            await uow.session.execute(text("SET LOCAL enable_seqscan = off"))
        plan = await uow.session.execute(text(f"{explain} DELETE FROM outbox WHERE {among}"))

    assert "ix_outbox_settled_at" in str(plan.all())


async def test_what_is_not_yet_due_is_not_claimed(storage: Storage, alice: Person):
    await queue(storage, due(alice, "later", due_at=NOON + timedelta(milliseconds=1)), due(alice, "now"))

    assert await claim(storage) == ["now"]


async def test_a_row_is_due_however_late_it_is_asked_for(storage: Storage, alice: Person):
    await queue(storage, due(alice, "old", due_at=NOON - timedelta(days=40)))

    assert await claim(storage) == ["old"]


async def test_the_earliest_come_first_and_no_more_than_asked_for(storage: Storage, alice: Person):
    await queue(storage, *(due(alice, str(n), due_at=NOON - timedelta(minutes=n)) for n in range(5)))

    assert await claim(storage, limit=3) == ["4", "3", "2"]


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_no_more_than_asked_for_however_the_statement_is_planned(storage: Storage, alice: Person):
    await queue(storage, *(due(alice, str(n)) for n in range(5)))

    async with storage.unit() as uow:
        for way in ("hashagg", "hashjoin", "mergejoin", "sort", "material"):
            await uow.session.execute(text(f"SET LOCAL enable_{way} = off"))
        claimed = await uow.claims.claim(now=NOON, limit=1, lease=LEASE)

    assert len(claimed) == 1


async def test_two_claimers_never_share_a_message(storage: Storage, alice: Person):
    await queue(storage, *(due(alice, str(n)) for n in range(60)))

    shares = await asyncio.gather(*(claim(storage, limit=10) for _ in range(6)))

    claimed = [key for share in shares for key in share]
    assert sorted(claimed) == sorted(str(n) for n in range(60))


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_two_senders_never_have_messages_for_one_person_at_a_time(storage: Storage, alice: Person):
    await queue(storage, *(due(alice, str(n)) for n in range(4)))
    senders = [uuid4(), uuid4()]

    async def take(sender: UUID) -> int:
        async with storage.unit() as uow:
            rows = await uow.claims.claim(now=NOON, limit=2, lease=LEASE, sender=sender)
            return len(await uow.turns.take({row.person_id for row in rows}, sender, lasts=LEASE))

    assert sorted(await asyncio.gather(*map(take, senders))) == [0, 1]


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_turn_that_has_ended_goes_to_the_next_and_is_forgotten(storage: Storage, alice: Person):
    first, second = uuid4(), uuid4()
    async with storage.unit() as uow:
        await uow.turns.take({alice.id}, first, lasts=LEASE)
    async with storage.unit() as uow:
        before = await uow.turns.take({alice.id}, second, lasts=LEASE)
        # Who does not have it cannot end it.
        await uow.turns.rest({alice.id}, second, lasts=timedelta())
        still = await uow.turns.take({alice.id}, second, lasts=LEASE)
        await uow.turns.rest({alice.id}, first, lasts=timedelta())
        after = await uow.turns.take({alice.id}, second, lasts=timedelta())
        await uow.turns.forget_ended()
        left = await uow.session.scalar(select(func.count()).select_from(Turn))

    assert (before, still, after, left) == (set(), set(), {alice.id}, 0)


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_ones_own_turn_is_prolonged_and_never_shortened(storage: Storage, alice: Person):
    sender = uuid4()
    async with storage.unit() as uow:
        for lasts in (LEASE, timedelta()):
            await uow.turns.take({alice.id}, sender, lasts=lasts)
        taken = await uow.turns.take({alice.id}, uuid4(), lasts=LEASE)

    assert taken == set()


async def test_with_a_person_their_turn_is_forgotten(storage: Storage, alice: Person):
    async with storage.unit() as uow:
        uow.session.add(Turn(person_id=alice.id, process_id=uuid4(), until=NOON))
    async with storage.unit() as uow:
        await uow.people.remove(alice.id)

    async with storage.view() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Turn)) == 0


async def test_a_dead_claimers_rows_come_back_after_the_lease(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    async with storage.unit() as uow:
        await uow.claims.claim(now=NOON, limit=1, lease=timedelta())
    async with storage.unit() as uow:
        await uow.claims.release_expired()

    assert await claim(storage) == ["a"]


@pytest.mark.parametrize("days", [-3650, 3650], ids=["behind", "ahead"])
async def test_a_living_claimers_rows_stay_theirs_whatever_its_own_clock_says(
    storage: Storage, alice: Person, days: int
):
    now = NOON + timedelta(days=days)
    await queue(storage, due(alice, "a", due_at=now))
    await claim(storage, at=now)
    async with storage.unit() as uow:
        await uow.claims.release_expired()

    assert await claim(storage, at=now) == []


async def test_it_is_known_in_how_long_the_next_claim_runs_out(storage: Storage, alice: Person):
    async with storage.view() as uow:
        before = await uow.claims.next_end()
    await queue(storage, due(alice, "a"))
    await claim(storage)

    async with storage.view() as uow:
        left = await uow.claims.next_end()

    assert before is None
    assert LEASE - timedelta(seconds=30) < left <= LEASE


async def test_a_claim_taken_over_is_not_the_old_claimers_any_more(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"))
    async with storage.unit() as uow:
        [first] = await uow.claims.claim(now=NOON, limit=1, lease=LEASE)
    async with storage.unit() as uow:
        await uow.claims.release_all()
    await claim(storage)

    async with storage.unit() as uow:
        assert await uow.claims.get(first) is None


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
        assert await uow.claims.next_due() == {Lane.REMINDER: NOON + timedelta(hours=5)}


async def test_settled_rows_are_forgotten_and_waiting_ones_kept(storage: Storage, alice: Person):
    await queue(storage, due(alice, "old"), due(alice, "waiting"))
    async with storage.unit() as uow:
        for row in await uow.claims.claim(now=NOON, limit=1, lease=LEASE):
            await uow.claims.settle([row], OutboxState.SENT, now=NOON - timedelta(days=8), tried=True)
            first = row.unique_key
        await uow.outbox.forget_settled(until=NOON - timedelta(days=7))

    assert await claim(storage) == [{"old": "waiting", "waiting": "old"}[first]]


async def test_lower_lanes_are_claimed_first_and_within_one_the_earliest(storage: Storage, alice: Person):
    hour = timedelta(hours=1)
    await queue(
        storage,
        due(alice, "broadcast", lane=Lane.BROADCAST, due_at=NOON - 9 * hour),
        due(alice, "late", due_at=NOON - hour),
        due(alice, "later", due_at=NOON - 2 * hour),
        due(alice, "urgent", lane=Lane.URGENT),
        due(alice, "waited for", lane=Lane.WAITED_FOR),
        due(alice, "not yet", lane=Lane.WAITED_FOR, due_at=NOON + hour),
    )

    assert await claim(storage, limit=3) == ["waited for", "urgent", "later"]
    assert await claim(storage) == ["late", "broadcast"]


async def test_only_the_lanes_asked_for_are_claimed(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a", lane=Lane.BROADCAST), due(alice, "b"))

    async with storage.unit() as uow:
        rows = await uow.claims.claim(now=NOON, limit=9, lease=LEASE, lanes=[Lane.BROADCAST])

    assert [row.unique_key for row in rows] == ["a"]


async def test_settling_leaves_alone_what_was_taken_over(storage: Storage, alice: Person):
    await queue(storage, due(alice, "a"), due(alice, "b"))
    async with storage.unit() as uow:
        first, second = await uow.claims.claim(now=NOON, limit=2, lease=LEASE)
    async with storage.unit() as uow:
        await uow.session.execute(update(OutboxRow).where(OutboxRow.id == first.id).values(claim=uuid4()))

    async with storage.unit() as uow:
        settled = await uow.claims.settle([first, second], OutboxState.SENT, now=NOON, tried=True)
        assert (await uow.claims.get(first), await uow.claims.withdrawn([first])) == (None, {first.id})

    assert settled == {second.id}
