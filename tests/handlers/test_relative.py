"""What somebody sees of their own behind bars; never who writes to them."""

from datetime import date
from uuid import UUID

import pytest

from storage.models import CustodyStatus, Publicity

from .acts import announce, guards, is_family, opens, prisoner_of
from .conftest import Chat, NewPrisoner


@pytest.fixture
async def prisoner_id(vera: Chat, new_prisoner: NewPrisoner) -> UUID:
    """Somebody Vera is linked to as family."""
    await opens(vera.storage, "SAMPLE-1")
    prisoner_id = await new_prisoner(facility="SAMPLE-1", publicity=Publicity.PUBLIC)
    await vera.joins()
    await is_family(vera, prisoner_id)
    async with vera.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        prisoner.custody_on = date(2026, 10, 1)
    return prisoner_id


async def changes(chat: Chat, prisoner_id: UUID, **columns: object) -> None:
    async with chat.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        for name, value in columns.items():
            setattr(prisoner, name, value)


async def test_family_reads_status_place_and_the_next_hearing(vera: Chat, prisoner_id: UUID):
    await announce(vera.storage, prisoner_id, vera.clock())

    await vera.says("/family")

    assert vera.text.splitlines() == [
        "<b>Example Sampleson</b>",
        "Held until the sentence",
        "Known since 1 October 2026.",
        "Sample Facility",
        "Next court date:",
        '<tg-time unix="1796295600">Thursday, 3 December 2026, 14:00</tg-time>, the court\'s time',
        "The date is only reported, not confirmed.",
        "Letters: possible. Telegrams: possible. Parcels: possible.",
    ]
    assert vera.labels == ["What is possible: Example Sampleson", "Court dates", "Back"]


async def test_without_a_hearing_it_says_so(vera: Chat, prisoner_id: UUID):
    await vera.says("/family")

    assert "No court date is known." in vera.text


async def test_letters_of_this_month_are_a_number_and_never_who_wrote(
    vera: Chat, alice: Chat, prisoner_id: UUID
):
    await alice.joins()
    await guards(alice, prisoner_id)
    await alice.says("/mine")
    await alice.taps("Example Sampleson")
    await alice.taps("I wrote")

    await vera.says("/family")

    assert "Letters written this month: 1. Whether they arrived is not known." in vera.text


async def test_no_letters_are_not_mentioned(vera: Chat, alice: Chat, prisoner_id: UUID):
    await alice.joins()
    await guards(alice, prisoner_id)

    await vera.says("/family")

    assert "etters written" not in vera.text


async def test_family_sees_a_name_that_is_hidden_from_everybody_else(vera: Chat, prisoner_id: UUID):
    await changes(vera, prisoner_id, publicity=Publicity.HIDDEN)

    await vera.says("/family")

    assert "Example Sampleson" in vera.text


async def test_a_death_is_not_read_here_before_somebody_has_spoken_with_the_family(
    vera: Chat, prisoner_id: UUID
):
    await changes(vera, prisoner_id, custody_status=CustodyStatus.DIED, is_silenced=True)

    await vera.says("/family")

    assert vera.text.splitlines() == [
        "<b>Example Sampleson</b>",
        "There is nothing to show here now. A coordinator will get in touch with you.",
    ]


async def test_of_somebody_free_no_prison_is_named(vera: Chat, prisoner_id: UUID):
    await changes(vera, prisoner_id, custody_status=CustodyStatus.RELEASED)

    await vera.says("/family")

    assert "Free" in vera.text
    assert "Sample Facility" not in vera.text


@pytest.mark.parametrize("status", list(CustodyStatus))
async def test_every_status_has_its_words(vera: Chat, prisoner_id: UUID, status: CustodyStatus):
    await changes(vera, prisoner_id, custody_status=status)

    await vera.says("/family")

    assert "Known since 1 October 2026." in vera.text


async def test_who_is_family_of_two_reads_of_both(vera: Chat, prisoner_id: UUID, new_prisoner: NewPrisoner):
    await is_family(vera, await new_prisoner("Example Two"))

    await vera.says("/family")

    assert "Example Sampleson" in vera.text
    assert "Example Two" in vera.text


async def test_mallory_has_no_family_here(vera: Chat, mallory: Chat, prisoner_id: UUID):
    await mallory.joins()

    await mallory.says("/family")

    assert "There is nothing here for you." in mallory.text
    assert "Family" not in mallory.labels
