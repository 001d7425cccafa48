"""Court dates as claims: announced, moved, confirmed and cancelled, with everyone concerned told once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.guardianship import step_down
from solidarity.hearings.confirming import confirm_hearing
from solidarity.hearings.life import cancel_hearing, hearing_for, is_over, move_hearing
from solidarity.hearings.sitting_times import KEPT_AFTER_SITTING, read_typed_start, start_instant
from solidarity.hearings.told import note_told, still_so
from solidarity.people import person_of
from solidarity.settling import drop
from solidarity.typed_errors import DatePassed, DateUnclear
from storage.models import Confidence, GuardianshipState, Hearing, HearingStatus, Lane, Prisoner
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House, wall

STARTS_AT = datetime(2026, 12, 3, 11, 0, tzinfo=UTC)
REMINDERS = ["hearing_1d", "hearing_3h", "hearing_7d"]
A_DAY = timedelta(days=1)
MIDNIGHT = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)


def told(actor: Actor, hearing: Hearing, revision: int = 1, kind: str = "hearing_new") -> Due:
    return Due(actor.id, kind, hearing.id, "key", NOON, revision)


@pytest.mark.parametrize(
    "text",
    ["03.12.2026 14:00", "  03.12.2026   14.00 ", "2026-12-03 14:00", "3.12.2026 14:00"],
)
def test_a_typed_start_is_read_as_wall_time(text: str):
    assert read_typed_start(text) == SITTING


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "03.12.2026", "31.02.2026 10:00", "03.12.26 14:00", "12.03"]
)
def test_what_is_no_clear_date_is_refused(text: str):
    with pytest.raises(DateUnclear):
        read_typed_start(text)


def test_a_start_is_an_instant_in_the_courts_zone():
    assert start_instant(SITTING, "Europe/Minsk", now=NOON) == STARTS_AT


@pytest.mark.parametrize(
    ("starts", "zone", "refusal"),
    [
        pytest.param(wall("2026-11-23 12:00"), "Europe/Minsk", DatePassed, id="this very minute"),
        pytest.param(wall("2031-01-01 12:00"), "Europe/Minsk", DateUnclear, id="too far"),
        pytest.param(SITTING, "Europe/Nowhere", DateUnclear, id="no such zone"),
        pytest.param(wall("9999-12-31 23:00"), "America/New_York", DateUnclear, id="beyond time"),
    ],
)
def test_a_start_that_cannot_be_is_refused(starts: datetime, zone: str, refusal: type[Exception]):
    with pytest.raises(refusal):
        start_instant(starts, zone, now=NOON)


async def test_guardians_and_family_hear_of_a_new_hearing_and_nobody_else(
    house: House, alice: Actor, vera: Actor, mallory: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await house.relative(vera, prisoner)

    hearing = await house.hearing(prisoner)

    assert await house.kinds(alice, hearing.id) == [*REMINDERS, "hearing_new"]
    assert await house.kinds(vera, hearing.id) == [*REMINDERS, "hearing_new"]
    assert await house.due(mallory) == []


async def test_who_guards_and_is_family_hears_once(house: House, vera: Actor, prisoner: Prisoner):
    await house.guardian(vera, prisoner)
    await house.relative(vera, prisoner)

    hearing = await house.hearing(prisoner)

    assert (await house.kinds(vera, hearing.id)).count("hearing_new") == 1


async def test_an_applicant_hears_of_no_hearing(house: House, alice: Actor, prisoner: Prisoner):
    await house.application(alice, prisoner)

    await house.hearing(prisoner)

    assert await house.due(alice) == []


async def test_a_hearing_of_a_silenced_prisoner_is_announced_to_nobody(
    house: House, vera: Actor, prisoner: Prisoner
):
    await house.relative(vera, prisoner)
    prisoner.is_silenced = True

    await house.hearing(prisoner)

    assert await house.due(vera) == []


@pytest.fixture
async def hearing(house: House, alice: Actor, prisoner: Prisoner) -> Hearing:
    """A hearing of the prisoner Alice guards."""
    await house.guardian(alice, prisoner)
    return await house.hearing(prisoner)


async def test_moving_replaces_the_reminders_and_tells_who_was_told(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)

    rows = await house.due(alice, hearing.id)
    assert sorted(row.kind for row in rows) == [*REMINDERS, "hearing_moved"]
    assert {row.revision for row in rows} == {2}
    assert hearing.status is HearingStatus.MOVED
    assert hearing.starts_at == STARTS_AT + A_DAY


async def test_who_was_not_told_yet_hears_the_new_date_as_a_new_hearing(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)

    assert await house.kinds(alice, hearing.id) == [*REMINDERS, "hearing_new"]


async def test_a_move_to_the_same_instant_tells_nobody(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await move_hearing(uow, hearing, SITTING, now=NOON)

    assert hearing.revision == 1
    assert "hearing_moved" not in await house.kinds(alice)


async def test_a_move_within_a_day_pierces_quiet_hours(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner, wall("2026-11-24 16:00"))
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await move_hearing(uow, hearing, wall("2026-11-24 11:00"), now=MIDNIGHT)

    row = next(row for row in await house.due(alice) if row.kind == "hearing_moved")
    assert (row.due_at, row.lane) == (MIDNIGHT, Lane.URGENT)


async def test_a_move_far_ahead_waits_for_the_morning(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await move_hearing(uow, hearing, SITTING + A_DAY, now=MIDNIGHT)

    row = next(row for row in await house.due(alice) if row.kind == "hearing_moved")
    assert (row.due_at, row.lane) == (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), Lane.REMINDER)


async def test_what_was_cancelled_cannot_be_moved_or_confirmed(uow: UnitOfWork, hearing: Hearing):
    await cancel_hearing(uow, hearing, now=NOON)

    for change in (
        move_hearing(uow, hearing, SITTING + A_DAY, now=NOON),
        confirm_hearing(uow, hearing, now=NOON),
        cancel_hearing(uow, hearing, now=NOON),
    ):
        with pytest.raises(NoLongerSo):
            await change


async def test_what_has_begun_cannot_be_cancelled(uow: UnitOfWork, hearing: Hearing):
    with pytest.raises(NoLongerSo):
        await cancel_hearing(uow, hearing, now=STARTS_AT)


async def test_cancelling_drops_what_waits_and_tells_only_who_was_told(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, prisoner: Prisoner, hearing: Hearing
):
    await house.relative(vera, prisoner)
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await cancel_hearing(uow, hearing, now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_cancelled"]
    assert await house.due(vera) == []


async def test_a_silenced_prisoners_hearing_is_moved_and_cancelled_without_a_word(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, hearing: Hearing
):
    await note_told(uow, [told(alice, hearing)], now=NOON)
    prisoner.is_silenced = True

    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)
    await cancel_hearing(uow, hearing, now=NOON)

    assert await house.due(alice, hearing.id) == []


async def test_confirming_sends_nothing_new(uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing):
    before = await house.kinds(alice)

    await confirm_hearing(uow, hearing, now=NOON)

    assert hearing.confidence is Confidence.CONFIRMED
    assert await house.kinds(alice) == before


async def test_who_is_told_an_old_date_in_flight_hears_the_new_one_at_once(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)

    await note_told(uow, [told(alice, hearing, revision=1)], now=MIDNIGHT)

    moved = [row for row in await house.due(alice, hearing.id) if row.kind == "hearing_moved"]
    assert [(row.due_at, row.revision) for row in moved] == [(MIDNIGHT, 2)]
    assert "hearing_new" not in await house.kinds(alice, hearing.id)


async def test_who_is_told_of_a_hearing_just_cancelled_hears_that_at_once(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await cancel_hearing(uow, hearing, now=NOON)

    await note_told(uow, [told(alice, hearing, revision=1)], now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_cancelled"]


async def test_in_flight_about_somebody_silenced_nothing_follows(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, hearing: Hearing
):
    await cancel_hearing(uow, hearing, now=NOON)
    prisoner.is_silenced = True

    await note_told(uow, [told(alice, hearing, revision=1)], now=NOON)

    assert await house.due(alice, hearing.id) == []


async def test_who_was_told_is_remembered_until_a_week_after_the_sitting(
    uow: UnitOfWork, alice: Actor, hearing: Hearing
):
    await note_told(uow, [told(alice, hearing)], now=NOON)

    await uow.hearings.forget_told(now=STARTS_AT + KEPT_AFTER_SITTING - timedelta(seconds=1))
    assert await uow.hearings.told(hearing.id) == {alice.id: 1}

    await uow.hearings.forget_told(now=STARTS_AT + KEPT_AFTER_SITTING)
    assert await uow.hearings.told(hearing.id) == {}


@pytest.mark.parametrize(
    ("kind", "revision", "status", "now", "is_so"),
    [
        pytest.param("hearing_1d", 2, HearingStatus.MOVED, NOON, True, id="as it stands"),
        pytest.param("hearing_1d", 1, HearingStatus.MOVED, NOON, False, id="moved since"),
        pytest.param("hearing_1d", 2, HearingStatus.CANCELLED, NOON, False, id="cancelled"),
        pytest.param("hearing_1d", 2, HearingStatus.HELD, NOON, False, id="held"),
        pytest.param("hearing_3h", 2, HearingStatus.SCHEDULED, STARTS_AT, False, id="begun"),
        pytest.param("hearing_cancelled", 2, HearingStatus.CANCELLED, NOON, True, id="the cancelling"),
        pytest.param("hearing_cancelled", 2, HearingStatus.SCHEDULED, NOON, False, id="not cancelled"),
    ],
)
def test_what_is_still_so(kind: str, revision: int, status: HearingStatus, now: datetime, is_so: bool):
    hearing = Hearing(id=UUID(int=1), starts_at=STARTS_AT, status=status, revision=2)

    assert still_so(hearing, kind, revision, now=now) is is_so


def test_a_sitting_is_over_from_its_first_minute():
    hearing = Hearing(starts_at=STARTS_AT, status=HearingStatus.SCHEDULED)

    assert not is_over(hearing, now=STARTS_AT - timedelta(seconds=1))
    assert is_over(hearing, now=STARTS_AT)


async def test_a_guardian_may_look_at_a_hearing(uow: UnitOfWork, alice: Actor, hearing: Hearing):
    assert await hearing_for(uow, alice, hearing.id) is hearing


async def test_who_was_told_may_look_also_after_stepping_down(
    uow: UnitOfWork, alice: Actor, hearing: Hearing
):
    await note_told(uow, [told(alice, hearing)], now=NOON)
    (guardianship,) = await uow.guardianships.of_person(alice.id, GuardianshipState.ACTIVE)
    await step_down(uow, alice, guardianship.id, now=NOON)

    assert await hearing_for(uow, alice, hearing.id) is hearing


async def test_mallory_sees_no_hearing_and_hears_of_no_change(
    uow: UnitOfWork, house: House, mallory: Actor, hearing: Hearing
):
    with pytest.raises(NotForYou):
        await hearing_for(uow, mallory, hearing.id)
    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)

    assert await house.due(mallory) == []


async def test_nobody_sees_a_hearing_of_a_silenced_prisoner(
    uow: UnitOfWork, alice: Actor, prisoner: Prisoner, hearing: Hearing
):
    prisoner.is_silenced = True

    with pytest.raises(NotForYou):
        await hearing_for(uow, alice, hearing.id)


async def test_news_to_somebody_asleep_that_would_be_useless_in_the_morning_goes_at_once(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner, wall("2026-11-24 14:00"))
    await note_told(uow, [told(alice, hearing)], now=NOON)
    assert (await person_of(uow, alice.id)).quiet_to.hour == 9

    await move_hearing(uow, hearing, wall("2026-11-24 08:00"), now=MIDNIGHT)

    row = next(row for row in await house.due(alice) if row.kind == "hearing_moved")
    assert row.due_at == MIDNIGHT


async def test_who_may_have_read_a_date_and_steps_down_hears_that_it_is_moved(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await house.claimed("hearing_new")
    await uow.claims.release_all()
    (guardianship,) = await uow.guardianships.of_person(alice.id, GuardianshipState.ACTIVE)
    await step_down(uow, alice, guardianship.id, now=NOON)
    await drop(uow, [await house.claimed("hearing_new")], now=NOON)

    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_moved", "hearing_new"]


@pytest.mark.parametrize("is_given_back", [False, True], ids=["in a dead sender's hands", "given back"])
async def test_who_may_have_read_a_date_when_its_sender_died_hears_that_it_is_cancelled(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing, is_given_back: bool
):
    await house.claimed("hearing_new")
    if is_given_back:
        await uow.claims.release_all()

    await cancel_hearing(uow, hearing, now=NOON)

    assert await house.kinds(alice, hearing.id) == ["hearing_cancelled"]


async def test_who_may_have_read_a_date_when_its_sender_died_hears_of_its_move_as_a_move(
    uow: UnitOfWork, house: House, alice: Actor, hearing: Hearing
):
    await house.claimed("hearing_new")

    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)

    assert await house.kinds(alice, hearing.id) == [*REMINDERS, "hearing_moved"]
