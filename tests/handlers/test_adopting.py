"""Becoming a Guardian, from the menu to the application that waits."""

from datetime import date

import pytest
from sqlalchemy import select

from solidarity.people import letter_languages_of
from storage.models import CustodyStatus, Draft, Guardianship, GuardianshipState, Publicity

from .acts import applies, guards, opens
from .conftest import Chat, NewPrisoner


async def reaches_a_person(chat: Chat) -> None:
    await chat.joins()
    await chat.taps("Become a Guardian")
    await chat.taps("Russian: no")
    await chat.taps("Done")
    await chat.taps("Every 4 weeks")


async def applications(chat: Chat) -> list[Guardianship]:
    async with chat.storage.view() as uow:
        return list(await uow.session.scalars(select(Guardianship)))


async def test_languages_are_switches_and_ones_own_is_on(alice: Chat):
    await alice.joins()

    await alice.taps("Become a Guardian")

    assert alice.labels == ["Belarusian: no", "Russian: no", "English: yes", "Done", "Back"]


async def test_a_switch_turns_over_and_back(alice: Chat):
    await alice.joins()
    await alice.taps("Become a Guardian")

    await alice.taps("Belarusian: no")
    assert "Belarusian: yes" in alice.labels

    await alice.taps("Belarusian: yes")
    assert "Belarusian: no" in alice.labels


async def test_without_a_language_one_does_not_get_on(alice: Chat):
    await alice.joins()
    await alice.taps("Become a Guardian")
    await alice.taps("English: yes")

    await alice.taps("Done")

    assert "Choose at least one language." in alice.text
    assert "Done" in alice.labels


async def test_languages_are_remembered_the_next_time(alice: Chat):
    await alice.joins()
    await alice.taps("Become a Guardian")
    await alice.taps("Belarusian: no")
    await alice.taps("English: yes")
    await alice.taps("Done")
    assert alice.labels == ["Every 2 weeks", "Every 4 weeks", "Every 8 weeks", "Back"]

    await alice.says("/adopt")

    assert alice.labels[:3] == ["Belarusian: yes", "Russian: no", "English: no"]
    async with alice.storage.view() as uow:
        assert await letter_languages_of(uow, await alice.actor()) == ["be"]


async def test_a_person_is_shown_with_what_is_known(alice: Chat, new_prisoner: NewPrisoner):
    await opens(alice.storage, "SAMPLE-1")
    await new_prisoner(
        facility="SAMPLE-1", interests="chess <and> maps", detained_on=date(2025, 3, 1), languages="ru"
    )

    await reaches_a_person(alice)

    assert alice.text.splitlines() == [
        "<b>Example Sampleson</b>",
        "Sample Facility",
        "Detained since 1 March 2025.",
        "Likes: chess &lt;and&gt; maps",
        "Nobody writes to this person yet, as far as we know.",
    ]
    assert alice.labels == ["I'll write", "Show someone else", "Why this person?", "Back"]


async def test_days_since_the_last_letter_are_said_whoever_wrote_it(
    alice: Chat, vera: Chat, new_prisoner: NewPrisoner
):
    prisoner_id = await new_prisoner()
    await vera.joins()
    await guards(vera, prisoner_id)
    await vera.says("/mine")
    await vera.taps("Example Sampleson")
    await vera.taps("I wrote")
    alice.clock.moves(days=5)

    await reaches_a_person(alice)

    assert "The last letter we know of was written 5 days ago." in alice.text


