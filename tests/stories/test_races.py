"""Taps that are faster than the bot's own notes."""

from tests.stories.story import Story


async def test_a_push_tapped_before_telegrams_answer_came_back_still_opens(story: Story):
    await story.family_and_guardian()
    hang = story.telegram.faults.hang("sendMessage", chat=story.vera.person.user_id, after_effect=True)
    await story.hearing_is_added("Forgotten Example", "2026-12-10 14:30")
    push = await story.vera.person.sees("Open")

    await story.vera.person.taps("Open", push)

    opened = await story.vera.person.sees("14:30")
    assert opened.message_id == push.message_id
    story.telegram.faults.lift(hang)
    await story.idle()
    assert "14:30" in story.vera.message(push.message_id).text


async def test_a_place_tapped_before_telegrams_answer_came_back_still_works(story: Story):
    await story.family_and_guardian()
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30")
    hang = story.telegram.faults.hang("sendMessage", chat=story.alice.person.user_id, after_effect=True)
    await story.alice.person.says("/settings")
    settings = await story.alice.person.sees("Delete after")

    await story.alice.person.taps("Hour", settings)

    await story.telegram.settled()
    story.telegram.faults.lift(hang)
    hours = await story.alice.person.sees("08:00")
    assert hours.message_id == settings.message_id
