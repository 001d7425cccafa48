"""Pictures at the desk: coverage and a month of hearings, for an open desk only; and those of a decoy."""

from datetime import date, timedelta
from typing import Any

import pytest

from solidarity.errors import PaperNotMade
from storage.models import HearingStatus, Publicity, Purpose
from tests.handlers.acts import guards

from .duress import is_forced

TODAY = date(2026, 11, 23)
DECEMBER = date(2026, 12, 1)


async def writes(storage: Any, prisoner_id: Any, *days_ago: int) -> None:
    """Let somebody whom nobody knows have written so many days ago."""
    async with storage.unit() as uow:
        for days in days_ago:
            day = TODAY - timedelta(days=days)
            await uow.letters.add(person_id=None, prisoner_id=prisoner_id, guardianship_id=None, day=day)


async def sees_coverage(chat: Any, *labels: str) -> None:
    await chat.says("/desk")
    for label in ("Coverage", *labels, "Picture"):
        await chat.taps(label)


async def sees_month(chat: Any, *labels: str) -> None:
    await chat.says("/desk")
    for label in ("Hearings", "Calendar", *labels):
        await chat.taps(label)


async def test_coverage_is_drawn_as_the_blocks_count_it_with_half_a_year_of_letters(
    at_desk: Any, alice: Any, new_prisoner: Any, storage: Any, press: Any
):
    dear = await new_prisoner("Dear Example")
    await new_prisoner("Lonely Example", publicity=Publicity.HIDDEN)
    await alice.joins()
    await guards(alice, dear)
    await writes(storage, dear, 0, 1, 7, 7 * 25, 7 * 25 + 1)

    await sees_coverage(at_desk)

    [order] = press.pictures
    assert (order.language, order.today) == ("en", TODAY)
    assert (order.by_guardians, order.by_silence) == ((1, 1, 0, 0), (1, 0, 0, 0, 1))
    # Today is a Monday: yesterday belongs to the week before, and what is longer ago is not drawn.
    assert order.by_week == (1, *[0] * 23, 2, 1)
    assert "2 people who can be written to" in at_desk.text


async def test_a_picture_is_for_the_chat_says_no_name_and_goes_after_ten_minutes(
    at_desk: Any, new_prisoner: Any
):
    await new_prisoner("Dear Example")

    await sees_coverage(at_desk)

    file = at_desk.answer.file
    assert (file.picture.content, file.document) == (b"PNG", None)
    assert file.text == "Numbers only, without names. It goes after ten minutes."
    async with at_desk.storage.view() as uow:
        posted = await uow.posted.get(file.posted_id)
    assert (posted.purpose, posted.delete_at) == (Purpose.APART, at_desk.clock() + timedelta(minutes=10))
    before = at_desk.apart in at_desk.shown
    at_desk.clock.moves(minutes=10)
    await at_desk.tidy()
    assert (before, at_desk.apart in at_desk.shown) == (True, False)


async def test_only_what_a_coordinator_looks_after_is_counted_where_they_ask_for_it(
    at_desk: Any, new_prisoner: Any, storage: Any, press: Any
):
    mine, other = await new_prisoner("Dear Example"), await new_prisoner("Distant Example")
    await writes(storage, mine, 1)
    await writes(storage, other, 1, 2, 3)
    actor = await at_desk.actor()
    async with storage.unit() as uow:
        await uow.portfolios.add(mine, actor.id, day=TODAY)

    await sees_coverage(at_desk, "Only mine")

    [order] = press.pictures
    assert (sum(order.by_guardians), sum(order.by_week)) == (1, 1)


async def test_locking_the_desk_takes_pictures_away(at_desk: Any, new_prisoner: Any, new_hearing: Any):
    await new_hearing(await new_prisoner())
    await sees_coverage(at_desk)
    coverage = at_desk.apart
    await sees_month(at_desk, "Picture")
    calendar = at_desk.apart
    before = {coverage, calendar} <= at_desk.shown.keys()

    await at_desk.says("/lock")

    assert before
    assert not {coverage, calendar} & at_desk.shown.keys()


