"""What follows from the fate of one message: tried again, settled, told, or the person unreachable."""

from datetime import UTC, datetime, timedelta

import pytest

from solidarity.access import Actor
from solidarity.guardianship import step_down
from solidarity.hearings.life import cancel_hearing
from solidarity.letter_reminders import next_letter_due
from solidarity.outbox import Delivered, Gone, Later, Outcome, Refused, Unsure
from solidarity.people import note_visit, person_of
from solidarity.settling import drop, settle, settle_delivered
from solidarity.staying import ask_whether_they_stay
from storage.models import Guardianship, GuardianshipState, OutboxState, Prisoner
from storage.unit_of_work import Storage, UnitOfWork
from tests.statements import statements

from .conftest import NOON, House

DUE = datetime(2026, 12, 21, 7, 0, tzinfo=UTC)
A_RHYTHM_LATER = datetime(2027, 1, 18, 7, 0, tzinfo=UTC)


@pytest.fixture
async def promise(house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice writes every four weeks."""
    return await house.guardian(alice, prisoner)


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        pytest.param(Delivered(1), OutboxState.SENT, id="delivered"),
        pytest.param(Refused("bad"), OutboxState.PARKED, id="our mistake"),
        pytest.param(Gone("blocked"), OutboxState.UNREACHABLE, id="gone"),
    ],
)
async def test_a_final_outcome_settles_the_message(
    uow: UnitOfWork, house: House, promise: Guardianship, outcome: Outcome, state: OutboxState
):
    row = await house.claimed("application_accepted")

    await settle(uow, row, outcome, now=NOON)

    kept = await house.kept(row)
    assert (kept.state, kept.settled_at, kept.attempts, kept.claim) == (state, NOON, 1, None)


async def test_an_uncertain_message_is_tried_again(uow: UnitOfWork, house: House, promise: Guardianship):
    row = await house.claimed("application_accepted")

    await settle(uow, row, Unsure(), now=NOON)

    kept = await house.kept(row)
    assert (kept.state, kept.due_at) == (OutboxState.QUEUED, NOON + timedelta(seconds=30))


async def test_somebody_who_blocked_the_bot_is_unreachable_until_they_come_back(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    row = await house.claimed("application_accepted")

    await settle(uow, row, Gone("blocked"), now=NOON)

    person = await person_of(uow, alice.id)
    await uow.session.refresh(person)
    assert not person.is_reachable
    await note_visit(uow, alice, now=NOON)
    assert person.is_reachable


async def test_an_answer_for_a_message_dropped_in_flight_changes_nothing(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    row = await house.claimed("application_accepted")
    await step_down(uow, alice, promise.id, now=NOON)

    await settle(uow, row, Delivered(1), now=NOON)

    assert await house.due(alice) == []


async def test_an_answer_for_a_message_claimed_anew_leaves_it_to_the_new_claim(
    uow: UnitOfWork, house: House, promise: Guardianship
):
    old = await house.claimed("application_accepted")
    await uow.claims.release_all()
    new = await house.claimed("application_accepted")

    await settle(uow, old, Delivered(1), now=NOON)

    kept = await house.kept(new)
    assert (kept.state, kept.attempts) == (OutboxState.CLAIMED, 1)


@pytest.mark.parametrize("outcome", [Delivered(1), Unsure()], ids=["delivered", "perhaps delivered"])
async def test_who_may_have_received_a_date_counts_as_told(
    uow: UnitOfWork,
    house: House,
    alice: Actor,
    prisoner: Prisoner,
    promise: Guardianship,
    outcome: Outcome,
):
    hearing = await house.hearing(prisoner)
    row = await house.claimed("hearing_new")

    await settle(uow, row, outcome, now=NOON)

    assert await uow.hearings.told(hearing.id) == {alice.id: 1}


async def test_who_surely_received_nothing_is_not_told(
    uow: UnitOfWork, house: House, prisoner: Prisoner, promise: Guardianship
):
    hearing = await house.hearing(prisoner)
    row = await house.claimed("hearing_new")

    await settle(uow, row, Later(), now=NOON)

    assert await uow.hearings.told(hearing.id) == {}


async def test_a_hearing_cancelled_in_flight_is_told_as_cancelled(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    hearing = await house.hearing(prisoner)
    row = await house.claimed("hearing_new")
    await cancel_hearing(uow, hearing, now=NOON)

    await settle(uow, row, Delivered(1), now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_cancelled"]


async def test_a_reminder_to_write_is_followed_by_the_next(
    uow: UnitOfWork, house: House, promise: Guardianship
):
    row = await house.claimed("letter", now=DUE)

    await settle(uow, row, Delivered(1), now=DUE)

    assert await next_letter_due(uow, promise.id) == A_RHYTHM_LATER


async def test_a_rhythm_goes_on_beside_other_news_that_still_waits(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    row = await house.claimed("letter", now=DUE)
    await uow.claims.release_all()
    (row,) = await uow.claims.claim(now=DUE, limit=1, lease=timedelta(minutes=1))
    await settle(uow, row, Later(timedelta(days=60)), now=DUE)
    row = await house.claimed("letter", now=DUE)

    await settle(uow, row, Delivered(1), now=DUE)

    assert await next_letter_due(uow, promise.id) == A_RHYTHM_LATER


async def test_a_dropped_reminder_leaves_the_rhythm_standing(
    uow: UnitOfWork, house: House, promise: Guardianship
):
    row = await house.claimed("letter", now=DUE)

    await drop(uow, [row], now=DUE)

    kept = await house.kept(row)
    assert (kept.state, kept.settled_at) == (OutboxState.DROPPED, DUE)
    assert await next_letter_due(uow, promise.id) == A_RHYTHM_LATER


@pytest.mark.parametrize("kind", ["letter", "stay"])
async def test_settling_many_takes_as_many_statements_as_settling_two(
    uow: UnitOfWork, storage: Storage, house: House, kind: str
):
    for number in range(8):
        actor = await house.person()
        if kind == "letter":
            await house.guardian(actor, await house.prisoner())
        else:
            await ask_whether_they_stay(uow, await person_of(uow, actor.id), now=NOON)
        if number in {1, 7}:
            sent = await uow.claims.claim(now=DUE, limit=100, lease=timedelta(minutes=1))
            sent = [row for row in sent if row.kind == kind]
            uow.session.expunge_all()
            with statements(storage) as ran:
                await settle_delivered(uow, sent, now=DUE)
                await uow.session.flush()
            if number == 1:
                two = list(ran)

    assert len(sent) == 6
    assert ran == two


async def test_what_is_settled_beside_others_goes_on_only_where_its_rhythm_stands(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, mallory: Actor
):
    promises = [await house.guardian(each, await house.prisoner()) for each in (alice, vera, mallory)]
    sent = await uow.claims.claim(now=DUE, limit=100, lease=timedelta(minutes=1))
    promises[1].state = GuardianshipState.PAUSED
    silenced = await uow.prisoners.get(promises[2].prisoner_id)
    assert silenced is not None
    silenced.is_silenced = True

    await settle_delivered(uow, [row for row in sent if row.kind == "letter"], now=DUE)

    due = [await next_letter_due(uow, promise.id) for promise in promises]
    assert due == [A_RHYTHM_LATER, None, None]


async def test_after_silence_no_reminder_follows(
    uow: UnitOfWork, house: House, prisoner: Prisoner, promise: Guardianship
):
    row = await house.claimed("letter", now=DUE)
    prisoner.is_silenced = True

    await settle(uow, row, Delivered(1), now=DUE)

    assert await next_letter_due(uow, promise.id) is None


async def test_mallory_is_never_told_by_a_message_of_alices(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner, promise: Guardianship
):
    hearing = await house.hearing(prisoner)
    row = await house.claimed("hearing_new")

    await settle(uow, row, Delivered(1), now=NOON)

    assert mallory.id not in await uow.hearings.told(hearing.id)
    assert await house.due(mallory) == []
