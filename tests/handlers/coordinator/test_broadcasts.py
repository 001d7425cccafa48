"""Broadcasts in the chat: written, previewed and sent by a coordinator, read by those they are for."""

import pytest

from handlers.fitting import units
from solidarity.broadcasts.reports import tend
from solidarity.broadcasts.texts import LONGEST_TEXT
from storage.models import Broadcast, Publicity
from tests.handlers.acts import at, deliver, guards, phrase_of

from .duress import is_forced
from .test_rules import place_is_kept

PLACE = "Sample Court"


@pytest.fixture
async def crowd(new_chat):
    """People enough that one coordinator may write to a few of them."""
    chats = [new_chat(700_000_100 + number) for number in range(12)]
    for chat in chats:
        await chat.joins()
    return chats


@pytest.fixture
async def guarded(crowd, new_prisoner):
    """Somebody who stands by a prisoner."""
    await guards(crowd[0], await new_prisoner())
    return crowd[0]


async def begins(chat, what="Own words"):
    await chat.says("/desk")
    for label in ("Broadcast", "New broadcast", what):
        await chat.taps(label)


async def writes(chat, text, language="English"):
    mark = "✓" if f"✓ {language}" in chat.labels else "+"
    await chat.taps(f"{mark} {language}")
    await chat.says(text)


async def is_for(chat, *choices):
    await chat.taps("For whom")
    for what, value in choices:
        await chat.taps(what)
        await chat.taps(value)
    await chat.taps("Back")


async def going_to_guardians(chat, text="The <b>meeting</b> is on Monday."):
    await begins(chat)
    await writes(chat, text)
    await is_for(chat, ("Role", "Guardians"))
    await chat.taps("Send now")


async def test_own_words_are_written_previewed_and_sent_to_a_few(at_desk, guarded):
    await begins(at_desk)
    await writes(at_desk, "The <b>meeting</b> is on Monday & Tuesday.")
    await is_for(at_desk, ("Role", "Guardians"))
    assert "Reaches 1 person" in at_desk.text
    await at_desk.taps("Preview: English")
    preview = at_desk.text
    await at_desk.taps("Back")

    await at_desk.taps("Send now")

    sent = "The <b>meeting</b> is on Monday &amp; Tuesday."
    assert preview == f"{await phrase_of(at_desk)}\n\n{sent}"
    assert "People: 1" in at_desk.text
    assert at_desk.labels == ["Pause", "Stop", "Back"]
    assert "broadcast" in await deliver(guarded)
    assert sent not in guarded.text
    await guarded.taps("Open")
    assert guarded.text == sent


async def test_who_reads_full_texts_gets_exactly_what_was_previewed(at_desk, guarded):
    await guarded.says("/settings")
    await guarded.taps("Texts")
    await guarded.taps("Full")
    await going_to_guardians(at_desk)

    await deliver(guarded)

    assert guarded.text == f"{await phrase_of(guarded)}\n\nThe <b>meeting</b> is on Monday."


async def test_the_longest_words_arrive_whole_under_a_phrase(at_desk, guarded):
    await guarded.says("/settings")
    await guarded.taps("Texts")
    await guarded.taps("Full")
    await going_to_guardians(at_desk, "x" * LONGEST_TEXT)

    await deliver(guarded)

    assert guarded.text.count("x") >= LONGEST_TEXT
    assert units(guarded.text) <= 4096


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        pytest.param("<b>Monday", "line 1, sign 1", id="broken markup"),
        pytest.param(
            "x" * (LONGEST_TEXT + 1), f"{LONGEST_TEXT:,} characters at most", id="4,097 with the phrase"
        ),
        pytest.param("<b> </b>", "nothing to read", id="empty"),
    ],
)
async def test_what_cannot_be_sent_is_refused_with_its_reason_before_it_is_kept(
    at_desk, guarded, storage, typed, reason
):
    await begins(at_desk)
    await writes(at_desk, typed)

    assert reason in at_desk.text
    await at_desk.taps("Back")
    assert "+ English" in at_desk.labels
    async with storage.view() as uow:
        assert await uow.broadcasts.newest(limit=1) == []


async def test_an_audience_of_nobody_and_an_empty_text_are_refused(at_desk, crowd, storage):
    await begins(at_desk)
    await is_for(at_desk, ("Role", "Guardians"))
    await at_desk.taps("Send now")
    empty = at_desk.text
    await writes(at_desk, "Words")
    await at_desk.taps("Send now")

    assert "nothing to read" in empty
    assert "Nobody would get this" in at_desk.text
    async with storage.view() as uow:
        assert await uow.broadcasts.newest(limit=1) == []


async def test_a_place_is_chosen_by_its_name(at_desk, storage):
    await place_is_kept(storage, "SAMPLE-1")
    await begins(at_desk)

    await is_for(at_desk, ("Facility", "Sample Colony"))

    assert "Sample Colony" in at_desk.text


