"""Who will be at a sitting: said by themselves, reminded, counted, forgotten."""

from datetime import timedelta

import pytest

from solidarity.access import Actor
from solidarity.errors import DoorsClosed, NoLongerSo, NotForYou
from solidarity.hearings.attendance import attend, is_attending, stay_away
from solidarity.hearings.docket import hearing_card
from solidarity.hearings.doors import set_openness
from solidarity.hearings.life import cancel_hearing, move_hearing
from solidarity.leaving import erase_person
from solidarity.publicity import set_publicity
from solidarity.reminders import hearings_for
from solidarity.retention import PROMPT
from storage.models import Hearing, Openness, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House
from .test_hearings import A_DAY, REMINDERS, STARTS_AT


@pytest.fixture
async def hearing(house: House, prisoner: Prisoner) -> Hearing:
    return await house.hearing(prisoner, openness=Openness.OPEN)


async def attending(uow: UnitOfWork, bob: Actor, hearing: Hearing) -> int:
    return (await hearing_card(uow, bob, hearing.id, now=NOON)).attending


async def test_who_will_be_there_is_reminded_and_counted_and_may_take_it_back(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, hearing: Hearing
):
    await attend(uow, alice, hearing.id, now=NOON)
    await attend(uow, alice, hearing.id, now=NOON)

    assert await attending(uow, bob, hearing) == 1
    assert await house.kinds(alice, hearing.id) == REMINDERS
    assert [one.id for one in await hearings_for(uow, alice.id, now=NOON)] == [hearing.id]

    await stay_away(uow, alice, hearing.id, now=NOON)

    assert (await attending(uow, bob, hearing), await house.due(alice)) == (0, [])


async def test_who_will_be_there_is_told_that_it_moved_or_was_cancelled(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await attend(uow, alice, hearing.id, now=NOON)

    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)
    assert await house.kinds(alice, hearing.id) == [*REMINDERS, "hearing_moved"]

    await cancel_hearing(uow, hearing, now=NOON)
    assert await house.kinds(alice, hearing.id) == ["hearing_cancelled"]
    assert not await is_attending(uow, alice, hearing.id)


async def test_who_will_be_there_is_told_that_the_doors_are_closed(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, hearing: Hearing
):
    await attend(uow, alice, hearing.id, now=NOON)

    await set_openness(uow, hearing, Openness.CLOSED, now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_changed"]
    assert await attending(uow, bob, hearing) == 0
    with pytest.raises(DoorsClosed):
        await attend(uow, alice, hearing.id, now=NOON)


async def test_a_guardian_may_come_though_nobody_knows_whether_it_is_open_and_mallory_not(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner)

    await attend(uow, alice, hearing.id, now=NOON)
    with pytest.raises(NotForYou):
        await attend(uow, mallory, hearing.id, now=NOON)
    with pytest.raises(NotForYou):
        await stay_away(uow, mallory, hearing.id, now=NOON)
    with pytest.raises(NotForYou):
        await attend(uow, mallory, None, now=NOON)

    assert await attending(uow, bob, hearing) == 1


async def test_of_a_name_that_is_not_public_only_guardians_and_family_may_come(
    uow: UnitOfWork, house: House, vera: Actor, mallory: Actor
):
    prisoner = await house.prisoner(Publicity.GUARDIANS)
    await house.relative(vera, prisoner)
    hearing = await house.hearing(prisoner, openness=Openness.OPEN)

    await attend(uow, vera, hearing.id, now=NOON)
    with pytest.raises(NotForYou):
        await attend(uow, mallory, hearing.id, now=NOON)


async def test_once_a_name_is_not_public_who_came_by_it_is_counted_no_more(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    await house.relative(vera, prisoner)
    for actor in (alice, vera):
        await attend(uow, actor, hearing.id, now=NOON)

    await set_publicity(uow, prisoner, Publicity.GUARDIANS, now=NOON)

    assert await attending(uow, bob, hearing) == 1
    assert await is_attending(uow, vera, hearing.id)


async def test_nobody_comes_to_what_is_over(uow: UnitOfWork, alice: Actor, hearing: Hearing):
    with pytest.raises(NoLongerSo):
        await attend(uow, alice, hearing.id, now=STARTS_AT)


async def test_after_the_sitting_nobody_knows_who_was_there(
    uow: UnitOfWork, alice: Actor, bob: Actor, hearing: Hearing
):
    await attend(uow, alice, hearing.id, now=NOON)
    rule = next(rule for rule in PROMPT if rule.what == "who will be at a sitting")

    await rule.apply(uow, now=STARTS_AT + timedelta(hours=12) - timedelta(seconds=1))
    assert await attending(uow, bob, hearing) == 1

    await rule.apply(uow, now=STARTS_AT + timedelta(hours=12))
    assert await attending(uow, bob, hearing) == 0


async def test_who_leaves_is_counted_no_more(uow: UnitOfWork, alice: Actor, bob: Actor, hearing: Hearing):
    await attend(uow, alice, hearing.id, now=NOON)

    await erase_person(uow, alice.id, now=NOON)

    assert await attending(uow, bob, hearing) == 0
