"""Somebody is suspended, may be detained, or is frozen, and somebody moves: lived through in their chats."""

from solidarity.people import recognise
from solidarity.pseudonyms import pseudonym
from solidarity.restrictions import lift_custody, lift_suspension
from tests.stories.story import PIN, Player, Story


async def pseudonym_of(story: Story, player: Player) -> str:
    async with story.storage.view() as uow:
        actor = await recognise(uow, player.person.user_id, now=story.now)
    assert actor is not None
    return pseudonym(actor.id.bytes, "en")


async def finds_person(story: Story, coordinator: Player, player: Player) -> None:
    name = await pseudonym_of(story, player)
    await coordinator.opens_desk()
    await coordinator.taps("People")
    await coordinator.says(name)
    await coordinator.taps(name)


async def test_somebody_suspended_hears_nothing_and_keeps_what_is_theirs(story: Story) -> None:
    await story.family_and_guardian()
    await finds_person(story, story.bob, story.alice)

    await story.bob.taps("Suspend")
    covered = story.alice.texts
    await story.hearing_is_added("Forgotten Example", "2026-12-09 10:30")
    await story.idle()
    unheard = story.alice.pushes
    await story.alice.says("/mine")
    refused = story.alice.texts
    await story.alice.says("/mydata")

    assert "Forgotten Example" not in covered
    assert unheard == 0
    assert "This is not possible for now." in refused
    assert str(story.alice.person.user_id) in story.alice.texts


async def test_what_waited_goes_out_when_two_have_lifted_the_suspension(story: Story) -> None:
    await story.family_and_guardian()
    await finds_person(story, story.bob, story.alice)
    await story.bob.taps("Suspend")
    await story.hearing_is_added("Forgotten Example", "2026-12-09 10:30")
    await story.idle()

    async with story.storage.unit() as uow:
        alice = await uow.people.get_by_chat(story.alice.person.user_id)
        assert alice is not None
        await lift_suspension(uow, alice.id, now=story.now)
    await story.idle()

    assert "Forgotten Example" in await story.alice.opens()


async def test_a_chat_of_somebody_who_may_be_detained_is_emptied_and_silent(story: Story) -> None:
    await story.family_and_guardian()
    await story.becomes_coordinator(story.carol)
    await story.alice.says("/mine")
    await finds_person(story, story.bob, story.alice)

    await story.bob.taps("This person may be detained")
    emptied = story.alice.texts
    await story.hearing_is_added("Forgotten Example", "2026-12-09 10:30")
    await story.idle()
    for words in ("/menu", "/mydata", "/start", "who are you"):
        await story.alice.says(words)
    silent = story.alice.texts
    warned = await story.carol.opens()
    async with story.storage.unit() as uow:
        carol = await recognise(uow, story.carol.person.user_id, now=story.now)
        alice = await uow.people.get_by_chat(story.alice.person.user_id)
        assert carol is not None
        assert alice is not None
        await lift_custody(uow, carol, alice.id, now=story.now)
    await story.idle()

    assert (emptied, silent) == ("", "")
    assert warned.startswith(f"{await pseudonym_of(story, story.alice)} may be detained")
    assert "Forgotten Example" in await story.alice.opens()


async def test_a_frozen_desk_stays_closed_for_a_day_whoever_knows_the_pin(story: Story) -> None:
    for player in (story.bob, story.carol):
        await story.becomes_coordinator(player)
        await story.desk_is_open(player)
    await story.carol.says("/desk")
    await story.carol.taps("People", "Colleagues", await pseudonym_of(story, story.bob), "Freeze")

    await story.bob.says("/desk")
    refused = story.bob.texts
    await story.pass_time(hours=24, minutes=1)
    await story.bob.says("/desk")
    await story.bob.taps(*PIN, "OK")

    assert "a colleague froze it" in refused
    assert "Inbox" in story.bob.labels


async def test_somebody_moves_to_a_new_account_and_leaves_an_empty_chat(story: Story) -> None:
    await story.family_and_guardian()
    await story.alice.says("/settings")
    await story.alice.taps("Move to a new account", "Make the code")
    code = next(line for line in story.alice.texts.splitlines() if len(line) == 26 and line.isalnum())

    await story.carol.joins_by(code)
    await story.carol.says("/mine")
    guards = " ".join(story.carol.labels)
    await story.hearing_is_added("Forgotten Example", "2026-12-09 10:30")
    await story.idle()

    assert story.alice.texts == ""
    assert "Forgotten Example" in guards
    assert "Forgotten Example" in await story.carol.opens()
    await story.alice.says("/menu")
    assert "Беларуская" in story.alice.labels