async def test_where_nothing_can_be_drawn_the_blocks_still_stand(at_desk: Any, new_prisoner: Any, press: Any):
    await new_prisoner()
    press.refusal = PaperNotMade("ended with 1")

    await sees_coverage(at_desk)

    assert at_desk.answer.file is None
    assert "could not be made" in at_desk.text
    assert "▇" in at_desk.text


async def test_a_month_is_listed_with_the_numbers_that_its_calendar_shows(
    at_desk: Any, new_prisoner: Any, new_hearing: Any, press: Any
):
    one, two = await new_prisoner("Dear Example"), await new_prisoner("Lonely Example", alias="Grey Cat")
    await new_hearing(two, "2026-12-09 10:30")
    await new_hearing(one, "2026-12-09 09:00")
    await new_hearing(one, "2026-12-31 23:30")
    await new_hearing(one, "2027-01-01 00:00")
    await new_hearing(one, "2026-11-30 23:59")

    await sees_month(at_desk, "December 2026 ›", "Picture")

    assert at_desk.text.splitlines() == [
        "<b>Hearings: December 2026</b>",
        "",
        "Times are those of the court.",
        "",
        "<b>1</b> · Wed, 9 Dec, 09:00 · Dear Example",
        "<b>2</b> · Wed, 9 Dec, 10:30 · Lonely Example",
        "<b>3</b> · Thu, 31 Dec, 23:30 · Dear Example",
    ]
    [order] = press.pictures
    assert (order.first, order.today) == (DECEMBER, TODAY)
    assert order.numbers == {date(2026, 12, 9): (1, 2), date(2026, 12, 31): (3, 3)}


async def test_this_months_sittings_stay_when_they_are_past_and_go_when_they_are_cancelled(
    at_desk: Any, new_prisoner: Any, new_hearing: Any, storage: Any
):
    prisoner = await new_prisoner()
    held = await new_hearing(prisoner, "2026-11-24 10:00")
    cancelled = await new_hearing(prisoner, "2026-11-25 10:00")
    await new_hearing(prisoner, "2026-11-26 10:00")
    async with storage.unit() as uow:
        (await uow.hearings.get(held.id)).status = HearingStatus.HELD
        (await uow.hearings.get(cancelled.id)).status = HearingStatus.CANCELLED
    at_desk.clock.moves(minutes=4)

    await sees_month(at_desk)

    assert [line.split(" · ")[1] for line in at_desk.text.splitlines()[4:]] == [
        "Tue, 24 Nov, 10:00",
        "Thu, 26 Nov, 10:00",
    ]


async def test_a_hidden_prisoner_is_listed_by_alias(at_desk: Any, new_prisoner: Any, new_hearing: Any):
    hidden = await new_prisoner("Concealed Example", publicity=Publicity.HIDDEN, alias="Blue Dog")
    await new_hearing(hidden, "2026-11-26 10:00")

    await sees_month(at_desk)

    assert "Blue Dog" in at_desk.text
    assert "Concealed" not in at_desk.text


async def test_many_sittings_stand_on_several_pages_with_numbers_that_go_on(
    at_desk: Any, new_prisoner: Any, new_hearing: Any, press: Any
):
    prisoner = await new_prisoner("N" * 900)
    for minute in range(17):
        await new_hearing(prisoner, f"2026-11-26 10:{minute:02}")
    await sees_month(at_desk)
    assert "<b>15</b>" in at_desk.text
    assert "<b>16</b>" not in at_desk.text

    await at_desk.taps("Next")
    await at_desk.taps("Picture")

    assert at_desk.text.splitlines()[4].startswith("<b>16</b> · Thu, 26 Nov, 10:15")
    assert press.pictures[0].numbers == {date(2026, 11, 26): (1, 17)}