async def test_languages_without_a_text_are_counted_until_their_fate_is_chosen(
    at_desk, new_chat, new_prisoner, crowd
):
    prisoner = await new_prisoner()
    for number, language in enumerate(("be", "ru")):
        chat = new_chat(700_000_200 + number, language)
        await chat.joins()
        await guards(chat, prisoner)
    await begins(at_desk)
    await writes(at_desk, "Словы", "Belarusian")
    await is_for(at_desk, ("Role", "Guardians"))
    assert "Without a text in their language: 1" in at_desk.text
    await at_desk.taps("Send now")
    assert "Some people have no text" in at_desk.text

    await at_desk.taps("Who has no text")
    await at_desk.taps("Send them this one: Belarusian")
    assert "Reaches 2 people" in at_desk.text
    await at_desk.taps("Who has no text")
    await at_desk.taps("Leave them out")

    assert "Reaches 1 person" in at_desk.text
    await at_desk.taps("Send now")
    assert "People: 1" in at_desk.text


async def test_later_and_urgent(at_desk, guarded, clock):
    await begins(at_desk)
    await writes(at_desk, "Words")
    await is_for(at_desk, ("Role", "Guardians"))
    await at_desk.taps("Later")
    await at_desk.says("24.11.2026 23:30")
    assert "24 November 2026, 23:30" in at_desk.text
    await at_desk.taps("Urgent")
    await at_desk.says("They meet at night")
    assert "They meet at night" in at_desk.text

    await at_desk.taps("Send at that time")

    assert "broadcast" not in await deliver(guarded)
    clock.now = at("2026-11-24 20:30")
    assert "broadcast" in await deliver(guarded)


async def test_what_is_to_begin_later_is_not_said_to_go_out(at_desk, guarded):
    await begins(at_desk)
    await writes(at_desk, "Words")
    await is_for(at_desk, ("Role", "Guardians"))
    await at_desk.taps("Later")
    await at_desk.says("24.11.2026 23:30")

    await at_desk.taps("Send at that time")

    assert "It goes out at the time you named." in at_desk.text
    assert "Now: planned" in at_desk.text
    await at_desk.taps("Back")
    assert "24.11 23:30 · own words · planned" in at_desk.labels


async def test_languages_without_a_text_are_said_beside_their_number(at_desk, guarded):
    await begins(at_desk)

    assert "English: 13, no text yet" in at_desk.text
    await writes(at_desk, "Words")
    assert "English: 13\n" in f"{at_desk.text}\n"


async def test_a_release_that_the_register_does_not_know_is_refused_with_the_reason(at_desk, new_prisoner):
    await new_prisoner()
    await begins(at_desk, "A release")
    await at_desk.says("Sampleson")

    await at_desk.taps("Example Sampleson")

    assert "The register does not say so" in at_desk.text


async def test_a_ready_text_leads_to_what_it_speaks_of(at_desk, guarded, new_hearing, storage):
    async with storage.view() as uow:
        [prisoner] = await uow.prisoners.all()
    await new_hearing(prisoner.id, court=PLACE)
    await begins(at_desk, "A court date")
    await at_desk.taps("09.12.2026 10:30 · Example Sampleson")
    await at_desk.taps("Send now")
    await deliver(guarded)
    await guarded.taps("Open")
    assert guarded.labels == ["Court dates", "Back"]
    await guarded.taps("Court dates")
    assert PLACE in guarded.text
    await begins(at_desk, "A transfer")
    await at_desk.says("Sampleson")
    await at_desk.taps("Example Sampleson")
    await at_desk.taps("Send now")

    await deliver(guarded)
    await guarded.taps("Open")

    assert guarded.labels == ["My guardianships", "Back"]


async def test_pause_resume_and_stop(at_desk, guarded, clock):
    await going_to_guardians(at_desk)
    await at_desk.taps("Pause")
    assert "paused" in at_desk.text
    assert "broadcast" not in await deliver(guarded)
    await at_desk.taps("Resume")
    assert "broadcast" in await deliver(guarded)
    await going_to_guardians(at_desk)
    await at_desk.taps("Stop")
    await at_desk.taps("Yes, stop it")

    assert "Not reached, because it was stopped or is not for them any more: 1" in at_desk.text
    assert "broadcast" not in await deliver(guarded)


async def test_taking_back_deletes_the_message_from_the_chat(at_desk, guarded, storage, clock):
    await going_to_guardians(at_desk)
    await deliver(guarded)
    await guarded.taps("Open")
    message = guarded.newest
    async with storage.unit() as uow:
        [broadcast] = await uow.broadcasts.newest(limit=1)
        await tend(uow, broadcast.id, now=clock())
    await at_desk.says("/desk")
    await at_desk.taps("Broadcast")
    await at_desk.taps(at_desk.labels[0])
    assert "Sent: 1" in at_desk.text

    await at_desk.taps("Take back")
    await at_desk.taps("Yes, take it back")
    await guarded.tidy()

    assert message not in guarded.shown
    assert "taken back" in at_desk.text


