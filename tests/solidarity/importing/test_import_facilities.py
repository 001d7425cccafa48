"""Places of a file: new ones, corrected addresses, and when they count as verified."""

import json
from datetime import date
from typing import Any

import pytest

from solidarity.import_facilities import (
    FacilityChanges,
    ParsedFacilities,
    apply_facility,
    compare_facilities,
    parse_facilities,
)
from solidarity.register import RegisterRefused, read_rows
from storage.models import Facility

from .conftest import World

TODAY = date(2026, 11, 23)
PLACE = {
    "code": "IK-99",
    "kind": "colony",
    "name_be": "Калонія № 99",
    "name_ru": "Колония № 99",
    "name_en": "Penal colony No. 99",
    "postal_code": "200099",
    "city": "Example",
    "street": "Example street 1",
    "source": "a visit",
    "verified_on": "2026-11-01",
}


def parse(*rows: dict[str, Any], strict: bool = False) -> ParsedFacilities:
    return parse_facilities(read_rows(json.dumps(rows).encode()), today=TODAY, strict=strict)


async def compare(world: World, *rows: dict[str, Any]) -> FacilityChanges:
    async with world.storage.view() as uow:
        return await compare_facilities(uow, parse(*rows).rows)


async def take_over(world: World, *rows: dict[str, Any]) -> Facility:
    async with world.storage.unit() as uow:
        for row in parse(*rows).rows:
            await apply_facility(uow, row)
        facility = await uow.facilities.get(str(rows[-1]["code"]))
    assert facility is not None
    return facility


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        pytest.param({"code": "ik 99"}, "unknown word: code", id="code"),
        pytest.param({"kind": "Colony!"}, "unknown word: kind", id="kind"),
        pytest.param({"name_ru": ""}, "column is empty: name_ru", id="name"),
        pytest.param({"verified_on": "2026-12-01"}, "date ahead: verified_on", id="verified tomorrow"),
        pytest.param({"valid_to": "2026-02-30"}, "date is none: valid_to", id="no such day"),
    ],
)
def test_a_wrong_row_is_refused(cells: dict[str, str], reason: str) -> None:
    parsed = parse(PLACE | cells)

    assert (parsed.rows, [row.reason for row in parsed.refused]) == ((), [reason])


def test_a_file_of_something_else_is_refused_whole() -> None:
    with pytest.raises(RegisterRefused):
        parse({"source_id": "p-1", "name_be": "Узор"})


async def test_a_new_place_is_added_with_the_day_it_was_verified(world: World) -> None:
    assert (await take_over(world, PLACE)).verified_on == date(2026, 11, 1)


async def test_the_same_places_again_change_nothing(world: World) -> None:
    await take_over(world, PLACE)

    changes = await compare(world, PLACE)

    assert (changes.new, changes.changed, changes.unchanged) == ((), (), 1)


async def test_an_empty_cell_takes_nothing_back(world: World) -> None:
    await take_over(world, PLACE)

    facility = await take_over(world, PLACE | {"street": "", "verified_on": ""})

    assert (facility.street, facility.verified_on) == ("Example street 1", date(2026, 11, 1))


async def test_another_address_is_not_verified_by_the_old_day(world: World) -> None:
    await take_over(world, PLACE)

    facility = await take_over(world, PLACE | {"street": "Example street 2", "verified_on": ""})

    assert (facility.street, facility.verified_on) == ("Example street 2", None)


async def test_a_successor_must_be_known(world: World) -> None:
    changes = await compare(world, PLACE | {"replaced_by": "IK-98"})

    assert [row.reason for row in changes.refused] == ["unknown word: replaced_by"]
