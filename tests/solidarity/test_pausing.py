"""Pauses: no reminders to write meanwhile, and the promise stands."""

from datetime import timedelta

import pytest

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.guardianship import step_down
from solidarity.letters import report_letter
from solidarity.pausing import end_pauses, pause, resume
from storage.models import Guardianship, GuardianshipState, OutboxState, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

A_WEEK = timedelta(days=7)


@pytest.fixture
async def promise(house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice writes every four weeks."""
    return await house.guardian(alice, prisoner)


async def reminders(house: House, actor: Actor) -> int:
    waiting = [row for row in await house.due(actor) if row.state is OutboxState.QUEUED]
    return sum(row.kind == "letter" for row in waiting)


async def test_a_pause_drops_the_reminder(uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship):
    await pause(uow, alice, promise.id, weeks=2, now=NOON)

    assert promise.state is GuardianshipState.PAUSED
    assert await reminders(house, alice) == 0


@pytest.mark.parametrize(("weeks", "is_over"), [(2, True), (4, False), (None, False)])
async def test_a_pause_ends_by_itself_on_its_day(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship, weeks: int | None, is_over: bool
):
    await pause(uow, alice, promise.id, weeks=weeks, now=NOON)

    await end_pauses(uow, NOON + 2 * A_WEEK)

    assert (promise.state is GuardianshipState.ACTIVE) is is_over
    assert await reminders(house, alice) == int(is_over)


async def test_who_comes_back_takes_up_their_promise_also_where_three_others_stand(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await pause(uow, alice, promise.id, weeks=None, now=NOON)
    for _ in range(3):
        await house.guardian(await house.person(), prisoner)

    await resume(uow, alice, promise.id, now=NOON)

    assert promise.state is GuardianshipState.ACTIVE
    assert await reminders(house, alice) == 1


async def test_the_last_choice_of_an_end_holds(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    await pause(uow, alice, promise.id, weeks=2, now=NOON)
    await pause(uow, alice, promise.id, weeks=8, now=NOON)

    await end_pauses(uow, NOON + 7 * A_WEEK)

    assert promise.state is GuardianshipState.PAUSED


async def test_who_goes_on_is_reminded_again(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    await pause(uow, alice, promise.id, weeks=None, now=NOON)

    await resume(uow, alice, promise.id, now=NOON + 20 * A_WEEK)

    [row] = [row for row in await house.due(alice) if row.kind == "letter"]
    assert row.due_at >= NOON + 20 * A_WEEK


async def test_only_a_pause_can_be_ended(uow: UnitOfWork, alice: Actor, promise: Guardianship):
    with pytest.raises(NoLongerSo):
        await resume(uow, alice, promise.id, now=NOON)


async def test_no_letter_is_reported_in_a_pause(uow: UnitOfWork, alice: Actor, promise: Guardianship):
    await pause(uow, alice, promise.id, weeks=2, now=NOON)

    with pytest.raises(NoLongerSo):
        await report_letter(uow, alice, promise.id, now=NOON)


async def test_who_pauses_may_step_down_and_hears_nothing_afterwards(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    await pause(uow, alice, promise.id, weeks=2, now=NOON)
    await step_down(uow, alice, promise.id, now=NOON)

    await end_pauses(uow, NOON + 2 * A_WEEK)

    assert promise.state is GuardianshipState.ENDED
    assert await reminders(house, alice) == 0


async def test_an_application_cannot_be_paused(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    application = await house.application(alice, prisoner)

    with pytest.raises(NoLongerSo):
        await pause(uow, alice, application.id, weeks=2, now=NOON)


@pytest.mark.parametrize("weeks", [0, -2, 3, 52])
async def test_no_other_span_is_taken(uow: UnitOfWork, alice: Actor, promise: Guardianship, weeks: int):
    with pytest.raises(NotForYou):
        await pause(uow, alice, promise.id, weeks=weeks, now=NOON)


async def test_mallory_pauses_and_resumes_nobody(uow: UnitOfWork, mallory: Actor, promise: Guardianship):
    with pytest.raises(NotForYou):
        await pause(uow, mallory, promise.id, weeks=2, now=NOON)
    with pytest.raises(NotForYou):
        await resume(uow, mallory, promise.id, now=NOON)

    assert promise.state is GuardianshipState.ACTIVE
