"""What is due for whom: rows are written in the transaction of what makes them due."""

from datetime import UTC, date, datetime

import pytest

from solidarity.access import Actor
from solidarity.letter_reminders import next_letter_due, plan_letter, plan_next_letters
from solidarity.people import change_setting, person_of
from solidarity.reminders import (
    concerned_with,
    hearings_for,
    include_person,
    is_within_reach,
    plan_hearing,
    silence_prisoner,
)
from storage.models import CustodyStatus, Guardianship, OutboxState, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House, wall

IN_FOUR_WEEKS = datetime(2026, 12, 21, 7, 0, tzinfo=UTC)


@pytest.fixture
async def promise(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice writes every four weeks, and has written for the new year."""
    guardianship = await house.guardian(alice, prisoner)
    guardianship.told_until = date(2026, 12, 31)
    return guardianship


async def test_planning_twice_changes_nothing(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    hearing = await house.hearing(prisoner)
    before = [(row.unique_key, row.due_at) for row in await house.due(alice)]

    await plan_letter(uow, promise, now=NOON)
    await plan_hearing(uow, hearing, [await person_of(uow, alice.id)], now=NOON)

    assert [(row.unique_key, row.due_at) for row in await house.due(alice)] == before


async def test_a_new_guardian_is_reminded_after_one_rhythm(uow: UnitOfWork, promise: Guardianship):
    assert await next_letter_due(uow, promise.id) == IN_FOUR_WEEKS


async def test_a_day_that_has_passed_is_due_now(uow: UnitOfWork, promise: Guardianship):
    await plan_letter(uow, promise, on=date(2026, 11, 1), now=NOON)

    assert await next_letter_due(uow, promise.id) == NOON


@pytest.mark.parametrize("status", [CustodyStatus.RELEASED, CustodyStatus.EXILED, CustodyStatus.DIED])
async def test_nobody_is_reminded_to_write_to_somebody_out_of_reach(
    uow: UnitOfWork, prisoner: Prisoner, promise: Guardianship, status: CustodyStatus
):
    prisoner.custody_status = status

    await plan_letter(uow, promise, now=NOON)

    assert not is_within_reach(prisoner)
    assert await next_letter_due(uow, promise.id) is None


async def test_an_unanswered_reminder_is_followed_by_one_a_rhythm_later(
    uow: UnitOfWork, promise: Guardianship
):
    await uow.outbox.drop_waiting(promise.id, kinds=["letter"])

    await plan_next_letters(uow, [promise.id], now=NOON)

    assert await next_letter_due(uow, promise.id) == IN_FOUR_WEEKS


async def test_a_reminder_that_was_put_off_is_not_doubled_by_the_next_one(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    await plan_letter(uow, promise, on=date(2026, 11, 26), now=NOON)

    await plan_next_letters(uow, [promise.id], now=NOON)

    assert (await house.kinds(alice)).count("letter") == 1


async def test_guardians_and_family_are_concerned_each_once(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, mallory: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await house.guardian(vera, prisoner)
    await house.relative(vera, prisoner)
    await house.application(mallory, prisoner)

    people = await concerned_with(uow, prisoner.id)

    assert sorted(p.id for p in people) == sorted([alice.id, vera.id])


async def test_a_person_sees_the_coming_hearings_of_their_own_next_first(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    later = await house.hearing(prisoner, wall("2026-12-10 10:00"))
    sooner = await house.hearing(prisoner, wall("2026-12-01 10:00"))
    await house.hearing(await house.prisoner())

    found = await hearings_for(uow, alice.id, now=NOON)

    assert [hearing.id for hearing in found] == [sooner.id, later.id]


async def test_mallory_sees_no_hearings(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner, promise: Guardianship
):
    await house.hearing(prisoner)

    assert await hearings_for(uow, mallory.id, now=NOON) == []


async def test_hearings_of_the_silenced_are_seen_by_nobody(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await house.hearing(prisoner)
    prisoner.is_silenced = True

    assert await hearings_for(uow, alice.id, now=NOON) == []


async def test_somebody_who_comes_to_a_silenced_prisoner_is_told_of_no_hearing(
    uow: UnitOfWork, house: House, vera: Actor, prisoner: Prisoner
):
    await house.hearing(prisoner)
    prisoner.is_silenced = True

    await include_person(uow, await person_of(uow, vera.id), prisoner.id, now=NOON)

    assert await house.due(vera) == []


async def test_silence_drops_everything_that_waits_about_a_prisoner(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, prisoner: Prisoner, promise: Guardianship
):
    await house.relative(vera, prisoner)
    await house.hearing(prisoner)

    await silence_prisoner(uow, prisoner.id, now=NOON)

    assert await house.due(alice) == []
    assert await house.due(vera) == []


async def test_silence_leaves_other_prisoners_reminders_alone(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    other = await house.prisoner()
    await house.hearing(other)

    await silence_prisoner(uow, other.id, now=NOON)

    assert await next_letter_due(uow, promise.id) == IN_FOUR_WEEKS


async def test_a_new_hour_moves_the_waiting_reminders(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await house.hearing(prisoner)

    await change_setting(uow, alice, "hour", "19:00", now=NOON)

    due = {row.kind: row.due_at.hour for row in await house.due(alice) if row.kind != "hearing_new"}
    assert due["letter"] == due["hearing_7d"] == due["hearing_1d"] == 16
    assert due["hearing_3h"] == 8


async def test_new_quiet_hours_turn_the_last_reminder_into_the_day_before(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    hearing = await house.hearing(prisoner)

    await change_setting(uow, alice, "quiet", "21:00-12:00", now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_1d", "hearing_7d", "hearing_new"]


async def test_a_reminder_that_was_sent_is_not_planned_again_by_a_new_hour(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    hearing = await house.hearing(prisoner)
    sent = next(row for row in await house.due(alice) if row.kind == "hearing_7d")
    sent.state, sent.settled_at = OutboxState.SENT, NOON
    await uow.session.flush()

    await change_setting(uow, alice, "hour", "19:00", now=NOON)

    states = {row.kind: row.state for row in await house.due(alice, hearing.id)}
    assert states["hearing_7d"] is OutboxState.SENT


async def test_a_letter_that_was_put_off_stays_on_its_day_in_a_new_zone(
    uow: UnitOfWork, alice: Actor, promise: Guardianship
):
    await plan_letter(uow, promise, on=date(2026, 11, 26), now=NOON)

    await change_setting(uow, alice, "zone", "America/New_York", now=NOON)

    assert await next_letter_due(uow, promise.id) == datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
