"""Codes typed by people who are known already."""

from datetime import timedelta

import pytest

from solidarity.codes import GivenCode, give_relative_code, give_staff_code
from storage.models import CodeKind
from tests.handlers.conftest import Chat, HandClock, NewPrisoner
from tests.storage.test_audit import unwritable


async def staff_code(chat: Chat, kind: CodeKind = CodeKind.COORDINATOR) -> GivenCode:
    async with chat.storage.unit() as uow:
        return await give_staff_code(uow, kind, issued_by=None, now=chat.clock())


@pytest.mark.parametrize("how", ["{}", "/start {}", "/START {}"])
async def test_a_coordinators_code_opens_the_way_to_the_desk(alice: Chat, how: str):
    await alice.joins()
    await alice.says(how.format((await staff_code(alice)).words))

    assert "you are a coordinator" in alice.text
    assert "/desk" in alice.text
    assert "Desk" in alice.labels
    assert alice.written == {}


async def test_the_first_code_of_an_installation_makes_an_administrator(alice: Chat):
    await alice.joins()
    await alice.says((await staff_code(alice, CodeKind.ADMINISTRATOR)).words)

    assert "you are administrator and coordinator" in alice.text
    actor = await alice.actor()
    assert (actor.is_administrator, actor.is_coordinator) == (True, True)


async def test_five_words_lead_a_relative_to_the_family(vera: Chat, bob: Chat, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner()
    coordinator = await bob.joins_as(CodeKind.COORDINATOR)
    async with bob.storage.unit() as uow:
        given = await give_relative_code(uow, coordinator, prisoner_id, is_on_behalf=True, now=bob.clock())
    await vera.joins()
    await vera.says(given.words)

    assert "A second coordinator still confirms" in vera.text
    assert "Family" in vera.labels


async def test_a_code_works_once(alice: Chat, mallory: Chat):
    given = await staff_code(alice)
    await alice.joins()
    await alice.says(given.words)
    await mallory.joins()
    await mallory.says(given.words)

    assert "This code is not known" in mallory.text
    assert not (await mallory.actor()).is_coordinator


async def test_the_same_update_twice_spends_a_code_once_and_shows_the_menu(alice: Chat):
    await alice.joins()
    await alice.says((await staff_code(alice)).words)
    await alice.repeat()

    assert "not known" not in alice.text
    assert "Desk" in alice.labels


async def test_a_code_has_expired_after_two_days(alice: Chat, clock: HandClock):
    await alice.joins()
    given = await staff_code(alice)
    clock.now += timedelta(hours=48)
    await alice.says(given.words)

    assert "This code is not known" in alice.text


async def test_a_second_code_for_what_one_has_says_so(alice: Chat):
    await alice.joins_as(CodeKind.COORDINATOR)
    await alice.says((await staff_code(alice)).words)

    assert "What it gives you is in the menu" in alice.text


async def test_after_five_wrong_codes_the_sixth_waits_for_an_hour(mallory: Chat, clock: HandClock):
    await mallory.joins()
    given = await staff_code(mallory)
    for _ in range(5):
        await mallory.says("/start nosuchcode")
    await mallory.says(given.words)

    assert "Too many wrong codes" in mallory.text
    assert not (await mallory.actor()).is_coordinator
    clock.moves(hours=1)
    await mallory.says(given.words)
    assert (await mallory.actor()).is_coordinator


async def test_a_repeated_wrong_code_counts_once(mallory: Chat):
    await mallory.joins()
    await mallory.says("/start nosuchcode")
    for _ in range(6):
        await mallory.repeat()
    await mallory.says((await staff_code(mallory)).words)

    assert (await mallory.actor()).is_coordinator


async def test_ordinary_words_are_no_code(alice: Chat):
    await alice.joins()
    await alice.says("good evening to you all")

    assert "please use the buttons" in alice.text
    assert "not known" not in alice.text


async def relative_code(bob: Chat, new_prisoner: NewPrisoner) -> str:
    prisoner_id = await new_prisoner()
    coordinator = await bob.joins_as(CodeKind.COORDINATOR)
    async with bob.storage.unit() as uow:
        given = await give_relative_code(uow, coordinator, prisoner_id, is_on_behalf=False, now=bob.clock())
    return given.words


async def test_a_code_typed_where_words_are_asked_for_is_redeemed(
    vera: Chat, bob: Chat, new_prisoner: NewPrisoner
):
    words = await relative_code(bob, new_prisoner)
    await vera.joins()
    for label in ("Settings", "Contact details", "Name"):
        await vera.taps(label)

    await vera.says(words)

    assert "A second coordinator still confirms" in vera.text
    assert "Family" in vera.labels


async def test_words_that_only_read_like_a_code_stay_words_there(alice: Chat):
    await alice.joins()
    await alice.taps("Settings")
    await alice.taps("Phrase")

    await alice.says("apple river stone cloud maple")

    assert "This code is not known" not in alice.text


async def test_where_the_trail_takes_nothing_a_code_gives_nothing_and_stays_good(alice: Chat):
    given = await staff_code(alice)
    await alice.joins()

    async with unwritable(alice.storage):
        await alice.says(given.words)
        assert "nothing was changed" in alice.text
        assert not (await alice.actor()).is_coordinator

    await alice.says(given.words)
    assert (await alice.actor()).is_coordinator


MISSPELT = "drastik cabbage cactus cage cake"


@pytest.mark.parametrize("is_known", [True, False])
@pytest.mark.parametrize("text", [MISSPELT, "сноски-сноски сноски сноски снаска", "I would like to help"])
async def test_five_words_that_are_none_of_a_code_are_answered_with_a_word_about_spelling(
    vera: Chat, is_known: bool, text: str
):
    if is_known:
        await vera.joins()

    await vera.says(text)

    assert "check the spelling" in vera.text
    assert text not in vera.text
    assert vera.written == {}


@pytest.mark.parametrize(
    "text", ["drastik cabbage cactus cage", "drastik cabbage cactus cage cake cable", "1 2 3 4 5"]
)
async def test_other_words_are_no_misspelt_code(vera: Chat, text: str):
    await vera.joins()

    await vera.says(text)

    assert "spelling" not in vera.text


@pytest.mark.parametrize("is_known", [True, False])
async def test_misspelt_words_count_as_tries_once_each(mallory: Chat, is_known: bool):
    if is_known:
        await mallory.joins()
    for _ in range(4):
        await mallory.says(MISSPELT)
    if is_known:
        await mallory.repeat()
    await mallory.says(MISSPELT)
    before = mallory.text

    await mallory.says(MISSPELT)

    assert "check the spelling" in before
    assert "Too many wrong codes" in mallory.text


async def test_five_words_typed_where_words_are_asked_for_are_taken(alice: Chat):
    await alice.joins()
    for label in ("Settings", "Contact details", "Name"):
        await alice.taps(label)

    await alice.says("Maria of the green house")

    assert "spelling" not in alice.text
