"""Hiding, from one tap to four digits: as the person sees it, a stranger with their phone, and colleagues."""

import pytest

from tests.stories.story import Player, Story

LINE = "Any four digits, please."
FIRST = ["Беларуская", "Русский", "English", "Clear this screen"]


async def hides(player: Player, digits: str = "4711") -> None:
    await player.says("/hide")
    await player.says(digits)


def screens(player: Player) -> list[tuple[str, list[str]]]:
    """Everything that stands in a chat, word for word."""
    return [(message.text, message.labels) for message in player.person.visible]


async def clears(player: Player) -> None:
    """Let every screen that a stranger was shown be cleared."""
    while "Clear this screen" in player.labels:
        await player.taps("Clear this screen")


async def test_who_hides_sees_one_line_and_a_minute_later_an_empty_chat(story: Story):
    await story.alice.agrees()

    await story.alice.says("/hide")
    at_once = screens(story.alice)
    await story.pass_time(minutes=1)

    assert at_once == [(LINE, [])]
    assert screens(story.alice) == []


async def test_four_digits_of_their_choice_bring_them_back(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner)
    await hides(story.alice)

    await story.alice.says("4711")
    await story.alice.says("/mine")

    assert "Forgotten Example" in story.alice.labels


async def test_nothing_that_is_typed_while_hiding_stays_in_the_chat(story: Story):
    await story.alice.agrees()
    await hides(story.alice)
    await story.alice.says("0000")
    await story.alice.says("hello")
    await story.alice.says("4711")

    assert [m for m in story.alice.person.visible if not m.is_from_bot] == []


async def test_a_stranger_with_the_phone_cannot_tell_who_hides_from_who_was_never_here(story: Story):
    await story.alice.agrees()
    await hides(story.alice)
    await story.pass_time(minutes=1)
    await clears(story.alice)

    for words in ("/start", "/menu", "/hide", "0000", "hello", "/start abcdef", "/erase", "/mydata"):
        for player in (story.alice, story.mallory):
            await player.says(words)
        assert screens(story.alice) == screens(story.mallory), words
    for label in ("English", "No", "Read more", "Just look", "Back"):
        for player in (story.alice, story.mallory):
            await player.taps(label)
        assert screens(story.alice) == screens(story.mallory), label


async def test_a_strangers_hiding_keeps_nothing(story: Story):
    await story.mallory.says("/hide")
    await story.mallory.says("4711")

    assert story.mallory.labels == FIRST * 2
    assert await story.count("person", "hiding", "posted", "seen_update") == 0


async def test_no_push_reaches_who_hides_and_what_still_helps_comes_late(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=2)
    await hides(story.alice)
    await clears(story.alice)
    await story.hearing_is_added("Forgotten Example", "2026-12-10 14:30")
    await story.pass_until(story.at_ten(15))
    while_hidden = screens(story.alice)

    await story.alice.says("4711")

    opened = [await story.alice.opens() for _ in range(story.alice.pushes)]
    assert while_hidden == []
    assert (
        len([said for said in opened if "late" in said.lower() or "later" in said.lower()])
        == len(opened)
        == 3
    )
    assert any("14:30" in said for said in opened)


async def test_what_no_longer_helps_is_never_sent(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner, weeks=8)
    await hides(story.alice)
    await story.hearing_is_added("Forgotten Example", "2026-12-10 14:30")
    await story.pass_until(story.at_ten(20))

    await story.alice.says("4711")

    assert story.alice.pushes == 0


async def test_a_push_that_was_on_its_way_is_taken_back(story: Story):
    await story.family_and_guardian()
    hang = story.telegram.faults.hang("sendMessage", chat=story.vera.person.user_id, after_effect=True)
    await story.hearing_is_added("Forgotten Example", "2026-12-10 14:30")
    await story.vera.person.sees("Open")

    await story.vera.person.says("/hide")
    await story.telegram.settled()
    story.telegram.faults.lift(hang)
    await story.idle()

    assert screens(story.vera) == [(LINE, [])]


async def test_a_second_person_is_forgotten_when_the_first_comes_back(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    await story.guards(story.alice, prisoner)
    await hides(story.alice)
    await story.alice.agrees()
    second = screens(story.alice)
    people = await story.count("person")

    await story.alice.says("4711")

    assert "My guardianships" in second[-1][1]
    assert (people, await story.count("person")) == (2, 1)
    assert len([labels for _, labels in screens(story.alice) if "My guardianships" in labels]) == 1
    await story.alice.says("/mine")
    assert "Forgotten Example" in story.alice.labels


async def test_five_wrong_ones_close_the_door_for_an_hour_without_a_word(story: Story):
    await story.alice.agrees()
    await hides(story.alice)
    for player in (story.alice, story.mallory):
        await clears(player)
        for number in range(5):
            await player.says(f"000{number}")
        await player.says("4711")
    as_a_stranger = screens(story.alice) == screens(story.mallory)

    await story.pass_time(hours=1)
    await story.alice.says("4711")

    assert as_a_stranger
    assert "My guardianships" in story.alice.labels


async def test_who_hides_is_found_again_by_a_new_process(story: Story):
    await story.alice.agrees()
    await hides(story.alice)
    await story.poruch.stop()
    await story.restart()

    await story.alice.says("4711")

    assert "My guardianships" in story.alice.labels


async def test_a_coordinators_desk_is_closed_and_opens_again_by_its_pin_only(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.bob.opens_desk()
    await hides(story.bob)
    hidden = story.bob.labels

    await story.bob.says("4711")
    await story.bob.says("/desk")

    assert "Inbox" not in hidden
    assert "OK" in story.bob.labels
    await story.bob.opens_desk()
    assert "Inbox" in story.bob.labels


async def test_no_strangers_screen_is_left_once_somebody_is_back(story: Story):
    await story.alice.agrees()
    await hides(story.alice)
    for words in ("0000", "hello"):
        await story.alice.says(words)
    strangers = len(screens(story.alice))

    await story.alice.says("4711")
    await story.idle()
    back = screens(story.alice)
    await story.alice.says("/erase")
    await story.alice.taps("Erase everything")

    assert strangers > 1
    assert len(back) == 1
    assert "My guardianships" in back[0][1]
    assert screens(story.alice) == []


@pytest.mark.parametrize("digits", ["0000", "4712"])
async def test_mallory_finds_nobody_with_digits_of_her_own(story: Story, digits: str):
    await story.alice.agrees()
    await hides(story.alice)
    await story.mallory.agrees()

    await story.mallory.says(digits)
    await story.mallory.says("4711")

    assert await story.count("hiding") == 1
    assert await story.count("person") == 2


async def test_danger_empties_the_chat_and_warns_the_coordinators(story: Story):
    await story.family_and_guardian()

    await story.alice.taps("I am in danger")

    assert screens(story.alice) == [(LINE, [])]
    assert "I am in danger" in await story.bob.opens()
    assert story.vera.pushes == 0


async def test_guardians_and_family_notice_nothing(story: Story):
    await story.family_and_guardian()
    await hides(story.alice)

    await story.pass_time(hours=1)
    await story.bob.opens_desk()

    # Where the trail stands is told to every coordinator, whoever hides.
    said = [await story.bob.opens() for _ in range(story.bob.pushes)]
    assert [each for each in said if "The record of what was done" not in each] == []
    assert story.vera.pushes == 0


async def test_after_an_hour_without_a_choice_digits_are_just_digits(story: Story):
    await story.alice.agrees()
    await story.alice.says("/hide")
    await story.pass_time(minutes=61)

    await story.alice.says("4711")
    await story.alice.says("4711")

    assert story.alice.labels == FIRST * 2