async def test_own_words_to_many_wait_until_a_colleague_has_read_them(at_desk, colleague, crowd):
    await begins(at_desk)
    await writes(at_desk, "The <b>meeting</b> is on Monday.")
    assert "A colleague has to agree" in at_desk.text
    await at_desk.taps("Send now")
    await at_desk.says("All should know")
    assert "broadcast" not in await deliver(crowd[0])
    await colleague.says("/desk")
    await colleague.taps("Inbox")
    await colleague.taps("Requests of colleagues")
    await colleague.taps(next(one for one in colleague.labels if one.endswith("own words to many")))
    assert "All should know" in colleague.text
    assert "Reaches 14 people" in colleague.text
    assert "English: 14" in colleague.text
    await colleague.taps("Preview: English")
    assert "The <b>meeting</b> is on Monday." in colleague.text
    await colleague.taps("Back")

    await colleague.taps("Approve")

    assert "broadcast" in await deliver(crowd[0])


async def test_ready_texts_about_somebody_public(at_desk, guarded, crowd, new_hearing, new_prisoner):
    prisoner = await new_prisoner("Public Sampleson")
    await new_hearing(prisoner, court=PLACE)
    await begins(at_desk, "A court date")
    await at_desk.taps("09.12.2026 10:30 · Public Sampleson")
    await is_for(at_desk, ("Hearing", "Does not matter"))
    await at_desk.taps("Preview: Belarusian")
    assert "Дата суда: <b>Public Sampleson</b>" in at_desk.text
    await at_desk.taps("Back")
    await at_desk.taps("Send now")

    await deliver(crowd[1])
    await crowd[1].taps("Open")

    assert "Court date: <b>Public Sampleson</b>" in crowd[1].text
    assert PLACE in crowd[1].text


async def test_a_court_of_ones_own_naming_goes_to_many_once_a_colleague_has_read_it(
    at_desk, colleague, crowd, new_hearing, new_prisoner
):
    await new_hearing(await new_prisoner("Public Sampleson"))
    await at_desk.says("/desk")
    for label in ("Hearings", "09.12.2026 10:30 · Public Sampleson", "Room, judge, source…", "Court"):
        await at_desk.taps(label)
    await at_desk.says("We have moved: write to t.me/example")
    await begins(at_desk, "A court date")
    await at_desk.taps("09.12.2026 10:30 · Public Sampleson")
    await is_for(at_desk, ("Hearing", "Does not matter"))
    assert "A colleague has to agree" in at_desk.text
    await at_desk.taps("Send now")
    await at_desk.says("All should know")
    assert "broadcast" not in await deliver(crowd[0])
    await colleague.says("/desk")
    for label in ("Inbox", "Requests of colleagues"):
        await colleague.taps(label)
    await colleague.taps(next(one for one in colleague.labels if one.endswith("own words to many")))
    await colleague.taps("Preview: Russian")
    assert "write to t.me/example" in colleague.text


async def test_a_hidden_name_stands_in_no_preview(at_desk, new_prisoner):
    await new_prisoner("Concealed Sampleson", publicity=Publicity.HIDDEN, alias="Blue Dog")
    await begins(at_desk, "A transfer")
    await at_desk.says("Blue Dog")
    await at_desk.taps("Blue Dog")
    for language in ("Belarusian", "Russian", "English"):
        await at_desk.taps(f"Preview: {language}")
        assert "Blue Dog" in at_desk.text
        assert "Concealed" not in at_desk.text
        await at_desk.taps("Back")


async def test_a_letter_evening_is_announced(at_desk, crowd):
    await begins(at_desk, "A letter evening")
    await at_desk.says("02.12.2026 18:00")
    await at_desk.taps("Send now")

    await deliver(crowd[2])
    await crowd[2].taps("Open")

    assert "2 December 2026, 18:00" in crowd[2].text


async def test_what_was_begun_is_offered_again(at_desk, clock, guarded):
    await begins(at_desk)
    await writes(at_desk, "Words")
    await at_desk.taps("Back")
    await at_desk.taps("New broadcast")
    await at_desk.taps("Go on")

    assert "✓ English" in at_desk.labels


async def test_a_name_is_searched_and_the_audience_narrowed(at_desk, guarded, storage):
    await begins(at_desk)
    await writes(at_desk, "Words")
    await at_desk.taps("For whom")
    await at_desk.taps("Prisoner")
    await at_desk.says("Sampleson")
    await at_desk.taps("Example Sampleson")

    assert "They stand by Example Sampleson" in at_desk.text
    await at_desk.taps("Back")
    assert "Reaches 1 person" in at_desk.text


async def test_a_decoy_desk_writes_broadcasts_that_go_to_nobody(forced, crowd, storage):
    await is_forced(forced)
    await begins(forced)
    await writes(forced, "Words")
    await forced.taps("Who has no text")
    await forced.taps("Send them this one: English")
    assert "Reaches 7 people" in forced.text
    await forced.taps("Send now")
    await forced.says("All should know")
    asked = forced.text
    await begins(forced, "A letter evening")
    await forced.says("02.12.2026 18:00")
    await forced.taps("Send now")

    assert "Asked." in asked
    assert "It goes out now" in forced.text
    async with storage.view() as uow:
        assert await uow.session.get(Broadcast, (await forced.actor()).id) is None
        assert await uow.broadcasts.newest(limit=5) == []
