"""The one reminder of a guardianship through storage: rhythm, birthdays, the group's own days, anywhere."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from solidarity.access import Actor
from solidarity.days import Why
from solidarity.guardianship import step_down
from solidarity.hours import is_quiet
from solidarity.letter_reminders import next_letter_due, plan_letter, plan_next_letters, why_now
from solidarity.letters import remind_in_three_days, report_letter, skip_letter
from solidarity.people import actor_of, change_setting, person_of
from solidarity.reminders import hours_of
from storage.models import CustodyStatus, Guardianship, OutboxRow, OutboxState, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

# Without changes of clocks, with a gap of an hour, and with one of half an hour.
ZONES = ["Europe/Minsk", "America/New_York", "Australia/Lord_Howe"]
BORN = date(1990, 1, 14)
# Twenty-one days before the birthday, at ten in Minsk.
TOLD_AT = datetime(2026, 12, 24, 7, tzinfo=UTC)


async def born(uow: UnitOfWork, prisoner: Prisoner, day: date) -> None:
    await uow.prisoners.describe(
        prisoner, names={"en": "Example Sampleson"}, alias=None, born=day, interests=None, case_details={}
    )


@pytest.fixture
async def promise(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice has written every eight weeks for a while, so that other days come before."""
    await born(uow, prisoner, BORN)
    guardianship = await house.guardian(alice, prisoner)
    guardianship.rhythm_weeks, guardianship.started_on = 8, date(2026, 6, 1)
    await plan_letter(uow, guardianship, rhythm_on=date(2027, 1, 18), now=NOON)
    return guardianship


async def waiting(uow: UnitOfWork, promise: Guardianship) -> list[OutboxRow]:
    rows = select(OutboxRow).where(OutboxRow.about_id == promise.id, OutboxRow.kind == "letter")
    found = await uow.session.scalars(rows.execution_options(populate_existing=True))
    return [row for row in found if row.state is OutboxState.QUEUED]


async def goes_out(uow: UnitOfWork, promise: Guardianship) -> datetime:
    """Let the one reminder that waits be sent; returns when."""
    [row] = await waiting(uow, promise)
    row.state, row.settled_at = OutboxState.SENT, row.due_at
    await uow.session.flush()
    await plan_next_letters(uow, [promise.id], now=row.due_at)
    return row.due_at


async def now_for(uow: UnitOfWork, actor: Actor, now: datetime) -> Actor:
    return await actor_of(uow, await person_of(uow, actor.id), now=now)


async def test_the_new_year_and_a_birthday_come_one_transit_time_ahead(
    uow: UnitOfWork, alice: Actor, promise: Guardianship
):
    await skip_letter(uow, alice, promise.id, now=NOON)

    told = [await goes_out(uow, promise) for _ in range(2)]

    assert told == [datetime(2026, 12, 11, 7, tzinfo=UTC), TOLD_AT]


async def test_what_comes_for_another_day_leaves_the_rhythm_as_it_is(
    uow: UnitOfWork, prisoner: Prisoner, promise: Guardianship, alice: Actor
):
    await born(uow, prisoner, date(1990, 7, 30))
    await skip_letter(uow, alice, promise.id, now=NOON)

    told = [await goes_out(uow, promise) for _ in range(2)]

    assert told == [datetime(2026, 12, 11, 7, tzinfo=UTC), datetime(2027, 1, 18, 7, tzinfo=UTC)]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(None, datetime(2026, 12, 21, 7, tzinfo=UTC), id="not of the new year"),
        pytest.param(date(1990, 12, 20), datetime(2026, 11, 29, 7, tzinfo=UTC), id="but of a birthday"),
    ],
)
async def test_a_new_guardian_hears_of_a_birthday_only_until_their_rhythm_has_passed_once(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, day: date | None, expected: datetime
):
    if day is not None:
        await born(uow, prisoner, day)

    promise = await house.guardian(alice, prisoner)

    assert await next_letter_due(uow, promise.id) == expected


async def test_a_place_far_away_is_written_to_sooner(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    place = await house.facility("far", transit_days=30)
    prisoner.facility_code = place.code

    await skip_letter(uow, alice, promise.id, now=NOON)

    assert await next_letter_due(uow, promise.id) == datetime(2026, 12, 2, 7, tzinfo=UTC)


async def test_it_is_known_why_now(uow: UnitOfWork, alice: Actor, prisoner: Prisoner, promise: Guardianship):
    days = await why_now(uow, promise, today=TOLD_AT.date())

    assert [one.why for one in days] == [Why.NEW_YEAR, Why.BIRTHDAY]


async def test_nobody_is_reminded_of_the_birthday_of_the_dead(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    prisoner.custody_status = CustodyStatus.DIED

    await skip_letter(uow, alice, promise.id, now=NOON)

    assert await waiting(uow, promise) == []
    assert await why_now(uow, promise, today=TOLD_AT.date()) == []


async def test_a_birthday_that_was_told_with_the_rhythm_is_not_told_again_after_the_letter(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await born(uow, prisoner, date(1990, 2, 11))
    await goes_out(uow, promise)
    sent = await goes_out(uow, promise)
    assert sent.date() == date(2027, 1, 18)
    promise.rhythm_weeks = 2

    await report_letter(uow, await now_for(uow, alice, sent), promise.id, now=sent)

    assert await next_letter_due(uow, promise.id) == sent + timedelta(weeks=2)


async def test_three_days_are_three_days_though_a_birthday_is_sooner(
    uow: UnitOfWork, alice: Actor, promise: Guardianship
):
    asked = TOLD_AT - timedelta(days=1)

    await remind_in_three_days(uow, await now_for(uow, alice, asked), promise.id, now=asked)

    assert await next_letter_due(uow, promise.id) == TOLD_AT + timedelta(days=2)


@pytest.mark.parametrize("zone", ZONES)
async def test_a_year_of_one_reminder_at_a_time(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner, promise: Guardianship, zone: str
):
    await change_setting(uow, alice, "hour", "02:30", now=NOON)
    await change_setting(uow, alice, "quiet", "22:00-02:15", now=NOON)
    await change_setting(uow, alice, "zone", zone, now=NOON)
    promise.rhythm_weeks = 4
    hours, now, number = hours_of(await person_of(uow, alice.id)), NOON, 0
    while now < NOON + timedelta(days=365):
        [row] = await waiting(uow, promise)
        assert row.due_at >= now
        assert not is_quiet(row.due_at, hours)
        now = await goes_out(uow, promise)
        number += 1
        if number % 3:
            answer = report_letter if number % 2 else remind_in_three_days
            # Within quiet hours, too.
            now += timedelta(hours=number % 24)
            await answer(uow, await now_for(uow, alice, now), promise.id, now=now)

    await step_down(uow, await now_for(uow, alice, now), promise.id, now=now)

    assert number > 12
    assert await waiting(uow, promise) == []


async def test_the_birthday_of_somebody_hidden_is_not_told_by_the_day_of_a_reminder(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    prisoner.publicity = Publicity.HIDDEN
    await uow.session.flush()

    await skip_letter(uow, alice, promise.id, now=NOON)
    told = [await goes_out(uow, promise) for _ in range(2)]

    assert TOLD_AT not in told
