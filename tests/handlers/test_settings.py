"""Settings: each value is offered, kept and shown, and one's own messages follow it."""

from datetime import timedelta

import pytest

from solidarity.errors import NotForYou
from solidarity.people import change_setting
from solidarity.phrases import READY
from storage.models import Posted
from storage.unit_of_work import Storage
from tests.handlers.acts import phrase_of
from tests.handlers.conftest import Chat, HandClock


async def place_of(chat: Chat) -> Posted:
    async with chat.storage.view() as uow:
        place = await uow.posted.get_place((await chat.actor()).id)
    assert place is not None
    return place


async def opens(chat: Chat, *labels: str) -> None:
    await chat.joins()
    for label in ("Settings", *labels):
        await chat.taps(label)


async def test_the_settings_show_what_a_new_person_has(alice: Chat):
    await opens(alice)

    assert alice.text.splitlines()[2:] == [
        "Language: English",
        "Form of address: Without gender",
        "Time zone: Minsk, UTC+3",
        "Hour of reminders: 10:00",
        "Quiet hours: 21:00–09:00",
        "Court reminders: 7 days ahead, 1 day ahead, 3 hours ahead",
        "Texts: Neutral",
        "Messages are deleted after: 24 hours",
        f"Phrase: {await phrase_of(alice)}",
        "Contact details: none",
    ]
    assert alice.labels == [
        "Language", "Form of address", "Time zone", "Hour", "Quiet hours", "Court reminders", "Texts",
        "Delete after", "Phrase", "Contact details", "Move to a new account", "Back",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("button", "value", "line"),
    [
        ("Form of address", "Feminine", "Form of address: Feminine"),
        ("Time zone", "Tbilisi, UTC+4", "Time zone: Tbilisi, UTC+4"),
        ("Time zone", "New York, UTC−5", "Time zone: New York, UTC−5"),
        ("Hour", "20:00", "Hour of reminders: 20:00"),
        ("Quiet hours", "22:00–08:00", "Quiet hours: 22:00–08:00"),
        ("Quiet hours", "No quiet hours", "Quiet hours: No quiet hours"),
        ("Texts", "Full", "Texts: Full"),
        ("Delete after", "44 hours", "Messages are deleted after: 44 hours"),
        ("Delete after", "1 hour", "Messages are deleted after: 1 hour"),
    ],
)
async def test_a_value_that_is_tapped_is_kept_and_shown(alice: Chat, button: str, value: str, line: str):
    await opens(alice, button, value)

    assert "Saved." in alice.text
    assert line in alice.text.splitlines()


@pytest.mark.parametrize(
    "button",
    ["Language", "Form of address", "Time zone", "Hour", "Quiet hours", "Texts", "Delete after", "Phrase"],
)
async def test_back_from_a_setting_returns_to_the_settings(alice: Chat, button: str):
    await opens(alice, button, "Back")

    assert alice.text.startswith("<b>Settings</b>")


async def test_another_language_is_spoken_at_once(alice: Chat):
    await opens(alice, "Language", "Беларуская")

    assert alice.text.startswith("<i>Захавана.</i>")
    assert "Мова" in alice.labels


async def test_a_zone_that_is_not_offered_is_shown_by_its_city(alice: Chat, clock: HandClock):
    await alice.joins()
    async with alice.storage.unit() as uow:
        await change_setting(uow, await alice.actor(), "zone", "Asia/Kathmandu", now=clock())
    await alice.says("/settings")

    assert "Time zone: Kathmandu, UTC+5:45" in alice.text


async def test_a_shorter_life_counts_for_the_message_that_stands_there(alice: Chat, clock: HandClock):
    await opens(alice, "Delete after", "1 hour")

    assert (await place_of(alice)).delete_at == clock() + timedelta(hours=1)


async def test_a_longer_life_does_not_prolong_the_message_that_stands_there(alice: Chat, clock: HandClock):
    await opens(alice, "Delete after", "44 hours")

    assert (await place_of(alice)).delete_at == clock() + timedelta(hours=24)


async def test_full_texts_are_not_covered_again(alice: Chat):
    await opens(alice, "Texts", "Full")

    assert (await place_of(alice)).cover_at is None


async def test_going_back_to_neutral_covers_what_stands_open(alice: Chat, clock: HandClock):
    await opens(alice, "Texts", "Full")
    await alice.taps("Texts")
    await alice.taps("Neutral")

    assert (await place_of(alice)).cover_at == clock() + timedelta(minutes=10)


async def test_another_phrase_is_another_one(alice: Chat):
    await opens(alice, "Phrase")
    before = await phrase_of(alice)
    await alice.taps("Choose another")

    assert await phrase_of(alice) != before
    assert await phrase_of(alice) in READY["en"]
    assert await phrase_of(alice) in alice.text


async def test_choosing_another_phrase_twice_by_one_update_changes_it_once(alice: Chat):
    await opens(alice, "Phrase", "Choose another")
    chosen = await phrase_of(alice)
    await alice.repeat()

    assert await phrase_of(alice) == chosen


async def test_a_typed_phrase_is_kept_and_the_message_deleted(alice: Chat):
    await opens(alice, "Phrase")
    await alice.says("Two green apples")

    assert await phrase_of(alice) == "Two green apples"
    assert "Two green apples" in alice.text
    assert alice.written == {}


@pytest.mark.parametrize(
    "typed", ["no", "letters to prison", "Tea with Alice", "x" * 41, "tea & <b>cake</b>"]
)
async def test_telling_or_unfit_words_are_refused_and_nothing_changes(alice: Chat, typed: str):
    await opens(alice, "Phrase")
    before = await phrase_of(alice)
    await alice.says(typed)

    assert "These words will not do" in alice.text
    assert await phrase_of(alice) == before


async def test_the_name_left_as_contact_is_no_phrase(alice: Chat):
    await opens(alice, "Contact details", "Name")
    await alice.says("Ladybird Invented")
    await alice.says("/settings")
    await alice.taps("Phrase")
    await alice.says("Ladybird on the window")

    assert "These words will not do" in alice.text


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("language", "de"), ("form", "other"), ("zone", "Mars/Olympus"), ("hour", "25:00"), ("quiet", "x"),
        ("texts", "loud"), ("delete", "48"), ("delete", "x"), ("chat_index", "1"), ("", ""),
    ],
)  # fmt: skip
async def test_values_that_are_not_offered_are_refused(
    mallory: Chat, storage: Storage, clock: HandClock, setting: str, value: str
):
    actor = await mallory.joins()

    with pytest.raises(NotForYou):
        async with storage.unit() as uow:
            await change_setting(uow, actor, setting, value, now=clock())


async def test_mallory_cannot_tap_alices_button(mallory: Chat, alice: Chat):
    await opens(alice, "Texts")
    assert alice.newest is not None
    full = next(b for b in alice.buttons(alice.newest) if b.text == "Full")
    await mallory.joins()
    await mallory.forge(str(full.callback_data), alice.newest)

    assert "no longer works" in mallory.text
    assert not (await mallory.actor()).shows_full_texts
    assert not (await alice.actor()).shows_full_texts
