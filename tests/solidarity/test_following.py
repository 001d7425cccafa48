"""Open sittings that people asked for: of one public prisoner, or in one city, and of nothing else."""

import pytest

from solidarity.access import Actor
from solidarity.errors import FollowsEnough, NotForYou
from solidarity.hearings.cities import cities_for_all
from solidarity.hearings.doors import set_openness
from solidarity.hearings.following import (
    MOST,
    follow_city,
    follow_prisoner,
    followed,
    open_sittings,
    unfollow_city,
    unfollow_prisoner,
)
from solidarity.hearings.life import cancel_hearing, hearing_for, move_hearing
from solidarity.hearings.told import note_told
from solidarity.leaving import erase_person
from solidarity.people import change_setting
from solidarity.publicity import set_publicity
from solidarity.reminders import hearings_for
from storage.models import CustodyStatus, Openness, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House, wall
from .test_hearings import A_DAY, REMINDERS, told

OPEN = {"openness": Openness.OPEN}
NEW = [*REMINDERS, "hearing_new"]


async def test_who_asked_for_a_prisoner_is_told_at_once_and_three_times_ahead(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, prisoner: Prisoner
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)

    hearing = await house.hearing(prisoner, **OPEN)

    assert await house.kinds(alice, hearing.id) == NEW
    assert await house.due(mallory) == []


@pytest.mark.parametrize("openness", [Openness.CLOSED, Openness.UNKNOWN])
async def test_of_a_sitting_that_is_not_open_they_hear_nothing(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, openness: Openness
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)

    hearing = await house.hearing(prisoner, openness=openness)

    assert await house.due(alice) == []
    with pytest.raises(NotForYou):
        await hearing_for(uow, alice, hearing.id)


