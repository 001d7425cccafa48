"""Being at a sitting: the risk first, then yes or no, and the date in a calendar that tells nothing."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import vobject

from handlers.calendar_file import entry_of
from solidarity.hearings.life import cancel_hearing, hearing_of, move_hearing
from solidarity.people import change_setting
from storage.models import CodeKind, Openness, Publicity

from .acts import announce, deliver, guards, prisoner_of
from .conftest import Chat, NewChat, NewPrisoner

TELLING = ("Sampleson", "Sample Court", "court", "суд", "342", "Example", "poruch", "prison")


@pytest.fixture
async def hearing_id(alice: Chat, new_prisoner: NewPrisoner) -> UUID:
    await alice.joins()
    prisoner_id = await new_prisoner()
    await guards(alice, prisoner_id)
    return await announce(alice.storage, prisoner_id, alice.clock(), stage="article 342")


async def attending(chat: Chat, hearing_id: UUID) -> int:
    async with chat.storage.view() as uow:
        return await uow.attendances.count(hearing_id)


async def test_the_risk_is_said_before_anything_is_noted(alice: Chat, hearing_id: UUID):
    await alice.says("/court")
    assert alice.labels[:2] == ["I'll be there", "Add to calendar"]

    await alice.taps("I'll be there")

    assert "passports are looked at and names written down" in alice.text
    assert await attending(alice, hearing_id) == 0

    await alice.taps("I'll be there")

    assert await attending(alice, hearing_id) == 1
    assert "You said that you will be there." in alice.text
    assert alice.labels == ["I can't after all", "Add to calendar", "Back"]


async def test_it_can_be_taken_back(alice: Chat, hearing_id: UUID):
    await alice.says("/court")
    await alice.taps("I'll be there")
    await alice.taps("I'll be there")

    await alice.taps("I can't after all")

    assert await attending(alice, hearing_id) == 0
    assert "I'll be there" in alice.labels


async def test_a_pushed_date_offers_it_too(alice: Chat, hearing_id: UUID):
    await deliver(alice)

    await alice.taps("Open")

    assert alice.labels == ["I'll be there", "Add to calendar", "Court dates", "Back"]


async def test_a_closed_sitting_invites_nobody(alice: Chat, hearing_id: UUID):
    async with alice.storage.unit() as uow:
        (await hearing_of(uow, hearing_id)).openness = Openness.CLOSED

    await alice.says("/court")

    assert "I'll be there" not in alice.labels
    assert "Add to calendar" in alice.labels


async def test_who_does_not_know_whether_it_is_open_is_told_so(alice: Chat, hearing_id: UUID):
    async with alice.storage.unit() as uow:
        (await hearing_of(uow, hearing_id)).openness = Openness.UNKNOWN
    await alice.says("/court")

    await alice.taps("I'll be there")

    assert "You may stand before a closed door." in alice.text


async def test_a_coordinator_sees_a_number_and_nobody_else_does(alice: Chat, bob: Chat, hearing_id: UUID):
    await alice.says("/court")
    await alice.taps("I'll be there")
    await alice.taps("I'll be there")
    assert "1 person" not in alice.text
    await bob.joins_as(CodeKind.COORDINATOR)
    actor = await bob.actor()
    async with bob.storage.unit() as uow:
        desk = await uow.desks.get(actor.id)
        assert desk is not None
        desk.open_until = bob.clock() + timedelta(minutes=5)
        await uow.desks.keep(desk)
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        place.screen, place.target = "hearing", hearing_id

    await bob.forge("b:nonsense")

    assert "1 person says that they will be there." in bob.text


async def test_mallory_learns_nothing_of_a_sitting_that_is_not_for_all(
    alice: Chat, mallory: Chat, hearing_id: UUID
):
    await mallory.joins()
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        (await prisoner_of(uow, hearing.prisoner_id)).publicity = Publicity.GUARDIANS
    actor = await mallory.actor()
    for screen in ("court-date", "attend"):
        async with mallory.storage.unit() as uow:
            place = await uow.posted.get_place(actor.id)
            assert place is not None
            place.screen, place.target = screen, hearing_id

        await mallory.forge("b:nonsense")

        assert "There is nothing here for you." in mallory.text


async def test_the_calendar_gets_a_time_and_nothing_else(alice: Chat, hearing_id: UUID):
    actor = await alice.actor()
    async with alice.storage.unit() as uow:
        await change_setting(uow, actor, "texts", "full", now=alice.clock())
    await alice.says("/court")

    await alice.taps("Add to calendar")

    assert alice.answer is not None
    file = alice.answer.file
    assert file is not None
    assert file.document is not None
    assert file.document.name == "event.ics"
    text = file.document.content.decode()
    assert [word for word in TELLING if word.casefold() in text.casefold()] == []
    assert [word for word in TELLING if word.casefold() in file.text.casefold()] == []
    event = vobject.readOne(text).vevent
    assert event.dtstart.value == datetime(2026, 12, 3, 11, tzinfo=UTC)
    assert event.summary.value == "Appointment"
    assert {child.name for child in event.getChildren()} == {
        "UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "CLASS",
    }  # fmt: skip


async def test_the_calendar_file_is_gone_after_an_hour(alice: Chat, hearing_id: UUID):
    await alice.says("/court")
    await alice.taps("Add to calendar")
    actor = await alice.actor()

    async with alice.storage.view() as uow:
        posted = await uow.posted.get_by_screen(actor.id, "calendar-file")

    assert posted is not None
    assert posted.delete_at == alice.clock() + timedelta(hours=1)


async def test_a_date_that_was_added_again_replaces_itself_and_nobody_elses(
    alice: Chat, mallory: Chat, hearing_id: UUID
):
    async def added(chat: Chat) -> tuple[str, str]:
        await chat.taps("Add to calendar")
        assert chat.answer is not None
        assert chat.answer.file is not None
        assert chat.answer.file.document is not None
        event = vobject.readOne(chat.answer.file.document.content.decode()).vevent
        return event.uid.value, event.sequence.value

    await alice.says("/court")
    first = await added(alice)
    await mallory.joins()
    await mallory.says("/court")
    await mallory.taps("Open court dates")
    await mallory.taps("03.12.2026 14:00 · Example Sampleson")
    others = await added(mallory)
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        await move_hearing(uow, hearing, datetime.fromisoformat("2026-12-04 14:00"), now=alice.clock())
    await alice.says("/court")
    again = await added(alice)

    assert first[0] == again[0] != others[0]
    assert (first[1], again[1]) == ("1", "2")
    assert str(hearing_id) not in first[0]


async def test_what_is_over_goes_into_no_calendar(alice: Chat, hearing_id: UUID):
    await alice.says("/court")
    async with alice.storage.unit() as uow:
        await cancel_hearing(uow, await hearing_of(uow, hearing_id), now=alice.clock())

    await alice.taps("Add to calendar")

    assert alice.answer is not None
    assert alice.answer.file is None


@pytest.mark.parametrize(
    ("language", "title"), [("be", "Сустрэча"), ("ru", "Встреча"), ("en", "Appointment")]
)
async def test_the_title_is_as_neutral_in_every_language(
    new_chat: NewChat, new_prisoner: NewPrisoner, language: str, title: str
):
    chat = new_chat(700_000_020, language)
    await chat.joins()
    content = entry_of("x", chat.clock(), title=title, revision=1, made_at=chat.clock())

    assert vobject.readOne(content.decode()).vevent.summary.value == title
