"""Reminders through days without the bot, clocks that jump, hours that are missing or come twice."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from solidarity.people import recognise
from solidarity.replanning import replan_person
from storage.models import OutboxState, Person
from tests.bot.ground import outbox
from tests.stories.story import MINSK, Player, Story

NAME = "Forgotten Example"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NO_QUIET = time(0)


def in_minsk(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=MINSK)


def sent_to(story: Story, player: Player) -> list[datetime]:
    """When each push to somebody left; a push is neutral, and its only button opens it."""
    calls = story.telegram.calls.of("sendMessage", chat=player.person.user_id)
    return [call.at for call in calls if "Open" in str(call.parameters["reply_markup"])]


async def fates(story: Story, kind: str) -> list[OutboxState]:
    rows = (await outbox(story.storage)).values()
    return [row.state for row in sorted(rows, key=lambda row: row.planned_at) if row.kind == kind]


@pytest.fixture
async def promised(story: Story) -> Story:
    """Alice guards, and was reminded a week ahead of Thursday the 3rd of December, half past two."""
    [prisoner] = await story.prisoners(NAME)
    await story.guards(story.alice, prisoner, weeks=2)
    await story.hearing_is_added(NAME, "2026-12-03 14:30")
    await story.pass_until(in_minsk("2026-11-26 10:00"))
    return story


async def is_set_back(story: Story, instant: datetime) -> None:
    """Set every clock back; the bot sees it at the next thing that happens, or half a minute later."""
    story.telegram.clock.set(instant)
    await story.alice.says("/menu")


async def goes_on(story: Story, until: str) -> None:
    """Let time pass by three hours at a time."""
    while story.now < in_minsk(until):
        await story.pass_time(hours=3)


async def test_down_until_twenty_hours_before_it_sends_the_late_notice_and_what_is_still_to_come(
    story: Story,
):
    starts = in_minsk("2026-12-05 14:30")
    [prisoner] = await story.prisoners(NAME)
    await story.guards(story.alice, prisoner, weeks=8)
    await story.hearing_is_added(NAME, "2026-12-05 14:30")
    await story.pass_until(starts - 8 * DAY)
    before = len(sent_to(story, story.alice))
    await story.poruch.stop()

    story.telegram.clock.set(starts - 20 * HOUR)
    await story.restart()

    assert len(sent_to(story, story.alice)) == before + 1
    assert "comes late" in await story.alice.opens()
    await story.pass_until(starts - 3 * HOUR)
    late, shortly = sent_to(story, story.alice)[before:]
    assert starts - 20 * HOUR <= late < starts - 20 * HOUR + timedelta(minutes=5)
    assert starts - 3 * HOUR <= shortly < starts - 3 * HOUR + timedelta(minutes=5)
    assert await fates(story, "hearing_7d") == ["dropped"]
    assert await fates(story, "hearing_1d") == ["sent"]
    assert await fates(story, "hearing_3h") == ["sent"]


async def test_after_days_without_the_bot_what_helps_comes_late_and_the_rest_is_counted(promised: Story):
    story = promised
    await story.hearing_is_added(NAME, "2026-12-02 12:00")
    await story.idle()
    before = len(sent_to(story, story.alice))
    await story.poruch.stop()

    story.telegram.clock.set(in_minsk("2026-12-02 15:00"))
    await story.restart()

    assert len(sent_to(story, story.alice)) == before + 1
    assert "comes late" in await story.alice.opens()
    # Of the sitting that was over by then, both reminders were due meanwhile.
    assert await fates(story, "hearing_1d") == ["dropped", "sent"]
    assert await fates(story, "hearing_3h") == ["dropped", "queued"]
    async with story.storage.view() as uow:
        tally = await uow.outbox.tally(now=story.now)
    assert (tally.too_late, tally.no_longer_so, tally.due) == (2, 0, 0)


@pytest.mark.parametrize("back", [HOUR, 7 * HOUR, 2 * DAY], ids=["an hour", "hours", "days"])
async def test_a_clock_set_back_brings_nothing_twice_and_loses_nothing(promised: Story, back: timedelta):
    story = promised
    await story.pass_until(in_minsk("2026-12-02 10:00"))
    before = len(sent_to(story, story.alice))

    await is_set_back(story, story.now - back)
    await goes_on(story, until="2026-12-04 10:00")

    assert len(sent_to(story, story.alice)) == before + 1
    assert [await fates(story, f"hearing_{kind}") for kind in ("7d", "1d", "3h")] == [["sent"]] * 3


@pytest.mark.parametrize("forward", [6 * HOUR, 2 * DAY, 6 * DAY], ids=["hours", "days", "past the sitting"])
async def test_a_clock_that_was_ahead_for_a_while_loses_nothing(promised: Story, forward: timedelta):
    story = promised
    await story.pass_until(in_minsk("2026-12-01 09:00"))
    true_now = story.now

    await story.pass_until(true_now + forward)
    await is_set_back(story, true_now)
    await goes_on(story, until="2026-12-04 10:00")

    assert [await fates(story, f"hearing_{kind}") for kind in ("7d", "1d", "3h")] == [["sent"]] * 3
    # Accepted, the announcement, a week ahead, a day ahead, three hours ahead.
    assert len(sent_to(story, story.alice)) == 5


async def test_a_further_attempt_does_not_wait_for_the_day_that_a_clock_ahead_named(promised: Story):
    story = promised

    async def tries() -> int:
        rows = (await outbox(story.storage)).values()
        return sum(row.attempts for row in rows if row.kind == "hearing_1d")

    async def was_tried() -> bool:
        return await tries() == 1

    async def is_sent() -> bool:
        return await fates(story, "hearing_1d") == ["sent"]

    story.telegram.faults.error("sendMessage", status=502)
    story.telegram.clock.set(in_minsk("2026-12-03 10:00"))
    await story.telegram.until(was_tried)

    await is_set_back(story, in_minsk("2026-12-02 10:05"))
    await story.telegram.until(is_sent)

    assert await tries() == 2


async def lives_in(story: Story, player: Player, zone: str, hour: time) -> None:
    """Let somebody live elsewhere, be reminded at an hour, and have no quiet hours."""
    async with story.storage.unit() as uow:
        actor = await recognise(uow, player.person.user_id, now=story.now)
        assert actor is not None
        person = await uow.session.get_one(Person, actor.id)
        person.zone, person.hour, person.quiet_from, person.quiet_to = zone, hour, NO_QUIET, NO_QUIET
        await uow.session.flush()
        await replan_person(uow, person, now=story.now)


async def instants(story: Story, first: datetime, hours: int) -> list[datetime]:
    """Let so many hours pass by half an hour at a time; returns when Alice was written to."""
    before = len(sent_to(story, story.alice))
    for step in range(2 * hours + 1):
        await story.pass_until(first + step * HOUR / 2)
    return sent_to(story, story.alice)[before:]


NIGHTS = [
    # Two weeks before, somebody becomes a Guardian; their hour is missing that night, or comes twice.
    pytest.param("Europe/Warsaw", "2027-03-28", time(2, 30), "2027-03-28 01:00", id="a gap in Warsaw"),
    pytest.param("Europe/Warsaw", "2027-10-31", time(2, 30), "2027-10-31 00:30", id="a fold in Warsaw"),
    pytest.param("Europe/Vilnius", "2027-03-28", time(3, 30), "2027-03-28 01:00", id="a gap in Vilnius"),
    pytest.param("Europe/Vilnius", "2027-10-31", time(3, 30), "2027-10-31 00:30", id="a fold in Vilnius"),
    pytest.param("Europe/Warsaw", "2028-02-29", time(10), "2028-02-29 09:00", id="a leap day"),
]


@pytest.mark.parametrize(("zone", "day", "hour", "expected"), NIGHTS)
async def test_a_letter_reminder_comes_once_on_odd_days(
    story: Story, zone: str, day: str, hour: time, expected: str
):
    midnight = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    story.telegram.clock.set(midnight - 14 * DAY + 12 * HOUR)
    [prisoner] = await story.prisoners(NAME)
    await story.guards(story.alice, prisoner, weeks=2)
    await lives_in(story, story.alice, zone, hour)

    came = await instants(story, midnight, hours=12)

    assert came == [datetime.fromisoformat(expected).replace(tzinfo=UTC)]


@pytest.mark.parametrize(
    ("starts", "zone", "expected"),
    [
        pytest.param(
            "2027-03-29 14:00",
            "Europe/Warsaw",
            ["2027-03-22 09:00", "2027-03-28 08:00", "2027-03-29 08:00"],
            id="the clocks go forward between a week and a day ahead",
        ),
        pytest.param(
            "2027-11-01 14:00",
            "Europe/Vilnius",
            ["2027-10-25 07:00", "2027-10-31 08:00", "2027-11-01 08:00"],
            id="the clocks go back between a week and a day ahead",
        ),
        pytest.param(
            "2028-03-01 14:00",
            "Europe/Warsaw",
            ["2028-02-23 09:00", "2028-02-29 09:00", "2028-03-01 08:00"],
            id="the day before is a leap day",
        ),
    ],
)
async def test_reminders_of_a_sitting_keep_to_the_persons_own_clock(
    story: Story, starts: str, zone: str, expected: list[str]
):
    sitting = in_minsk(starts)
    story.telegram.clock.set(sitting - 9 * DAY)
    [prisoner] = await story.prisoners(NAME)
    await story.guards(story.alice, prisoner, weeks=8)
    await lives_in(story, story.alice, zone, time(10))
    await story.hearing_is_added(NAME, starts)
    await story.idle()

    due = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in expected]
    came = [instant for at in due for instant in await instants(story, at - HOUR, hours=2)]

    assert came == due