async def test_once_it_is_known_to_be_open_they_hear_of_it(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    hearing = await house.hearing(prisoner)

    await set_openness(uow, hearing, Openness.OPEN, now=NOON)

    assert await house.kinds(alice, hearing.id) == NEW


async def test_once_it_is_closed_who_was_told_hears_of_that_and_is_not_reminded(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, prisoner: Prisoner
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    await house.relative(vera, prisoner)
    hearing = await house.hearing(prisoner, **OPEN)
    await note_told(uow, [told(alice, hearing), told(vera, hearing)], now=NOON)

    await set_openness(uow, hearing, Openness.CLOSED, now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_changed"]
    assert await house.kinds(vera, hearing.id) == [*REMINDERS[:2], "hearing_7d", "hearing_changed"]


async def test_who_asked_for_a_city_is_told_of_whoever_is_tried_there(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.facility("SIZO-1", city="Minsk")
    await follow_city(uow, alice, "Minsk", now=NOON)

    there = await house.hearing(prisoner, **OPEN, city="Minsk")
    await house.hearing(prisoner, SITTING + A_DAY, **OPEN, city="Hrodna")
    hidden = await house.hearing(await house.prisoner(Publicity.HIDDEN), **OPEN, city="Minsk")

    assert {row.about_id for row in await house.due(alice)} == {there.id}
    assert [one.id for one in await hearings_for(uow, alice.id, now=NOON)] == [there.id]
    with pytest.raises(NotForYou):
        await hearing_for(uow, alice, hidden.id)


async def test_what_is_known_already_is_reminded_of_and_its_move_told(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    hearing = await house.hearing(prisoner, **OPEN)

    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    assert await house.kinds(alice, hearing.id) == REMINDERS

    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)
    assert await house.kinds(alice, hearing.id) == [*REMINDERS, "hearing_moved"]


async def test_who_no_longer_asks_is_reminded_no_more(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.facility("SIZO-1", city="Minsk")
    hearing = await house.hearing(prisoner, **OPEN, city="Minsk")
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    await follow_city(uow, alice, "Minsk", now=NOON)

    await unfollow_prisoner(uow, alice, prisoner.id, now=NOON)
    assert await house.kinds(alice, hearing.id) == REMINDERS

    await unfollow_city(uow, alice, "Minsk", now=NOON)
    assert await house.due(alice) == []
    assert await followed(uow, alice) == []


async def test_a_guardian_who_no_longer_asks_goes_on_being_reminded(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner, **OPEN)
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)

    await unfollow_prisoner(uow, alice, prisoner.id, now=NOON)

    assert await house.kinds(alice, hearing.id) == NEW


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_nobody_follows_somebody_whose_name_is_not_public(
    uow: UnitOfWork, house: House, mallory: Actor, publicity: Publicity
):
    with pytest.raises(NotForYou):
        await follow_prisoner(uow, mallory, (await house.prisoner(publicity)).id, now=NOON)
    with pytest.raises(NotForYou):
        await follow_city(uow, mallory, "Nowhere", now=NOON)
    with pytest.raises(NotForYou):
        await follow_prisoner(uow, mallory, None, now=NOON)


async def test_once_a_name_is_not_public_nobody_follows_it_any_more(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    hearing = await house.hearing(prisoner, **OPEN)

    await set_publicity(uow, prisoner, Publicity.HIDDEN, now=NOON)

    assert await followed(uow, alice) == []
    assert await hearings_for(uow, alice.id, now=NOON) == []
    with pytest.raises(NotForYou):
        await hearing_for(uow, alice, hearing.id)


async def test_of_a_hidden_prisoner_not_even_a_change_is_told_to_who_was_told(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    hearing = await house.hearing(prisoner, **OPEN)
    await note_told(uow, [told(alice, hearing)], now=NOON)
    await set_publicity(uow, prisoner, Publicity.HIDDEN, now=NOON)

    await cancel_hearing(uow, hearing, now=NOON)

    with pytest.raises(NotForYou):
        await hearing_for(uow, alice, hearing.id)


async def test_of_the_dead_nothing_is_told(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)
    prisoner.custody_status = CustodyStatus.DIED

    await house.hearing(prisoner, **OPEN)

    assert await house.due(alice) == []
    assert (await open_sittings(uow, 0, now=NOON)).shown == []


async def test_nobody_follows_more_than_they_can_look_at(uow: UnitOfWork, house: House, alice: Actor):
    for _ in range(MOST):
        await follow_prisoner(uow, alice, (await house.prisoner()).id, now=NOON)

    with pytest.raises(FollowsEnough):
        await follow_prisoner(uow, alice, (await house.prisoner()).id, now=NOON)


async def test_the_list_holds_open_sittings_of_public_prisoners_alone(
    uow: UnitOfWork, house: House, prisoner: Prisoner
):
    later = await house.hearing(prisoner, SITTING + A_DAY, **OPEN)
    sooner = await house.hearing(prisoner, **OPEN)
    await house.hearing(prisoner, SITTING + 2 * A_DAY)
    await house.hearing(await house.prisoner(Publicity.GUARDIANS), **OPEN)

    assert [one.id for one in (await open_sittings(uow, 0, now=NOON)).shown] == [sooner.id, later.id]


async def test_a_reminder_that_is_off_is_not_planned_and_one_turned_on_again_is(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner)

    await change_setting(uow, alice, "reminder", "3h", now=NOON)
    assert await house.kinds(alice, hearing.id) == ["hearing_1d", "hearing_7d", "hearing_new"]

    await change_setting(uow, alice, "reminder", "3h", now=NOON)
    assert await house.kinds(alice, hearing.id) == NEW


async def test_news_of_a_move_cannot_be_turned_off(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    for one in ("7d", "1d", "3h"):
        await change_setting(uow, alice, "reminder", one, now=NOON)
    hearing = await house.hearing(prisoner)
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await move_hearing(uow, hearing, wall("2026-12-08 14:00"), now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_moved"]
    with pytest.raises(NotForYou):
        await change_setting(uow, alice, "reminder", "moved", now=NOON)


async def test_who_leaves_leaves_nothing_of_it(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await follow_prisoner(uow, alice, prisoner.id, now=NOON)

    await erase_person(uow, alice.id, now=NOON)

    assert await uow.followings.of_person(alice.id) == []


@pytest.mark.parametrize("why", ["hidden", "for guardians", "closed", "unknown", "silenced"])
async def test_a_city_is_offered_only_where_anybody_may_know_of_a_sitting(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner, why: str
):
    await house.facility("A", city="Minsk")
    other = await house.prisoner(
        {"hidden": Publicity.HIDDEN, "for guardians": Publicity.GUARDIANS}.get(why, Publicity.PUBLIC)
    )
    other.is_silenced = why == "silenced"
    openness = {"closed": Openness.CLOSED, "unknown": Openness.UNKNOWN}.get(why, Openness.OPEN)
    await house.hearing(prisoner, **OPEN, city="Lida")
    await house.hearing(other, openness=openness, city="Orsha")

    assert await cities_for_all(uow) == ["Lida", "Minsk"]
    with pytest.raises(NotForYou):
        await follow_city(uow, mallory, "Orsha", now=NOON)
