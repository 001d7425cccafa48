"""Two coordinators and a telephone number, over Telegram: what stands in a chat, and for how long."""

from datetime import timedelta

from solidarity.people import recognise, set_contact
from solidarity.pseudonyms import pseudonym
from tests.stories.story import Player, Story

PHONE = "+000 00 000-00-00"


async def is_asked_about(story: Story, asker: Player, about: Player) -> None:
    """Let a person leave a number, be found by pseudonym at an open desk, and be asked about."""
    async with story.storage.unit() as uow:
        person = await recognise(uow, about.person.user_id, now=story.now)
        assert person is not None
        await set_contact(uow, person, "phone", PHONE)
    called = pseudonym(person.id.bytes, "en")
    await asker.opens_desk()
    await asker.taps("People")
    await asker.says(called)
    await asker.taps(f"{called}…", "Contact details")
    await asker.says("She asked to be called back.")


async def is_approved(story: Story) -> None:
    """Bob has asked for Alice's number at his desk, and Carol has approved it at hers."""
    for player in (story.bob, story.carol):
        await story.becomes_coordinator(player)
        await player.opens_desk()
    await story.alice.agrees()
    await is_asked_about(story, story.bob, story.alice)
    await story.carol.opens_desk()
    await story.carol.taps("Inbox", "Requests of colleagues", "…: contact details", "Approve")
    assert PHONE not in story.carol.texts


async def opens(player: Player) -> None:
    await player.opens_desk()
    await player.taps("Inbox", "Requests of colleagues", "Ready: contact details", "Open it once")


async def test_a_number_stands_in_a_protected_message_for_a_minute_and_no_longer(story: Story):
    await is_approved(story)

    await opens(story.bob)

    (message,) = [one for one in story.bob.person.visible if PHONE in one.text]
    assert message.protect_content
    await story.pass_time(seconds=59)
    assert PHONE in story.bob.texts
    await story.pass_time(seconds=1)
    assert PHONE not in story.bob.texts


async def test_a_bot_that_was_down_meanwhile_deletes_it_when_it_is_back(story: Story):
    await is_approved(story)
    await opens(story.bob)
    await story.poruch.stop()
    story.telegram.clock.advance(timedelta(minutes=10))
    assert PHONE in story.bob.texts

    await story.restart()

    assert PHONE not in story.bob.texts


async def test_mallory_who_is_a_coordinator_as_well_sees_none_of_it(story: Story):
    await is_approved(story)
    await story.becomes_coordinator(story.mallory)
    await story.mallory.opens_desk()

    await story.mallory.taps("Inbox", "Requests of colleagues")

    assert not any("contact details" in label for label in story.mallory.labels)
    assert PHONE not in story.mallory.texts
