"""What is kept about a person, in their chat and as a file that may leave it."""

import json

from sandbox.files import StoredFile
from sandbox.messages import Message
from tests.stories.story import Player, Story


async def asks_for_the_file(player: Player) -> Message:
    await player.says("/mydata")
    await player.taps("As a file")
    return await player.person.sees("Your data")


def content(story: Story, message: Message) -> StoredFile:
    assert message.media is not None
    return story.telegram.world.files.by_id[message.media.file_id]


async def test_a_guardian_reads_what_is_kept_without_the_prisoners_name(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner)

    await story.alice.says("/mydata")

    page = story.alice.person.last.text
    assert f"Number in Telegram: {story.alice.person.user_id}" in page
    assert "Forgotten Example" not in page


async def test_the_file_is_json_and_can_be_saved(story: Story):
    await story.alice.agrees()

    message = await asks_for_the_file(story.alice)

    upload = content(story, message).upload
    assert (upload.name, message.protect_content) == ("data.json", False)
    assert json.loads(upload.data)["person"][0]["chat"] == str(story.alice.person.user_id)


async def test_the_file_is_gone_from_the_chat_after_an_hour(story: Story):
    await story.alice.agrees()
    message = await asks_for_the_file(story.alice)

    await story.pass_time(minutes=59)
    before = message.is_visible
    await story.pass_time(minutes=1)

    assert (before, message.is_visible) == (True, False)


async def test_turning_texts_neutral_leaves_the_file_to_its_timer(story: Story):
    await story.alice.agrees()
    message = await asks_for_the_file(story.alice)
    await story.alice.says("/settings")
    await story.alice.taps("Texts", "Neutral")

    await story.pass_time(minutes=30)

    assert message.is_visible


async def test_the_file_goes_with_who_leaves(story: Story):
    await story.alice.agrees()
    await asks_for_the_file(story.alice)

    await story.alice.says("/erase")
    await story.alice.taps("Erase everything")

    assert story.alice.person.visible == []


async def test_the_file_goes_with_who_hides(story: Story):
    await story.alice.agrees()
    await asks_for_the_file(story.alice)

    await story.alice.says("/hide")

    assert [message.media for message in story.alice.person.visible] == [None]


async def test_mallory_gets_no_file_by_a_stolen_button(story: Story):
    await story.alice.agrees()
    await story.alice.says("/mydata")
    stolen = story.alice.person.last.data_of("As a file")
    await story.mallory.agrees()

    await story.mallory.forges(stolen)

    assert [message.media for message in story.mallory.person.visible] == [None]


async def test_a_coordinator_reads_nothing_of_those_they_look_after(story: Story):
    await story.family_and_guardian()

    message = await asks_for_the_file(story.bob)

    text = content(story, message).upload.data.decode()
    assert str(story.alice.person.user_id) not in text
    assert str(story.vera.person.user_id) not in text
    assert "Forgotten" not in text
