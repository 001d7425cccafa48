"""Who can write to the database spoils one cell: whoever it is about is told so, all others are served."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs
from structlog.typing import EventDict

from solidarity.guardianship import apply_as_guardian
from solidarity.people import recognise
from tests.spoiling import spoil
from tests.stories.story import Player, Story

SORRY = "Something went wrong on our side"


async def id_of(story: Story, player: Player) -> bytes:
    async with story.storage.view() as uow:
        person = await uow.people.get_by_chat(player.person.user_id)
        assert person is not None
        return person.id.bytes


async def only(story: Story, table: str, column: str = "id") -> bytes:
    """Return the id of a table's only row."""
    async with story.storage.view() as uow:
        [found] = await uow.session.scalars(text(f"SELECT {column} FROM {table}"))
        return bytes(found)


async def is_served(player: Player) -> bool:
    await player.says("/settings")
    return "Contact details" in player.labels and SORRY not in player.texts


@pytest.fixture(autouse=True)
def log() -> Iterator[list[EventDict]]:
    """What is logged, without the time it takes to draw a traceback."""
    with capture_logs() as events:
        yield events


async def test_who_writes_and_cannot_be_read_is_told_a_reference_number(story: Story, log: list[EventDict]):
    await story.alice.agrees()
    await spoil(story.storage, "data_key", "wrapped", "subject", await id_of(story, story.alice))

    await story.alice.person.says("/menu")

    told = await story.alice.person.sees(SORRY)
    assert told.text.rpartition(" ")[2] in {event.get("reference") for event in log}
    await story.telegram.until(lambda: all(message.is_from_bot for message in story.alice.person.visible))


async def test_who_taps_and_cannot_be_read_is_told_a_reference_number(story: Story):
    await story.alice.agrees()
    await spoil(story.storage, "data_key", "wrapped", "subject", await id_of(story, story.alice))

    tap = await story.alice.person.taps("Settings")
    await tap.answered

    assert SORRY in (tap.answer_text or "")


@pytest.mark.parametrize(
    ("table", "column", "key"),
    [("person", "chat", "id"), ("person", "phrase", "id"), ("data_key", "wrapped", "subject")],
    ids=["account", "phrase", "data key"],
)
async def test_the_others_get_what_is_due_beside_somebody_who_cannot_be_read(
    story: Story, table: str, column: str, key: str
):
    await story.family_and_guardian()
    await spoil(story.storage, table, column, key, await id_of(story, story.alice))

    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30")

    assert (story.alice.pushes, story.vera.pushes) == (0, 1)
    assert "14:30" in await story.vera.opens()


async def test_what_others_opened_is_covered_in_time_beside_somebody_who_cannot_be_read(story: Story):
    await story.family_and_guardian()
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30")
    assert "14:30" in await story.vera.opens()
    await spoil(story.storage, "data_key", "wrapped", "subject", await id_of(story, story.alice))

    await story.pass_time(minutes=10)

    assert "14:30" not in story.vera.texts


async def test_messages_of_others_are_deleted_in_time_beside_somebody_who_cannot_be_read(story: Story):
    await story.alice.agrees()
    await story.vera.agrees()
    await spoil(story.storage, "data_key", "wrapped", "subject", await id_of(story, story.alice))

    await story.pass_time(hours=24)

    assert story.vera.person.visible == []


async def test_a_spoiled_telephone_number_fails_for_its_owner_alone(story: Story):
    await story.alice.agrees()
    await story.vera.agrees()
    await story.alice.taps("Settings", "Contact details", "Phone")
    await story.alice.says("+375 29 111 22 33")
    await story.alice.says("/menu")
    await spoil(story.storage, "person", "phone", "id", await id_of(story, story.alice))

    await story.alice.taps("Settings")

    assert SORRY in story.alice.texts
    assert await is_served(story.vera)


