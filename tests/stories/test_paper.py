"""Paper that leaves the chat: a guardian's envelope and an evening's, printed for real."""

from sandbox.files import Upload
from sandbox.messages import Message
from storage.models import Prisoner
from tests.bot.paper.printed import Sheet, sheets_of
from tests.stories.story import Player, Story

NAME = "Узор Прыкладаў"
BACK = "Запасны Канарэйкін\nвул. Канарэйкавая 7"


async def known(story: Story, name: str = NAME) -> None:
    """Somebody public, held at a place that has an address."""
    [prisoner_id] = await story.prisoners(name)
    async with story.storage.unit() as uow:
        await uow.facilities.put(
            "SAMPLE-1",
            verified_on=None,
            kind="colony",
            name_be="Узорная ўстанова",
            name_ru="Образцовое учреждение",
            name_en="Sample Facility",
            postal_code="246035",
            city="Гомель",
            street="вул. Прыкладная 1",
            source="an invented list, 2026",
        )
        prisoner = await uow.session.get(Prisoner, prisoner_id)
        assert prisoner is not None
        prisoner.facility_code = "SAMPLE-1"


def paper(player: Player) -> Message:
    [message] = [one for one in player.person.visible if one.media is not None]
    return message


def upload(story: Story, message: Message) -> Upload:
    assert message.media is not None
    return story.telegram.world.files.by_id[message.media.file_id].upload


def sheets(story: Story, player: Player) -> list[Sheet]:
    return sheets_of(upload(story, paper(player)).data)


async def at_envelope(story: Story) -> None:
    await known(story)
    await story.alice.agrees()
    await story.alice.taps("Write one letter", "Done", "I'll write", "Envelope", "DL")


async def test_an_envelope_is_printed_can_be_saved_and_goes_after_an_hour(story: Story):
    await at_envelope(story)

    await story.alice.taps("Print without it")

    message = paper(story.alice)
    [sheet] = sheets(story, story.alice)
    assert (upload(story, message).name, message.protect_content) == ("document.pdf", False)
    assert (sheet.width, sheet.height) == (220.0, 110.0)
    assert sheet.lines == [
        NAME,
        "Узорная ўстанова",
        "вул. Прыкладная 1",
        "246035 Гомель",
        "REPUBLIC OF BELARUS",
    ]
    await story.pass_time(minutes=59)
    before = message.is_visible
    await story.pass_time(minutes=1)
    assert (before, message.is_visible) == (True, False)


async def test_a_return_address_stands_on_the_paper_and_nowhere_else(story: Story):
    await at_envelope(story)

    await story.alice.says(BACK)

    [sheet] = sheets(story, story.alice)
    assert sheet.lines[:2] == BACK.splitlines()
    assert "Канарэйк" not in story.alice.texts
    assert all(message.is_from_bot for message in story.alice.person.visible)


async def test_the_paper_goes_with_who_hides(story: Story):
    await at_envelope(story)
    await story.alice.taps("Print without it")

    await story.alice.says("/hide")

    assert [message.media for message in story.alice.person.visible] == [None]


async def test_an_evening_is_printed_at_the_desk_and_its_letters_noted(story: Story):
    await known(story)
    await known(story, "Прыклад Узораў")
    await story.becomes_coordinator(story.bob)
    await story.desk_is_open(story.bob)
    await story.bob.opens_desk()

    await story.bob.taps("Letter evening", "5", "C5")

    table, *envelopes = sheets(story, story.bob)
    assert "Letter evening" in table.text
    assert "For the table only" in table.text
    assert {sheet.lines[0] for sheet in envelopes} == {NAME, "Прыклад Узораў"}
    assert {(sheet.width, sheet.height) for sheet in envelopes} == {(229.0, 162.0)}
    await story.bob.taps("2 letters written")
    assert await story.count("letter") == 2
    assert "2 letters are noted" in story.bob.texts
