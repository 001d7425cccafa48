"""Hiding in the chat: one tap, one line, four digits; and to everybody who looks, a stranger's chat."""

import pytest
from sqlalchemy import func, select, text

from handlers.arrival import Arrival
from handlers.routes import COMMANDS
from solidarity.hiding import MOST_SCREENS
from solidarity.leaving import erase_person
from storage.models import CodeKind, Hiding, Person, Posted, Purpose, SeenUpdate
from storage.unit_of_work import Storage

from .acts import deliver
from .conftest import UPDATES, Chat, HandClock, NewChat

FIRST = ["Беларуская", "Русский", "English", "Clear this screen"]
LINE = "Any four digits, please."


async def count(storage: Storage, model: type) -> int:
    async with storage.view() as uow:
        return await uow.session.scalar(select(func.count()).select_from(model)) or 0


async def standing(chat: Chat) -> list[str]:
    """What is left in the chat once everything due for deletion is gone."""
    await chat.tidy()
    return [showing.text for showing in chat.shown.values()]


async def hides(chat: Chat, digits: str = "4711") -> None:
    await chat.says("/hide")
    await chat.says(digits)


async def test_hiding_leaves_one_line_and_nothing_else(alice: Chat):
    await alice.joins()

    await alice.says("/hide")

    assert (alice.text, alice.labels) == (LINE, [])
    assert await standing(alice) == [LINE]


async def test_the_line_is_gone_after_a_minute(alice: Chat, clock: HandClock):
    await alice.joins()
    await alice.says("/hide")

    clock.moves(minutes=1)

    assert await standing(alice) == []


async def test_the_digits_and_the_line_are_gone_at_once(alice: Chat):
    await alice.joins()

    await hides(alice)

    assert LINE not in await standing(alice)
    assert alice.written == {}


@pytest.mark.parametrize("language", ["be", "ru", "en"])
async def test_the_line_is_in_the_persons_language(new_chat: NewChat, language: str):
    chat = new_chat(700_000_010, language)
    await chat.joins()

    await chat.says("/hide")

    starts = {"be": "Любыя", "ru": "Любые", "en": "Any"}
    assert chat.text.startswith(starts[language])


@pytest.mark.parametrize("typed", ["0000", "4711"], ids=["wrong", "chosen"])
async def test_digits_are_marked_for_deletion_with_what_they_do(alice: Chat, typed: str):
    actor = await alice.joins()
    await alice.says("/hide")
    if typed == "0000":
        await alice.says("4711")
    await alice.tidy()
    arrival = Arrival(next(UPDATES), alice.chat_id, 77, typed, None, None, "en")

    await alice.conversation.take(arrival)

    async with alice.storage.view() as uow:
        marked = await uow.posted.by_message(actor.id, 77)
    assert (marked.purpose, marked.delete_at) == (Purpose.DISCARDED, alice.clock())


async def test_the_digits_bring_the_menu_back(alice: Chat):
    actor = await alice.joins()
    await hides(alice)

    await alice.says("4711")

    assert "Become a Guardian" in alice.labels
    assert (await alice.actor()).id == actor.id
    assert alice.written == {}


async def test_coming_back_is_a_visit(alice: Chat, clock: HandClock):
    await alice.joins()
    await hides(alice)
    clock.moves(days=9)

    await alice.says("4711")

    actor = await alice.actor()
    async with alice.storage.view() as uow:
        assert (await uow.people.get(actor.id)).last_seen_on == actor.today


async def test_the_digits_bring_a_second_person_back_as_the_first(alice: Chat):
    first = await alice.joins()
    await hides(alice)
    await alice.joins()

    await alice.says("4711")

    assert (await alice.actor()).id == first.id
    assert await count(alice.storage, Person) == 1
    assert "Become a Guardian" in alice.labels


async def test_five_wrong_ones_close_the_door_also_to_a_second_person(alice: Chat):
    await alice.joins()
    await hides(alice)
    second = await alice.joins()
    for number in range(5):
        await alice.says(f"000{number}")

    await alice.says("4711")

    assert (await alice.actor()).id == second.id


async def test_digits_typed_where_they_are_refused_count_as_well(alice: Chat):
    await alice.joins()
    await hides(alice)
    second = await alice.joins()
    for label in ("Settings", "Contact details", "E-mail"):
        await alice.taps(label)
    for number in range(5):
        await alice.says(f"000{number}")
    refused = alice.text

    await alice.says("4711")

    assert "0004" not in refused
    assert (await alice.actor()).id == second.id


async def test_digits_count_also_where_something_fails_after_them(
    alice: Chat, monkeypatch: pytest.MonkeyPatch
):
    await alice.joins()
    await hides(alice)
    second = await alice.joins()
    with monkeypatch.context() as broken:
        broken.setattr("handlers.typed_words.route_for_words", None)
        for number in range(5):
            await alice.says(f"000{number}")

    await alice.says("4711")

    assert (await alice.actor()).id == second.id


# The same update twice.


