"""Who may have which envelope printed: only names they may see, and at an evening only public ones."""

import pytest

from solidarity.access import Actor
from solidarity.envelopes import Doubt
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.paper import evening_letters, letter_for
from solidarity.trust import Trust
from storage.models import CustodyStatus, Prisoner, Publicity
from storage.unit_of_work import Storage, UnitOfWork
from tests.statements import statements

from .conftest import TODAY, House

NAMES = {"be": "Узор Прыкладаў", "ru": "Образец Примеров", "en": "Example Sampleson"}
SOUND = {"postal_code": "246035", "city": "Гомель", "verified_on": TODAY}


async def known(house: House, publicity: Publicity = Publicity.PUBLIC, **parts: object) -> Prisoner:
    return await house.prisoner(publicity, **{"facility": "SAMPLE-1", "names": NAMES, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "name", "institution"),
    [
        ("be", "Узор Прыкладаў", "Узорная ўстанова"),
        ("ru", "Образец Примеров", "Образцовое учреждение"),
        ("en", "Узор Прыкладаў", "Узорная ўстанова"),
    ],
)
async def test_a_letter_is_addressed_in_cyrillic_with_the_registers_name(
    uow: UnitOfWork, house: House, language: str, name: str, institution: str
):
    await house.facility("SAMPLE-1", **SOUND)
    writer = await house.person(language)

    letter = await letter_for(uow, writer, (await known(house)).id)

    assert letter.envelope.lines[:2] == (name, institution)
    assert letter.doubts == ()


async def test_what_is_odd_about_the_address_comes_with_the_letter(
    uow: UnitOfWork, house: House, alice: Actor
):
    await house.facility("OTHER-1", **(SOUND | {"postal_code": "212003"}))
    await house.facility("SAMPLE-1", **(SOUND | {"verified_on": None}))
    prisoner = await known(house, names={"en": "Example Sampleson"})

    letter = await letter_for(uow, alice, prisoner.id)

    assert letter.doubts == (Doubt.NAME_IN_LATIN, Doubt.CODE_OF_ANOTHER_TOWN, Doubt.NEVER_VERIFIED)
    assert letter.envelope.place.trust is Trust.NEVER


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_mallory_has_nothing_printed_with_a_name_that_is_not_for_her(
    uow: UnitOfWork, house: House, mallory: Actor, publicity: Publicity
):
    await house.facility("SAMPLE-1", **SOUND)
    prisoner = await known(house, publicity)

    with pytest.raises(NotForYou):
        await letter_for(uow, mallory, prisoner.id)
    assert await evening_letters(uow, [prisoner], language="be", today=TODAY) == {}


async def test_a_guardian_prints_what_guardians_may_see_until_it_is_hidden(
    uow: UnitOfWork, house: House, alice: Actor
):
    await house.facility("SAMPLE-1", **SOUND)
    prisoner = await known(house, Publicity.GUARDIANS)
    await house.guardian(alice, prisoner)
    assert (await letter_for(uow, alice, prisoner.id)).envelope.name == NAMES["be"]

    prisoner.publicity = Publicity.HIDDEN

    with pytest.raises(NotForYou):
        await letter_for(uow, alice, prisoner.id)


async def test_family_may_write_to_their_own_whose_name_is_hidden(
    uow: UnitOfWork, house: House, alice: Actor
):
    await house.facility("SAMPLE-1", **SOUND)
    prisoner = await known(house, Publicity.HIDDEN)
    await house.relative(alice, prisoner)

    assert (await letter_for(uow, alice, prisoner.id)).envelope.name == NAMES["be"]


async def test_there_is_no_letter_to_nobody(uow: UnitOfWork, mallory: Actor):
    with pytest.raises(NotForYou):
        await letter_for(uow, mallory, mallory.id)


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_that_a_name_is_not_for_her_is_asked_of_the_database_as_if_there_were_nobody(
    storage: Storage, uow: UnitOfWork, house: House, mallory: Actor, publicity: Publicity
):
    await house.facility("SAMPLE-1", **SOUND)
    prisoner = await known(house, publicity)
    await uow.session.flush()

    asked = []
    for prisoner_id in (prisoner.id, mallory.id):
        uow.session.expunge_all()
        with statements(storage) as ran, pytest.raises(NotForYou):
            await letter_for(uow, mallory, prisoner_id)
        asked.append(ran)

    assert asked[0] == asked[1] != []


@pytest.mark.parametrize(
    ("parts", "columns"),
    [
        pytest.param({"facility": None}, {}, id="no place"),
        pytest.param({}, {"kind": "colony-liquidated"}, id="closed"),
        pytest.param({"names": {}}, {}, id="no name"),
        *(
            pytest.param({"status": status}, {}, id=status)
            for status in (CustodyStatus.RELEASED, CustodyStatus.EXILED, CustodyStatus.DIED)
        ),
    ],
)
async def test_nothing_is_printed_where_nothing_can_be_sent(
    uow: UnitOfWork, house: House, alice: Actor, parts: dict[str, object], columns: dict[str, object]
):
    await house.facility("SAMPLE-1", **(SOUND | columns))
    prisoner = await known(house, **parts)

    with pytest.raises(NoLongerSo):
        await letter_for(uow, alice, prisoner.id)
    assert await evening_letters(uow, [prisoner], language="be", today=TODAY) == {}


async def test_nothing_is_printed_for_whom_all_is_silent_about(uow: UnitOfWork, house: House, alice: Actor):
    await house.facility("SAMPLE-1", **SOUND)
    prisoner = await known(house)
    prisoner.is_silenced = True

    with pytest.raises(NoLongerSo):
        await letter_for(uow, alice, prisoner.id)
    assert await evening_letters(uow, [prisoner], language="be", today=TODAY) == {}


async def test_an_evening_keeps_its_order_and_leaves_out_who_is_not_public(uow: UnitOfWork, house: House):
    await house.facility("SAMPLE-1", **SOUND)
    people = [
        await known(house, names={"be": "Прыклад Адзін"}),
        await known(house, Publicity.GUARDIANS, names={"be": "Прыклад Патаемны"}),
        await known(house, names={"be": "Прыклад Два"}),
    ]

    letters = await evening_letters(uow, reversed(people), language="be", today=TODAY)

    assert [letter.envelope.name for letter in letters.values()] == ["Прыклад Два", "Прыклад Адзін"]
