"""Writing one letter without a promise."""

import pytest

from storage.models import CustodyStatus, Publicity

from .acts import guards, opens
from .conftest import Chat, NewPrisoner


@pytest.fixture
async def at_person(alice: Chat, new_prisoner: NewPrisoner) -> Chat:
    """Alice, who is shown the one person there is."""
    await opens(alice.storage, "SAMPLE-1")
    await new_prisoner(facility="SAMPLE-1", publicity=Publicity.PUBLIC)
    await alice.joins()
    await alice.taps("Write one letter")
    await alice.taps("Russian: no")
    await alice.taps("Done")
    return alice


async def count(chat: Chat) -> int:
    async with chat.storage.view() as uow:
        [prisoner_id] = await uow.coverage.some_prisoners(after=None, limit=2)
        return await uow.letters.count(prisoner_id, since=chat.clock().date())


async def test_the_choice_asks_for_no_rhythm(at_person: Chat):
    assert at_person.labels == ["I'll write", "Show someone else", "Why this person?", "Back"]


async def test_the_address_and_advice_stand_there_and_a_letter_is_noted(at_person: Chat):
    await at_person.taps("I'll write")
    assert "Example Sampleson\nУзорная ўстанова" in at_person.text

    await at_person.taps("I wrote")

    assert "One letter counts too." in at_person.text
    assert await count(at_person) == 1


async def test_two_reports_on_one_day_are_one_letter(at_person: Chat):
    await at_person.taps("I'll write")
    await at_person.taps("I wrote")
    await at_person.taps("Write one letter")
    await at_person.taps("Done")
    await at_person.taps("I'll write")

    await at_person.taps("I wrote")

    assert await count(at_person) == 1


async def test_it_makes_nobody_a_guardian(at_person: Chat):
    await at_person.taps("I'll write")
    await at_person.taps("I wrote")

    await at_person.says("/mine")

    assert "You do not write to anybody at the moment." in at_person.text


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_whose_name_is_not_public_is_not_shown(
    alice: Chat, new_prisoner: NewPrisoner, publicity: Publicity
):
    await new_prisoner(publicity=publicity)
    await alice.joins()
    await alice.taps("Write one letter")
    await alice.taps("Russian: no")

    await alice.taps("Done")

    assert "I'll write" not in alice.labels


async def test_who_looks_after_three_may_still_write_once(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    for name in ("Example One", "Example Two", "Example Three"):
        await guards(alice, await new_prisoner(name))
    await new_prisoner("Example Four", publicity=Publicity.PUBLIC)

    await alice.says("/menu")
    await alice.taps("Write one letter")
    await alice.taps("Russian: no")
    await alice.taps("Done")

    assert "Example Four" in alice.text


async def test_a_name_hidden_meanwhile_is_shown_no_more(at_person: Chat):
    await at_person.taps("I'll write")
    async with at_person.storage.unit() as uow:
        [prisoner_id] = await uow.coverage.some_prisoners(after=None, limit=2)
        prisoner = await uow.prisoners.get(prisoner_id)
        prisoner.publicity = Publicity.HIDDEN

    await at_person.taps("I wrote")

    assert await count(at_person) == 0
    assert "Sampleson" not in at_person.text


async def test_to_who_is_free_nothing_is_reported(at_person: Chat):
    await at_person.taps("I'll write")
    async with at_person.storage.unit() as uow:
        [prisoner_id] = await uow.coverage.some_prisoners(after=None, limit=2)
        prisoner = await uow.prisoners.get(prisoner_id)
        prisoner.custody_status = CustodyStatus.RELEASED

    await at_person.taps("I wrote")

    assert await count(at_person) == 0