async def test_hiding_twice_by_one_update_asks_again_and_hides_once(alice: Chat):
    await alice.joins()
    await alice.says("/hide")

    await alice.repeat()

    assert alice.text == LINE
    assert await count(alice.storage, Hiding) == 1
    assert await standing(alice) == [LINE]


async def test_once_digits_are_chosen_the_update_that_hid_shows_a_strangers_chat(alice: Chat):
    await alice.joins()
    await alice.says("/hide")
    hid = alice.last
    await alice.says("4711")

    await alice.gives(hid)

    assert alice.labels == FIRST


async def test_a_choice_that_comes_twice_brings_nobody_back(alice: Chat):
    await alice.joins()
    await hides(alice)

    await alice.repeat()

    assert alice.labels == FIRST
    assert await count(alice.storage, Hiding) == 1


async def test_a_wrong_try_that_comes_twice_counts_once(alice: Chat):
    await alice.joins()
    await hides(alice)
    await alice.says("0000")
    for _ in range(9):
        await alice.repeat()

    await alice.says("4711")

    assert "Become a Guardian" in alice.labels


async def test_a_return_that_comes_twice_shows_the_menu_twice(alice: Chat):
    first = await alice.joins()
    await hides(alice)
    await alice.says("4711")

    await alice.repeat()

    assert "Become a Guardian" in alice.labels
    assert (await alice.actor()).id == first.id


# What a stranger with the phone sees.


def seen(chat: Chat) -> tuple[str, list[str]]:
    return chat.text, chat.labels


