"""The calendar of /court: only what a person may know of, as they may name it; the picture has no names."""

from datetime import date
from typing import Any

import pytest

from storage.models import Publicity
from tests.handlers.acts import announce, guards, is_family, prisoner_of


async def sees(chat: Any, *labels: str) -> None:
    await chat.says("/court")
    for label in ("Calendar", *labels):
        await chat.taps(label)


async def test_the_month_of_somebody_hidden_is_for_family_alone(
    alice: Any, vera: Any, new_prisoner: Any, press: Any
):
    dear = await new_prisoner("Dear Example", publicity=Publicity.GUARDIANS, alias="Blue Dog")
    await alice.joins()
    await guards(alice, dear)
    async with alice.storage.unit() as uow:
        (await prisoner_of(uow, dear)).publicity = Publicity.HIDDEN
    await vera.joins()
    await is_family(vera, dear)
    await announce(alice.storage, dear, alice.clock(), "2026-11-26 10:00")

    await sees(alice, "Picture")
    await sees(vera, "Picture")

    assert "We know of no hearing in this month." in alice.text
    assert "<b>1</b> · Thu, 26 Nov, 10:00 · Dear Example" in vera.text
    assert [order.numbers for order in press.pictures] == [{}, {date(2026, 11, 26): (1, 1)}]
    assert vera.answer.file.picture is not None
    assert "Example" not in vera.answer.file.text


async def test_what_is_past_this_month_stays_in_the_calendar(alice: Any, new_prisoner: Any):
    await alice.joins()
    prisoner = await new_prisoner()
    await guards(alice, prisoner)
    await announce(alice.storage, prisoner, alice.clock(), "2026-11-24 10:00")
    alice.clock.moves(days=2)

    await sees(alice)

    assert "Tue, 24 Nov" in alice.text


async def test_mallory_sees_nobodys_month(mallory: Any, new_prisoner: Any, press: Any):
    await announce(mallory.storage, await new_prisoner(), mallory.clock(), "2026-11-26 10:00")
    await mallory.joins()

    await sees(mallory, "Picture")

    assert "We know of no hearing in this month." in mallory.text
    assert [order.numbers for order in press.pictures] == [{}]


async def test_of_the_silenced_no_month_tells(alice: Any, new_prisoner: Any, press: Any):
    await alice.joins()
    prisoner = await new_prisoner()
    await guards(alice, prisoner)
    for day in (24, 27):
        await announce(alice.storage, prisoner, alice.clock(), f"2026-11-{day} 10:00")
    async with alice.storage.unit() as uow:
        (await prisoner_of(uow, prisoner)).is_silenced = True
    alice.clock.moves(days=2)

    await sees(alice, "Picture")

    assert "Example" not in alice.text
    assert [order.numbers for order in press.pictures] == [{}]


async def test_where_the_readers_clock_differs_both_times_stand(alice: Any, new_prisoner: Any):
    await alice.joins()
    prisoner = await new_prisoner()
    await guards(alice, prisoner)
    async with alice.storage.unit() as uow:
        person = await uow.people.get_by_chat(alice.chat_id)
        person.zone = "Europe/Warsaw"
    await announce(alice.storage, prisoner, alice.clock(), "2026-11-26 01:00")

    await sees(alice)

    assert "Thu, 26 Nov, 01:00 (Wed, 25 Nov, 23:00 your time)" in alice.text


@pytest.mark.parametrize("argument", ["2026-13", "x", "2031-01", "2020-01", "2026-11-01"])
async def test_no_other_month_is_drawn(alice: Any, press: Any, argument: str):
    actor = await alice.joins()
    async with alice.storage.unit() as uow:
        place = await uow.posted.get_place(actor.id)
        place.screen, place.argument = "court-month", argument

    await alice.says("/start")
    await alice.says("hello")

    assert press.pictures == []


async def test_the_calendar_ends_two_years_ahead_and_a_year_back(alice: Any):
    await alice.joins()
    await sees(alice)
    for _ in range(24):
        alice.clock.moves(minutes=1)
        await alice.taps(next(label for label in alice.labels if label.endswith("›")))
    assert alice.text.startswith("<b>Hearings: November 2028</b>")
    assert not [label for label in alice.labels if label.endswith("›")]

    for _ in range(36):
        alice.clock.moves(minutes=1)
        await alice.taps(next(label for label in alice.labels if label.startswith("‹")))

    assert alice.text.startswith("<b>Hearings: November 2025</b>")
    assert not [label for label in alice.labels if label.startswith("‹")]
