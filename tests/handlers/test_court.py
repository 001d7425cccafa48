"""Court dates: only of one's own, next first, in both times."""

from uuid import UUID

import pytest

from storage.models import Publicity

from .acts import announce, applies, guards, is_family, prisoner_of
from .conftest import Chat, NewPrisoner

ASK = ["Open court dates", "Tell me of court dates", "Calendar"]
LISTED = [f"0{day}.12.2026 10:00 · Example Sampleson" for day in (1, 2, 3)]


@pytest.fixture
async def prisoner_id(new_prisoner: NewPrisoner) -> UUID:
    return await new_prisoner()


async def test_without_dates_it_says_so(alice: Chat):
    await alice.joins()

    await alice.taps("Court dates")

    assert alice.text == "We know of no court date that concerns you."
    assert alice.labels == [*ASK, "Back"]


async def test_a_guardian_sees_the_dates_next_first(alice: Chat, prisoner_id: UUID):
    await alice.joins()
    await guards(alice, prisoner_id)
    await announce(alice.storage, prisoner_id, alice.clock(), "2026-12-10 10:00")
    await announce(alice.storage, prisoner_id, alice.clock(), "2026-12-01 10:00")

    await alice.says("/court")

    assert alice.text.index("1 December") < alice.text.index("10 December")


async def test_each_date_says_where_how_open_how_sure_and_who_says_so(alice: Chat, prisoner_id: UUID):
    await alice.joins()
    await guards(alice, prisoner_id)
    await announce(alice.storage, prisoner_id, alice.clock())

    await alice.says("/court")

    assert alice.text.splitlines() == [
        "<b>Court dates</b>",
        "",
        "<b>Example Sampleson</b>",
        '<tg-time unix="1796295600">Thursday, 3 December 2026, 14:00</tg-time>, the court\'s time',
        "Court: Sample Court",
        "Open to the public, as far as is known.",
        "The date is only reported, not confirmed.",
        "Source: the coordinators.",
    ]


async def test_many_dates_stand_on_several_pages(alice: Chat, prisoner_id: UUID):
    await alice.joins()
    await guards(alice, prisoner_id)
    for day in range(1, 8):
        await announce(alice.storage, prisoner_id, alice.clock(), f"2026-12-0{day} 10:00")
    await alice.says("/court")
    assert alice.labels == [*LISTED, "Later dates", *ASK, "Back"]

    await alice.taps("Later dates")

    assert "4 December" in alice.text
    assert "3 December" not in alice.text
    await alice.taps("Earlier dates")
    assert "3 December" in alice.text


async def test_family_sees_the_dates(vera: Chat, prisoner_id: UUID):
    await vera.joins()
    await is_family(vera, prisoner_id)
    await announce(vera.storage, prisoner_id, vera.clock())

    await vera.says("/court")

    assert "Example Sampleson" in vera.text


async def test_of_somebody_hidden_a_guardian_sees_no_date_under_an_alias_either(
    alice: Chat, new_prisoner: NewPrisoner
):
    prisoner_id = await new_prisoner(alias="Grey Heron")
    await alice.joins()
    await guards(alice, prisoner_id)
    await announce(alice.storage, prisoner_id, alice.clock())
    async with alice.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).publicity = Publicity.HIDDEN

    await alice.says("/court")

    assert "Grey Heron" not in alice.text
    assert "Sampleson" not in alice.text


async def test_an_application_shows_no_dates_yet(alice: Chat, prisoner_id: UUID):
    await alice.joins()
    await applies(alice, prisoner_id)
    await announce(alice.storage, prisoner_id, alice.clock())

    await alice.says("/court")

    assert alice.text == "We know of no court date that concerns you."


async def test_mallory_sees_no_dates_of_others(alice: Chat, mallory: Chat, prisoner_id: UUID):
    await alice.joins()
    await guards(alice, prisoner_id)
    await announce(alice.storage, prisoner_id, alice.clock())
    await mallory.joins()

    await mallory.says("/court")

    assert mallory.text == "We know of no court date that concerns you."
