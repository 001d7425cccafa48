"""A coordinator is made to open the desk: what the captor sees and does, and what the others hear."""

import pytest
from sqlalchemy import text

from solidarity.people import recognise
from storage.passwords import hash_pin
from tests.desks import change_desk, desk_of
from tests.stories.story import CHEAP, PIN, Player, Story

DURESS_PIN = "990011"


@pytest.fixture
async def forced(story: Story) -> Player:
    """Bob, coordinator with both PINs, with a guardian, a family and an application on his desk."""
    await story.family_and_guardian()
    await story.becomes_coordinator(story.carol)
    await story.mallory.agrees()
    await story.prisoners("Public Example")
    await story.mallory.applies(weeks=4)
    hashed = hash_pin(DURESS_PIN, pepper=story.storage.keys.macs().pin_pepper, cost=CHEAP)
    async with story.storage.unit() as uow:
        actor = await recognise(uow, story.bob.person.user_id, now=story.now)
        assert actor is not None
        desk = await desk_of(uow, actor.id)
        await uow.vault.seal(desk, duress_pin=hashed)
        await uow.desks.keep(desk)
    await story.bob.says("/lock")
    return story.bob


async def types(player: Player, pin: str) -> None:
    await player.says("/desk")
    await player.taps(*pin, "OK")


async def forces(story: Story, player: Player) -> None:
    """Let the duress PIN be typed, and what follows the answer be done."""
    await types(player, DURESS_PIN)
    await story.telegram.until(lambda: story.carol.pushes == 1)
    await story.idle()


async def test_the_captor_finds_an_empty_desk_and_the_others_are_warned(story: Story, forced: Player) -> None:
    await forces(story, forced)
    desk = forced.texts
    await forced.taps("Inbox")
    inbox = forced.texts
    await forced.taps("Back", "Prisoners")
    await forced.says("Public")
    found = forced.labels
    await forced.says("Forgotten")

    assert "Nothing waits for you" in desk
    assert "Nothing waits for you" in inbox
    assert "Public Example" in found
    assert "was forced to open the desk" in await story.carol.opens()
    assert story.alice.pushes == story.vera.pushes == 0


async def test_what_the_captor_does_there_changes_nothing(story: Story, forced: Player) -> None:
    await forces(story, forced)
    before = await register(story)

    await forced.taps("Prisoners")
    await forced.says("Public")
    await forced.taps("Public Example…", "Who may see the name", "Hidden")
    hidden = forced.texts
    await forced.taps("Back")
    await forced.says("Public")

    assert "hidden, only the family sees it" in hidden
    assert await register(story) == before
    assert story.alice.pushes == 0


async def test_the_true_pin_opens_the_same_desk_later_and_the_settings_tell_nothing(
    story: Story, forced: Player
) -> None:
    await forces(story, forced)
    await forced.taps("Lock")
    await story.pass_time(hours=3)
    await types(forced, PIN)
    await forced.taps("Inbox")
    inbox = forced.texts
    await forced.taps("Back", "Desk settings")
    settings = forced.texts
    await forced.says("/mydata")

    assert "Nothing waits for you" in inbox
    assert "Nobody can see here whether there is one" in settings
    assert "duress" not in forced.texts
    assert "coordinator" in forced.texts


async def test_it_is_the_true_desk_that_shows_what_waits(story: Story, forced: Player) -> None:
    await types(forced, PIN)

    assert "1 application" in forced.texts


async def test_a_draft_typed_to_a_closed_desk_waits_for_the_pin_and_is_gone_under_duress(
    story: Story, forced: Player
) -> None:
    await types(forced, PIN)
    await forced.taps("Prisoners")
    await story.pass_time(minutes=6)
    await forced.says("Forgotten")
    kept = forced.texts
    await forced.taps(*PIN, "OK")
    offered = forced.texts
    await forced.taps("Go on")
    found = forced.labels
    await story.pass_time(minutes=6)
    await forced.says("Forgotten")
    await types(forced, DURESS_PIN)

    assert "kept sealed" in kept
    assert "Forgotten" not in kept
    assert "Forgotten" in offered
    assert "Forgotten Example" in found
    assert "Forgotten" not in forced.texts
    assert "Nothing waits for you" in forced.texts


async def test_somebody_is_warned_even_where_the_process_died_right_after_the_answer(
    story: Story, forced: Player
) -> None:
    # As such a process leaves it: the desk is a decoy, and nothing has followed.
    async with story.storage.unit() as uow:
        actor = await recognise(uow, forced.person.user_id, now=story.now)
        assert actor is not None
        await change_desk(uow, actor.id, is_decoy=True)

    await story.pass_time(seconds=31)
    await story.telegram.until(lambda: story.carol.pushes == 1)

    assert "was forced to open the desk" in await story.carol.opens()


async def register(story: Story) -> list[str]:
    """Every row about prisoners, hearings, guardianships, families and their messages."""
    rows: list[str] = []
    async with story.storage.view() as uow:
        for table in ("prisoner", "hearing", "guardianship", "kinship", "code", "outbox"):
            found = await uow.session.execute(text(f"SELECT * FROM {table}"))
            rows += sorted(map(repr, found))
    return rows
