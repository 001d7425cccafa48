"""Hearings at the desk as claims: chosen from a calendar, pasted, confirmed by others, noted and ended."""

from datetime import UTC, datetime

import pytest

from storage.models import Confidence, HearingStatus, Openness, Outcome
from tests.handlers.coordinator.test_hearings import adds, ahead, begins, opens

AFTER = datetime(2026, 12, 9, 12, 0, tzinfo=UTC)


async def adds_by_hand(chat, storage):
    """Add the hearing of the 9th of December, half past ten, and return it."""
    await adds(chat)
    await chat.taps("Save")


async def test_day_and_hour_are_chosen_from_a_calendar(at_desk, new_prisoner, storage, clock):
    await new_prisoner()
    await begins(at_desk)
    assert "November 2026" in at_desk.labels
    # What has passed cannot be chosen: the 22nd was yesterday.
    assert "22" not in at_desk.labels
    assert "23" in at_desk.labels

    await at_desk.taps("›")
    await at_desk.taps("9")
    assert "Wednesday, 9 December 2026" in at_desk.text
    await at_desk.taps("10:30")

    assert "Wednesday, 9 December 2026, 10:30" in at_desk.text


async def test_an_hour_that_no_button_names_is_typed(at_desk, new_prisoner):
    await new_prisoner()
    await begins(at_desk)
    await at_desk.taps("30")

    await at_desk.says("14:45")

    assert "Monday, 30 November 2026, 14:45" in at_desk.text


async def test_the_calendar_does_not_turn_back_before_this_month(at_desk, new_prisoner):
    await new_prisoner()
    await begins(at_desk)

    assert "‹" not in at_desk.labels


async def test_weeks_that_are_over_take_no_room_in_the_calendar(at_desk, new_prisoner):
    await new_prisoner()

    await begins(at_desk)

    # Below the month and the names of the days comes the week of today, the 23rd.
    assert at_desk.labels[10:18] == ["23", "24", "25", "26", "27", "28", "29", "30"]


async def test_a_date_too_far_away_is_not_called_unreadable(at_desk, new_prisoner):
    await new_prisoner()
    await begins(at_desk)

    await at_desk.says("09.12.2062 10:30")

    assert "too far away" in at_desk.text
    assert "cannot read" not in at_desk.text


async def test_one_pasted_line_is_shown_whole_with_what_people_will_read(at_desk, new_prisoner):
    await new_prisoner()
    await at_desk.says("/desk")
    await at_desk.taps("Hearings")
    await at_desk.taps("Add a hearing")

    await at_desk.says("Example Sampleson; 09.12.2026 10:30; Sample City Court")

    before, seen = at_desk.text.split("People will read:")
    assert "Wednesday, 9 December 2026, 10:30" in before
    assert "Minsk time" in before
    assert "Wednesday, 9 December 2026, 10:30</tg-time>, the court's time" in seen
    assert "Sample City Court" in seen
    assert "only reported" in seen
    assert at_desk.labels == ["Save", "Back"]


