"""Hearings at the desk: typed step by step, looked at before anybody is told, moved and cancelled."""

from datetime import UTC, datetime

import pytest

from storage.models import Confidence, HearingStatus, Publicity


async def begins(chat, name="Example Sampleson"):
    await chat.says("/desk")
    await chat.taps("Hearings")
    await chat.taps("Add a hearing")
    await chat.says(name)
    await chat.taps(name)


async def adds(chat):
    await begins(chat)
    await chat.says("09.12.2026 10:30")
    await chat.says("Sample City Court")


async def opens(chat):
    await chat.says("/desk")
    await chat.taps("Hearings")
    await chat.taps(next(label for label in chat.labels if "·" in label))


async def ahead(storage, clock):
    async with storage.view() as uow:
        return await uow.hearings.ahead(now=clock())


async def kinds_about(storage, hearing_id):
    async with storage.view() as uow:
        return sorted(row.kind for row in await uow.outbox.waiting_about(hearing_id))


async def test_a_hearing_is_looked_at_before_anybody_is_told(at_desk, alice, new_prisoner, guards):
    prisoner_id = await new_prisoner()
    await guards(alice, prisoner_id, by=at_desk)

    await adds(at_desk)

    assert "Wednesday, 9 December 2026, 10:30" in at_desk.text
    assert "Minsk time" in at_desk.text
    assert "Sample City Court" in at_desk.text
    assert "1 Guardian, no relative" in at_desk.text
    assert at_desk.labels == ["Save", "Back"]


async def test_nothing_is_kept_or_told_before_save(at_desk, new_prisoner, storage, clock):
    await new_prisoner()

    await adds(at_desk)

    assert await ahead(storage, clock) == []


async def test_save_keeps_the_hearing_and_tells_the_guardian(
    at_desk, alice, new_prisoner, guards, storage, clock
):
    prisoner_id = await new_prisoner()
    await guards(alice, prisoner_id, by=at_desk)
    await adds(at_desk)

    await at_desk.taps("Save")

    [hearing] = await ahead(storage, clock)
    assert hearing.starts_at == datetime(2026, 12, 9, 7, 30, tzinfo=UTC)
    assert "hearing_new" in await kinds_about(storage, hearing.id)
    assert at_desk.labels == [
        "A second source says so",
        "Room, judge, source…",
        "Move",
        "Cancel the hearing",
        "Back",
    ]


async def test_the_same_save_twice_keeps_one_hearing(at_desk, new_prisoner, storage, clock):
    await new_prisoner()
    await adds(at_desk)
    await at_desk.taps("Save")

    await at_desk.repeat()

    assert len(await ahead(storage, clock)) == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        pytest.param("tomorrow", "I cannot read this date", id="no date"),
        pytest.param("31.02.2027 10:00", "I cannot read this date", id="no such day"),
        pytest.param("01.11.2026 10:00", "has passed", id="in the past"),
        pytest.param("01.11.2036 10:00", "too far away", id="too far ahead"),
    ],
)
async def test_a_date_that_cannot_be_is_asked_for_again(at_desk, new_prisoner, typed, sentence):
    await new_prisoner()
    await begins(at_desk)

    await at_desk.says(typed)

    assert sentence in at_desk.text
    assert "DD.MM.YYYY" in at_desk.text


async def test_a_court_without_a_letter_is_asked_for_again(at_desk, new_prisoner):
    await new_prisoner()
    await begins(at_desk)
    await at_desk.says("09.12.2026 10:30")

    await at_desk.says("12")

    assert "not the name of a court" in at_desk.text


async def test_what_was_begun_is_offered_again_after_the_desk_closed(at_desk, new_prisoner, clock):
    await new_prisoner()
    await begins(at_desk)
    await at_desk.says("09.12.2026 10:30")
    clock.moves(hours=3)
    await at_desk.says("/desk")
    for digit in "114477":
        await at_desk.taps(digit)
    await at_desk.taps("OK")

    await at_desk.taps("Go on")

    assert "You had begun a hearing" in at_desk.text
    assert "9 December 2026" in at_desk.text


async def test_another_prisoner_begins_a_hearing_of_their_own(at_desk, new_prisoner):
    await new_prisoner("Example Sampleson")
    await new_prisoner("Sample Patternov")
    await begins(at_desk)
    await at_desk.says("09.12.2026 10:30")
    await at_desk.says("/desk")
    await at_desk.taps("Prisoners")
    await at_desk.says("Patternov")
    await at_desk.taps("Sample Patternov")

    await at_desk.taps("Add a hearing")

    assert "Sample Patternov" in at_desk.text
    assert "9 December" not in at_desk.text


