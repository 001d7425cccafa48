"""Pictures in the chat, drawn for real: protected photos without names, gone after ten minutes."""

from datetime import timedelta

from sandbox.messages import Message
from tests.bot.paper.pixels import size_of
from tests.stories.story import Player, Story

NAME = "Узор Прыкладаў"


def photo(player: Player) -> Message:
    [message] = [one for one in player.person.visible if one.media is not None]
    return message


def content(story: Story, message: Message) -> bytes:
    assert message.media is not None
    return story.telegram.world.files.by_id[message.media.file_id].upload.data


async def at_desk(story: Story) -> None:
    await story.prisoners(NAME)
    await story.becomes_coordinator(story.bob)
    await story.desk_is_open(story.bob)
    await story.bob.opens_desk()


async def test_coverage_comes_as_a_photo_that_cannot_be_passed_on_and_goes(story: Story):
    await at_desk(story)

    await story.bob.taps("Coverage", "Picture")

    message = photo(story.bob)
    assert message.media is not None
    assert (message.media.kind, message.protect_content) == ("photo", True)
    assert size_of(content(story, message))[0] > 1_000
    assert NAME not in message.text
    await story.pass_time(minutes=9)
    before = message.is_visible
    await story.pass_time(minutes=1)
    assert (before, message.is_visible) == (True, False)


async def test_a_months_calendar_comes_below_its_list_and_goes_with_the_lock(story: Story):
    await at_desk(story)
    await story.bob.taps("Hearings", "Calendar", "Picture")
    message = photo(story.bob)
    before = message.is_visible

    await story.bob.says("/lock")
    await story.pass_time(seconds=1)

    assert (before, message.is_visible) == (True, False)


async def test_a_picture_goes_with_who_hides(story: Story):
    await story.alice.agrees()
    await story.alice.says("/court")
    await story.alice.taps("Calendar", "Picture")
    assert photo(story.alice).is_visible

    await story.alice.says("/hide")

    assert [message.media for message in story.alice.person.visible] == [None]


async def test_after_days_without_the_bot_nothing_is_left_of_a_picture_and_a_file(story: Story):
    await story.alice.agrees()
    await story.alice.says("/mydata")
    await story.alice.taps("As a file")
    await story.alice.says("/court")
    await story.alice.taps("Calendar", "Picture")
    before = [one.media.name for one in story.alice.person.visible if one.media is not None]
    await story.poruch.stop()

    story.telegram.clock.advance(timedelta(days=3))
    await story.restart()

    left = [one for one in story.alice.person.visible if one.media is not None]
    assert before == ["data.json", "picture.png"]
    assert [(one.text, one.labels, content(story, one)) for one in left] == [("…", [], "…".encode())] * 2
