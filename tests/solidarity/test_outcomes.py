"""How a sitting ended: what becomes of custody status and deadline for an appeal, and who is told what."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from solidarity.access import Actor
from solidarity.differences import apply_difference
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.life import cancel_hearing
from solidarity.hearings.milestones import (
    deadline_for,
    milestone_for,
    next_deadline,
    plan_milestones_of,
    set_deadline,
)
from solidarity.hearings.outcome_drafts import (
    draft_deadline,
    draft_outcome,
    drafted_outcome,
    drop_deadline,
    save_outcome,
)
from solidarity.hearings.outcomes import deadline_after, hold_hearing
from solidarity.people import person_of
from solidarity.relevance import addressee_of
from solidarity.replanning import replan_person
from solidarity.typed_errors import DatePassed, DateUnclear
from storage.models import (
    CustodyStatus,
    DifferenceKind,
    Hearing,
    HearingStatus,
    Outcome,
    Prisoner,
    Publicity,
)
from storage.unit_of_work import UnitOfWork

from .conftest import House

AFTER = datetime(2026, 12, 3, 14, 0, tzinfo=UTC)  # the sitting of the 3rd of December is over
TENTH = date(2026, 12, 14)  # ten days after it is a Sunday


@pytest.fixture
async def hearing(house: House, alice: Actor, vera: Actor, prisoner: Prisoner) -> Hearing:
    """A sitting of whom Alice guards and Vera is family; both know of it."""
    await house.guardian(alice, prisoner)
    await house.relative(vera, prisoner)
    hearing = await house.hearing(prisoner)
    await house.uow.outbox.forget_about([hearing.id])
    return hearing


async def said(uow: UnitOfWork, actor: Actor, hearing: Hearing, outcome: str, deadline: str = "") -> object:
    await draft_outcome(uow, actor, hearing.id, outcome, now=AFTER)
    if deadline:
        await draft_deadline(uow, actor, hearing.id, deadline, now=AFTER)
    return (await save_outcome(uow, actor, hearing.id, now=AFTER))[1]


@pytest.mark.parametrize(
    ("outcome", "sat_on", "deadline"),
    [
        pytest.param(Outcome.COLONY, date(2026, 12, 1), date(2026, 12, 11), id="a Friday"),
        pytest.param(Outcome.COLONY, date(2026, 12, 2), date(2026, 12, 14), id="a Saturday gives way"),
        pytest.param(Outcome.OPEN_FACILITY, date(2026, 12, 3), TENTH, id="a Sunday gives way"),
        pytest.param(Outcome.ADJOURNED, date(2026, 12, 3), None, id="nothing was decided"),
        pytest.param(Outcome.UPHELD, date(2026, 12, 3), None, id="an appeal was decided"),
    ],
)
def test_the_deadline_that_is_suggested(outcome: Outcome, sat_on: date, deadline: date | None):
    assert deadline_after(outcome, sat_on) == deadline


async def test_a_verdict_waits_as_a_difference_and_changes_the_status_once_it_is_confirmed(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    difference_id = await said(uow, bob, hearing, "colony")

    assert prisoner.custody_status is CustodyStatus.PRETRIAL
    [difference] = await uow.differences.first(tuple(DifferenceKind), limit=9)
    assert (difference.id, difference.kind) == (difference_id, DifferenceKind.VERDICT)
    await apply_difference(uow, difference.id, by=bob.id, now=AFTER)

    assert (prisoner.custody_status, prisoner.custody_on) == (CustodyStatus.CONVICTED, date(2026, 12, 3))
    # The verdict itself was told with the sitting.
    assert await house.kinds(alice, hearing.id) == ["hearing_outcome"]
    assert "prisoner_verdict" not in await house.kinds(alice)


async def test_a_release_is_told_with_joy_when_it_is_confirmed_and_not_before(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    difference_id = await said(uow, bob, hearing, "freed")
    assert await house.kinds(alice, hearing.id) == []

    await apply_difference(uow, difference_id, by=bob.id, now=AFTER)  # type: ignore[arg-type]

    assert prisoner.custody_status is CustodyStatus.RELEASED
    assert "prisoner_released" in await house.kinds(alice)


@pytest.mark.parametrize("outcome", ["custody_extended", "upheld", "adjourned"])
async def test_what_changes_no_status_leaves_no_difference_and_is_told(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, bob: Actor, hearing: Hearing, outcome: str
):
    assert await said(uow, bob, hearing, outcome) is None

    assert await uow.differences.counts() == {}
    for who in (alice, vera):
        assert await house.kinds(who, hearing.id) == ["hearing_outcome"]


async def test_that_nothing_is_known_is_told_to_nobody(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, hearing: Hearing
):
    await said(uow, bob, hearing, "unknown")

    assert hearing.status is HearingStatus.HELD
    assert await house.due(alice, hearing.id) == []


async def test_whoever_is_free_or_dead_gets_no_status_by_a_late_word(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    prisoner.custody_status = CustodyStatus.RELEASED

    assert await said(uow, bob, hearing, "colony") is None


async def test_of_somebody_hidden_the_family_alone_hears_how_it_ended(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    prisoner.publicity = Publicity.HIDDEN

    await said(uow, bob, hearing, "colony")

    assert await house.due(alice, hearing.id) == []
    assert await house.kinds(vera, hearing.id) == ["hearing_outcome"]


async def test_of_the_silenced_nobody_hears_how_it_ended(
    uow: UnitOfWork, house: House, vera: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    prisoner.is_silenced = True

    await said(uow, bob, hearing, "colony")

    assert await house.due(vera) == []


async def test_a_sitting_ahead_or_cancelled_has_not_ended(uow: UnitOfWork, bob: Actor, hearing: Hearing):
    before = hearing.starts_at - timedelta(seconds=1)
    with pytest.raises(NoLongerSo):
        await draft_outcome(uow, bob, hearing.id, "colony", now=before)
    await cancel_hearing(uow, hearing, now=before)

    with pytest.raises(NoLongerSo):
        await draft_outcome(uow, bob, hearing.id, "colony", now=AFTER)


async def test_a_word_outside_the_list_is_no_outcome(uow: UnitOfWork, bob: Actor, hearing: Hearing):
    with pytest.raises(NotForYou):
        await draft_outcome(uow, bob, hearing.id, "twelve years", now=AFTER)


async def test_the_coordinator_sees_the_deadline_and_corrects_it_before_it_is_kept(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    await draft_outcome(uow, bob, hearing.id, "colony", now=AFTER)
    draft = await drafted_outcome(uow, bob, hearing.id, now=AFTER)
    assert draft is not None
    assert (draft.deadline, draft.before, draft.after) == (TENTH, "pretrial", "convicted")
    assert await next_deadline(uow, prisoner.id, today=AFTER.date()) is None

    await said(uow, bob, hearing, "colony", "17.12.2026")

    assert await next_deadline(uow, prisoner.id, today=AFTER.date()) == date(2026, 12, 17)


@pytest.mark.parametrize(
    ("typed", "refusal"), [("soon", DateUnclear), ("02.12.2026", DatePassed), ("01.01.2029", DateUnclear)]
)
async def test_a_deadline_that_cannot_be_is_refused(
    uow: UnitOfWork, bob: Actor, hearing: Hearing, typed: str, refusal: type[Exception]
):
    await draft_outcome(uow, bob, hearing.id, "colony", now=AFTER)

    with pytest.raises(refusal):
        await draft_deadline(uow, bob, hearing.id, typed, now=AFTER)


async def test_no_deadline_is_kept_where_the_coordinator_leaves_it_out(
    uow: UnitOfWork, house: House, vera: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    await draft_outcome(uow, bob, hearing.id, "colony", now=AFTER)
    await drop_deadline(uow, bob, hearing.id, now=AFTER)
    await save_outcome(uow, bob, hearing.id, now=AFTER)

    assert await next_deadline(uow, prisoner.id, today=AFTER.date()) is None
    assert [kind for kind in await house.kinds(vera) if kind.startswith("milestone")] == []


async def planned(house: House, actor: Actor) -> list[tuple[str, str]]:
    zone = ZoneInfo("Europe/Minsk")
    return [
        (row.kind, f"{row.due_at.astimezone(zone):%m-%d %H:%M}")
        for row in await house.due(actor)
        if row.kind.startswith("milestone")
    ]


async def test_family_is_reminded_seven_days_and_one_day_ahead_and_nobody_else(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, mallory: Actor, bob: Actor, hearing: Hearing
):
    await said(uow, bob, hearing, "colony")

    assert await planned(house, vera) == [("milestone_7d", "12-07 10:00"), ("milestone_1d", "12-13 10:00")]
    assert await planned(house, alice) == await planned(house, mallory) == []


async def test_an_outcome_said_otherwise_replaces_deadline_reminders_and_news(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    await said(uow, bob, hearing, "colony")
    await said(uow, bob, hearing, "open_facility", "16.12.2026")
    assert await planned(house, vera) == [("milestone_7d", "12-09 10:00"), ("milestone_1d", "12-15 10:00")]

    await said(uow, bob, hearing, "adjourned")

    assert await planned(house, vera) == []
    assert await next_deadline(uow, prisoner.id, today=AFTER.date()) is None
    assert [row.revision for row in await house.due(alice) if row.kind == "hearing_outcome"] == [3]


async def test_the_same_outcome_twice_tells_nobody_twice(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    for _ in range(2):
        await hold_hearing(uow, hearing, Outcome.UPHELD, None, now=AFTER)

    assert await house.kinds(alice, hearing.id) == ["hearing_outcome"]


async def test_a_reminder_of_a_deadline_that_was_changed_or_taken_away_does_not_go_out(
    uow: UnitOfWork, house: House, vera: Actor, bob: Actor, hearing: Hearing
):
    await said(uow, bob, hearing, "colony")
    at = datetime(2026, 12, 7, 8, 0, tzinfo=UTC)
    row = await house.claimed("milestone_7d", now=at)
    assert await addressee_of(uow, row, now=at) is not None

    milestone = await uow.milestones.of_hearing(hearing.id)
    assert milestone is not None
    milestone.revision += 1
    assert await addressee_of(uow, row, now=at) is None

    await set_deadline(uow, hearing, None, now=at)
    assert await addressee_of(uow, row, now=at) is None


async def test_a_relative_who_comes_later_or_keeps_other_hours_is_reminded_as_well(
    uow: UnitOfWork, house: House, mallory: Actor, bob: Actor, prisoner: Prisoner, hearing: Hearing
):
    await said(uow, bob, hearing, "colony")
    await house.relative(mallory, prisoner)
    person = await person_of(uow, mallory.id)

    await plan_milestones_of(uow, person, now=AFTER)
    assert await planned(house, mallory) == [
        ("milestone_7d", "12-07 10:00"),
        ("milestone_1d", "12-13 10:00"),
    ]
    person.hour = person.hour.replace(hour=12)
    await replan_person(uow, person, now=AFTER)

    assert await planned(house, mallory) == [
        ("milestone_7d", "12-07 12:00"),
        ("milestone_1d", "12-13 12:00"),
    ]


async def test_mallory_and_guardians_see_no_deadline_of_a_family(
    uow: UnitOfWork, alice: Actor, vera: Actor, mallory: Actor, bob: Actor, hearing: Hearing
):
    await said(uow, bob, hearing, "colony")
    milestone = await uow.milestones.of_hearing(hearing.id)
    assert milestone is not None

    assert await milestone_for(uow, vera.id, milestone.id) is milestone
    assert await deadline_for(uow, vera, hearing) == TENTH
    for nobody in (alice, mallory):
        assert await milestone_for(uow, nobody.id, milestone.id) is None
        assert await deadline_for(uow, nobody, hearing) is None
    assert await milestone_for(uow, vera.id, hearing.id) is None


async def test_a_deadline_is_forgotten_a_month_after_its_day(uow: UnitOfWork, bob: Actor, hearing: Hearing):
    await said(uow, bob, hearing, "colony")

    await uow.milestones.forget(until=TENTH - timedelta(days=1))
    assert await uow.milestones.of_hearing(hearing.id) is not None
    await uow.milestones.forget(until=TENTH)

    assert await uow.milestones.of_hearing(hearing.id) is None
