"""*Just look*: public prisoners and addresses for strangers, and never anybody else's name."""

from datetime import date
from uuid import UUID

import pytest

from handlers.vocabulary import Step, write
from storage.models import CustodyStatus, Publicity
from storage.unit_of_work import Storage
from tests.handlers.conftest import Chat, NewPrisoner

SIZO = {
    "kind": "sizo",
    "name_be": "Следчы ізалятар № 99",
    "name_ru": "Следственный изолятор № 99",
    "name_en": "Pre-trial detention centre No. 99",
    "postal_code": "220000",
    "city": "Узорск",
    "street": "вул. Прыкладная, 1",
    "source": "an example, November 2026",
}


async def put_place(storage: Storage, code: str = "SIZO-99", **changed: object) -> None:
    columns: dict[str, object] = {"verified_on": None, **SIZO, **changed}
    async with storage.unit() as uow:
        await uow.facilities.put(code, **columns)  # type: ignore[arg-type]


async def looks(chat: Chat, *labels: str) -> None:
    await chat.says("/start")
    for label in ("English", "No", "Just look", *labels):
        await chat.taps(label)


async def test_a_public_prisoner_is_shown_with_place_day_and_interests(
    mallory: Chat, storage: Storage, new_prisoner: NewPrisoner
):
    await put_place(storage)
    await new_prisoner(
        "Example Sampleson", facility="SIZO-99", interests="chess", detained_on=date(2024, 3, 1)
    )
    await looks(mallory, "Public prisoners", "Example Sampleson")

    assert mallory.text.splitlines()[:4] == [
        "<b>Example Sampleson</b>",
        "Where: Pre-trial detention centre No. 99",
        "Since: 1 March 2024",
        "Likes: chess",
    ]


async def test_what_is_not_known_of_a_prisoner_is_said_so(mallory: Chat, new_prisoner: NewPrisoner):
    await new_prisoner("Example Sampleson")
    await looks(mallory, "Public prisoners", "Example Sampleson")

    assert mallory.text.splitlines()[1:3] == ["Where: we do not know", "Since when: we do not know"]


@pytest.mark.parametrize(
    "kept",
    [
        pytest.param({"publicity": Publicity.GUARDIANS}, id="a name for guardians only"),
        pytest.param({"publicity": Publicity.HIDDEN}, id="a hidden name"),
        pytest.param({"status": CustodyStatus.RELEASED}, id="somebody free"),
        pytest.param({"status": CustodyStatus.DIED}, id="somebody dead"),
    ],
)
async def test_others_are_neither_listed_nor_shown_to_a_forged_id(
    mallory: Chat, new_prisoner: NewPrisoner, kept: dict[str, object]
):
    prisoner_id = await new_prisoner("Example Sampleson", alias="Quiet One", **kept)
    await looks(mallory, "Public prisoners")
    assert mallory.labels == ["Back", "Clear this screen"]
    await mallory.forge(write(Step("one", "en", thing=prisoner_id)))

    assert "There is nothing here for you" in mallory.text
    assert "Example" not in mallory.text
    assert "Quiet" not in mallory.text


