"""What a Guardian says of their promise beside writing: an answer came, a letter came back, a pause."""

from datetime import timedelta

import pytest

from solidarity.nightly import COMES_ABOUT
from solidarity.people import change_setting
from storage.models import CustodyStatus, GuardianshipState, LetterOutcome

from .acts import at, deliver, guards, prisoner_of
from .conftest import Chat, NewPrisoner

LETTER = "Letter 1, 23 November 2026"


@pytest.fixture
async def guardian(alice: Chat, new_prisoner: NewPrisoner) -> Chat:
    """Alice, who writes to one person every four weeks, at her promise."""
    await alice.joins()
    await guards(alice, await new_prisoner())
    await alice.says("/mine")
    await alice.taps("Example Sampleson")
    return alice


async def promise_of(chat: Chat) -> tuple[GuardianshipState, list[LetterOutcome]]:
    actor = await chat.actor()
    async with chat.storage.view() as uow:
        [promise] = await uow.guardianships.of_person(actor.id, *GuardianshipState)
        return promise.state, [one.outcome for one in await uow.letters.of_guardianship(promise.id)]


async def letters(chat: Chat) -> list[LetterOutcome]:
    return (await promise_of(chat))[1]


async def state(chat: Chat) -> GuardianshipState:
    return (await promise_of(chat))[0]


def data_of(chat: Chat, label: str) -> str:
    assert chat.newest is not None
    [button] = [one for one in chat.buttons(chat.newest) if one.text == label]
    assert isinstance(button.callback_data, str)
    return button.callback_data


async def test_an_answer_is_noted_to_its_letter(guardian: Chat):
    await guardian.taps("I wrote")
    await guardian.taps("An answer came")
    assert "To which of your letters?" in guardian.text

    await guardian.taps(LETTER)

    assert "How good to hear" in guardian.text
    assert "Letters so far: 1." in guardian.text
    assert "Answered: 1. Came back: 0." in guardian.text
    assert await letters(guardian) == [LetterOutcome.ANSWERED]


async def test_who_cannot_tell_which_letter_may_say_so(guardian: Chat):
    await guardian.taps("I wrote")
    await guardian.taps("An answer came")

    await guardian.taps("I cannot tell")

    assert "How good to hear" in guardian.text
    assert await letters(guardian) == [LetterOutcome.WRITTEN]


async def test_a_letter_that_came_back_is_noted(guardian: Chat):
    await guardian.taps("I wrote")
    await guardian.taps("It came back")

    await guardian.taps(LETTER)

    assert "Answered: 0. Came back: 1." in guardian.text
    assert await letters(guardian) == [LetterOutcome.RETURNED]
    await guardian.taps("It came back")
    assert "every letter you told us of" in guardian.text
    assert guardian.labels == ["Back"]


async def test_who_told_of_no_letter_yet_reads_how_to(guardian: Chat):
    await guardian.taps("It came back")

    assert "first tap “I wrote”" in guardian.text
    assert guardian.labels == ["Back"]


async def test_a_letter_tapped_twice_is_noted_once(guardian: Chat):
    await guardian.taps("I wrote")
    await guardian.taps("It came back")
    button = data_of(guardian, LETTER)
    await guardian.forge(button)

    await guardian.forge(button)

    assert await letters(guardian) == [LetterOutcome.RETURNED]


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        ("2 weeks", "Paused until 7 December 2026."),
        ("8 weeks", "Paused until 18 January 2027."),
        ("Until I say so", "Paused. You are not reminded to write until you say so."),
    ],
)
async def test_a_pause_says_until_when(guardian: Chat, choice: str, line: str):
    await guardian.taps("Pause")

    await guardian.taps(choice)

    assert line in guardian.text
    assert "I wrote" not in guardian.labels
    assert await state(guardian) is GuardianshipState.PAUSED


async def test_whoever_pauses_may_go_on(guardian: Chat):
    await guardian.taps("Pause")
    await guardian.taps("Until I say so")

    await guardian.taps("Go on")

    assert "The next reminder comes on" in guardian.text
    assert await state(guardian) is GuardianshipState.ACTIVE


async def test_mallory_pauses_nobody(guardian: Chat, mallory: Chat):
    await mallory.joins()
    await guardian.taps("Pause")

    await mallory.forge(data_of(guardian, "2 weeks"))

    assert await state(guardian) is GuardianshipState.ACTIVE


async def the_nights_work_is_done(chat: Chat) -> None:
    for work in COMES_ABOUT:
        async with chat.storage.unit() as uow:
            await work.apply(uow, now=chat.clock())


@pytest.mark.parametrize(
    ("zone", "due"), [("Europe/Minsk", "2027-01-18 07:00"), ("America/New_York", "2027-01-18 15:00")]
)
async def test_after_a_pause_the_reminder_comes_on_its_last_day_where_the_guardian_lives(
    guardian: Chat, zone: str, due: str
):
    await guardian.taps("I wrote")
    async with guardian.storage.unit() as uow:
        await change_setting(uow, await guardian.actor(), "zone", zone, now=guardian.clock())
    await guardian.says("/mine")
    await guardian.taps("Example Sampleson")
    await guardian.taps("Pause")
    await guardian.taps("8 weeks")
    for instant in ("2027-01-17 23:00", "2027-01-18 00:30"):
        guardian.clock.now = at(instant)
        await the_nights_work_is_done(guardian)
        assert "letter" not in await deliver(guardian)

    guardian.clock.now = at(due) - timedelta(minutes=1)
    assert await deliver(guardian) == []
    guardian.clock.now = at(due)
    assert await deliver(guardian) == ["letter"]


async def test_a_rhythm_that_asks_later_than_the_pause_is_waited_for(guardian: Chat):
    guardian.clock.moves(days=7)
    await guardian.says("/mine")
    await guardian.taps("Example Sampleson")
    await guardian.taps("I wrote")
    await guardian.taps("Pause")
    await guardian.taps("2 weeks")
    guardian.clock.moves(days=14)
    await the_nights_work_is_done(guardian)

    await guardian.says("/mine")
    await guardian.taps("Example Sampleson")

    assert "The next reminder comes on Monday, 28 December 2026" in guardian.text


async def test_no_reminder_comes_in_a_pause_and_none_after_it_for_who_is_free(guardian: Chat):
    await guardian.taps("Pause")
    await guardian.taps("4 weeks")
    for days in range(30):
        guardian.clock.moves(days=1)
        if days == 20:
            async with guardian.storage.unit() as uow:
                [prisoner_id] = await uow.coverage.some_prisoners(after=None, limit=2)
                (await prisoner_of(uow, prisoner_id)).custody_status = CustodyStatus.RELEASED
        await the_nights_work_is_done(guardian)
        assert "letter" not in await deliver(guardian)