async def test_hearings_are_listed_next_first_and_in_pages(at_desk, new_prisoner, new_hearing):
    prisoner_id = await new_prisoner("Example Sampleson")
    for day in range(20, 11, -1):
        await new_hearing(prisoner_id, f"2026-12-{day} 10:30")
    await at_desk.says("/desk")

    await at_desk.taps("Hearings")

    assert at_desk.labels[0] == "12.12.2026 10:30 · Example Sampleson"
    assert at_desk.labels[8:] == ["Later", "Add a hearing", "Calendar", "Back"]


async def test_the_last_page_holds_the_rest(at_desk, new_prisoner, new_hearing):
    prisoner_id = await new_prisoner("Example Sampleson")
    for day in range(12, 21):
        await new_hearing(prisoner_id, f"2026-12-{day} 10:30")
    await at_desk.says("/desk")
    await at_desk.taps("Hearings")

    await at_desk.taps("Later")

    assert at_desk.labels == [
        "20.12.2026 10:30 · Example Sampleson",
        "Earlier",
        "Add a hearing",
        "Calendar",
        "Back",
    ]


async def test_a_hearing_of_somebody_hidden_is_listed_under_their_alias(at_desk, new_prisoner, new_hearing):
    await new_hearing(await new_prisoner("Example Sampleson", alias="Sailor", publicity=Publicity.HIDDEN))

    await opens(at_desk)

    assert "Sailor" in at_desk.text
    assert "Sampleson" not in at_desk.text


async def test_a_reported_date_is_confirmed(at_desk, new_prisoner, new_hearing, storage, clock):
    await new_hearing(await new_prisoner())
    await opens(at_desk)

    await at_desk.taps("Confirm the date")

    [hearing] = await ahead(storage, clock)
    assert hearing.confidence == Confidence.CONFIRMED
    assert "Confirm the date" not in at_desk.labels


async def test_a_move_shows_the_old_date_and_the_new_one(at_desk, new_prisoner, new_hearing):
    await new_hearing(await new_prisoner())
    await opens(at_desk)
    await at_desk.taps("Move")

    await at_desk.says("10.12.2026 14:00")

    assert "Old date: Wednesday, 9 December 2026, 10:30" in at_desk.text
    assert "New date: Thursday, 10 December 2026, 14:00" in at_desk.text
    assert at_desk.labels == ["Save", "Back"]


async def test_a_saved_move_moves_the_hearing(at_desk, new_prisoner, new_hearing, storage, clock):
    await new_hearing(await new_prisoner())
    await opens(at_desk)
    await at_desk.taps("Move")
    await at_desk.says("10.12.2026 14:00")

    await at_desk.taps("Save")

    [hearing] = await ahead(storage, clock)
    assert (hearing.starts_local, hearing.revision) == ("2026-12-10 14:00", 2)
    assert hearing.status == HearingStatus.MOVED


async def test_a_date_a_colleague_has_changed_is_not_overwritten(
    at_desk, new_prisoner, new_hearing, storage, clock
):
    hearing = await new_hearing(await new_prisoner())
    await opens(at_desk)
    await at_desk.taps("Move")
    await at_desk.says("10.12.2026 14:00")
    async with storage.unit() as uow:
        (await uow.hearings.get(hearing.id)).revision += 1

    await at_desk.taps("Save")

    [hearing] = await ahead(storage, clock)
    assert hearing.starts_local == "2026-12-09 10:30"
    assert "changed in the meantime" in at_desk.text


async def test_cancelling_is_asked_once(at_desk, new_prisoner, new_hearing, storage, clock):
    await new_hearing(await new_prisoner())
    await opens(at_desk)

    await at_desk.taps("Cancel the hearing")

    assert len(await ahead(storage, clock)) == 1
    assert at_desk.labels == ["Yes, it is cancelled", "Back"]


async def test_a_cancelled_hearing_lies_ahead_no_more(at_desk, new_prisoner, new_hearing, storage, clock):
    await new_hearing(await new_prisoner())
    await opens(at_desk)
    await at_desk.taps("Cancel the hearing")

    await at_desk.taps("Yes, it is cancelled")

    assert await ahead(storage, clock) == []
    assert at_desk.labels == ["Back"]


async def test_mallory_cancels_nothing_with_the_coordinators_button(
    at_desk, mallory, new_prisoner, new_hearing, storage, clock
):
    await new_hearing(await new_prisoner())
    await mallory.joins()
    await opens(at_desk)
    await at_desk.taps("Cancel the hearing")
    cancel = at_desk.buttons(at_desk.newest)[0]

    await mallory.forge(cancel.callback_data)

    assert len(await ahead(storage, clock)) == 1