async def test_turning_to_another_month_takes_its_picture_away(
    at_desk: Any, new_prisoner: Any, new_hearing: Any
):
    await new_hearing(await new_prisoner(), "2026-11-26 10:00")
    await sees_month(at_desk, "Picture")
    picture = at_desk.apart
    before = picture in at_desk.shown

    await at_desk.taps("December 2026 ›")

    assert (before, picture in at_desk.shown) == (True, False)
    assert "We know of no hearing in this month." in at_desk.text
    await at_desk.taps("‹ November 2026")
    assert "<b>1</b>" in at_desk.text


async def test_a_calendar_that_is_no_longer_so_is_not_sent(
    at_desk: Any, new_prisoner: Any, new_hearing: Any, press: Any
):
    prisoner = await new_prisoner()

    async def meanwhile() -> None:
        await new_hearing(prisoner, "2026-11-26 10:00")

    press.meanwhile = meanwhile

    await sees_month(at_desk, "Picture")

    assert at_desk.answer.file is None
    assert "<b>1</b>" in at_desk.text


@pytest.mark.parametrize("way", [["Coverage"], ["Hearings", "Calendar"]])
async def test_mallory_gets_no_picture_with_the_desks_button(
    at_desk: Any, new_prisoner: Any, new_hearing: Any, mallory: Any, press: Any, way: list[str]
):
    await new_hearing(await new_prisoner())
    for label in way:
        await at_desk.taps(label)
    [button] = [b for b in at_desk.buttons(at_desk.newest) if b.text == "Picture"]
    await mallory.joins()

    await mallory.forge(button.callback_data)

    assert (press.pictures, mallory.answer.file) == ([], None)


@pytest.mark.parametrize("way", [["Coverage"], ["Hearings", "Calendar"]])
async def test_a_desk_that_has_closed_draws_nothing(
    at_desk: Any, new_prisoner: Any, new_hearing: Any, press: Any, way: list[str]
):
    await new_hearing(await new_prisoner())
    for label in way:
        await at_desk.taps(label)
    at_desk.clock.moves(minutes=6)

    await at_desk.taps("Picture")

    assert (press.pictures, at_desk.answer.file) == ([], None)


async def test_a_decoy_desk_draws_its_public_numbers_and_tells_no_letter_that_was_written(
    forced: Any, new_prisoner: Any, storage: Any, press: Any
):
    public = await new_prisoner("Public Example")
    secret = await new_prisoner("Guarded Example", publicity=Publicity.GUARDIANS)
    await writes(storage, public, 3, 4, 5, 6, 8, 9)
    await writes(storage, secret, *range(100))
    await is_forced(forced)

    await sees_coverage(forced)
    await forced.taps("Picture")

    order, again = press.pictures
    assert forced.answer.file.picture is not None
    assert (sum(order.by_guardians), order.by_guardians[0]) == (1, 0)
    assert order == again
    # A letter in four weeks of each seeming Guardian, the last one as the desk says.
    assert 6 <= sum(order.by_week) <= 14
    assert order.by_week[24] == 1


async def test_a_decoy_desk_shows_the_month_of_the_public_as_it_seems_to_have_been_changed(
    forced: Any, new_prisoner: Any, new_hearing: Any, press: Any, storage: Any
):
    await new_hearing(await new_prisoner("Public Example"), "2026-12-03 14:00")
    secret = await new_prisoner("Guarded Example", publicity=Publicity.GUARDIANS)
    await new_hearing(secret, "2026-11-25 10:00")
    await is_forced(forced)
    await forced.taps("Hearings")
    await forced.taps("03.12.2026 14:00 · Public Example")
    await forced.taps("Move")
    await forced.says("26.11.2026 10:30")
    await forced.taps("Save")

    await sees_month(forced, "Picture")

    assert forced.text.splitlines()[4:] == ["<b>1</b> · Thu, 26 Nov, 10:30 · Public Example"]
    assert [order.numbers for order in press.pictures] == [{date(2026, 11, 26): (1, 1)}]
    assert forced.answer.file.picture is not None
