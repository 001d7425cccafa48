"""Somebody who could not be reached for a while hears what they missed and can still use."""

from datetime import UTC, datetime, timedelta

import pytest

from solidarity.access import Actor
from solidarity.hearings.life import cancel_hearing, move_hearing
from solidarity.hearings.told import note_told
from solidarity.outbox import Gone
from solidarity.people import note_visit
from solidarity.relevance import is_late
from solidarity.settling import drop, settle
from storage.models import Guardianship, Hearing, OutboxState, Prisoner
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House

AN_HOUR_ON = NOON + timedelta(hours=1)
TWO_WEEKS_ON = NOON + timedelta(days=14)
LETTER_DAY = datetime(2026, 12, 21, 7, 0, tzinfo=UTC)
A_DAY = timedelta(days=1)


@pytest.fixture
async def promise(house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice writes every four weeks."""
    return await house.guardian(alice, prisoner)


@pytest.fixture
async def hearing(house: House, uow: UnitOfWork, prisoner: Prisoner, promise: Guardianship) -> Hearing:
    """A hearing far ahead, which Alice has not heard of yet."""
    return await house.hearing(prisoner, SITTING + timedelta(days=20))


async def told(uow: UnitOfWork, alice: Actor, hearing: Hearing) -> None:
    await note_told(uow, [Due(alice.id, "hearing_new", hearing.id, "key", NOON, 1)], now=NOON)
    await uow.outbox.drop_waiting(hearing.id, kinds=["hearing_new"])


async def lose_everything_due(uow: UnitOfWork, alice: Actor, *, now: datetime) -> None:
    """Alice has blocked the bot, and what was due meanwhile was given up."""
    await uow.people.mark_unreachable(alice.id)
    for row in await uow.claims.claim(now=now, limit=100, lease=timedelta(minutes=1)):
        await drop(uow, [row], now=now)


async def test_a_move_missed_while_away_is_due_on_coming_back(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await told(uow, alice, hearing)
    await move_hearing(uow, hearing, SITTING + timedelta(days=10), now=NOON)
    await lose_everything_due(uow, alice, now=AN_HOUR_ON)

    await note_visit(uow, alice, now=AN_HOUR_ON)

    waiting = [row.kind for row in await uow.outbox.waiting_about(hearing.id)]
    assert waiting.count("hearing_moved") == 1
    assert {"hearing_7d", "hearing_1d", "hearing_3h"} <= set(waiting)


async def test_a_cancellation_whose_row_was_forgotten_is_told_all_the_same(
    uow: UnitOfWork, alice: Actor, hearing: Hearing
):
    await told(uow, alice, hearing)
    await cancel_hearing(uow, hearing, now=NOON)
    await lose_everything_due(uow, alice, now=AN_HOUR_ON)
    await uow.outbox.forget_settled(until=TWO_WEEKS_ON - timedelta(days=7))

    await note_visit(uow, alice, now=TWO_WEEKS_ON)

    assert [row.kind for row in await uow.outbox.waiting_about(hearing.id)] == ["hearing_cancelled"]


async def test_a_hearing_announced_while_away_is_announced_on_coming_back(
    uow: UnitOfWork, alice: Actor, hearing: Hearing
):
    await lose_everything_due(uow, alice, now=AN_HOUR_ON)
    await uow.outbox.forget_settled(until=TWO_WEEKS_ON - timedelta(days=7))

    await note_visit(uow, alice, now=TWO_WEEKS_ON)

    assert "hearing_new" in {row.kind for row in await uow.outbox.waiting_about(hearing.id)}


async def test_a_reminder_to_write_that_failed_is_due_again_and_stands_alone(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    about = promise.id
    row = await house.claimed("letter", now=LETTER_DAY)
    await settle(uow, row, Gone("blocked"), now=LETTER_DAY)
    uow.session.expire_all()

    await note_visit(uow, alice, now=LETTER_DAY + A_DAY)

    letters = [(r.state, r.due_at) for r in await house.due(alice, about) if r.kind == "letter"]
    assert letters == [(OutboxState.QUEUED, LETTER_DAY)]


async def test_nothing_is_told_twice_to_who_comes_again(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await told(uow, alice, hearing)
    await move_hearing(uow, hearing, SITTING + timedelta(days=10), now=NOON)
    await lose_everything_due(uow, alice, now=AN_HOUR_ON)
    await note_visit(uow, alice, now=AN_HOUR_ON)
    before = await house.kinds(alice)

    await note_visit(uow, alice, now=AN_HOUR_ON)

    assert await house.kinds(alice) == before


async def test_a_message_tried_again_is_late_from_when_it_was_first_due(house: House, hearing: Hearing):
    row = (await house.claimed("hearing_new"))._replace(due_at=NOON + timedelta(hours=2))

    assert not is_late(row, now=NOON + timedelta(minutes=60))
    assert is_late(row, now=NOON + timedelta(hours=2))
