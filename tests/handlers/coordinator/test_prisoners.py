"""Prisoners at the desk are found by name, unless the name is hidden; their family is invited in words."""

import re

import pytest

from solidarity.code_words import normalise_code
from storage.models import CodeKind, CustodyStatus, Publicity

from .duress import is_forced


async def finds(chat, text):
    await chat.says("/desk")
    await chat.taps("Prisoners")
    await chat.says(text)


async def publicity_of(storage, prisoner_id):
    async with storage.view() as uow:
        return (await uow.prisoners.get(prisoner_id)).publicity


def words_in(text):
    return text.partition("<code>")[2].partition("</code>")[0]


async def invites(chat, label="For themselves"):
    await finds(chat, "Sampleson")
    await chat.taps("Example Sampleson")
    await chat.taps("Invite a relative")
    await chat.taps(label)


@pytest.mark.parametrize("typed", ["Sampleson", "example", "SAMPLESON Example"])
async def test_a_prisoner_is_found_by_whole_words_in_any_order(at_desk, new_prisoner, typed):
    await new_prisoner("Example Sampleson")

    await finds(at_desk, typed)

    assert at_desk.labels == ["Example Sampleson", "Back"]


async def test_who_is_not_found_is_said_not_to_be(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson")

    await finds(at_desk, "Sampl")

    assert "Nobody was found" in at_desk.text


async def test_of_the_dead_neither_a_hearing_nor_an_invitation_is_offered(at_desk, new_prisoner, storage):
    prisoner_id = await new_prisoner("Example Sampleson")
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    assert {"Add a hearing", "Invite a relative"} <= set(at_desk.labels)
    async with storage.unit() as uow:
        (await uow.prisoners.get(prisoner_id)).custody_status = CustodyStatus.DIED

    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")

    assert not {"Add a hearing", "Invite a relative"} & set(at_desk.labels)
    assert "Back" in at_desk.labels


async def test_words_without_a_letter_find_nobody(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson")

    await finds(at_desk, "…")

    assert "Nobody was found" in at_desk.text


async def test_more_than_ten_are_asked_to_be_narrowed(at_desk, new_prisoner):
    for number in range(11):
        await new_prisoner(f"Example Number{number:02}")

    await finds(at_desk, "Example")

    assert len(at_desk.labels) == 11
    assert "type more" in at_desk.text


async def test_somebody_hidden_is_not_found_by_name(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN)

    await finds(at_desk, "Sampleson")

    assert at_desk.labels == ["Back"]


async def test_somebody_hidden_is_found_by_alias(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN)
    await finds(at_desk, "sailor")

    await at_desk.taps("Sailor")

    assert "Sampleson" not in at_desk.text


async def test_an_alias_and_a_hidden_name_together_find_nobody(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN)

    await finds(at_desk, "Sailor Sampleson")

    assert at_desk.labels == ["Back"]


async def test_the_card_says_what_is_known(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson", publicity=Publicity.GUARDIANS)
    await finds(at_desk, "Sampleson")

    await at_desk.taps("Example Sampleson")

    assert "in pre-trial detention" in at_desk.text
    assert "Place: not known" in at_desk.text
    assert "Guardians: 0" in at_desk.text
    first = ["Add a hearing", "Invite a relative", "Who may see the name"]
    assert at_desk.labels == [*first, "Take", "Pass on", "Note", "Back"]


async def test_the_card_says_that_nobody_has_checked_the_address(at_desk, new_prisoner, storage):
    async with storage.unit() as uow:
        await uow.facilities.put(
            "EX-1", verified_on=None, kind="sizo", name_be="Узор", name_ru="Образец", name_en="Example house",
            postal_code="000001", city="в. Узорная", street="вул. Узорная, 1", source="example",
        )  # fmt: skip
    await new_prisoner("Example Sampleson", facility="EX-1")
    await finds(at_desk, "Sampleson")

    await at_desk.taps("Example Sampleson")

    assert "Example house" in at_desk.text
    assert "Nobody has checked this address yet." in at_desk.text


async def test_a_name_is_narrowed_at_once(at_desk, new_prisoner, storage):
    prisoner_id = await new_prisoner("Example Sampleson", alias="Sailor")
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    await at_desk.taps("Who may see the name")

    await at_desk.taps("Hidden")

    assert await publicity_of(storage, prisoner_id) == Publicity.HIDDEN
    assert "Sampleson" not in at_desk.text


async def test_a_name_goes_from_public_to_guardians_and_back(at_desk, new_prisoner, storage):
    prisoner_id = await new_prisoner("Example Sampleson", publicity=Publicity.GUARDIANS)
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")
    await at_desk.taps("Who may see the name")

    await at_desk.taps("Public")

    assert await publicity_of(storage, prisoner_id) == Publicity.PUBLIC


async def test_one_coordinator_does_not_widen_a_hidden_name(at_desk, new_prisoner, storage):
    prisoner_id = await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN)
    await finds(at_desk, "Sailor")
    await at_desk.taps("Sailor")
    await at_desk.taps("Who may see the name")

    await at_desk.taps("Public")

    assert await publicity_of(storage, prisoner_id) == Publicity.HIDDEN
    assert "A colleague has to agree" in at_desk.text


async def test_an_invitation_asks_for_whom_it_is(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson")
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")

    await at_desk.taps("Invite a relative")

    assert at_desk.labels == ["For themselves", "On behalf of somebody", "Беларуская", "Русский", "Back"]


@pytest.mark.parametrize(
    ("language", "letters"), [("Беларуская", "[а-я ]+"), ("Русский", "[а-я ]+"), ("English", "[a-z ]+")]
)
async def test_the_words_are_in_the_language_that_was_chosen(at_desk, new_prisoner, language, letters):
    await new_prisoner("Example Sampleson")
    await finds(at_desk, "Sampleson")
    for label in ("Example Sampleson", "Invite a relative", "Русский", language):
        if label in at_desk.labels:
            await at_desk.taps(label)
    assert f"The words will be in: {language}" in at_desk.text

    await at_desk.taps("On behalf of somebody")

    assert re.fullmatch(letters, words_in(at_desk.text))


async def test_a_decoy_makes_words_in_the_language_that_was_chosen(forced, new_prisoner):
    await new_prisoner("Example Sampleson")
    await is_forced(forced)
    await finds(forced, "Sampleson")
    for label in ("Example Sampleson", "Invite a relative", "Русский", "For themselves"):
        await forced.taps(label)

    assert re.fullmatch("[а-я ]+", words_in(forced.text))


@pytest.mark.parametrize(
    ("label", "is_on_behalf"),
    [
        pytest.param("For themselves", False, id="for themselves"),
        pytest.param("On behalf of somebody", True, id="on behalf"),
    ],
)
async def test_the_five_words_stand_for_this_prisoner(
    at_desk, new_prisoner, storage, clock, label, is_on_behalf
):
    prisoner_id = await new_prisoner("Example Sampleson")

    await invites(at_desk, label)

    async with storage.view() as uow:
        code = await uow.codes.get_by_words(normalise_code(words_in(at_desk.text)), now=clock())
    assert (code.kind, code.prisoner_id) == (CodeKind.RELATIVE, prisoner_id)
    assert code.is_on_behalf is is_on_behalf
    assert "Call back first" in at_desk.text


async def test_the_words_link_a_relative(at_desk, vera, new_prisoner):
    await new_prisoner("Example Sampleson")
    await vera.joins()
    await invites(at_desk)

    await vera.says(words_in(at_desk.text))

    assert "Family" in vera.labels


async def test_the_same_invitation_twice_is_one_code_and_shows_it_once(at_desk, new_prisoner, storage, clock):
    await new_prisoner("Example Sampleson")
    await invites(at_desk)
    words = words_in(at_desk.text)

    await at_desk.repeat()

    assert words not in at_desk.text
    assert "shown once" in at_desk.text
    async with storage.view() as uow:
        assert await uow.codes.get_by_words(normalise_code(words), now=clock()) is not None


async def test_another_word_in_between_does_not_take_the_five_words_away(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson")
    await invites(at_desk)
    words = words_in(at_desk.text)

    await at_desk.says("wait a moment")

    assert words in at_desk.text


async def test_the_words_are_out_of_sight_after_back(at_desk, new_prisoner, storage, clock):
    await new_prisoner("Example Sampleson")
    await invites(at_desk)
    actor = await at_desk.actor()

    await at_desk.taps("Back")

    async with storage.view() as uow:
        assert await uow.drafts.reveal(actor.id, "invite", now=clock()) == {}
    assert "Invite a relative" in at_desk.labels


async def test_mallory_gets_nothing_from_the_coordinators_buttons(at_desk, mallory, new_prisoner):
    await new_prisoner("Example Sampleson", publicity=Publicity.GUARDIANS)
    await mallory.joins()
    await finds(at_desk, "Sampleson")
    await at_desk.taps("Example Sampleson")

    for button in at_desk.buttons(at_desk.newest):
        await mallory.forge(button.callback_data)

    assert "Sampleson" not in mallory.text


async def test_mallory_searches_nothing(mallory, new_prisoner):
    await new_prisoner("Example Sampleson")
    await mallory.joins()

    await mallory.says("Sampleson")

    assert "Sampleson" not in mallory.text