async def test_a_spoiled_sitting_fails_for_those_who_open_it(story: Story):
    await story.family_and_guardian()
    await story.mallory.agrees()
    await story.bob.adds_hearing("Forgotten Example", "10.12.2026 14:30")
    await spoil(story.storage, "hearing", "details", "id", await only(story, "hearing"))

    tap = await story.alice.person.taps("Open")
    await tap.answered

    assert SORRY in (tap.answer_text or "")
    assert await is_served(story.alice)
    assert await is_served(story.mallory)


async def applies(story: Story, player: Player, prisoner_id: UUID) -> bytes:
    """Let somebody apply with a word along; returns the application's id."""
    await player.agrees()
    async with story.storage.unit() as uow:
        actor = await recognise(uow, player.person.user_id, now=story.now)
        assert actor is not None
        made = await apply_as_guardian(
            uow, actor, prisoner_id, rhythm_weeks=2, word="I write slowly", now=story.now
        )
        return made.id.bytes


async def test_a_spoiled_word_keeps_no_other_application_waiting(story: Story):
    forgotten, another = await story.prisoners("Forgotten Example", "Another Example")
    await story.becomes_coordinator(story.bob)
    await spoil(story.storage, "guardianship", "word", "id", await applies(story, story.alice, forgotten))
    await applies(story, story.vera, another)
    await story.bob.opens_desk()

    await story.bob.taps("Inbox", "Forgotten Example…")
    assert SORRY in story.bob.texts
    await story.bob.taps("Another Example…", "Accept")

    assert story.vera.pushes == 1


async def test_a_prisoner_of_whom_nothing_can_be_read_can_still_be_written_to(story: Story):
    [prisoner] = await story.prisoners("Forgotten Example")
    for column in ("name_en", "interests", "case_details"):
        await spoil(story.storage, "prisoner", column, "id", prisoner.bytes)
    await story.becomes_coordinator(story.bob)
    await story.alice.agrees()

    await story.alice.applies(weeks=2)

    assert "Sent." in story.alice.texts
    assert "Forgotten Example" not in story.alice.texts
    await story.bob.opens_desk()
    await story.bob.taps("Inbox", "…23 November 2026", "Accept")
    assert story.alice.pushes == 1


async def test_a_prisoner_of_whom_nothing_can_be_read_hides_nobody_in_a_list(story: Story):
    spoiled, _ = await story.prisoners("Forgotten Example", "Another Example")
    await spoil(story.storage, "data_key", "wrapped", "subject", spoiled.bytes)

    await story.mallory.says("/start")
    await story.mallory.taps("English", "No", "Just look", "Public prisoners")

    assert "Another Example" in story.mallory.labels
    assert len(story.mallory.labels) == 4


async def test_a_spoiled_pin_closes_one_desk_alone(story: Story):
    await story.becomes_coordinator(story.bob)
    await story.becomes_coordinator(story.carol)
    await story.bob.opens_desk()
    await story.bob.taps("Lock")
    await spoil(story.storage, "desk", "pin", "person_id", await id_of(story, story.bob))

    await story.bob.says("/desk")
    await story.carol.opens_desk()

    assert "Nobody can look up your PIN." in story.bob.texts
    assert "Inbox" not in story.bob.labels
    assert "Inbox" in story.carol.labels


async def test_a_spoiled_draft_is_begun_anew(story: Story):
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.chooses(weeks=2)
    await spoil(story.storage, "draft", "body", "id", await only(story, "draft"))

    # The screen itself is drawn from the draft.
    await story.alice.taps("I'll write")

    assert SORRY in story.alice.texts
    await story.alice.applies(weeks=4)
    assert "Sent." in story.alice.texts


async def test_words_for_a_spoiled_draft_lead_back_to_the_menu(story: Story):
    await story.prisoners("Forgotten Example")
    await story.alice.agrees()
    await story.alice.chooses(weeks=2)
    await story.alice.taps("I'll write")
    await spoil(story.storage, "draft", "body", "id", await only(story, "draft"))

    await story.alice.says("I write slowly")

    assert SORRY in story.alice.texts
    assert "Become a Guardian" in story.alice.labels