async def test_a_pasted_line_that_fits_several_asks_whose_and_keeps_the_rest(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson")
    await new_prisoner("Another Sampleson")
    await at_desk.says("/desk")
    await at_desk.taps("Hearings")
    await at_desk.taps("Add a hearing")
    await at_desk.says("Sampleson; 09.12.2026 10:30; Sample City Court")
    assert "So far: Wednesday, 9 December 2026, 10:30, Sample City Court" in at_desk.text
    await at_desk.taps("Back")
    await at_desk.taps("Add a hearing")
    assert "Say whose it is" in at_desk.text

    await at_desk.taps("Another Sampleson")

    assert "Another Sampleson" in at_desk.text
    assert "Sample City Court" in at_desk.text


async def test_a_court_that_was_named_before_is_chosen(at_desk, new_prisoner, new_hearing):
    await new_hearing(await new_prisoner(), "2026-12-20 10:00", court="Known Court")
    await new_prisoner("Sample Patternov")
    await begins(at_desk, "Sample Patternov")
    await at_desk.says("09.12.2026 10:30")

    await at_desk.taps("Known Court")

    assert "Court: Known Court" in at_desk.text


async def test_who_reported_it_is_offered_no_confirmation_of_their_own(at_desk, new_prisoner, storage):
    await new_prisoner()

    await adds_by_hand(at_desk, storage)

    assert "Confirm the date" not in at_desk.labels
    assert "You reported it" in at_desk.text


async def test_a_second_source_confirms(at_desk, new_prisoner, storage, clock):
    await new_prisoner()
    await adds_by_hand(at_desk, storage)
    await at_desk.taps("A second source says so")

    await at_desk.says("The lawyer, by telephone")

    [hearing] = await ahead(storage, clock)
    assert hearing.confidence is Confidence.CONFIRMED
    assert "The lawyer, by telephone" in at_desk.text


async def test_a_second_date_is_offered_as_a_move(at_desk, new_prisoner, storage, clock):
    await new_prisoner()
    await adds_by_hand(at_desk, storage)
    await begins(at_desk)
    await at_desk.says("10.12.2026 11:00")
    await at_desk.says("Sample City Court")
    assert "It is one more hearing" in at_desk.labels

    await at_desk.taps("It was moved from 09.12.2026 10:30")

    [hearing] = await ahead(storage, clock)
    assert (hearing.starts_local, hearing.revision) == ("2026-12-10 11:00", 2)


async def test_the_same_date_again_says_that_it_is_entered(at_desk, new_prisoner, storage, clock):
    await new_prisoner()
    await adds_by_hand(at_desk, storage)
    await adds(at_desk)

    await at_desk.taps("I know of this date, too")

    assert "entered this hearing already" in at_desk.text
    [hearing] = await ahead(storage, clock)
    assert hearing.confidence is Confidence.REPORTED


async def test_a_move_is_chosen_from_the_calendar(at_desk, new_prisoner, new_hearing, storage, clock):
    await new_hearing(await new_prisoner())
    await opens(at_desk)
    await at_desk.taps("Move")
    await at_desk.taps("›")
    await at_desk.taps("10")

    await at_desk.taps("14:00")

    assert "New date: Thursday, 10 December 2026, 14:00" in at_desk.text
    await at_desk.taps("Save")
    [hearing] = await ahead(storage, clock)
    assert hearing.starts_local == "2026-12-10 14:00"


async def test_room_and_openness_are_noted_later(at_desk, new_prisoner, new_hearing, storage, clock):
    await new_hearing(await new_prisoner())
    await opens(at_desk)
    await at_desk.taps("Room, judge, source…")
    await at_desk.taps("Room")
    await at_desk.says("5")
    assert "Room: 5" in at_desk.text

    await at_desk.taps("Open")

    [hearing] = await ahead(storage, clock)
    assert hearing.openness is Openness.OPEN
    assert "The public is let in" in at_desk.text


@pytest.fixture
async def held(at_desk, new_prisoner, new_hearing, storage, clock):
    """The desk with a sitting that has begun, open before its outcomes."""
    await new_hearing(await new_prisoner(), "2026-11-23 13:00")
    clock.moves(hours=2)
    await at_desk.says("/desk")
    if "OK" in at_desk.labels:
        for digit in "114477":
            await at_desk.taps(digit)
        await at_desk.taps("OK")
    await at_desk.taps("Hearings")
    await at_desk.taps("How did they end? (1)")
    await at_desk.taps("23.11.2026 13:00 · Example Sampleson")
    await at_desk.taps("How did it end?")
    return at_desk


async def only_hearing(storage):
    async with storage.view() as uow:
        [prisoner] = await uow.prisoners.all()
        [hearing_id] = await uow.hearings.of_prisoner(prisoner.id)
        return prisoner, await uow.hearings.get(hearing_id), await uow.milestones.of_hearing(hearing_id)


async def test_a_verdict_shows_what_follows_then_asks_to_confirm_the_status(held, storage):
    await held.taps("Colony")
    assert "Thursday, 3 December 2026" in held.text
    assert "not legal advice" in held.text
    assert held.labels == ["Save", "No deadline", "Back"]
    await held.says("04.12.2026")
    assert "Friday, 4 December 2026" in held.text

    await held.taps("Save")
    assert held.labels[:2] == ["Confirm", "Leave out"]
    await held.taps("Confirm")
    assert "Confirmed." in held.text

    prisoner, hearing, milestone = await only_hearing(storage)
    assert (hearing.status, hearing.outcome) == (HearingStatus.HELD, Outcome.COLONY)
    assert (prisoner.custody_status, milestone.day.isoformat()) == ("convicted", "2026-12-04")


async def test_adjourned_asks_for_the_next_date_of_the_same_case(held, storage, clock):
    await held.taps("Adjourned")
    await held.taps("Save")
    assert "For when was it adjourned?" in held.text
    await held.says("09.12.2026 10:30")
    await held.says("Sample City Court")

    await held.taps("Save")

    assert "Of the same case: Monday, 23 November 2026, 13:00" in held.text


async def test_a_day_that_cannot_be_read_is_asked_for_as_a_day(held):
    await held.taps("Colony")

    await held.says("in ten days")

    assert "I cannot read this day. Write it like this: DD.MM.YYYY\n" in held.text.replace("</i>", "")


async def test_an_outcome_without_an_appeal_speaks_of_none(held):
    await held.taps("Adjourned")

    assert "appeal" not in held.text


async def test_nothing_is_kept_before_save(held, storage):
    await held.taps("Colony")

    _, hearing, milestone = await only_hearing(storage)
    assert (hearing.outcome, milestone) == (None, None)


async def test_mallory_says_no_outcome_with_the_coordinators_button(held, mallory, storage):
    await mallory.joins()
    button = next(one for one in held.buttons(held.newest) if one.text == "Colony")

    await mallory.forge(button.callback_data)

    _, hearing, _ = await only_hearing(storage)
    assert hearing.status is HearingStatus.SCHEDULED


@pytest.fixture
async def sees_it_reported(at_desk, colleague, new_prisoner, storage):
    """A colleague of whoever reported the 9th, with the sitting before her eyes."""
    await new_prisoner()
    await adds_by_hand(at_desk, storage)
    await opens(colleague)
    return colleague


async def moves(chat, to):
    await opens(chat)
    await chat.taps("Move")
    await chat.says(to)
    await chat.taps("Save")


async def confirms(chat):
    await chat.taps("Confirm the date")


async def names_a_source(chat):
    await chat.says("A call from the lawyer")


async def cancels(chat):
    await chat.taps("Yes, it is cancelled")


@pytest.mark.parametrize(
    ("before", "decides"),
    [([], confirms), (["A second source says so"], names_a_source), (["Cancel the hearing"], cancels)],
)
async def test_nobody_decides_of_a_date_that_a_colleague_has_moved_meanwhile(
    at_desk, sees_it_reported, storage, clock, before, decides
):
    for label in before:
        await sees_it_reported.taps(label)
    await moves(at_desk, "10.12.2026 09:00")

    await decides(sees_it_reported)

    [hearing] = await ahead(storage, clock)
    assert (hearing.starts_local, hearing.confidence) == ("2026-12-10 09:00", Confidence.REPORTED)


async def test_a_colleagues_new_date_is_not_overwritten_unseen(at_desk, sees_it_reported, storage, clock):
    colleague = sees_it_reported
    await colleague.says("/desk")
    for label in ("Hearings", "Add a hearing"):
        await colleague.taps(label)
    await colleague.says("Example Sampleson; 11.12.2026 10:30; Sample City Court")
    await moves(at_desk, "10.12.2026 09:00")

    await colleague.taps("It was moved from 09.12.2026 10:30")

    [hearing] = await ahead(storage, clock)
    assert hearing.starts_local == "2026-12-10 09:00"
