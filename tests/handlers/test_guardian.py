"""What a Guardian sees of those they write to."""

from datetime import date

import pytest

from storage.models import CustodyStatus, GuardianshipState, Publicity

from .acts import applies, deliver, guards, opens, prisoner_of
from .conftest import Chat, NewPrisoner

ENVELOPE = """Example Sampleson
Узорная ўстанова
вул. Прыкладная 1
100000 Узорск
REPUBLIC OF BELARUS"""


@pytest.fixture
async def guardian(alice: Chat, new_prisoner: NewPrisoner) -> Chat:
    """Alice, who writes to one person every four weeks, at her list."""
    await opens(alice.storage, "SAMPLE-1")
    await alice.joins()
    await guards(alice, await new_prisoner(facility="SAMPLE-1"))
    await alice.says("/mine")
    return alice


async def test_without_a_promise_the_list_shows_the_way(alice: Chat):
    await alice.joins()

    await alice.taps("My guardianships")

    assert "You do not write to anybody at the moment." in alice.text
    assert alice.labels == ["Become a Guardian", "Back"]


async def test_the_list_leads_to_each_promise(guardian: Chat):
    await guardian.taps("Example Sampleson")

    assert guardian.text.splitlines() == [
        "<b>Example Sampleson</b>",
        "Sample Facility",
        "A letter every 4 weeks.",
        "No letters so far.",
        "The next reminder comes on Monday, 21 December 2026, 10:00.",
    ]
    assert guardian.labels == [
        "I wrote",
        "Address and advice",
        "Check my letter",
        "Envelope",
        "An answer came",
        "It came back",
        "Pause",
        "Step down",
        "Back",
    ]


async def test_an_application_stands_in_the_list_as_waiting(guardian: Chat, new_prisoner: NewPrisoner):
    await applies(guardian, await new_prisoner("Example Two"))

    await guardian.says("/mine")

    assert "Example Two: your application is waiting." in guardian.text
    await guardian.taps("Example Two")
    assert "Withdraw" in guardian.labels


