"""Who is back never heard of what failed to reach them: it counts as told to nobody."""

from datetime import timedelta

import pytest

from solidarity import ladder
from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.hearings.life import hearing_for, move_hearing
from solidarity.outbox import Gone
from solidarity.people import note_visit
from solidarity.relevance import addressee_of
from solidarity.settling import drop, settle
from storage.models import Hearing, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House

LEASE = timedelta(minutes=1)
LATER, BACK = NOON + timedelta(hours=1), NOON + timedelta(days=2)


@pytest.fixture
async def unheard_of(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner) -> Hearing:
    """Alice had blocked the bot when a sitting was announced, is guardian no more, and is back."""
    promise_id = (await house.guardian(alice, prisoner)).id
    hearing_id = (await house.hearing(prisoner, SITTING + timedelta(days=20))).id
    for row in await uow.claims.claim(now=LATER, limit=100, lease=LEASE):
        if row.person_id == alice.id:
            await settle(uow, row, Gone("blocked"), now=LATER)
    uow.session.expire_all()
    await ladder._end(uow, await uow.guardianships.get(promise_id), now=LATER)
    await note_visit(uow, alice, now=BACK)
    for row in await uow.claims.claim(now=BACK, limit=100, lease=LEASE):
        if row.person_id == alice.id and row.kind == "hearing_new":
            assert await addressee_of(uow, row, now=BACK) is None
            await drop(uow, [row], now=BACK)
    await uow.session.refresh(prisoner)
    hearing = await uow.hearings.get(hearing_id)
    assert hearing is not None
    return hearing


async def test_who_never_heard_of_a_sitting_is_not_told_of_its_move_and_may_not_see_it(
    uow: UnitOfWork, house: House, alice: Actor, unheard_of: Hearing
):
    assert alice.id not in await uow.hearings.told(unheard_of.id)

    await move_hearing(uow, unheard_of, SITTING + timedelta(days=25), now=BACK)

    assert "hearing_moved" not in await house.kinds(alice, unheard_of.id)
    with pytest.raises(NotForYou):
        await hearing_for(uow, alice, unheard_of.id)


async def test_who_never_heard_of_a_sitting_is_told_of_it_when_they_are_guardian_again(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, unheard_of: Hearing
):
    await house.guardian(alice, prisoner)

    waiting = await uow.outbox.waiting_about(unheard_of.id)
    assert "hearing_new" in [row.kind for row in waiting if row.person_id == alice.id]
