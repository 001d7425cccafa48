"""Mallory has the bot's token: nothing is sent until the operator lifts the alarm; people can still hide."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from telegram import Bot

from bot.control.client import ask_each
from bot.telegram_api.client import make_bot
from bot.telegram_api.messages import EMPTIED
from solidarity.colleagues import PROFILE
from storage.installation import get_profile
from tests.stories.story import Player, Story

LINE = "Not available right now. Please try again later."
SHOWS = ("sendMessage", "sendDocument", "editMessageText")


@pytest.fixture
async def thief(story: Story) -> AsyncIterator[Bot]:
    async with make_bot(story.telegram.token, story.telegram.url) as thief:
        yield thief


async def alarm_stands(story: Story) -> bool:
    [status] = await ask_each(story.poruch.settings.data_dir, "status")
    return bool(status["alarm"])


async def steal(story: Story, thief: Bot) -> None:
    """Let the thief's webhook stand until the alarm does."""
    await thief.set_webhook("https://mallory.example.org/in")
    await story.telegram.until(lambda: alarm_stands(story))
    await thief.delete_webhook()


async def lift(story: Story) -> None:
    [answer] = await ask_each(story.poruch.settings.data_dir, "lift-alarm")
    assert answer == {"stood": True}


def shown(story: Story) -> int:
    """Count what the bot showed to anybody; a message that is too old to be deleted is emptied instead."""
    calls = [call for call in story.telegram.calls if call.method in SHOWS]
    return sum(call.parameters.get("text") != EMPTIED.text for call in calls)


async def taken(story: Story) -> None:
    """Wait until every update is taken and answered; what is due stays due."""
    await story.telegram.settled()
    await story.telegram.until(
        lambda: all(message.is_from_bot for player in story.players for message in player.person.visible)
    )


async def taps(player: Player, label: str) -> str | None:
    tap = await player.person.taps(label)
    await tap.answered
    return tap.answer_text


async def test_nothing_is_sent_until_the_operator_lifts_the_alarm(story: Story, thief: Bot):
    await story.family_and_guardian(weeks=2)
    await steal(story, thief)
    before, pushes = shown(story), story.alice.pushes

    story.telegram.clock.set(story.at_ten(15))
    await story.alice.person.says("/menu")
    await taken(story)
    sent_in_alarm = shown(story) - before
    await lift(story)
    await story.telegram.until(lambda: story.alice.pushes > pushes)

    assert sent_in_alarm == 0
    assert story.alice.pushes == pushes + 1


async def test_neither_the_thief_nor_a_restart_ends_it(story: Story, thief: Bot):
    await story.alice.agrees()
    await steal(story, thief)

    await story.poruch.stop()
    story.poruch = story._assembled()
    await story.poruch.start()
    before = shown(story)
    await story.alice.person.says("/menu")
    await taken(story)

    assert await alarm_stands(story)
    assert shown(story) == before


async def test_who_taps_hears_the_neutral_line_and_nothing_is_shown(story: Story, thief: Bot):
    await story.alice.agrees()
    await steal(story, thief)
    before = shown(story)

    answer = await taps(story.alice, "Settings")
    await taken(story)

    assert (answer, shown(story)) == (LINE, before)


async def test_a_strangers_words_are_deleted_and_their_agreeing_has_no_effect(story: Story, thief: Bot):
    await story.mallory.says("/start")
    await story.mallory.taps("English", "No")
    await steal(story, thief)

    answer = await taps(story.mallory, "I agree")
    await story.vera.person.says("/start")
    await taken(story)

    assert answer == LINE
    assert story.vera.person.visible == []
    assert await story.count("person") == 0


async def test_a_button_under_another_label_has_no_effect(story: Story, thief: Bot):
    await story.becomes_coordinator(story.bob)
    await story.desk_is_open(story.bob)
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.applies(weeks=2)
    await story.bob.opens_desk()
    await story.bob.taps("Inbox", "Forgotten Example…")
    await steal(story, thief)

    answer = await taps(story.bob, "Accept")
    await taken(story)

    assert answer == LINE
    async with story.storage.view() as uow:
        waiting = await uow.guardianships.waiting()
    assert len(waiting) == 1


async def test_somebody_in_danger_can_hide(story: Story, thief: Bot):
    await story.alice.agrees()
    await steal(story, thief)
    before = shown(story)

    await story.alice.person.says("/hide")
    await story.telegram.until(lambda: story.alice.person.visible == [])
    await taken(story)

    assert await story.count("hiding") == 1
    assert shown(story) == before


async def test_what_was_shown_before_is_still_deleted_by_its_timer(story: Story, thief: Bot):
    await story.alice.agrees()
    await steal(story, thief)

    story.telegram.clock.set(story.at_ten(2))

    await story.telegram.until(lambda: story.alice.person.visible == [])


async def test_once_lifted_everybody_is_served_again(story: Story, thief: Bot):
    await story.alice.agrees()
    await steal(story, thief)
    await story.alice.person.says("/menu")
    await taken(story)

    await lift(story)
    await story.alice.person.says("/menu")

    await story.alice.person.sees("Become a Guardian")


async def test_once_lifted_coordinators_hear_what_happened(story: Story, thief: Bot):
    await story.becomes_coordinator(story.bob)
    await steal(story, thief)
    # Where the trail stands may have been told before.
    before = story.bob.pushes

    await lift(story)
    await story.telegram.until(lambda: story.bob.pushes > before)
    await story.idle()
    said = [await story.bob.opens() for _ in range(story.bob.pushes)]

    # What the operator did may be told as well.
    assert sum("somebody else seemed to have the key to this bot" in each for each in said) == 1


async def test_what_a_thief_changes_of_the_bots_profile_is_told_within_an_hour(story: Story, thief: Bot):
    await story.becomes_coordinator(story.bob)

    async def is_known() -> bool:
        async with story.storage.view() as uow:
            return await get_profile(uow.session) is not None

    await story.telegram.until(is_known)
    await thief.set_my_description("Write to @mallory instead")
    await story.pass_time(hours=1)

    async def is_told() -> bool:
        async with story.storage.view() as uow:
            kinds = await uow.session.scalars(text("SELECT kind FROM outbox"))
        return PROFILE in set(kinds)

    await story.telegram.until(is_told)
    await story.idle()
    # Where the trail stands may be told as well.
    said = [await story.bob.opens() for _ in range(story.bob.pushes)]

    assert sum("What Telegram shows of this bot has changed" in each for each in said) == 1
