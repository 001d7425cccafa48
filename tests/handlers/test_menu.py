"""The menu, what it says of today, and the screens that explain."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from solidarity.codes import give_relative_code
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.hearings.life import Sitting, add_hearing
from storage.models import CodeKind, Confidence
from storage.unit_of_work import Storage
from tests.handlers.conftest import Chat, HandClock, NewPrisoner

PLAIN = [
    "Become a Guardian",
    "Write one letter",
    "My guardianships",
    "Court dates",
    "Settings",
    "I am in danger",
]


async def apply(chat: Chat, prisoner_id: UUID) -> UUID:
    async with chat.storage.unit() as uow:
        application = await apply_as_guardian(
            uow, await chat.actor(), prisoner_id, rhythm_weeks=2, word=None, now=chat.clock()
        )
        return application.id


async def guard(chat: Chat, coordinator: Chat, prisoner_id: UUID) -> UUID:
    application_id = await apply(chat, prisoner_id)
    async with chat.storage.unit() as uow:
        await accept_guardian(uow, await coordinator.actor(), application_id, now=chat.clock())
    return application_id


async def test_a_supporters_menu_has_neither_family_nor_desk(alice: Chat):
    await alice.joins()

    assert alice.labels == PLAIN


async def test_a_coordinators_menu_has_the_desk(bob: Chat):
    await bob.joins_as(CodeKind.COORDINATOR)

    assert bob.labels == [*PLAIN, "Desk"]


async def test_a_relatives_menu_has_the_family(
    vera: Chat, bob: Chat, storage: Storage, clock: HandClock, new_prisoner: NewPrisoner
):
    prisoner_id = await new_prisoner()
    coordinator = await bob.joins_as(CodeKind.COORDINATOR)
    async with storage.unit() as uow:
        given = await give_relative_code(uow, coordinator, prisoner_id, is_on_behalf=False, now=clock())
    await vera.joins()
    await vera.says(given.words)

    assert vera.labels == [*PLAIN, "Family"]


async def test_an_application_that_waits_stands_first(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await apply(alice, await new_prisoner())
    await alice.says("/menu")

    assert alice.labels == ["My application: waiting, usually 3 days", *PLAIN]


async def test_on_a_quiet_day_the_menu_is_one_line(alice: Chat):
    await alice.joins()

    assert alice.text == "What would you like to do?"


async def test_the_day_of_a_letter_is_said(
    alice: Chat, bob: Chat, clock: HandClock, new_prisoner: NewPrisoner
):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await guard(alice, bob, await new_prisoner())
    clock.moves(days=14)
    await alice.says("/menu")

    assert "Today is a day to write a letter." in alice.text


async def test_before_the_day_of_a_letter_nothing_is_said(
    alice: Chat, bob: Chat, clock: HandClock, new_prisoner: NewPrisoner
):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await guard(alice, bob, await new_prisoner())
    clock.moves(days=13)
    await alice.says("/menu")

    assert alice.text == "What would you like to do?"


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (Confidence.CONFIRMED, "Next court date: Monday, 30 November 2026, 09:00."),
        (Confidence.REPORTED, "Next court date: Monday, 30 November 2026, 09:00. Not confirmed."),
    ],
)
async def test_the_next_court_date_is_said_in_the_persons_own_time(
    alice: Chat, bob: Chat, storage: Storage, clock: HandClock, new_prisoner: NewPrisoner,
    confidence: Confidence, said: str,
):  # fmt: skip
    prisoner_id = await new_prisoner()
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await guard(alice, bob, prisoner_id)
    sitting = Sitting(datetime(2026, 11, 30, 10, 0), "Asia/Tbilisi", confidence=confidence)  # noqa: DTZ001
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.get(prisoner_id)
        assert prisoner is not None
        await add_hearing(uow, prisoner, sitting, now=clock())
    await alice.says("/menu")

    assert alice.text.splitlines()[-1] == said


async def test_mallory_sees_nothing_of_a_court_date_that_is_not_theirs(
    mallory: Chat, storage: Storage, clock: HandClock, new_prisoner: NewPrisoner
):
    prisoner_id = await new_prisoner()
    async with storage.unit() as uow:
        prisoner = await uow.prisoners.get(prisoner_id)
        assert prisoner is not None
        sitting = Sitting(datetime(2026, 11, 30, 10, 0), "Asia/Tbilisi")  # noqa: DTZ001
        await add_hearing(uow, prisoner, sitting, now=clock())
    await mallory.joins()

    assert mallory.text == "What would you like to do?"


@pytest.mark.parametrize("command", ["/desk", "/family", "/lock"])
async def test_mallory_gets_one_answer_to_whatever_is_not_theirs(mallory: Chat, command: str):
    await mallory.joins()
    await mallory.says(command)

    assert "There is nothing here for you" in mallory.text
    assert mallory.labels == PLAIN


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("/help", "What this is"),
        ("/privacy", "Never kept"),
        ("/settings", "Settings"),
        ("/menu", "What would"),
    ],
)
async def test_a_command_turns_to_its_screen(alice: Chat, command: str, said: str):
    await alice.joins()
    await alice.says(command)

    assert said in alice.text


async def test_an_unknown_command_is_the_menu(alice: Chat):
    await alice.joins()
    await alice.says("/settings")
    await alice.says("/whatever")

    assert alice.labels == PLAIN


async def test_help_names_the_ways_out(alice: Chat):
    await alice.joins()

    await alice.says("/help")

    assert "/erase" in alice.text
    assert "I am in danger" in alice.text


async def test_help_leads_to_what_is_kept_and_back(alice: Chat):
    await alice.joins()
    await alice.says("/help")
    await alice.taps("What is kept")
    await alice.taps("Back")

    assert alice.labels == PLAIN


async def test_cancelling_forgets_what_was_half_said(alice: Chat, storage: Storage, clock: HandClock):
    actor = await alice.joins()
    async with storage.unit() as uow:
        await uow.drafts.put(
            actor.id, "adopt", {"word": "half a sentence"}, expires_at=clock() + timedelta(hours=24)
        )
    await alice.says("/cancel")

    assert "Nothing was sent." in alice.text
    async with storage.view() as uow:
        assert await uow.drafts.reveal(actor.id, "adopt", now=clock()) == {}


async def test_cancelling_leaves_other_peoples_drafts(
    mallory: Chat, alice: Chat, storage: Storage, clock: HandClock
):
    actor = await alice.joins()
    async with storage.unit() as uow:
        await uow.drafts.put(actor.id, "adopt", {"word": "mine"}, expires_at=clock() + timedelta(hours=24))
    await mallory.joins()
    await mallory.says("/cancel")

    async with storage.view() as uow:
        assert await uow.drafts.reveal(actor.id, "adopt", now=clock()) == {"word": "mine"}
