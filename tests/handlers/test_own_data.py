"""*What is kept about me*: pages in words, and a file for programs."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from handlers.fitting import MESSAGE_LIMIT, units
from locales import Words
from solidarity.own_data import PARTS
from solidarity.people import set_contact
from solidarity.reminder_times import GRADES
from storage.models import (
    Code,
    CodeKind,
    Desk,
    GuardianshipState,
    Kinship,
    KinshipState,
    Letter,
    OutboxRow,
    OutboxState,
    Portfolio,
    Posted,
    Purpose,
    Request,
    RequestKind,
    RequestState,
    Restriction,
    RestrictionKind,
    Told,
)

from .acts import announce, guards
from .conftest import Chat, NewChat, NewPrisoner


async def everything(chat: Chat, prisoner_id) -> None:
    """Let every column that can be shown hold something."""
    actor = await chat.actor()
    promise = await guards(chat, prisoner_id)
    hearing = await announce(chat.storage, prisoner_id, chat.clock())
    now, today = chat.clock(), actor.today
    async with chat.storage.unit() as uow:
        for field, value in (
            ("name", "Alice Example"),
            ("phone", "+000 00 000-00-00"),
            ("email", "a@example.org"),
            ("post", "Example 1"),
        ):
            await set_contact(uow, actor, field, value)
        person = await uow.people.get(actor.id)
        person.letter_languages, person.reminders_off = "be,ru", "7d,3h"
        await uow.followings.add(actor.id, city="Uzorsk", day=today)
        await uow.attendances.add(hearing, actor.id, day=today)
        guardianship = await uow.guardianships.get(promise)
        await uow.vault.seal(guardianship, word="I write well.", question="Since when?", answer="Long since.")
        guardianship.state, guardianship.paused_until = GuardianshipState.PAUSED, today
        guardianship.ended_on, guardianship.reason = today, "stepped_down"
        guardianship.reminded_on, guardianship.quiet_on, guardianship.offered_on = today, today, today
        await uow.drafts.put(actor.id, "adopt", {}, expires_at=now)
        request = Request(
            id=uuid4(),
            requested_by=actor.id,
            kind=RequestKind.CONTACT,
            about_id=uuid4(),
            state=RequestState.OPENED,
            asked_at=now,
            decided_at=now,
            expires_at=now,
            mac=b"x",
        )
        await uow.vault.seal(request, why="She wants to write.")
        uow.session.add_all(
            [
                Kinship(
                    person_id=actor.id,
                    prisoner_id=prisoner_id,
                    state=KinshipState.REDEEMED,
                    since=today,
                    is_on_behalf=True,
                ),
                Letter(
                    person_id=actor.id,
                    guardianship_id=promise,
                    prisoner_id=prisoner_id,
                    number=3,
                    written_on=today,
                    outcome_on=today,
                ),
                Told(hearing_id=hearing, person_id=actor.id, revision=2, keep_until=now),
                OutboxRow(
                    person_id=actor.id,
                    kind="letter",
                    about_id=promise,
                    unique_key="x",
                    due_at=now,
                    planned_at=now,
                    useful_until=now,
                    state=OutboxState.SENT,
                    settled_at=now,
                ),
                Posted(
                    person_id=actor.id,
                    purpose=Purpose.APART,
                    screen="x",
                    posted_at=now,
                    cover_at=now + timedelta(days=1),
                    delete_at=now + timedelta(days=1),
                ),
                Desk(person_id=actor.id, wrong_tries=4, locked_until=now, open_until=now),
                request,
                Restriction(person_id=actor.id, kind=RestrictionKind.FROZEN, set_at=now, until=now, mac=b"x"),
                Portfolio(person_id=actor.id, prisoner_id=prisoner_id, since=today),
                Code(kind=CodeKind.RELATIVE, mac=b"x", issued_by=actor.id, expires_at=now),
            ]
        )


async def pages(chat: Chat) -> list[str]:
    """Read every page, first to last."""
    await chat.says("/mydata")
    read = [chat.text]
    following = Words(chat.language).say("button-look-next")
    while following in chat.labels:
        await chat.taps(following)
        read.append(chat.text)
    return read


def file_of(chat: Chat) -> dict:
    assert chat.answer.file is not None
    return json.loads(chat.answer.file.document.content)


async def test_every_field_is_explained_in_words(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await everything(alice, await new_prisoner())

    text = "\n".join(await pages(alice))

    words = Words("en")
    labels = {words.say(f"mydata-{column.replace('_', '-')}") for part in PARTS for column in part.columns}
    assert {label for label in labels if f"{label}: " not in text} == set()
    assert {part.table for part in PARTS if words.say(f"mydata-part-{part.table}") not in text} == set()


@pytest.mark.parametrize("language", ["be", "ru", "en"])
async def test_no_value_is_shown_as_the_database_has_it(
    new_chat: NewChat, new_prisoner: NewPrisoner, language: str
):
    chat = new_chat(700_000_010, language)
    await chat.joins()
    await everything(chat, await new_prisoner())

    text = "\n".join(await pages(chat))

    for raw in ("_", "2026-11-23", "Europe/Minsk", "T09:00", "None", "True", "unsaid", "neutral"):
        assert raw not in text


@pytest.mark.parametrize("language", ["be", "ru", "en"])
async def test_every_message_that_can_wait_is_named_in_words(new_chat: NewChat, language: str):
    chat = new_chat(700_000_010, language)
    await chat.joins()
    actor, now = await chat.actor(), chat.clock()
    async with chat.storage.unit() as uow:
        uow.session.add_all(
            OutboxRow(
                person_id=actor.id, kind=kind, about_id=uuid4(), unique_key=kind, due_at=now, planned_at=now
            )
            for kind in GRADES
        )

    text = "\n".join(await pages(chat))

    about = Words(language).say("mydata-kind")
    assert {kind for kind in GRADES if f"{about}: {kind}\n" in text} == set()


async def test_pages_fit_and_lead_back_and_forth(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await everything(alice, await new_prisoner())

    read = await pages(alice)
    last = alice.labels
    await alice.taps("Earlier")

    assert len(read) > 1
    assert max(map(units, read)) <= MESSAGE_LIMIT
    assert (last, alice.text) == (["Earlier", "As a file", "Back"], read[-2])


@pytest.mark.parametrize("page", ["99", "-1", "x"])
async def test_a_page_that_is_not_there_is_one_that_is(alice: Chat, page: str):
    await alice.joins()
    await alice.says("/mydata")
    async with alice.storage.unit() as uow:
        place = await uow.posted.get_place((await alice.actor()).id)
        place.argument = page

    await alice.sends_photo()

    assert "<b>" in alice.text


async def test_the_privacy_screen_leads_here_and_back(alice: Chat):
    await alice.joins()
    await alice.says("/privacy")

    await alice.taps("Everything kept about me")
    shown = alice.text
    await alice.taps("Back")

    assert "Number in Telegram: 700000001" in shown
    assert "Never kept" in alice.text


async def test_the_file_is_one_json_object_of_the_same(alice: Chat, new_prisoner: NewPrisoner):
    await alice.joins()
    await everything(alice, await new_prisoner())
    await alice.says("/mydata")

    await alice.taps("As a file")

    body = file_of(alice)
    assert {name: set(body[name][0]) for name in body if name != "made_at"} == {
        part.table: set(part.columns) for part in PARTS
    }
    assert (body["person"][0]["chat"], body["person"][0]["hour"]) == ("700000001", "10:00:00")
    assert body["letter"] == [
        {"number": 3, "written_on": "2026-11-23", "outcome": "written", "outcome_on": "2026-11-23"}
    ]


async def test_the_file_comes_below_the_page_that_stays(alice: Chat):
    await alice.joins()
    await alice.says("/mydata")

    await alice.taps("As a file")

    assert alice.text.startswith("<i>The file stands below.</i>\n\n<b>You</b>")
    assert alice.answer.file.document.name == "data.json"


async def test_the_file_goes_after_an_hour_and_is_never_covered(alice: Chat):
    actor = await alice.joins()
    await alice.says("/mydata")

    await alice.taps("As a file")

    async with alice.storage.view() as uow:
        posted = await uow.posted.get(alice.answer.file.posted_id)
    assert (posted.person_id, posted.purpose) == (actor.id, Purpose.APART)
    assert (posted.delete_at, posted.cover_at) == (alice.clock() + timedelta(hours=1), None)


async def test_the_file_comes_once_though_its_tap_comes_twice(alice: Chat):
    await alice.joins()
    await alice.says("/mydata")
    await alice.taps("As a file")

    await alice.repeat()

    assert alice.answer.file is None


async def test_mallory_cannot_have_somebody_elses_file(alice: Chat, mallory: Chat):
    await alice.joins()
    await alice.says("/mydata")
    [button] = [b for b in alice.buttons(alice.newest) if b.text == "As a file"]
    await mallory.joins()

    await mallory.forge(button.callback_data)

    assert mallory.answer.file is None


async def test_mallorys_file_is_about_mallory(alice: Chat, mallory: Chat):
    await alice.joins()
    await mallory.joins()
    await mallory.says("/mydata")

    await mallory.taps("As a file")

    assert [person["chat"] for person in file_of(mallory)["person"]] == ["700000666"]