WORDS = [
    *(f"/{route.on}" for route in COMMANDS),
    "/start abcdef", "1234", "0000", "123456", "hello", "abandon abandon abandon abandon abandon",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
async def test_whatever_is_typed_is_answered_as_to_a_stranger(alice: Chat, mallory: Chat, words: str):
    await alice.joins()
    await hides(alice)

    for chat in (alice, mallory):
        await chat.says(words)

    assert seen(alice) == seen(mallory)
    assert (alice.written, mallory.written) == ({}, {})


async def break_something(storage: Storage, statement: str) -> None:
    """Change the database by hand, and let the process forget what it had unwrapped."""
    async with storage.unit() as uow:
        await uow.session.execute(text(statement))
    storage.keys.cache.clear()


SPOILED = {
    "the digits": "UPDATE hiding SET code = person_id",
    "their data key": "DELETE FROM data_key",
    "their number": "UPDATE person SET chat = id",
}


@pytest.mark.parametrize("statement", SPOILED.values(), ids=SPOILED)
@pytest.mark.parametrize("digits", ["4711", "0000"])
async def test_whoever_spoils_what_is_kept_of_a_hidden_account_sees_a_strangers_chat(
    alice: Chat, mallory: Chat, statement: str, digits: str
):
    await alice.joins()
    await hides(alice)
    await break_something(alice.storage, statement)
    alice.shown.clear()

    for chat in (alice, mallory):
        await chat.says(digits)
        await chat.says(digits)

    assert seen(alice) == seen(mallory)
    assert (alice.written, mallory.written) == ({}, {})
    assert len(alice.shown) == len(mallory.shown)


async def test_digits_that_cannot_be_kept_are_answered_as_a_strangers(alice: Chat, mallory: Chat):
    await alice.joins()
    await alice.says("/hide")
    await break_something(alice.storage, "DELETE FROM data_key")
    alice.shown.clear()

    for chat in (alice, mallory):
        await chat.says("4711")

    assert seen(alice) == seen(mallory)
    assert (alice.written, mallory.written) == ({}, {})


@pytest.mark.parametrize("tried", ["nosuchcode" + "a" * 16, "abandon abandon abandon abandon abandon"])
async def test_wrong_codes_from_before_are_not_counted_in_hiding(alice: Chat, mallory: Chat, tried: str):
    await alice.joins()
    for _ in range(6):
        await alice.says(tried)
    await hides(alice)
    screens = []

    for chat in (alice, mallory):
        for _ in range(6):
            await chat.says(tried)
            screens.append(seen(chat))

    assert screens[:6] == screens[6:]


async def test_old_buttons_lead_where_a_strangers_lead(alice: Chat, mallory: Chat):
    await alice.joins()
    [button] = [b for b in alice.buttons(alice.newest) if b.text == "Settings"]
    await hides(alice)
    await mallory.says("/start")

    for chat in (alice, mallory):
        await chat.forge(button.callback_data)

    assert seen(alice) == seen(mallory)


async def test_who_may_agree_anew_is_asked_the_same(alice: Chat, mallory: Chat):
    await alice.joins()
    await hides(alice)
    screens = []

    for chat in (alice, mallory):
        await chat.says("/start")
        for label in ("English", "No", "Read more", "I agree"):
            await chat.taps(label)
            screens.append(chat.labels)

    assert screens[:4] == screens[4:]


async def test_a_strangers_hiding_is_what_start_would_show_and_keeps_nothing(mallory: Chat):
    await mallory.says("/start")
    started = seen(mallory)

    await mallory.says("/hide")

    assert seen(mallory) == started
    assert sum([await count(mallory.storage, model) for model in (Person, Hiding, Posted, SeenUpdate)]) == 0


@pytest.mark.parametrize("words", ["1234", "hello", "/menu"])
async def test_a_strangers_words_keep_nothing(mallory: Chat, words: str):
    await mallory.says(words)

    assert sum([await count(mallory.storage, model) for model in (Person, Hiding, Posted, SeenUpdate)]) == 0


async def test_mallory_cannot_hide_somebody_else(alice: Chat, mallory: Chat):
    actor = await alice.joins()
    [button] = [b for b in alice.buttons(alice.newest) if b.text == "I am in danger"]
    await mallory.joins()

    await mallory.forge(button.callback_data)

    assert (await alice.actor()).id == actor.id
    assert await count(alice.storage, Hiding) == 0


# What a stranger was shown meanwhile.


@pytest.mark.parametrize("typed", [["0000"], ["hello", "/start", "0001"]])
async def test_what_strangers_were_shown_is_gone_once_somebody_is_back(alice: Chat, typed: list[str]):
    await alice.joins()
    await hides(alice)
    for words in typed:
        await alice.says(words)

    await alice.says("4711")

    [screen] = alice.shown.values()
    assert "Become a Guardian" in alice.labels
    assert screen.text == alice.text


async def test_whoever_writes_on_and_on_under_a_hidden_account_fills_nothing(alice: Chat, clock: HandClock):
    actor = await alice.joins()
    await alice.says("/hide")
    await alice.says("4711")
    for _ in range(MOST_SCREENS + 5):
        clock.moves(minutes=1)
        await alice.says("Is anybody there?")

    async with alice.storage.view() as uow:
        assert await uow.posted.count(actor.id, Purpose.APART) == MOST_SCREENS


async def test_what_strangers_were_shown_stays_for_days_and_goes_then(alice: Chat, clock: HandClock):
    await alice.joins()
    await hides(alice)
    await alice.says("hello")
    while_hidden = len(alice.shown)
    clock.moves(days=40)
    days_later = len(await standing(alice))

    await alice.says("4711")

    assert (while_hidden, days_later, len(alice.shown)) == (2, 2, 1)


async def test_what_a_second_person_left_goes_with_what_strangers_were_shown(alice: Chat):
    await alice.joins()
    await hides(alice)
    await alice.joins()
    await hides(alice, "4712")
    await alice.says("hello")

    await alice.says("4711")

    assert len(alice.shown) == 1
    assert "Become a Guardian" in alice.labels


async def test_who_is_erased_while_hiding_leaves_nothing_in_the_chat(alice: Chat):
    actor = await alice.joins()
    await hides(alice)
    await alice.says("hello")

    async with alice.storage.unit() as uow:
        await erase_person(uow, actor.id, now=alice.clock())

    assert await standing(alice) == []


# From danger.


async def test_danger_hides_and_warns_a_coordinator(alice: Chat, bob: Chat):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()

    await alice.taps("I am in danger")

    assert (alice.text, alice.labels) == (LINE, [])
    assert await deliver(bob) == ["danger"]
    assert bob.labels == ["Open"]


async def test_a_warning_names_a_pseudonym_and_nobody(alice: Chat, bob: Chat):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await alice.taps("I am in danger")
    await deliver(bob)

    await bob.taps("Open")

    assert "I am in danger" in bob.text
    assert str(alice.chat_id) not in bob.text


async def test_a_warning_that_is_opened_late_says_that_they_are_back(alice: Chat, bob: Chat):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await alice.taps("I am in danger")
    await deliver(bob)
    await alice.says("4711")
    await alice.says("4711")

    await bob.taps("Open")

    assert "is back" in bob.text


async def test_a_tap_for_danger_that_comes_twice_warns_once(alice: Chat, bob: Chat):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await alice.taps("I am in danger")

    await alice.repeat()

    assert alice.text == LINE
    assert await deliver(bob) == ["danger"]


async def test_hiding_and_coming_back_gives_mallory_no_more_tries_for_codes(mallory: Chat):
    await mallory.joins()
    for _ in range(5):
        await mallory.says("/start nosuchcode")
    await mallory.says("/hide")
    await mallory.says("1357")
    for _ in range(5):
        await mallory.says("/start nosuchcode")
    await mallory.says("1357")

    await mallory.says("/start nosuchcode")
    known = mallory.text
    await mallory.says("/hide")
    await mallory.says("/start nosuchcode")

    assert "Too many wrong codes" in known
    assert "Too many wrong codes" in mallory.text


async def test_a_stranger_who_agrees_goes_on_with_the_tries_that_are_left(mallory: Chat):
    for _ in range(4):
        await mallory.says("/start nosuchcode")
    await mallory.joins()

    await mallory.says("/start nosuchcode")
    last = mallory.text
    await mallory.says("/start nosuchcode")

    assert "This code is not known" in last
    assert "Too many wrong codes" in mallory.text
