"""Where to write: the lines of an envelope, and how far the address can be relied on."""

from datetime import date, timedelta

import pytest

from solidarity.access import Actor
from solidarity.addresses import place_of, source_in_words
from solidarity.cards import card_for
from solidarity.envelopes import Envelope
from solidarity.errors import NotForYou
from solidarity.trust import Trust
from storage.models import Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import TODAY, House

NAMES = {"be": "Узор Прыкладаў", "ru": "Образец Примеров", "en": "Example Sampleson"}


async def test_an_unknown_place_is_none(uow: UnitOfWork):
    assert await place_of(uow, None, "be", today=TODAY) is None
    assert await place_of(uow, "NOWHERE", "be", today=TODAY) is None


@pytest.mark.parametrize(
    ("language", "name", "first_line"),
    [
        ("be", "Узорная ўстанова", "Узорная ўстанова"),
        ("ru", "Образцовое учреждение", "Образцовое учреждение"),
        ("en", "Sample Facility", "Узорная ўстанова"),
    ],
)
async def test_an_envelope_is_in_cyrillic_whatever_the_reader_speaks(
    uow: UnitOfWork, house: House, language: str, name: str, first_line: str
):
    await house.facility("SAMPLE-1")

    place = await place_of(uow, "SAMPLE-1", language, today=TODAY)

    assert place is not None
    assert (place.name, place.lines) == (name, (first_line, "вул. Прыкладная 1", "100000 Узорск"))


async def test_a_name_that_is_missing_in_one_language_is_taken_from_another(uow: UnitOfWork, house: House):
    await house.facility("SAMPLE-1", name_be="")

    place = await place_of(uow, "SAMPLE-1", "be", today=TODAY)

    assert place is not None
    assert place.name == "Образцовое учреждение"


@pytest.mark.parametrize(
    ("verified_on", "trust"),
    [
        (None, Trust.NEVER),
        (TODAY - timedelta(days=180), Trust.CHECKED),
        (TODAY - timedelta(days=181), Trust.LONG_AGO),
    ],
)
async def test_an_address_is_good_for_half_a_year(
    uow: UnitOfWork, house: House, verified_on: date | None, trust: Trust
):
    await house.facility("SAMPLE-1", verified_on=verified_on)

    place = await place_of(uow, "SAMPLE-1", "be", today=TODAY)

    assert place is not None
    assert place.trust is trust


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"kind": "sizo-closed-site"}, id="closed site"),
        pytest.param({"kind": "colony-liquidated"}, id="liquidated"),
        pytest.param({"valid_to": date(2026, 11, 22)}, id="valid until yesterday"),
    ],
)
async def test_a_place_that_is_no_more_has_no_lines(
    uow: UnitOfWork, house: House, columns: dict[str, object]
):
    await house.facility("SAMPLE-1", **columns)

    place = await place_of(uow, "SAMPLE-1", "be", today=TODAY)

    assert place is not None
    assert place.is_closed


async def test_a_replaced_place_gives_way_from_the_day_after(uow: UnitOfWork, house: House):
    await house.facility("OLD", valid_to=TODAY, replaced_by="NEW")
    await house.facility("NEW", street="вул. Новая 2")

    until = await place_of(uow, "OLD", "be", today=TODAY)
    after = await place_of(uow, "OLD", "be", today=TODAY + timedelta(days=1))

    assert until is not None
    assert after is not None
    assert [until.lines[1], after.lines[1]] == ["вул. Прыкладная 1", "вул. Новая 2"]


async def test_places_that_replace_each_other_in_a_circle_end_somewhere(uow: UnitOfWork, house: House):
    await house.facility("ONE", valid_to=date(2026, 1, 1), replaced_by="TWO")
    await house.facility("TWO", valid_to=date(2026, 1, 1), replaced_by="ONE")

    place = await place_of(uow, "ONE", "be", today=TODAY)

    assert place is not None
    assert place.is_closed


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("Sample list, early 2023, as kept in some repository", "Sample list, early 2023"),
        ("https://www.example.org/a/b?c (29 Apr 2024)", "example.org (29 Apr 2024)"),
        ("x" * 100, "x" * 89 + "…"),
    ],
)
def test_a_source_is_said_in_words(source: str, words: str):
    assert source_in_words(source) == words


async def test_a_card_carries_the_whole_envelope(uow: UnitOfWork, house: House, alice: Actor):
    await house.facility("SAMPLE-1")
    prisoner = await house.prisoner(facility="SAMPLE-1", names=NAMES)

    card = await card_for(uow, alice, prisoner.id)

    assert card.place is not None
    assert card.envelope == Envelope("Узор Прыкладаў", card.place)
    assert card.envelope.text.endswith("\nREPUBLIC OF BELARUS")


async def test_mallory_gets_no_envelope_with_a_name_that_is_not_for_her(
    uow: UnitOfWork, house: House, mallory: Actor
):
    await house.facility("SAMPLE-1")
    prisoner = await house.prisoner(Publicity.GUARDIANS, facility="SAMPLE-1", names=NAMES)

    card = await card_for(uow, mallory, prisoner.id)

    assert card.envelope is None
    assert card.name not in NAMES.values()


async def test_there_is_no_card_of_nobody(uow: UnitOfWork, mallory: Actor):
    with pytest.raises(NotForYou):
        await card_for(uow, mallory, mallory.id)
