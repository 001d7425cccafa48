"""What a prisoner is called for a given person: publicity decides."""

import pytest

from solidarity.access import Actor
from solidarity.guardianship import step_down
from solidarity.naming import alias_of, may_see_name, name_for
from solidarity.pseudonyms import pseudonym
from storage.models import Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

NAMES = {"be": "Узор Прыкладаў", "ru": "Образец Примеров", "en": "Example Sampleson"}


@pytest.mark.parametrize(
    ("publicity", "guardian", "family", "stranger", "at_desk"),
    [
        pytest.param(Publicity.PUBLIC, True, True, True, True, id="public"),
        pytest.param(Publicity.GUARDIANS, True, True, False, True, id="guardians"),
        pytest.param(Publicity.HIDDEN, False, True, False, False, id="hidden"),
    ],
)
async def test_who_sees_a_name(
    uow: UnitOfWork,
    house: House,
    alice: Actor,
    vera: Actor,
    mallory: Actor,
    bob: Actor,
    publicity: Publicity,
    guardian: bool,
    family: bool,
    stranger: bool,
    at_desk: bool,
):
    prisoner = await house.prisoner()
    await house.guardian(alice, prisoner)
    await house.relative(vera, prisoner)
    prisoner.publicity = publicity

    seen = [
        await may_see_name(uow, alice, prisoner),
        await may_see_name(uow, vera, prisoner),
        await may_see_name(uow, mallory, prisoner),
        await may_see_name(uow, bob, prisoner, at_desk=True),
    ]

    assert seen == [guardian, family, stranger, at_desk]


async def test_a_coordinator_away_from_the_desk_sees_no_more_than_anybody(
    uow: UnitOfWork, house: House, bob: Actor
):
    prisoner = await house.prisoner(Publicity.GUARDIANS)

    assert not await may_see_name(uow, bob, prisoner)


async def test_mallory_sees_no_name_by_claiming_to_be_at_a_desk(
    uow: UnitOfWork, house: House, mallory: Actor
):
    prisoner = await house.prisoner(Publicity.GUARDIANS, names=NAMES)

    assert await name_for(uow, mallory, prisoner, at_desk=True) not in NAMES.values()


async def test_an_applicant_sees_no_name_yet(uow: UnitOfWork, house: House, alice: Actor):
    prisoner = await house.prisoner(Publicity.GUARDIANS)
    await house.application(alice, prisoner)

    assert not await may_see_name(uow, alice, prisoner)


async def test_after_stepping_down_the_name_is_gone(uow: UnitOfWork, house: House, alice: Actor):
    prisoner = await house.prisoner(Publicity.GUARDIANS, names=NAMES)
    guardianship = await house.guardian(alice, prisoner)
    assert await name_for(uow, alice, prisoner) == NAMES["be"]

    await step_down(uow, alice, guardianship.id, now=NOON)

    assert await name_for(uow, alice, prisoner) not in NAMES.values()


async def test_a_name_is_given_in_the_readers_language(uow: UnitOfWork, house: House):
    prisoner = await house.prisoner(names=NAMES)
    readers = {language: await house.person(language) for language in NAMES}

    names = {language: await name_for(uow, reader, prisoner) for language, reader in readers.items()}

    assert names == NAMES


async def test_a_name_that_is_known_in_one_language_only_is_given_in_it(uow: UnitOfWork, house: House):
    prisoner = await house.prisoner(names={"ru": NAMES["ru"]})

    assert await name_for(uow, await house.person("en"), prisoner) == NAMES["ru"]


async def test_without_any_name_there_is_an_alias(uow: UnitOfWork, house: House, alice: Actor):
    prisoner = await house.prisoner(names={}, alias="Grey Heron")

    assert await name_for(uow, alice, prisoner) == "Grey Heron"


async def test_without_an_alias_calm_words_stand_for_the_name(uow: UnitOfWork, house: House):
    prisoner = await house.prisoner(names={})

    assert await alias_of(uow, prisoner, "en") == pseudonym(prisoner.id.bytes, "en")