async def test_a_silenced_prisoner_is_not_shown(mallory: Chat, storage: Storage, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner("Example Sampleson")
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.get(prisoner_id)
        assert prisoner is not None
        prisoner.is_silenced = True
    await looks(mallory)
    await mallory.forge(write(Step("one", "en", thing=prisoner_id)))

    assert "Example" not in mallory.text


async def test_places_stand_by_their_numbers(mallory: Chat, storage: Storage):
    for code in ("IK-14", "SIZO-1", "IK-2", "IK-1", "IK", "SIZO-10"):
        await put_place(storage, code, name_en=f"Place {code}")
    await looks(mallory, "Addresses")

    places = [label for label in mallory.labels if label.startswith("Place ")]
    assert places == [f"Place {code}" for code in ("IK", "IK-1", "IK-2", "IK-14", "SIZO-1", "SIZO-10")]


async def test_prisoners_come_eight_to_a_page(mallory: Chat, new_prisoner: NewPrisoner):
    everybody = {f"Example Person {letter}" for letter in "ABCDEFGHI"}
    for name in everybody:
        await new_prisoner(name)
    await looks(mallory, "Public prisoners")
    first = set(mallory.labels)
    await mallory.taps("Next")
    second = set(mallory.labels)

    assert len(first & everybody) == 8
    assert (first | second) & everybody == everybody
    assert "Next" not in second
    assert "Earlier" in second


async def test_back_from_a_prisoner_returns_to_the_page_they_stand_on(
    mallory: Chat, new_prisoner: NewPrisoner
):
    for letter in "ABCDEFGHI":
        await new_prisoner(f"Example Person {letter}")
    await looks(mallory, "Public prisoners", "Next")
    labels = mallory.labels
    await mallory.taps(labels[0])
    await mallory.taps("Back")

    assert mallory.labels == labels


async def test_a_page_beyond_the_last_is_empty(mallory: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await looks(mallory)
    await mallory.forge(write(Step("people", "en", page=999)))

    assert mallory.labels == ["Earlier", "Back", "Clear this screen"]


async def test_an_address_nobody_checked_is_said_to_be_so(mallory: Chat, storage: Storage):
    await put_place(storage)
    await looks(mallory, "Addresses", "Pre-trial detention centre No. 99")

    assert "Not verified by us" in mallory.text
    assert "вул. Прыкладная, 1\n220000 Узорск\nREPUBLIC OF BELARUS" in mallory.text
    assert "Copy address" in mallory.labels


@pytest.mark.parametrize(
    ("verified_on", "said"),
    [
        (date(2026, 10, 1), "Checked on 1 October 2026."),
        (date(2025, 10, 1), "Not verified since 1 October 2025."),
    ],
)
async def test_an_address_says_when_it_was_checked(
    mallory: Chat, storage: Storage, verified_on: date, said: str
):
    await put_place(storage, verified_on=verified_on)
    await looks(mallory, "Addresses", "Pre-trial detention centre No. 99")

    assert said in mallory.text


async def test_the_place_of_a_prisoner_leads_to_its_address(
    mallory: Chat, storage: Storage, new_prisoner: NewPrisoner
):
    await put_place(storage)
    await new_prisoner("Example Sampleson", facility="SIZO-99")
    await looks(mallory, "Public prisoners", "Example Sampleson", "Address")

    assert "вул. Прыкладная, 1" in mallory.text


@pytest.mark.parametrize(
    "changed",
    [
        {"kind": "sizo-closed-site"},
        {"kind": "colony-liquidated"},
        {"valid_to": date(2026, 1, 1)},
    ],
)
async def test_a_closed_place_has_no_address_to_copy(
    mallory: Chat, storage: Storage, changed: dict[str, object]
):
    await put_place(storage, **changed)
    await looks(mallory, "Addresses")

    assert mallory.labels == ["Back", "Clear this screen"]


async def test_a_place_that_moved_is_listed_once(mallory: Chat, storage: Storage):
    await put_place(storage, "SIZO-99")
    await put_place(storage, "SIZO-98", valid_to=date(2026, 1, 1), replaced_by="SIZO-99")
    await looks(mallory, "Addresses")

    assert mallory.labels == ["Pre-trial detention centre No. 99", "Back", "Clear this screen"]


async def test_a_place_that_does_not_exist_is_nothing_for_you(mallory: Chat):
    await looks(mallory)
    await mallory.forge(write(Step("place", "en", thing=UUID(int=1))))

    assert "There is nothing here for you" in mallory.text


@pytest.mark.parametrize("language", ["be", "ru", "en"])
async def test_a_name_is_given_in_the_language_of_the_reader(
    mallory: Chat, storage: Storage, new_prisoner: NewPrisoner, language: str
):
    names = {"be": "Прыклад Узорны", "ru": "Пример Образцов", "en": "Example Sampleson"}
    prisoner_id = await new_prisoner()
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.get(prisoner_id)
        assert prisoner is not None
        await uow.prisoners.describe(
            prisoner, names=names, alias=None, born=None, interests=None, case_details={}
        )
    await mallory.says("/start")
    await mallory.forge(write(Step("people", language)))

    assert mallory.labels[0] == names[language]


async def test_a_public_prisoners_page_says_what_a_stranger_may_send(
    mallory: Chat, storage: Storage, new_prisoner: NewPrisoner
):
    await put_place(storage)
    await new_prisoner("Example Sampleson", facility="SIZO-99", status=CustodyStatus.CONVICTED)
    await looks(mallory, "Public prisoners", "Example Sampleson")

    assert "<b>Letters: with reservations.</b>" in mallory.text
    assert "<b>Parcels: not possible.</b>" in mallory.text
    assert mallory.text.count("Nobody has checked yet what is said here") == 1
    assert "A letter from abroad may take a month or longer." in mallory.text


async def test_advice_on_writing_says_what_is_not_known(mallory: Chat):
    await looks(mallory, "How to write")

    assert "whether your letter arrives" in mallory.text
    assert "Not checked since" in mallory.text


async def test_back_from_a_prisoners_address_leads_back_to_the_prisoner(
    mallory: Chat, storage: Storage, new_prisoner: NewPrisoner
):
    await put_place(storage)
    await new_prisoner("Example Sampleson", facility="SIZO-99")
    await looks(mallory, "Public prisoners", "Example Sampleson", "Address", "Back")

    assert "<b>Example Sampleson</b>" in mallory.text


async def test_back_from_just_look_leads_to_the_notice(mallory: Chat):
    await looks(mallory, "Back")

    assert "I agree" in mallory.labels