async def test_whose_name_is_not_public_is_shown_by_alias(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner(publicity=Publicity.GUARDIANS, alias="Grey Heron")

    await reaches_a_person(alice)

    assert "Grey Heron" in alice.text
    assert "Sampleson" not in alice.text


@pytest.mark.parametrize(
    ("publicity", "status"),
    [(Publicity.HIDDEN, CustodyStatus.PRETRIAL), (Publicity.PUBLIC, CustodyStatus.RELEASED)],
    ids=["hidden", "released"],
)
async def test_nobody_is_shown_who_may_not_be(
    alice: Chat, new_prisoner: NewPrisoner, publicity: Publicity, status: CustodyStatus
):
    await new_prisoner(publicity=publicity, status=status, alias="Grey Heron")

    await reaches_a_person(alice)

    assert "There is nobody to suggest now" in alice.text
    assert "Every 4 weeks" in alice.labels


async def test_someone_else_is_someone_else_and_then_it_begins_again(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner("Example One")
    await new_prisoner("Example Two")
    await reaches_a_person(alice)
    first = alice.text

    await alice.taps("Show someone else")
    second = alice.text
    await alice.taps("Show someone else")

    assert second != first
    assert alice.text == first


async def test_the_only_person_is_shown_again_with_a_word(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await reaches_a_person(alice)

    await alice.taps("Show someone else")

    assert "There is nobody else to show now." in alice.text
    assert "Example Sampleson" in alice.text


async def test_why_this_person_tells_no_numbers(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await reaches_a_person(alice)

    await alice.taps("Why this person?")

    assert not any(character.isdigit() for character in alice.text)
    await alice.taps("Back")
    assert "Example Sampleson" in alice.text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (CustodyStatus.PRETRIAL, "Before the sentence anybody may write"),
        (CustodyStatus.CONVICTED, "mostly letters of close relatives"),
        (CustodyStatus.INCOMMUNICADO, "Letters: not possible."),
        (CustodyStatus.DETAINED, "we have no source"),
    ],
)
async def test_the_promise_says_what_is_possible_today(
    alice: Chat, new_prisoner: NewPrisoner, status: CustodyStatus, sentence: str
):
    await new_prisoner(status=status)
    await reaches_a_person(alice)

    await alice.taps("I'll write")

    assert sentence in alice.text
    assert "every 4 weeks" in alice.text
    assert alice.labels == ["Send", "Back"]


@pytest.mark.parametrize(
    "status", [CustodyStatus.OPEN_FACILITY, CustodyStatus.HOME_KHIMIYA, CustodyStatus.HOUSE_ARREST]
)
async def test_nobody_is_asked_to_write_where_letters_are_not_needed_or_dangerous(
    alice: Chat, new_prisoner: NewPrisoner, status: CustodyStatus
):
    await new_prisoner(status=status)

    await alice.joins()
    await alice.says("/adopt")
    await alice.taps("Done")
    await alice.taps("Every 4 weeks")

    assert "I'll write" not in alice.labels


async def test_an_application_is_sent_with_its_word_and_waits_in_the_menu(
    alice: Chat, new_prisoner: NewPrisoner
):
    prisoner_id = await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")
    await alice.says("I knit <3")
    assert "<blockquote>I knit &lt;3</blockquote>" in alice.text

    await alice.taps("Send")

    assert "usually within 3 days" in alice.text
    (application,) = await applications(alice)
    assert (application.prisoner_id, application.rhythm_weeks) == (prisoner_id, 4)
    async with alice.storage.view() as uow:
        assert await uow.guardianships.reveal_word(application) == "I knit <3"
        assert list(await uow.session.scalars(select(Draft))) == []
    await alice.taps("Back")
    assert "My application: waiting, usually 3 days" in alice.labels


async def test_what_was_typed_is_deleted(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")

    await alice.says("I knit")

    assert "I knit" not in [text for text in alice.written.values() if text]


async def test_a_word_that_is_too_long_is_refused_and_the_older_one_stays(
    alice: Chat, new_prisoner: NewPrisoner
):
    await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")
    await alice.says("I knit")

    await alice.says("x" * 501)

    assert "500 characters at most" in alice.text
    assert "I knit" in alice.text


async def test_sending_twice_by_a_repeated_update_applies_once(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")
    await alice.taps("Send")

    await alice.repeat()

    assert len(await applications(alice)) == 1
    assert "usually within 3 days" in alice.text


async def test_a_choice_that_was_cancelled_elsewhere_cannot_be_sent(alice: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")
    actor = await alice.actor()
    async with alice.storage.unit() as uow:
        await uow.drafts.drop(actor.id)

    await alice.taps("Send")

    assert "This has changed in the meantime." in alice.text
    assert await applications(alice) == []


async def test_whoever_was_released_meanwhile_is_not_applied_for(alice: Chat, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")
    async with alice.storage.unit() as uow:
        prisoner = await uow.prisoners.get(prisoner_id)
        assert prisoner is not None
        prisoner.custody_status = CustodyStatus.RELEASED

    await alice.taps("Send")

    assert await applications(alice) == []


async def test_with_three_promises_one_is_told_so_at_once(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    for number in range(3):
        await applies(alice, await new_prisoner(f"Example {number}"))

    await alice.taps("Become a Guardian")

    assert "3 people at most" in alice.text
    assert "Done" not in alice.labels


async def test_an_application_is_withdrawn_after_one_question(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await applies(alice, await new_prisoner())
    await alice.says("/menu")
    await alice.taps("My application: waiting, usually 3 days")
    await alice.taps("Withdraw")
    assert "Take your application back?" in alice.text

    await alice.taps("Withdraw")

    assert "withdrawn" in alice.text
    assert [one.state for one in await applications(alice)] == [GuardianshipState.WITHDRAWN]


async def test_mallory_cannot_send_alices_application(alice: Chat, mallory: Chat, new_prisoner: NewPrisoner):
    await new_prisoner()
    await reaches_a_person(alice)
    await alice.taps("I'll write")
    assert alice.newest is not None
    token = next(b.callback_data for b in alice.buttons(alice.newest) if b.text == "Send")
    assert isinstance(token, str)
    await mallory.joins()

    await mallory.forge(token)

    assert await applications(mallory) == []
