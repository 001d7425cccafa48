"""Strangers: what they are asked and told, and that nothing is kept before *I agree*."""

import pytest
from sqlalchemy import func, select

from solidarity.people import agree
from storage.models import Base, Person, Purpose
from storage.unit_of_work import Storage
from tests.handlers.conftest import Chat, HandClock

LANGUAGES = ["Беларуская", "Русский", "English"]
EVERYTHING = ("Just look", "Public prisoners", "Back", "Addresses", "Back", "How to write", "Back", "Back")


async def rows(storage: Storage) -> dict[str, int]:
    """Count what is kept, table by table, beside the installation itself."""
    async with storage.view() as uow:
        counts = {
            table.name: await uow.session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }
    own = ("installation", "audit_head", "audit_entry")
    return {name: count for name, count in counts.items() if count and name not in own}


async def to_notice(chat: Chat, greeting: str = "/start") -> None:
    await chat.says(greeting)
    await chat.taps("English")
    await chat.taps("No")


@pytest.mark.parametrize("text", ["/start", "/start@poruch_bot"])
async def test_who_starts_is_asked_for_a_language(alice: Chat, text: str):
    await alice.says(text)

    assert alice.labels == [*LANGUAGES, "Clear this screen"]
    assert alice.text.splitlines() == ["Выберыце мову.", "Выберите язык.", "Choose a language."]


@pytest.mark.parametrize("text", ["hello", "/menu", "/desk"])
async def test_whatever_else_a_stranger_writes_points_to_the_buttons(alice: Chat, text: str):
    await alice.says(text)

    assert alice.text.startswith("<i>Please use the buttons.</i>")
    assert alice.labels == [*LANGUAGES, "Clear this screen"]


async def test_a_photograph_gets_the_first_screen_too(alice: Chat):
    await alice.sends_photo()

    assert alice.labels == [*LANGUAGES, "Clear this screen"]


async def test_what_a_stranger_writes_is_deleted(alice: Chat):
    await alice.says("hello, my name is Alice")

    assert alice.written == {}


async def test_taps_edit_the_same_message(alice: Chat):
    await to_notice(alice)
    await alice.taps("Read more")

    assert list(alice.shown) == [2]


async def test_a_yes_first_says_what_is_safer(alice: Chat):
    await alice.says("/start")
    await alice.taps("English")
    await alice.taps("Yes")

    assert alice.labels == ["Continue", "Just look", "Back", "Clear this screen"]
    assert "someone abroad" in alice.text


async def test_the_notice_says_that_screens_before_it_stay_until_they_are_cleared(alice: Chat):
    await to_notice(alice)

    assert "Screens from before you agree do not delete themselves" in alice.text


async def test_after_what_is_safer_one_may_continue_to_the_notice(alice: Chat):
    await alice.says("/start")
    await alice.taps("English")
    await alice.taps("Yes")
    await alice.taps("Continue")

    assert alice.labels == ["I agree", "Just look", "Read more", "Back", "Clear this screen"]


async def test_yes_and_silence_leave_the_same_trace(alice: Chat):
    await alice.says("/start")
    await alice.taps("English")
    assert alice.newest is not None
    data = {button.text: button.callback_data for button in alice.buttons(alice.newest)}

    assert data["Yes"] == data["I'd rather not say"]


async def test_nothing_is_stored_before_i_agree(alice: Chat, storage: Storage):
    await to_notice(alice)
    await alice.taps("Read more")
    for label in EVERYTHING:
        await alice.taps(label)
    await alice.sends_photo()

    assert await rows(storage) == {}


async def test_i_agree_keeps_a_person_and_turns_the_message_into_the_menu(alice: Chat, storage: Storage):
    await to_notice(alice)
    await alice.taps("I agree")

    assert "Become a Guardian" in alice.labels
    assert await rows(storage) == {
        "person": 1, "data_key": 1, "role": 1, "posted": 1, "button": 6, "seen_update": 1
    }  # fmt: skip
    async with storage.view() as uow:
        place = await uow.posted.get_place((await alice.actor()).id)
    assert place is not None
    assert (place.message_id, place.purpose, place.screen) == (2, Purpose.PLACE, "menu")


async def test_who_agreed_is_told_their_phrase(alice: Chat, storage: Storage):
    await to_notice(alice)
    await alice.taps("I agree")

    async with storage.view() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
        assert person is not None
        phrase = await uow.vault.reveal(person, "phrase")
    assert f"Your phrase: {phrase}." in alice.text


async def test_the_language_that_was_chosen_is_the_one_spoken(alice: Chat, storage: Storage):
    await alice.says("/start")
    await alice.taps("Беларуская")
    await alice.taps("Не хачу казаць")
    await alice.taps("Працягнуць")
    await alice.taps("Пагаджаюся")

    assert "Налады" in alice.labels
    async with storage.view() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
    assert person is not None
    assert (person.language, person.zone) == ("be", "Europe/Minsk")


async def test_the_same_agreement_twice_has_one_effect(alice: Chat, storage: Storage):
    await to_notice(alice)
    await alice.taps("I agree")
    before = await rows(storage)
    await alice.repeat()

    assert await rows(storage) == before
    assert "Become a Guardian" in alice.labels


async def test_agreeing_on_a_second_screen_removes_that_screen(alice: Chat, storage: Storage):
    await to_notice(alice)
    await to_notice(alice)
    first, second = alice.shown
    agree_button = next(b for b in alice.buttons(second) if b.text == "I agree")
    await alice.taps("I agree")
    await alice.forge(str(agree_button.callback_data), first)

    assert list(alice.shown) == [second]
    assert (await rows(storage))["person"] == 1


async def test_clearing_takes_the_screen_away(alice: Chat):
    await to_notice(alice)
    await alice.taps("Clear this screen")

    assert alice.shown == {}


@pytest.mark.parametrize(
    "data",
    [
        "",
        "n:",
        "n:agree",
        "n:agree:de:0::",
        "n:agree:en:0::x",
        "n:agree:en:00::",
        "n:agree:en:-1::",
        "n:agree:en:0::" + "A" * 21 + "B",
        "n:agree:en:0::\n",
        "n:menu:en:0::",
        "n:agree:en:٣::",
        "b:AAAAAAAAAAAAAAAA",
        "open",
        "n" * 64,
    ],
)
async def test_a_forged_button_leads_to_the_first_screen_and_keeps_nothing(
    mallory: Chat, storage: Storage, data: str
):
    await mallory.says("/start")
    await mallory.forge(data)

    assert mallory.labels == [*LANGUAGES, "Clear this screen"]
    assert await rows(storage) == {}


async def test_a_known_person_who_taps_an_old_newcomers_button_sees_where_they_are(
    alice: Chat, storage: Storage
):
    await to_notice(alice)
    data = str(next(b for b in alice.buttons(2) if b.text == "I agree").callback_data)
    await alice.taps("I agree")
    await alice.forge(data)

    assert "no longer works" in alice.text
    async with storage.view() as uow:
        assert await uow.session.scalar(select(func.count()).select_from(Person)) == 1


async def test_agreeing_again_by_another_way_finds_the_person_there(
    alice: Chat, storage: Storage, clock: HandClock
):
    first = await alice.joins()
    async with storage.unit() as uow:
        second = await agree(uow, alice.chat_id, language="be", now=clock())

    assert (second.id, second.language) == (first.id, "en")
