"""What holds for every conversation: one effect per update, one place, the neutral line, and surprises."""

from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from handlers import conversation as conversations
from handlers.answer import Showing
from handlers.route import Do, Route
from handlers.screen import Turn
from handlers.surfaces import draw
from solidarity.people import set_contact
from solidarity.work import Action, DatabaseUnavailable
from storage.errors import NotLoaded
from storage.models import Posted, SeenUpdate
from tests.handlers.conftest import Chat, HandClock


async def place_of(chat: Chat) -> Posted:
    async with chat.storage.view() as uow:
        place = await uow.posted.get_place((await chat.actor()).id)
    assert place is not None
    return place


async def covers(chat: Chat) -> None:
    """Let the neutral line cover the person's place, as it does when its time has come."""
    async with chat.storage.unit() as uow:
        actor = await chat.actor()
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        assert place.message_id is not None
        place.is_covered, place.cover_at = True, None
        chat.shown[place.message_id] = await draw(uow, actor, place, now=chat.clock())


async def test_what_a_person_writes_is_deleted(alice: Chat):
    await alice.joins()
    await alice.says("some words")
    await alice.sends_photo()

    assert alice.written == {}


async def test_words_without_a_meaning_point_to_the_buttons(alice: Chat):
    await alice.joins()
    await alice.says("some words")

    assert alice.text.startswith("<i>Please use the buttons, or type /menu.</i>")


async def test_a_photograph_is_answered_with_a_sentence(alice: Chat):
    await alice.joins()
    await alice.sends_photo()

    assert alice.text.startswith("<i>Only words can be read here.")


async def test_taps_edit_the_one_place(alice: Chat):
    await alice.joins()
    for label in ("Settings", "Hour", "Back", "Back"):
        await alice.taps(label)

    assert len(alice.shown) == 1


async def test_a_repeated_update_shows_the_current_screen(alice: Chat):
    await alice.joins()
    await alice.taps("Settings")
    await alice.repeat()

    assert alice.text.startswith("<b>Settings</b>")
    assert len(alice.shown) == 1


async def test_an_old_button_of_the_same_message_is_stale(alice: Chat):
    await alice.joins()
    assert alice.newest is not None
    old = str(alice.buttons(alice.newest)[0].callback_data)
    await alice.taps("Settings")
    await alice.forge(old)

    assert alice.text.startswith("<i>That button no longer works.")
    assert "<b>Settings</b>" in alice.text


@pytest.mark.parametrize(
    "data", ["", "b:", "b:!!!!", "b:AAAA", "b:AAAAAAAAAAAAAAAA", "n:agree:en:0::", "x" * 64]
)
async def test_a_forged_button_has_no_effect(mallory: Chat, data: str):
    await mallory.joins()
    await mallory.forge(data)

    assert mallory.text.startswith("<i>That button no longer works.")


async def test_mallory_cannot_use_a_token_of_alices_on_a_message_of_the_same_number(
    mallory: Chat, alice: Chat
):
    await alice.joins()
    await mallory.joins()
    assert alice.newest == mallory.newest
    assert alice.newest is not None
    token = str(next(b for b in alice.buttons(alice.newest) if b.text == "Settings").callback_data)
    await mallory.forge(token)

    assert mallory.text.startswith("<i>That button no longer works.")


async def test_a_covered_screen_shows_the_phrase_and_nothing_else(alice: Chat):
    await alice.joins()
    await alice.taps("Settings")
    await covers(alice)

    assert alice.labels == ["Open", "Keep open 30 minutes"]
    assert "Settings" not in alice.text


@pytest.mark.parametrize(("label", "minutes"), [("Open", 10), ("Keep open 30 minutes", 30)])
async def test_open_shows_the_content_for_a_while(alice: Chat, clock: HandClock, label: str, minutes: int):
    await alice.joins()
    await alice.taps("Settings")
    await covers(alice)
    await alice.taps(label)

    assert alice.text.startswith("<b>Settings</b>")
    assert (await place_of(alice)).cover_at == clock() + timedelta(minutes=minutes)


@pytest.mark.parametrize("does", ["Settings", "/settings", "hello"])
async def test_the_ten_minutes_begin_anew_with_each_tap_and_word(alice: Chat, clock: HandClock, does: str):
    await alice.joins()
    clock.moves(minutes=9)

    await (alice.taps if does == "Settings" else alice.says)(does)

    assert (await place_of(alice)).cover_at == clock() + timedelta(minutes=10)


async def test_a_tap_does_not_shorten_thirty_minutes(alice: Chat, clock: HandClock):
    await alice.joins()
    async with alice.storage.unit() as uow:
        place = await uow.posted.get_place((await alice.actor()).id)
        place.is_covered, place.cover_at = False, clock() + timedelta(minutes=30)

    await alice.taps("Settings")

    assert (await place_of(alice)).cover_at == clock() + timedelta(minutes=30)


