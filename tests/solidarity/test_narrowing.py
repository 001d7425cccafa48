"""Messages that stand open: covered once fewer may see a name, and with the desk they show."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from solidarity.access import Actor
from solidarity.desk import close_desk
from solidarity.hearings.following import follow_city
from solidarity.people import READ_FOR, change_setting
from solidarity.publicity import choose_publicity
from storage.models import Openness, Posted, Prisoner, Publicity, Purpose
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

SOON = NOON + timedelta(minutes=3)
DESK = ["application"]
COLLEAGUE = uuid4()


async def message(
    uow: UnitOfWork, actor: Actor, screen: str, target: UUID | None = None, **columns: object
) -> Posted:
    """An open message in somebody's chat."""
    posted = Posted(
        person_id=actor.id,
        message_id=11,
        purpose=Purpose.PUSH,
        screen=screen,
        target=target,
        posted_at=NOON,
        delete_at=NOON + timedelta(hours=24),
        **columns,
    )
    return await uow.posted.add(posted)


async def test_hiding_a_name_covers_what_guardians_and_family_have_open(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await house.relative(vera, prisoner)
    open_ones = [await message(uow, alice, "guardianship"), await message(uow, vera, "court")]

    await choose_publicity(uow, prisoner.id, Publicity.HIDDEN, by=COLLEAGUE, now=NOON)

    assert [(await uow.posted.get(p.id)).cover_at for p in open_ones] == [NOON, NOON]  # type: ignore[union-attr]


async def test_hiding_a_name_covers_whatever_is_about_the_prisoner_and_nothing_else(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner
):
    hearing = await house.hearing(prisoner)
    about = [await message(uow, mallory, "adopt-person", t) for t in (prisoner.id, hearing.id)]
    other = await message(uow, mallory, "menu")

    await choose_publicity(uow, prisoner.id, Publicity.GUARDIANS, by=COLLEAGUE, now=NOON)

    covers = [(await uow.posted.get(p.id)).cover_at for p in (*about, other)]  # type: ignore[union-attr]
    assert covers == [NOON, NOON, None]


async def test_hiding_a_name_covers_what_those_have_open_who_asked_for_the_city(
    uow: UnitOfWork, house: House, mallory: Actor, prisoner: Prisoner
):
    await house.facility("A", city="Minsk")
    await follow_city(uow, mallory, "Minsk", now=NOON)
    await house.hearing(prisoner, openness=Openness.OPEN, city="Minsk")
    posted = await message(uow, mallory, "court-month")

    await choose_publicity(uow, prisoner.id, Publicity.HIDDEN, by=COLLEAGUE, now=NOON)

    assert (await uow.posted.get(posted.id)).cover_at == NOON  # type: ignore[union-attr]


async def test_showing_a_name_to_more_covers_nothing(uow: UnitOfWork, house: House, mallory: Actor):
    known_to_few = await house.prisoner(Publicity.GUARDIANS)
    posted = await message(uow, mallory, "adopt-person", known_to_few.id)

    await choose_publicity(uow, known_to_few.id, Publicity.PUBLIC, by=COLLEAGUE, now=NOON)

    assert (await uow.posted.get(posted.id)).cover_at is None  # type: ignore[union-attr]


async def test_closing_the_desk_covers_every_message_that_shows_it(uow: UnitOfWork, bob: Actor):
    posted = [await message(uow, bob, screen) for screen in ("application", "menu")]

    await close_desk(uow, bob, screens=DESK, now=NOON)

    assert [(await uow.posted.get(p.id)).cover_at for p in posted] == [NOON, None]  # type: ignore[union-attr]


@pytest.mark.parametrize("style", ["full", "neutral"])
async def test_no_choice_of_texts_keeps_a_desk_open_for_longer(uow: UnitOfWork, bob: Actor, style: str):
    posted = await message(uow, bob, "application", cover_at=SOON)

    await change_setting(uow, bob, "texts", style, desk_screens=DESK, now=NOON)

    assert (await uow.posted.get(posted.id)).cover_at == SOON  # type: ignore[union-attr]


async def test_full_texts_leave_other_messages_open(uow: UnitOfWork, alice: Actor):
    posted = await message(uow, alice, "menu", cover_at=NOON + READ_FOR)

    await change_setting(uow, alice, "texts", "full", desk_screens=DESK, now=NOON)

    assert (await uow.posted.get(posted.id)).cover_at is None  # type: ignore[union-attr]
