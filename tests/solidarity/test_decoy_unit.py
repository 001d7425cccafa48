"""What a decoy desk is drawn from knows public prisoners, and of everything else that there is nothing."""

from typing import Any

import pytest

from solidarity.access import Actor
from solidarity.decoy.noun import NotShown
from solidarity.decoy.unit import public_only
from solidarity.duress import pretend
from storage.models import Prisoner, Publicity, RoleName
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House


@pytest.fixture
def decoy(uow: UnitOfWork, bob: Actor) -> UnitOfWork:
    return public_only(uow, bob, now=NOON)


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_who_is_not_public_is_not_there(decoy: UnitOfWork, house: House, publicity: Publicity):
    prisoner = await house.prisoner(publicity)
    hearing = await house.hearing(prisoner)

    assert await decoy.prisoners.get(prisoner.id) is None
    assert await decoy.prisoners.reveal_names(prisoner) == {}
    assert await decoy.prisoners.named("Sampleson") == []
    assert await decoy.hearings.get(hearing.id) is None
    assert await decoy.hearings.ahead(now=NOON) == []
    assert await decoy.hearings.reveal_details(hearing) == {}


async def test_of_the_silenced_nothing_is_said_though_their_name_is_public(
    decoy: UnitOfWork, prisoner: Prisoner
):
    prisoner.is_silenced = True

    assert await decoy.prisoners.get(prisoner.id) is None
    assert await decoy.prisoners.named("Sampleson") == []


async def test_the_public_are_there_by_name_and_never_by_alias(decoy: UnitOfWork, house: House):
    prisoner = await house.prisoner(alias="Grey Cat")

    assert [one.id for one in await decoy.prisoners.named("Sampleson")] == [prisoner.id]
    assert await decoy.prisoners.named("Grey") == []
    assert await decoy.prisoners.reveal_alias(prisoner) is None


async def test_to_change_what_is_handed_out_changes_nothing(
    decoy: UnitOfWork, uow: UnitOfWork, house: House, prisoner: Prisoner
):
    prisoner_id, hearing_id = prisoner.id, (await house.hearing(prisoner)).id
    handed: list[Any] = [await decoy.prisoners.get(prisoner_id), await decoy.hearings.get(hearing_id)]

    handed[0].publicity, handed[1].status = Publicity.HIDDEN, "cancelled"
    await uow.session.flush()
    uow.session.expire_all()

    assert (await uow.prisoners.get(prisoner_id)).publicity is Publicity.PUBLIC  # type: ignore[union-attr]
    assert (await uow.hearings.get(hearing_id)).status == "scheduled"  # type: ignore[union-attr]


async def test_numbers_are_never_none_and_always_the_same(decoy: UnitOfWork, house: House, alice: Actor):
    prisoner = await house.prisoner()
    before = len(await decoy.guardianships.guardians_of(prisoner.id))
    await house.guardian(alice, prisoner)

    assert 1 <= before <= 2
    assert len(await decoy.guardianships.guardians_of(prisoner.id)) == before
    assert len(await decoy.kinships.family_of(prisoner.id)) == 1


async def test_whatever_else_is_asked_for_is_not_there(decoy: UnitOfWork, house: House, alice: Actor):
    await house.application(alice, await house.prisoner())

    assert await decoy.guardianships.waiting() == []
    assert await decoy.people.with_role(RoleName.COORDINATOR) == []
    assert not await decoy.people.get(alice.id)
    assert list((await decoy.outbox.drop_waiting(alice.id)).items()) == []


async def test_what_is_not_there_has_nothing_about_it(decoy: UnitOfWork, alice: Actor):
    nobody: Any = await decoy.people.get(alice.id)

    with pytest.raises(NotShown):
        nobody.id  # noqa: B018 - to look is what is refused


@pytest.mark.parametrize("way", ["session", "macs", "blind", "anything"])
def test_there_is_no_way_around(decoy: UnitOfWork, way: str):
    with pytest.raises(NotShown):
        getattr(decoy, way)


async def test_drafts_of_mallory_are_none_of_its_business(decoy: UnitOfWork, mallory: Actor):
    with pytest.raises(NotShown):
        await decoy.drafts.reveal(mallory.id, "hearing", now=NOON)


async def test_it_remembers_what_seemed_to_be_done(
    decoy: UnitOfWork, uow: UnitOfWork, house: House, bob: Actor
):
    prisoner = await house.prisoner()
    hearing = await house.hearing(prisoner)

    await pretend(uow, bob, prisoner.id, "hidden", now=NOON)
    await pretend(uow, bob, hearing.id, "cancelled", now=NOON)

    assert (await decoy.prisoners.get(prisoner.id)).publicity is Publicity.HIDDEN  # type: ignore[union-attr]
    assert (await decoy.hearings.get(hearing.id)).status == "cancelled"  # type: ignore[union-attr]
    assert await decoy.hearings.ahead(now=NOON) == []