async def test_who_chose_full_texts_has_no_timer_that_begins_anew(alice: Chat, clock: HandClock):
    await alice.joins()
    async with alice.storage.unit() as uow:
        place = await uow.posted.get_place((await alice.actor()).id)
        place.cover_at = None

    await alice.taps("Settings")

    assert (await place_of(alice)).cover_at is None


async def test_a_refusal_on_a_covered_screen_leaves_it_covered(alice: Chat):
    await alice.joins()
    await covers(alice)
    await alice.forge("b:AAAAAAAAAAAAAAAA")

    assert alice.labels == ["Open", "Keep open 30 minutes"]


async def test_a_worn_place_moves_to_a_new_message(alice: Chat, clock: HandClock):
    await alice.joins()
    before = alice.newest
    clock.moves(hours=20)
    await alice.taps("Settings")

    assert before not in alice.shown
    assert alice.text.startswith("<b>Settings</b>")
    assert (await place_of(alice)).delete_at == clock() + timedelta(hours=24)


async def test_a_place_that_was_deleted_comes_back_with_the_next_word(alice: Chat, clock: HandClock):
    await alice.joins()
    clock.moves(hours=25)
    await alice.says("/menu")

    assert len(alice.shown) == 1
    assert "Become a Guardian" in alice.labels


@pytest.mark.parametrize("verb", ["go:a-screen-of-an-earlier-release", "a-verb-of-an-earlier-release"])
async def test_what_an_earlier_release_put_under_a_message_no_longer_works(alice: Chat, verb: str):
    actor = await alice.joins()
    async with alice.storage.unit() as uow:
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        [token] = await uow.posted.replace_buttons(place.id, [Action(verb)], expires_at=place.delete_at)

    await alice.forge(f"b:{urlsafe_b64encode(token).decode()}")

    assert alice.text.startswith("<i>That button no longer works.")
    assert "Become a Guardian" in alice.labels


async def test_a_surprise_changes_nothing_and_gives_a_reference(alice: Chat, monkeypatch: pytest.MonkeyPatch):
    async def breaks(turn: Turn) -> None:
        await set_contact(turn.uow, turn.actor, "name", "Alice Invented")
        await turn.uow.session.flush()
        raise ZeroDivisionError

    await alice.joins()
    monkeypatch.setattr(
        conversations, "route_for_command", lambda *_: Route("settings", "settings", lambda: breaks)
    )
    await alice.says("/settings")

    assert "Something went wrong on our side" in alice.text
    async with alice.storage.view() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
    assert person is not None
    assert person.name is None


async def test_a_surprise_is_noted_as_handled(alice: Chat, monkeypatch: pytest.MonkeyPatch):
    async def breaks(_: Turn) -> None:
        raise ZeroDivisionError

    await alice.joins()
    monkeypatch.setattr(conversations, "route_for_command", lambda *_: Route("help", "help", lambda: breaks))
    await alice.says("/help")
    monkeypatch.undo()
    await alice.repeat()

    assert "What this is" not in alice.text


async def test_an_absent_database_is_let_through_so_that_the_update_comes_again(
    alice: Chat, monkeypatch: pytest.MonkeyPatch
):
    async def breaks(_: Turn) -> None:
        raise DatabaseUnavailable("OperationalError")

    await alice.joins()
    monkeypatch.setattr(conversations, "route_for_command", lambda *_: Route("help", "help", lambda: breaks))

    with pytest.raises(DatabaseUnavailable):
        await alice.says("/help")


async def test_a_room_that_cannot_be_loaded_just_now_lets_the_update_come_again(
    alice: Chat, monkeypatch: pytest.MonkeyPatch
):
    def fails() -> Do:
        raise NotLoaded("handlers.menu")

    await alice.joins()
    monkeypatch.setattr(conversations, "route_for_command", lambda *_: Route("help", "help", fails))

    with pytest.raises(DatabaseUnavailable):
        await alice.says("/help")
    monkeypatch.undo()
    await alice.repeat()

    assert "What this is" in alice.text


async def test_an_update_counts_as_taken_with_its_effect(alice: Chat):
    await alice.joins()
    await alice.taps("Settings")

    assert alice.last is not None
    async with alice.storage.view() as uow:
        taken = await uow.session.scalar(
            select(func.count()).where(SeenUpdate.number == alice.last.update_id)
        )
    assert taken == 1


async def test_a_repeated_message_of_the_person_is_still_deleted(alice: Chat):
    await alice.joins()
    await alice.says("/settings")
    assert alice.last is not None
    assert alice.last.message_id is not None
    alice.written[alice.last.message_id] = "/settings"
    await alice.repeat()

    assert alice.written == {}


async def test_a_tap_is_answered_with_its_own_number(alice: Chat):
    await alice.joins()
    await alice.taps("Settings")

    assert alice.answer is not None
    assert alice.last is not None
    assert alice.answer.callback_id == alice.last.callback_id
    assert isinstance(alice.answer.showing, Showing)
