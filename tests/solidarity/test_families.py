"""Who is asked to speak with the family of somebody who died."""

import pytest

from solidarity.access import Actor
from solidarity.parting import FAMILY_WAITS, ask_to_speak, note_spoken
from solidarity.relevance import addressee_of
from solidarity.restrictions import freeze
from storage.models import CustodyStatus, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House


async def asked(house: House, actor: Actor) -> int:
    return (await house.kinds(actor)).count(FAMILY_WAITS)


@pytest.fixture
async def dead(house: House, alice: Actor, prisoner: Prisoner) -> Prisoner:
    """Somebody whom Alice wrote to, and of whom everything is silent."""
    await house.guardian(alice, prisoner)
    prisoner.custody_status, prisoner.is_silenced = CustodyStatus.DIED, True
    await house.uow.session.flush()
    return prisoner


async def test_whoever_looks_after_the_dead_is_asked_and_no_colleague(
    uow: UnitOfWork, house: House, bob: Actor, dead: Prisoner
):
    carol = await house.coordinator()
    await uow.portfolios.add(dead.id, carol.id, day=TODAY)

    await ask_to_speak(uow, dead.id, now=NOON)

    assert (await asked(house, carol), await asked(house, bob)) == (1, 0)


async def test_where_nobody_looks_after_them_every_coordinator_is_asked_once(
    uow: UnitOfWork, house: House, bob: Actor, dead: Prisoner
):
    carol = await house.coordinator()

    for _ in range(2):
        await ask_to_speak(uow, dead.id, now=NOON)

    assert (await asked(house, carol), await asked(house, bob)) == (1, 1)


async def test_where_whoever_looks_after_them_is_kept_away_the_others_are_asked(
    uow: UnitOfWork, house: House, bob: Actor, dead: Prisoner
):
    carol = await house.coordinator()
    await uow.portfolios.add(dead.id, carol.id, day=TODAY)
    await freeze(uow, bob, carol.id, now=NOON)

    await ask_to_speak(uow, dead.id, now=NOON)

    assert (await asked(house, carol), await asked(house, bob)) == (0, 1)


async def test_a_coordinator_who_is_family_is_not_asked(
    uow: UnitOfWork, house: House, bob: Actor, dead: Prisoner
):
    carol = await house.coordinator()
    await uow.portfolios.add(dead.id, carol.id, day=TODAY)
    await house.relative(carol, dead)

    await ask_to_speak(uow, dead.id, now=NOON)

    assert (await asked(house, carol), await asked(house, bob)) == (0, 1)


async def test_nobody_else_is_asked(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, dead: Prisoner
):
    vera = await house.person()
    await house.relative(vera, dead)

    await ask_to_speak(uow, dead.id, now=NOON)

    assert [await asked(house, one) for one in (alice, vera, mallory)] == [0, 0, 0]


async def test_where_nobody_waits_for_it_nobody_is_asked(uow: UnitOfWork, house: House, bob: Actor):
    stranger = await house.prisoner(status=CustodyStatus.DIED)
    stranger.is_silenced = True
    await uow.session.flush()

    await ask_to_speak(uow, stranger.id, now=NOON)

    assert await asked(house, bob) == 0


async def test_once_the_family_was_spoken_with_nobody_is_asked_any_more(
    uow: UnitOfWork, house: House, bob: Actor, dead: Prisoner
):
    carol = await house.coordinator()
    await ask_to_speak(uow, dead.id, now=NOON)

    await note_spoken(uow, bob, dead.id, now=NOON)

    assert (await asked(house, carol), await asked(house, bob)) == (0, 0)


async def test_a_question_on_its_way_is_dropped_once_a_colleague_has_spoken_with_the_family(
    uow: UnitOfWork, house: House, bob: Actor, dead: Prisoner
):
    await uow.portfolios.add(dead.id, bob.id, day=TODAY)
    await ask_to_speak(uow, dead.id, now=NOON)
    row = await house.claimed(FAMILY_WAITS)
    before = await addressee_of(uow, row, now=NOON)

    await note_spoken(uow, await house.coordinator(), dead.id, now=NOON)

    assert before is not None
    assert before.actor.id == bob.id
    assert await addressee_of(uow, row, now=NOON) is None