async def test_names_on_buttons_are_written_as_they_are(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await guards(alice, await new_prisoner("Sampleson & Daughter"))

    await alice.says("/mine")

    assert "Sampleson & Daughter" in alice.labels


async def test_a_letter_is_noted_and_moves_the_next_reminder(guardian: Chat):
    guardian.clock.moves(days=2)
    await guardian.says("/mine")
    await guardian.taps("Example Sampleson")

    await guardian.taps("I wrote")

    assert "Letter 1 is noted. Thank you." in guardian.text
    assert "Letters so far: 1." in guardian.text
    assert "Wednesday, 23 December 2026" in guardian.text


async def test_a_letter_tapped_twice_by_a_repeated_update_counts_once(guardian: Chat):
    await guardian.taps("Example Sampleson")
    await guardian.taps("I wrote")

    await guardian.repeat()

    assert "Letters so far: 1." in guardian.text


async def test_the_address_stands_as_on_an_envelope_and_can_be_copied(guardian: Chat):
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert f"<code>{ENVELOPE}</code>" in guardian.text
    assert guardian.newest is not None
    (button,) = [b for b in guardian.buttons(guardian.newest) if b.text == "Copy address"]
    assert button.copy_text == ENVELOPE


async def test_an_address_nobody_checked_says_so_with_its_source(guardian: Chat):
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert "Nobody has verified this address yet" in guardian.text
    assert "Source of the address: <code>an invented list, 2026</code>" in guardian.text


@pytest.mark.parametrize(
    ("verified_on", "sentence"),
    [
        (date(2026, 11, 1), "The address was checked on 1 November 2026."),
        (date(2026, 5, 1), "last checked on 1 May 2026, more than 180 days ago"),
    ],
)
async def test_a_checked_address_says_when(guardian: Chat, verified_on: date, sentence: str):
    await opens(guardian.storage, "SAMPLE-1", verified_on=verified_on)
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert sentence in guardian.text


async def test_advice_says_what_to_write_and_in_which_languages(guardian: Chat):
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert "Belarusian or Russian only" in guardian.text
    assert "Write about:" in guardian.text
    assert "Leave out" in guardian.text
    await guardian.taps("Back")
    assert "Step down" in guardian.labels


async def test_a_latin_address_asks_for_cyrillic(guardian: Chat):
    await opens(guardian.storage, "SAMPLE-1", city="Uzorsk")
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert "must be in Cyrillic" in guardian.text


async def test_an_address_too_long_for_telegram_has_no_button_to_copy_it(guardian: Chat):
    await opens(guardian.storage, "SAMPLE-1", street="вул. Прыкладная " * 20)
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert guardian.labels == ["I write from abroad", "Back"]


async def test_mail_is_never_sent_to_a_closed_place(guardian: Chat):
    await opens(guardian.storage, "SAMPLE-1", kind="colony-liquidated")
    await guardian.taps("Example Sampleson")

    await guardian.taps("Address and advice")

    assert "mail must not be sent there" in guardian.text
    assert "Прыкладная" not in guardian.text


async def test_an_unknown_place_is_said_to_be_unknown(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await guards(alice, await new_prisoner())
    await alice.says("/mine")
    await alice.taps("Example Sampleson")
    assert "The place is not known." in alice.text

    await alice.taps("Address and advice")

    assert "We do not know where this person is held" in alice.text


async def test_a_name_hidden_since_is_on_no_envelope(guardian: Chat, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner("Example Two", facility="SAMPLE-1", alias="Grey Heron")
    await guards(guardian, prisoner_id)
    async with guardian.storage.unit() as uow:
        (await prisoner_of(uow, prisoner_id)).publicity = Publicity.HIDDEN
    await guardian.says("/mine")
    await guardian.taps("Grey Heron")

    await guardian.taps("Address and advice")

    assert "The full address stays with the coordinators" in guardian.text
    assert "Example Two" not in guardian.text


async def test_stepping_down_asks_once_and_ends_everything(guardian: Chat):
    await guardian.taps("Example Sampleson")
    await guardian.taps("Step down")
    assert "Is that what you want?" in guardian.text

    await guardian.taps("Step down")

    assert "Thank you for every letter." in guardian.text
    actor = await guardian.actor()
    async with guardian.storage.view() as uow:
        assert await uow.guardianships.of_person(actor.id, GuardianshipState.ACTIVE) == []
    assert await deliver(guardian) == []


async def test_stepping_down_can_be_thought_better_of(guardian: Chat):
    await guardian.taps("Example Sampleson")
    await guardian.taps("Step down")

    await guardian.taps("Back")

    assert "A letter every 4 weeks." in guardian.text


async def test_about_a_silenced_prisoner_one_is_asked_to_wait(guardian: Chat, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner("Example Two", facility="SAMPLE-1")
    await guards(guardian, prisoner_id)
    async with guardian.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        prisoner.is_silenced, prisoner.custody_status = True, CustodyStatus.DIED
    await guardian.says("/mine")

    await guardian.taps("Example Two")

    assert "Please do not write for now." in guardian.text
    assert guardian.labels == ["Step down", "Back"]


async def test_everything_works_in_belarusian_and_russian(new_chat, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner()
    for chat, list_label, address in (
        (new_chat(700_000_011, "be"), "З кім я поруч", "Адрас і парады"),
        (new_chat(700_000_012, "ru"), "С кем я рядом", "Адрес и советы"),
    ):
        await chat.joins()
        await guards(chat, prisoner_id)
        await chat.says("/menu")
        await chat.taps(list_label)
        await chat.taps("Example Sampleson")
        await chat.taps(address)

        assert "кирыліцай" in chat.text or "только по-белорусски" in chat.text or "толькі" in chat.text


async def test_mallory_has_no_list_of_others(guardian: Chat, mallory: Chat):
    await mallory.joins()

    await mallory.says("/mine")

    assert "You do not write to anybody at the moment." in mallory.text


async def test_mallory_cannot_tap_alices_buttons(guardian: Chat, mallory: Chat):
    await guardian.taps("Example Sampleson")
    assert guardian.newest is not None
    tokens = [b.callback_data for b in guardian.buttons(guardian.newest)]
    await mallory.joins()

    for token in tokens:
        assert isinstance(token, str)
        await mallory.forge(token)

        assert "Sampleson" not in mallory.text


@pytest.mark.parametrize(
    "screen",
    [
        "guardianship", "address", "stepping-down", "application", "withdrawing", "letter", "answer-came",
        "came-back", "pausing",
    ],
)  # fmt: skip
async def test_mallory_is_refused_a_screen_about_alices_guardianship(
    guardian: Chat, mallory: Chat, screen: str
):
    (promise,) = await standing(guardian)
    await mallory.joins()
    actor = await mallory.actor()
    async with mallory.storage.unit() as uow:
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        place.screen, place.target = screen, promise

    await mallory.forge("b:nonsense")

    assert "Sampleson" not in mallory.text
    assert "There is nothing here for you." in mallory.text


async def standing(chat: Chat) -> list:
    actor = await chat.actor()
    async with chat.storage.view() as uow:
        return [g.id for g in await uow.guardianships.of_person(actor.id, GuardianshipState.ACTIVE)]
