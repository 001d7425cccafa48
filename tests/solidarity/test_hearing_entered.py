"""A sitting entered at any distance: who is reminded when, on the clock of whoever reads."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest

from solidarity.access import Actor
from solidarity.people import person_of
from solidarity.typed_errors import DatePassed
from storage.models import Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import House, wall


async def told(house: House, actor: Actor, zone: str = "Europe/Minsk") -> list[tuple[str, str]]:
    rows = await house.due(actor)
    return [(row.kind, row.due_at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")) for row in rows]


@pytest.fixture
async def guarded(house: House, alice: Actor, prisoner: Prisoner) -> Prisoner:
    await house.guardian(alice, prisoner)
    await house.uow.outbox.forget_for(alice.id)
    return prisoner


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        pytest.param(
            "2026-11-24 18:00",
            [("hearing_new", "2026-11-23 12:00"), ("hearing_3h", "2026-11-24 15:00")],
            id="30 hours ahead",
        ),
        pytest.param(
            "2026-11-24 08:00",
            [("hearing_new", "2026-11-23 12:00"), ("hearing_eve", "2026-11-23 20:00")],
            id="20 hours ahead",
        ),
        pytest.param("2026-11-23 14:00", [("hearing_new", "2026-11-23 12:00")], id="two hours ahead"),
        pytest.param(
            "2026-12-04 00:00",
            [
                ("hearing_new", "2026-11-23 12:00"),
                ("hearing_7d", "2026-11-27 10:00"),
                ("hearing_1d", "2026-12-03 10:00"),
            ],
            id="at midnight",
        ),
        pytest.param(
            "2027-11-23 12:00",
            [
                ("hearing_new", "2026-11-23 12:00"),
                ("hearing_7d", "2027-11-16 10:00"),
                ("hearing_1d", "2027-11-22 10:00"),
                ("hearing_3h", "2027-11-23 09:00"),
            ],
            id="a year ahead",
        ),
    ],
)
async def test_what_still_makes_sense_is_told_and_nothing_else(
    house: House, alice: Actor, guarded: Prisoner, starts: str, expected: list[tuple[str, str]]
):
    await house.hearing(guarded, wall(starts))

    assert await told(house, alice) == expected


async def test_a_sitting_in_the_past_is_refused_and_told_to_nobody(
    house: House, alice: Actor, guarded: Prisoner
):
    with pytest.raises(DatePassed):
        await house.hearing(guarded, wall("2026-11-23 11:59"))

    assert await told(house, alice) == []


@pytest.mark.parametrize(
    ("zone", "starts", "expected"),
    [
        pytest.param(
            "Europe/Warsaw",
            "2027-03-28 15:00",
            [("7d", "2027-03-21 10:00"), ("1d", "2027-03-27 10:00"), ("3h", "2027-03-28 11:00")],
            id="on the day on which their clocks go forward",
        ),
        pytest.param(
            "America/New_York",
            "2027-11-07 20:00",
            [("7d", "2027-10-31 10:00"), ("1d", "2027-11-06 10:00"), ("3h", "2027-11-07 09:00")],
            id="on the day on which their clocks go back",
        ),
    ],
)
async def test_reminders_keep_to_the_readers_clock_when_it_changes(
    uow: UnitOfWork,
    house: House,
    alice: Actor,
    guarded: Prisoner,
    zone: str,
    starts: str,
    expected: list[tuple[str, str]],
):
    (await person_of(uow, alice.id)).zone = zone

    await house.hearing(guarded, wall(starts))

    came = [(kind, at) for kind, at in await told(house, alice, zone) if kind != "hearing_new"]
    assert came == [(f"hearing_{kind}", at) for kind, at in expected]


async def test_three_sittings_of_one_day_have_their_own_reminders_each(
    house: House, alice: Actor, guarded: Prisoner
):
    for hour in ("10:30", "14:00", "17:00"):
        await house.hearing(guarded, wall(f"2026-12-03 {hour}"))

    assert await told(house, alice) == [
        *[("hearing_new", "2026-11-23 12:00")] * 3,
        *[("hearing_7d", "2026-11-26 10:00")] * 3,
        *[("hearing_1d", "2026-12-02 10:00")] * 3,
        # Three hours before the first one people sleep: the day before stands for it.
        ("hearing_3h", "2026-12-03 11:00"),
        ("hearing_3h", "2026-12-03 14:00"),
    ]


async def test_whoever_lives_without_quiet_hours_is_told_three_hours_ahead_also_at_night(
    uow: UnitOfWork, house: House, alice: Actor, guarded: Prisoner
):
    person = await person_of(uow, alice.id)
    person.quiet_from = person.quiet_to = time(0)

    await house.hearing(guarded, wall("2026-12-04 00:00"))

    assert (await told(house, alice))[-1] == ("hearing_3h", "2026-12-03 21:00")
