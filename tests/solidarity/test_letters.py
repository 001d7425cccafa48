"""Letters as their writers report them, and what that does to the rhythm."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou, TooManyLetters
from solidarity.guardianship import step_down
from solidarity.letters import (
    MOST_SINGLE,
    letters_so_far,
    letters_this_month,
    note_outcome,
    open_letters,
    remind_in_three_days,
    report_letter,
    report_single,
    skip_letter,
)
from solidarity.people import actor_of, person_of
from storage.models import CustodyStatus, Guardianship, LetterOutcome, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House

A_DAY = timedelta(days=1)


@pytest.fixture
async def promise(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice writes every four weeks, and has written for the new year."""
    guardianship = await house.guardian(alice, prisoner)
    guardianship.told_until = date(2026, 12, 31)
    return guardianship


async def reminders(house: House, actor: Actor) -> list[datetime]:
    return [row.due_at for row in await house.due(actor) if row.kind == "letter"]


async def later(uow: UnitOfWork, actor: Actor, now: datetime) -> Actor:
    return await actor_of(uow, await person_of(uow, actor.id), now=now)


async def test_a_letter_restarts_the_rhythm(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    in_a_week = NOON + 7 * A_DAY

    letter = await report_letter(uow, await later(uow, alice, in_a_week), promise.id, now=in_a_week)

    assert (letter.number, letter.written_on) == (1, TODAY + 7 * A_DAY)
    assert await reminders(house, alice) == [datetime(2026, 12, 28, 7, 0, tzinfo=UTC)]


async def test_letters_are_numbered_within_their_guardianship(
    uow: UnitOfWork, alice: Actor, promise: Guardianship
):
    await report_letter(uow, alice, promise.id, now=NOON)
    tomorrow = NOON + A_DAY

    letter = await report_letter(uow, await later(uow, alice, tomorrow), promise.id, now=tomorrow)

    assert letter.number == 2


async def test_a_second_report_on_one_day_counts_once(uow: UnitOfWork, alice: Actor, promise: Guardianship):
    await report_letter(uow, alice, promise.id, now=NOON)
    await report_letter(uow, alice, promise.id, now=NOON)

    assert (await letters_so_far(uow, promise)).written == 1


async def test_a_second_report_undoes_a_reminder_that_was_put_off_in_between(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    await report_letter(uow, alice, promise.id, now=NOON)
    await remind_in_three_days(uow, alice, promise.id, now=NOON)

    await report_letter(uow, alice, promise.id, now=NOON)

    assert await reminders(house, alice) == [datetime(2026, 12, 21, 7, 0, tzinfo=UTC)]


async def test_in_three_days_leaves_one_reminder_in_three_days(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    await remind_in_three_days(uow, alice, promise.id, now=NOON)

    assert await reminders(house, alice) == [datetime(2026, 11, 26, 7, 0, tzinfo=UTC)]
    assert (await letters_so_far(uow, promise)).written == 0


async def test_a_skipped_letter_leaves_one_reminder_a_rhythm_from_today(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    in_a_week = NOON + 7 * A_DAY

    await skip_letter(uow, await later(uow, alice, in_a_week), promise.id, now=in_a_week)

    assert await reminders(house, alice) == [datetime(2026, 12, 28, 7, 0, tzinfo=UTC)]


async def test_a_letter_to_somebody_who_came_free_plans_no_other(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    prisoner.custody_status = CustodyStatus.RELEASED

    await report_letter(uow, alice, promise.id, now=NOON)

    assert await reminders(house, alice) == []


async def test_a_letter_for_an_ended_guardianship_is_refused(
    uow: UnitOfWork, alice: Actor, promise: Guardianship
):
    await step_down(uow, alice, promise.id, now=NOON)

    with pytest.raises(NoLongerSo):
        await report_letter(uow, alice, promise.id, now=NOON)


async def test_a_letter_for_an_application_is_refused(uow: UnitOfWork, house: House, alice: Actor):
    application = await house.application(alice, await house.prisoner())

    with pytest.raises(NoLongerSo):
        await report_letter(uow, alice, application.id, now=NOON)


async def test_letters_of_this_month_are_counted_whoever_wrote_them(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, prisoner: Prisoner, promise: Guardianship
):
    other = await house.guardian(await house.person(), prisoner)
    await report_letter(uow, alice, promise.id, now=NOON)
    for day in (TODAY - 23 * A_DAY, TODAY - 22 * A_DAY):
        await uow.letters.add(
            person_id=other.person_id, prisoner_id=prisoner.id, guardianship_id=other.id, day=day
        )

    assert await letters_this_month(uow, vera, prisoner.id) == 2


@pytest.mark.parametrize("rule", [report_letter, remind_in_three_days, skip_letter])
async def test_mallory_cannot_touch_alices_rhythm(
    uow: UnitOfWork, house: House, alice: Actor, mallory: Actor, promise: Guardianship, rule
):
    before = await reminders(house, alice)

    with pytest.raises(NotForYou):
        await rule(uow, mallory, promise.id, now=NOON)

    assert await reminders(house, alice) == before
    assert (await letters_so_far(uow, promise)).written == 0


# The ledger.


@pytest.mark.parametrize("outcome", [LetterOutcome.ANSWERED, LetterOutcome.RETURNED])
async def test_what_became_of_a_letter_is_noted_with_its_day(
    uow: UnitOfWork, alice: Actor, promise: Guardianship, outcome: LetterOutcome
):
    letter = await report_letter(uow, alice, promise.id, now=NOON)
    in_a_month = await later(uow, alice, NOON + 30 * A_DAY)

    await note_outcome(uow, in_a_month, promise.id, outcome, number=letter.number)

    assert (letter.outcome, letter.outcome_on) == (outcome, in_a_month.today)
    assert await open_letters(uow, promise) == []


async def test_a_letter_remembers_where_it_was_sent(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship, prisoner: Prisoner
):
    await house.facility("SAMPLE-1")
    prisoner.facility_code = "SAMPLE-1"

    letter = await report_letter(uow, alice, promise.id, now=NOON)

    assert letter.facility_code == "SAMPLE-1"


async def test_an_answer_to_no_letter_in_particular_settles_none_and_ends_the_silence(
    uow: UnitOfWork, alice: Actor, promise: Guardianship, prisoner: Prisoner
):
    prisoner.unheard_on = TODAY
    letter = await report_letter(uow, alice, promise.id, now=NOON)

    await note_outcome(uow, alice, promise.id, LetterOutcome.ANSWERED, number=None)

    await uow.session.refresh(prisoner)
    assert prisoner.unheard_on is None
    assert letter.outcome is LetterOutcome.WRITTEN


async def test_a_letter_that_came_back_is_no_sign_of_life(
    uow: UnitOfWork, alice: Actor, promise: Guardianship, prisoner: Prisoner
):
    prisoner.unheard_on = TODAY
    letter = await report_letter(uow, alice, promise.id, now=NOON)

    await note_outcome(uow, alice, promise.id, LetterOutcome.RETURNED, number=letter.number)

    await uow.session.refresh(prisoner)
    assert prisoner.unheard_on == TODAY


async def test_the_fate_of_a_letter_is_noted_once(uow: UnitOfWork, alice: Actor, promise: Guardianship):
    letter = await report_letter(uow, alice, promise.id, now=NOON)
    await note_outcome(uow, alice, promise.id, LetterOutcome.RETURNED, number=letter.number)

    with pytest.raises(NoLongerSo):
        await note_outcome(uow, alice, promise.id, LetterOutcome.ANSWERED, number=letter.number)


async def test_mallory_notes_nothing_of_alices_letters(
    uow: UnitOfWork, alice: Actor, mallory: Actor, promise: Guardianship
):
    letter = await report_letter(uow, alice, promise.id, now=NOON)

    with pytest.raises(NotForYou):
        await note_outcome(uow, mallory, promise.id, LetterOutcome.ANSWERED, number=letter.number)
    with pytest.raises(NotForYou):
        await note_outcome(uow, alice, promise.id, LetterOutcome.ANSWERED, number=7)

    assert letter.outcome is LetterOutcome.WRITTEN


async def test_mallory_cannot_make_everybody_look_written_to_in_a_day(
    uow: UnitOfWork, house: House, mallory: Actor
):
    prisoners = [await house.prisoner() for _ in range(MOST_SINGLE + 1)]
    for prisoner in prisoners[:MOST_SINGLE]:
        await report_single(uow, mallory, prisoner.id)
    last = prisoners[MOST_SINGLE]

    with pytest.raises(TooManyLetters):
        await report_single(uow, mallory, last.id)
    # Whom they have written to already is no letter more.
    await report_single(uow, mallory, prisoners[0].id)
    assert await uow.letters.count(last.id, since=TODAY) == 0

    await report_single(uow, replace(mallory, today=TODAY + A_DAY), last.id)
    assert await uow.letters.count(last.id, since=TODAY) == 1
