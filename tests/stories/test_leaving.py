"""Leaving is final."""

import pytest
from sqlalchemy import text

from tests.stories.story import Story


async def test_who_erases_themselves_is_a_stranger_again(story: Story):
    await story.family_and_guardian()

    await story.alice.says("/erase")
    await story.alice.taps("Erase everything")

    assert story.alice.person.visible == []
    await story.alice.person.says("/start")
    assert await story.alice.person.sees("Беларуская")


@pytest.mark.parametrize("again", ["tapped twice", "given twice"])
async def test_nothing_comes_to_a_chat_that_was_emptied(story: Story, again: str):
    """A tap that was quicker than the emptying, or one that a killed bot is given once more."""
    await story.alice.agrees()
    await story.alice.says("/erase")
    asked = story.alice.person.last
    erase = asked.data_of("Erase everything")
    await story.alice.taps("Erase everything")

    if again == "tapped twice":
        await story.alice.person.taps_data(asked, erase)
    else:
        [bot] = story.telegram.world.bots.values()
        story.telegram.redeliver(max(bot.queue.past))
    await story.idle()

    assert story.alice.person.visible == []


async def test_nothing_that_could_open_them_is_left(story: Story):
    await story.alice.agrees()
    keys = await story.count("data_key")

    await story.alice.says("/erase")
    await story.alice.taps("Erase everything")

    assert await story.count("data_key") == keys - 1
    assert await story.count("person", "role", "posted", "button", "draft", "outbox") == 0


async def test_who_left_is_reminded_of_nothing(story: Story):
    await story.family_and_guardian(weeks=2)
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30")
    await story.alice.says("/erase")
    await story.alice.taps("Erase everything")

    await story.pass_until(story.at_ten(30))

    assert story.alice.person.visible == []


async def test_letters_stay_without_their_writer(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await story.alice.says("/mine")
    await story.alice.taps("Forgotten Example", "I wrote")

    await story.alice.says("/erase")
    await story.alice.taps("Erase everything")

    async with story.storage.view() as uow:
        [letter] = await uow.session.execute(text("SELECT person_id, guardianship_id FROM letter"))
    assert tuple(letter) == (None, None)


async def test_mallory_cannot_erase_somebody_else(story: Story):
    await story.alice.agrees()
    await story.alice.says("/erase")
    stolen = story.alice.person.last.data_of("Erase everything")
    await story.mallory.agrees()

    await story.mallory.forges(stolen)

    assert await story.count("person") == 2
