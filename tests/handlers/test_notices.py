"""Pushed messages: neutral outside, today's truth inside, and nothing for what is no longer so."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from handlers.notices import Push, prepare_push
from solidarity.guardianship import decline_guardian, step_down
from solidarity.hearings.confirming import confirm_hearing
from solidarity.hearings.life import cancel_hearing, hearing_of, move_hearing
from solidarity.hearings.outcomes import hold_hearing
from solidarity.letter_reminders import plan_letter
from solidarity.people import change_setting, person_of
from solidarity.reminders import news_for
from storage.claims import Claimed
from storage.models import (
    CodeKind,
    CustodyStatus,
    GuardianshipState,
    OutboxRow,
    OutboxState,
    Outcome,
    Posted,
    Publicity,
    Purpose,
)

from .acts import (
    announce,
    applies,
    at,
    claim,
    deliver,
    guards,
    is_family,
    opens,
    phrase_of,
    prisoner_of,
)
from .conftest import Chat, NewChat, NewPrisoner

LETTER_DUE = at("2026-12-21 07:00")


@pytest.fixture
async def prisoner_id(new_prisoner: NewPrisoner) -> UUID:
    return await new_prisoner()


@pytest.fixture
async def promise(alice: Chat, prisoner_id: UUID) -> UUID:
    """Alice writes every four weeks; she has read that she was accepted."""
    await opens(alice.storage, "SAMPLE-1")
    await alice.joins()
    promise = await guards(alice, prisoner_id)
    await deliver(alice)
    return promise


async def news(chat: Chat, kind: str, about: UUID, key: str = "1") -> None:
    actor = await chat.actor()
    async with chat.storage.unit() as uow:
        person = await person_of(uow, actor.id)
        await uow.outbox.queue([news_for(person, kind, about, now=chat.clock(), key=key)])


async def changes(chat: Chat, prisoner_id: UUID, **columns: object) -> None:
    async with chat.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        for name, value in columns.items():
            setattr(prisoner, name, value)


async def prepared(chat: Chat, row: Claimed) -> Push | None:
    """Write a message and keep its rows, as a sender does before it sends."""
    async with chat.storage.view() as uow:
        push = await prepare_push(uow, row, now=chat.clock())
    if push is not None:
        async with chat.storage.unit() as uow:
            await uow.sending.add([push.prepared], again=[push.prepared.posted.id])
    return push


async def sets(chat: Chat, setting: str, value: str) -> None:
    actor = await chat.actor()
    async with chat.storage.unit() as uow:
        await change_setting(uow, actor, setting, value, now=chat.clock())


def goes_to(chat: Chat, instant: datetime) -> None:
    chat.clock.now = instant


async def test_a_push_shows_a_phrase_and_a_grade_and_nothing_else(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)

    assert await deliver(alice) == ["letter"]

    assert alice.text == f"{await phrase_of(alice)}. When you have time."
    assert alice.labels == ["Open"]


async def test_only_what_can_wait_is_sent_without_a_sound(alice: Chat, promise: UUID, prisoner_id: UUID):
    await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    assert alice.newest is not None
    assert not alice.shown[alice.newest].is_silent
    goes_to(alice, LETTER_DUE)

    await deliver(alice)

    assert alice.shown[alice.newest].is_silent


async def test_open_shows_the_reminder_in_the_same_message(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    await deliver(alice)
    pushed = alice.newest

    await alice.taps("Open")

    assert alice.newest == pushed
    assert alice.text.splitlines() == [
        "It is time for a letter: <b>Example Sampleson</b>",
        "No letter is known yet.",
    ]
    assert alice.labels == ["I wrote", "In 3 days", "Not this time", "Address and advice", "Back"]


@pytest.mark.parametrize(
    ("label", "noted", "day"),
    [
        ("I wrote", "your letter is noted", "Monday, 18 January 2027"),
        ("In 3 days", "in 3 days then", "Thursday, 24 December 2026"),
        ("Not this time", "not this time", "Monday, 18 January 2027"),
    ],
)
async def test_a_tap_says_what_was_noted_and_when_the_next_reminder_comes(
    alice: Chat, promise: UUID, label: str, noted: str, day: str
):
    goes_to(alice, LETTER_DUE)
    await deliver(alice)
    await alice.taps("Open")

    await alice.taps(label)

    assert noted in alice.text
    assert f"The next reminder comes on {day}, 10:00." in alice.text
    assert alice.labels == ["Address and advice", "Back"]


async def test_after_in_three_days_the_reminder_comes_in_three_days(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    await deliver(alice)
    await alice.taps("Open")
    await alice.taps("In 3 days")

    goes_to(alice, at("2026-12-24 06:59"))
    assert await deliver(alice) == []

    goes_to(alice, at("2026-12-24 07:00"))
    assert await deliver(alice) == ["letter"]


async def test_the_address_opened_from_a_reminder_leads_back_to_it(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    await deliver(alice)
    await alice.taps("Open")
    await alice.taps("Address and advice")

    await alice.taps("Back")

    assert "It is time for a letter" in alice.text


async def test_who_chose_full_texts_reads_the_content_at_once(alice: Chat, promise: UUID):
    await sets(alice, "texts", "full")
    goes_to(alice, LETTER_DUE)

    await deliver(alice)

    assert "Example Sampleson" in alice.text
    assert "I wrote" in alice.labels


async def test_a_message_in_full_text_opens_with_the_phrase_too(alice: Chat, promise: UUID):
    await sets(alice, "texts", "full")
    goes_to(alice, LETTER_DUE)

    await deliver(alice)

    assert alice.text.startswith(f"{await phrase_of(alice)}\n\nIt is time for a letter")


async def test_a_reminder_more_than_an_hour_late_says_so(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE + timedelta(hours=1, seconds=1))
    await deliver(alice)

    await alice.taps("Open")

    assert alice.text.startswith("This reminder comes late.")


async def test_preparing_again_after_a_failed_attempt_keeps_one_message(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    (row,) = [row for row in await claim(alice.storage, alice.clock()) if row.kind == "letter"]

    await prepared(alice, row)
    await prepared(alice, row._replace(attempts=1))

    async with alice.storage.view() as uow:
        posted = await uow.session.scalars(
            select(Posted).where(Posted.purpose == Purpose.PUSH, Posted.screen == "letter")
        )
        assert len(list(posted)) == 1


async def test_a_message_that_stands_already_is_not_lost_by_sending_it_again(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    (row,) = [row for row in await claim(alice.storage, alice.clock()) if row.kind == "letter"]
    first = await prepared(alice, row)
    assert first is not None
    await alice.receives(first.showing)

    second = await prepared(alice, row._replace(attempts=1))

    assert second is not None
    await alice.receives(second.showing)
    async with alice.storage.view() as uow:
        query = select(Posted.message_id).where(Posted.purpose == Purpose.PUSH, Posted.screen == "letter")
        assert None not in list(await uow.session.scalars(query))


@pytest.mark.parametrize("change", ["released", "silenced", "stepped down", "unreachable"])
async def test_a_reminder_to_write_that_is_no_longer_so_is_not_sent(
    alice: Chat, promise: UUID, prisoner_id: UUID, change: str
):
    goes_to(alice, LETTER_DUE)
    (row,) = [row for row in await claim(alice.storage, alice.clock()) if row.kind == "letter"]
    actor = await alice.actor()
    async with alice.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        if change == "released":
            prisoner.custody_status = CustodyStatus.RELEASED
        elif change == "silenced":
            prisoner.is_silenced = True
        elif change == "stepped down":
            await step_down(uow, actor, promise, now=alice.clock())
        else:
            await uow.people.mark_unreachable(actor.id)

    assert await prepared(alice, row) is None


async def test_a_message_is_not_sent_once_it_helps_nobody(alice: Chat, promise: UUID, prisoner_id: UUID):
    await announce(alice.storage, prisoner_id, alice.clock(), "2026-11-24 14:00")
    goes_to(alice, at("2026-11-24 11:00"))

    assert await deliver(alice) == []


async def test_a_kind_nobody_knows_is_our_mistake(alice: Chat, promise: UUID):
    actor = await alice.actor()
    row = OutboxRow(
        id=uuid4(),
        person_id=actor.id,
        kind="horoscope",
        about_id=promise,
        revision=0,
        unique_key="k",
        due_at=alice.clock(),
        state=OutboxState.CLAIMED,
    )

    with pytest.raises(ValueError, match="horoscope"):
        await prepared(alice, row)


async def test_a_new_hearing_is_written_out(alice: Chat, promise: UUID, prisoner_id: UUID):
    await announce(alice.storage, prisoner_id, alice.clock(), room="5", source="https://www.example.org/1")
    await deliver(alice)
    assert alice.text.endswith(". This week.")

    await alice.taps("Open")

    assert alice.text.splitlines() == [
        "A court date has been announced.",
        "It is in 10 days.",
        "",
        "<b>Example Sampleson</b>",
        '<tg-time unix="1796295600">Thursday, 3 December 2026, 14:00</tg-time>, the court\'s time',
        "Court: Sample Court, room 5",
        "Open to the public, as far as is known.",
        "The date is only reported, not confirmed.",
        "Source: <code>example.org</code>",
    ]


async def test_the_readers_own_time_stands_beside_the_courts_where_it_differs(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    await sets(alice, "zone", "America/New_York")
    await announce(alice.storage, prisoner_id, alice.clock())
    goes_to(alice, at("2026-11-23 20:00"))
    await deliver(alice)

    await alice.taps("Open")

    own = '<tg-time unix="1796295600" format="wDt">Thursday, 3 December 2026, 06:00</tg-time>, your time'
    assert own in alice.text


@pytest.mark.parametrize(
    ("instant", "kind", "grade", "ahead"),
    [
        ("2026-11-26 07:00", "hearing_7d", "This week.", "It is in 7 days."),
        ("2026-12-02 07:00", "hearing_1d", "Today.", "It is tomorrow."),
        ("2026-12-03 08:00", "hearing_3h", "Today.", "It is today."),
    ],
)
async def test_a_reminder_of_a_hearing_says_how_soon_it_is(
    alice: Chat, promise: UUID, prisoner_id: UUID, instant: str, kind: str, grade: str, ahead: str
):
    await announce(alice.storage, prisoner_id, alice.clock())
    goes_to(alice, at(instant))

    assert kind in await deliver(alice)

    assert alice.text.endswith(grade)
    await alice.taps("Open")
    assert ahead in alice.text


async def test_a_message_that_stood_before_a_move_opens_no_more_and_what_holds_is_said(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        await move_hearing(uow, hearing, datetime.fromisoformat("2026-12-10 09:30"), now=alice.clock())

    await alice.taps("Open")

    assert "That button no longer works" in alice.text
    assert "Thursday, 10 December 2026, 09:30" in alice.text
    assert "3 December" not in alice.text


async def test_a_message_of_an_older_date_that_is_opened_all_the_same_shows_the_new_one(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        # As one that was in flight when the date moved, and is not settled yet.
        hearing.revision, hearing.starts_local = 2, "2026-12-10 09:30"
        hearing.starts_at = at("2026-12-10 06:30")

    await alice.taps("Open")

    assert alice.text.startswith("The date has changed since this message was sent.")
    assert "Thursday, 10 December 2026, 09:30" in alice.text


async def test_a_moved_hearing_is_told_with_its_new_date(alice: Chat, promise: UUID, prisoner_id: UUID):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        await move_hearing(uow, hearing, datetime.fromisoformat("2026-12-10 09:30"), now=alice.clock())
        await confirm_hearing(uow, hearing, now=alice.clock())

    assert await deliver(alice) == ["hearing_moved"]

    assert alice.text.endswith("Today.")
    await alice.taps("Open")
    assert alice.text.startswith("The court date has been moved.")
    assert "Thursday, 10 December 2026, 09:30" in alice.text
    assert "The date is confirmed." in alice.text


async def test_an_old_date_in_a_senders_hands_is_not_sent_after_a_move(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    (row,) = [row for row in await claim(alice.storage, alice.clock()) if row.kind == "hearing_new"]
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        await move_hearing(uow, hearing, datetime.fromisoformat("2026-12-10 09:30"), now=alice.clock())

    assert await prepared(alice, row) is None


async def test_a_cancelled_hearing_is_told_and_older_messages_say_so_too(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    await alice.taps("Open")
    async with alice.storage.unit() as uow:
        await cancel_hearing(uow, await hearing_of(uow, hearing_id), now=alice.clock())

    assert await deliver(alice) == ["hearing_cancelled"]

    await alice.taps("Open")
    assert alice.text.startswith("<b>Cancelled.</b>")


async def test_a_reminder_opened_after_the_sitting_says_that_it_is_over(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    await announce(alice.storage, prisoner_id, alice.clock())
    goes_to(alice, at("2026-12-03 08:00"))
    await deliver(alice)
    goes_to(alice, at("2026-12-03 11:00"))

    await alice.taps("Open")

    assert "The time of this court date has passed." in alice.text


async def test_a_guardian_who_stepped_down_still_hears_that_the_date_they_know_is_cancelled(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    actor = await alice.actor()
    async with alice.storage.unit() as uow:
        await step_down(uow, actor, promise, now=alice.clock())
        await cancel_hearing(uow, await hearing_of(uow, hearing_id), now=alice.clock())

    assert await deliver(alice) == ["hearing_cancelled"]


async def test_nothing_is_sent_about_a_hearing_of_somebody_silenced(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    await announce(alice.storage, prisoner_id, alice.clock())
    await changes(alice, prisoner_id, is_silenced=True, custody_status=CustodyStatus.DIED)

    assert await deliver(alice) == []


async def test_a_message_opened_after_a_death_says_nothing_of_the_hearing(vera: Chat, prisoner_id: UUID):
    await vera.joins()
    await is_family(vera, prisoner_id)
    await announce(vera.storage, prisoner_id, vera.clock())
    await deliver(vera)
    await changes(vera, prisoner_id, is_silenced=True, custody_status=CustodyStatus.DIED)

    await vera.taps("Open")

    assert "Sampleson" not in vera.text
    assert "Court:" not in vera.text


async def test_an_accepted_guardian_reads_where_to_write_and_when_they_are_reminded(
    alice: Chat, new_prisoner: NewPrisoner
):
    await opens(alice.storage, "SAMPLE-1")
    await alice.joins()
    await guards(alice, await new_prisoner(facility="SAMPLE-1"))
    assert await deliver(alice) == ["application_accepted"]

    await alice.taps("Open")

    assert "You stand by <b>Example Sampleson</b> now." in alice.text
    assert "write the first letter today" in alice.text
    assert "100000 Узорск\nREPUBLIC OF BELARUS" in alice.text
    assert "Monday, 21 December 2026, 10:00" in alice.text
    assert alice.labels == ["I wrote", "Copy address", "Address and advice", "Back"]


async def test_who_is_declined_is_told_kindly(alice: Chat, bob: Chat, prisoner_id: UUID):
    await alice.joins()
    await bob.joins_as(CodeKind.COORDINATOR)
    application = await applies(alice, prisoner_id)
    async with alice.storage.unit() as uow:
        await decline_guardian(uow, await bob.actor(), application, now=alice.clock())
    assert await deliver(alice) == ["application_declined"]

    await alice.taps("Open")

    assert "That is no judgement on you" in alice.text
    assert alice.labels == ["Become a Guardian", "Back"]


async def test_a_coordinator_is_told_only_that_an_application_waits(
    alice: Chat, bob: Chat, prisoner_id: UUID
):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await applies(alice, prisoner_id)
    goes_to(bob, bob.clock() + timedelta(days=3))
    assert await deliver(bob) == ["application_waiting"]

    await bob.taps("Open")

    assert bob.text == "An application has been waiting for 3 days. It is in the inbox of the desk."
    assert bob.labels == ["Desk", "Back"]


async def test_who_is_a_coordinator_no_more_is_not_told_of_applications(
    alice: Chat, bob: Chat, prisoner_id: UUID
):
    await bob.joins_as(CodeKind.COORDINATOR)
    await alice.joins()
    await applies(alice, prisoner_id)
    actor = await bob.actor()
    async with bob.storage.unit() as uow:
        person = await person_of(uow, actor.id)
        for role in await uow.people.roles_of(person):
            await uow.people.revoke(role, person)
    goes_to(bob, bob.clock() + timedelta(days=3))

    assert await deliver(bob) == []


async def test_after_a_transfer_one_is_asked_to_write_first(alice: Chat, promise: UUID, prisoner_id: UUID):
    await changes(alice, prisoner_id, facility_code="SAMPLE-1")
    await news(alice, "prisoner_moved", prisoner_id)
    assert await deliver(alice) == ["prisoner_moved"]

    await alice.taps("Open")

    assert "letters stay behind at the old place" in alice.text
    assert "100000 Узорск" in alice.text
    assert "Address and advice" in alice.labels
    await alice.taps("I wrote")
    assert "Letter 1 is noted." in alice.text


async def test_family_that_made_no_promise_is_not_asked_whether_it_wrote(
    mallory: Chat, promise: UUID, prisoner_id: UUID
):
    await mallory.joins()
    await is_family(mallory, prisoner_id)
    await changes(mallory, prisoner_id, facility_code="SAMPLE-1")
    await news(mallory, "prisoner_moved", prisoner_id)
    assert await deliver(mallory) == ["prisoner_moved"]

    await mallory.taps("Open")

    assert mallory.labels == ["Copy address", "Back"]


async def test_after_a_verdict_one_reads_what_it_changes(alice: Chat, promise: UUID, prisoner_id: UUID):
    await changes(alice, prisoner_id, custody_status=CustodyStatus.CONVICTED)
    await news(alice, "prisoner_verdict", prisoner_id)
    assert await deliver(alice) == ["prisoner_verdict"]

    await alice.taps("Open")

    assert "What is known now: Sentenced; in a colony or prison, or waiting to be moved there." in alice.text
    assert "mostly letters of close relatives" in alice.text


@pytest.mark.parametrize(
    ("status", "sentence"),
    [(CustodyStatus.RELEASED, "is free"), (CustodyStatus.EXILED, "out of the country")],
)
async def test_a_release_is_told_with_thanks_also_when_it_ended_the_guardianship(
    alice: Chat, promise: UUID, prisoner_id: UUID, status: CustodyStatus, sentence: str
):
    await changes(alice, prisoner_id, custody_status=status)
    async with alice.storage.unit() as uow:
        guardianship = await uow.guardianships.get(promise)
        assert guardianship is not None
        guardianship.state, guardianship.reason = GuardianshipState.ENDED, "released"
    await news(alice, "prisoner_released", prisoner_id)
    assert await deliver(alice) == ["prisoner_released"]

    await alice.taps("Open")

    assert sentence in alice.text
    assert "Thank you for every letter." in alice.text


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        pytest.param("prisoner_moved", CustodyStatus.RELEASED, id="moved, but free since"),
        pytest.param("prisoner_verdict", CustodyStatus.DIED, id="a verdict, but dead since"),
        pytest.param("prisoner_released", CustodyStatus.CONVICTED, id="free, but taken back"),
    ],
)
async def test_news_that_are_no_longer_so_are_not_sent(
    alice: Chat, promise: UUID, prisoner_id: UUID, kind: str, status: CustodyStatus
):
    await changes(alice, prisoner_id, custody_status=status)
    await news(alice, kind, prisoner_id)

    assert await deliver(alice) == []


@pytest.mark.parametrize(
    "kind", ["prisoner_moved", "prisoner_verdict", "hearing_new", "letter", "application_accepted"]
)
async def test_mallory_is_sent_nothing_even_when_a_row_says_so(
    alice: Chat, mallory: Chat, promise: UUID, prisoner_id: UUID, kind: str
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await mallory.joins()
    about = prisoner_id if kind.startswith("prisoner") else hearing_id if kind == "hearing_new" else promise
    actor = await mallory.actor()
    async with mallory.storage.unit() as uow:
        due = news_for(await person_of(uow, actor.id), kind, about, now=mallory.clock(), revision=1)
        await uow.outbox.queue([due._replace(unique_key="forged")])

    assert await deliver(mallory) == []


@pytest.mark.parametrize(
    "screen",
    ["hearing-notice", "application-accepted", "prisoner-moved", "prisoner-verdict", "prisoner-released"],
)
async def test_mallory_is_refused_the_content_of_others_messages(
    alice: Chat, mallory: Chat, promise: UUID, prisoner_id: UUID, screen: str
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await mallory.joins()
    actor = await mallory.actor()
    async with mallory.storage.unit() as uow:
        # An open sitting of somebody public is for everybody.
        (await prisoner_of(uow, prisoner_id)).publicity = Publicity.GUARDIANS
        place = await uow.posted.get_place(actor.id)
        assert place is not None
        targets = {"hearing-notice": hearing_id, "application-accepted": promise}
        place.screen, place.target = screen, targets.get(screen, prisoner_id)
        place.argument = "hearing_new:r1"

    await mallory.forge("b:nonsense")

    assert "Sampleson" not in mallory.text
    assert "There is nothing here for you." in mallory.text


async def test_mallory_cannot_open_alices_push(alice: Chat, mallory: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    await deliver(alice)
    assert alice.newest is not None
    token = alice.buttons(alice.newest)[0].callback_data
    assert isinstance(token, str)
    await mallory.joins()

    await mallory.forge(token)

    assert "Sampleson" not in mallory.text


async def test_a_notice_left_for_another_screen_becomes_the_place(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    async with alice.storage.view() as uow:
        place = await uow.posted.get_place((await alice.actor()).id)
    assert place is not None
    await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    for label in ("Open", "Back", "Settings", "Phrase"):
        await alice.taps(label)
    await alice.says("quiet little garden")

    assert "quiet little garden" in alice.text
    assert place.message_id not in alice.shown


async def test_a_tap_on_a_notices_own_buttons_leaves_it_a_notice(alice: Chat, promise: UUID):
    goes_to(alice, LETTER_DUE)
    await deliver(alice)
    await alice.taps("Open")
    await alice.taps("In 3 days")

    async with alice.storage.view() as uow:
        assert alice.newest is not None
        posted = await uow.posted.by_message((await alice.actor()).id, alice.newest)
    assert posted is not None
    assert posted.purpose is Purpose.PUSH


async def test_who_applied_by_an_alias_is_told_whom_it_stood_for(alice: Chat, new_prisoner: NewPrisoner):
    prisoner_id = await new_prisoner(publicity=Publicity.GUARDIANS, alias="Silvery Snow")
    await alice.joins()
    await guards(alice, prisoner_id)
    await deliver(alice)
    await alice.taps("Open")

    assert "You applied for <b>Silvery Snow</b>: this is <b>Example Sampleson</b>." in alice.text


@pytest.mark.parametrize(
    ("form", "word"), [("feminine", "паплечніца"), ("masculine", "паплечнік"), ("unsaid", "поруч")]
)
async def test_the_acceptance_speaks_in_the_form_of_address_that_was_chosen(
    new_chat: NewChat, prisoner_id: UUID, form: str, word: str
):
    alice = new_chat(700_000_004, "be")
    await alice.joins()
    await sets(alice, "form", form)
    await guards(alice, prisoner_id)
    await deliver(alice)
    await alice.taps("Адкрыць")

    assert f"Цяпер вы {word}:" in alice.text


async def has_birthday(chat: Chat, prisoner_id: UUID, born: date) -> None:
    """Let the register know a birthday, and the reminder that waits heed it."""
    async with chat.storage.unit() as uow:
        prisoner = await prisoner_of(uow, prisoner_id)
        names = {"en": "Example Sampleson"}
        await uow.prisoners.describe(
            prisoner, names=names, alias=None, born=born, interests=None, case_details={}
        )
        for guardianship in await uow.guardianships.of_prisoner(prisoner_id, GuardianshipState.ACTIVE):
            await plan_letter(uow, guardianship, now=chat.clock())


BEFORE_BIRTHDAY = at("2026-11-28 07:00")


async def test_a_birthday_comes_as_long_ahead_as_a_letter_takes_and_says_so(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    await has_birthday(alice, prisoner_id, date(1990, 12, 19))
    goes_to(alice, BEFORE_BIRTHDAY - timedelta(minutes=1))
    assert await deliver(alice) == []
    goes_to(alice, BEFORE_BIRTHDAY)
    assert await deliver(alice) == ["letter"]

    await alice.taps("Open")

    assert "The birthday is on 19 December 2026." in alice.text
    assert "A letter takes about 21 days." in alice.text
    assert "1990" not in alice.text


async def test_how_long_a_letter_takes_is_known_of_the_place(alice: Chat, promise: UUID, prisoner_id: UUID):
    await opens(alice.storage, "FAR")
    async with alice.storage.unit() as uow:
        place = await uow.facilities.get("FAR")
        assert place is not None
        place.transit_days = 25
    await changes(alice, prisoner_id, facility_code="FAR")
    await has_birthday(alice, prisoner_id, date(1990, 12, 19))
    goes_to(alice, BEFORE_BIRTHDAY - timedelta(days=4))
    assert await deliver(alice) == ["letter"]

    await alice.taps("Open")

    assert "A letter takes about 25 days." in alice.text


@pytest.mark.parametrize(
    ("due", "sentence"),
    [
        ("2026-12-11 07:00", "The New Year begins on 1 January 2027."),
        ("2027-03-04 07:00", "25 March 2027 is Freedom Day"),
        ("2027-04-30 07:00", "21 May 2027 is the day of political prisoners"),
    ],
)
async def test_the_groups_own_days_come_a_transit_time_ahead(
    alice: Chat, promise: UUID, due: str, sentence: str
):
    async with alice.storage.unit() as uow:
        guardianship = await uow.guardianships.get(promise)
        assert guardianship is not None
        guardianship.rhythm_weeks, guardianship.started_on = 8, date(2026, 6, 1)
        await plan_letter(uow, guardianship, rhythm_on=date(2027, 9, 1), now=at(due) - timedelta(days=5))
    goes_to(alice, at(due))
    assert await deliver(alice) == ["letter"]

    await alice.taps("Open")

    assert sentence in alice.text
    assert "A letter takes about 21 days." in alice.text


@pytest.mark.parametrize(
    "columns",
    [
        pytest.param({"custody_status": CustodyStatus.DIED, "is_silenced": True}, id="dead"),
        pytest.param({"custody_status": CustodyStatus.RELEASED}, id="free"),
        pytest.param({"custody_status": CustodyStatus.EXILED}, id="out of the country"),
    ],
)
async def test_no_birthday_is_reminded_of_for_the_dead_or_the_free(
    alice: Chat, promise: UUID, prisoner_id: UUID, columns: dict[str, object]
):
    await has_birthday(alice, prisoner_id, date(1990, 12, 19))
    await changes(alice, prisoner_id, **columns)
    goes_to(alice, BEFORE_BIRTHDAY)

    assert await deliver(alice) == []


async def test_a_birthday_reminder_opened_after_a_death_says_nothing_of_it(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    await has_birthday(alice, prisoner_id, date(1990, 12, 19))
    goes_to(alice, BEFORE_BIRTHDAY)
    assert await deliver(alice) == ["letter"]
    await changes(alice, prisoner_id, custody_status=CustodyStatus.DIED, is_silenced=True)

    await alice.taps("Open")

    assert "birthday" not in alice.text
    assert "Sampleson" not in alice.text


async def test_a_birthday_reminder_opened_after_a_release_says_nothing_of_the_birthday(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    await has_birthday(alice, prisoner_id, date(1990, 12, 19))
    goes_to(alice, BEFORE_BIRTHDAY)
    assert await deliver(alice) == ["letter"]
    await changes(alice, prisoner_id, custody_status=CustodyStatus.RELEASED)

    await alice.taps("Open")

    assert "birthday" not in alice.text


async def test_the_birthday_of_somebody_hidden_is_not_told(alice: Chat, promise: UUID, prisoner_id: UUID):
    await has_birthday(alice, prisoner_id, date(1990, 12, 19))
    await changes(alice, prisoner_id, publicity=Publicity.HIDDEN)
    goes_to(alice, BEFORE_BIRTHDAY)
    assert await deliver(alice) == ["letter"]

    await alice.taps("Open")

    assert "birthday" not in alice.text
    assert "19 December" not in alice.text


async def ends(chat: Chat, hearing_id: UUID, outcome: Outcome, deadline: date | None = None) -> None:
    chat.clock.moves(days=10, hours=3)
    async with chat.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        await hold_hearing(uow, hearing, outcome, deadline, now=chat.clock())


async def test_a_guardian_reads_how_it_ended_and_what_it_means_without_a_deadline(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    await ends(alice, hearing_id, Outcome.COLONY, date(2026, 12, 14))
    assert "hearing_outcome" in await deliver(alice)

    await alice.taps("Open")

    assert "Verdict: a colony" in alice.text
    assert "not in force" in alice.text
    assert "14 December" not in alice.text


async def test_the_date_of_an_adjourned_sitting_is_not_read_as_the_next_one(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    await ends(alice, hearing_id, Outcome.ADJOURNED)
    await deliver(alice)

    await alice.taps("Open")

    assert alice.text.index("the court's time") < alice.text.index("Adjourned")


async def test_family_reads_until_when_an_appeal_can_be_made_and_is_reminded(vera: Chat, prisoner_id: UUID):
    await vera.joins()
    await is_family(vera, prisoner_id)
    hearing_id = await announce(vera.storage, prisoner_id, vera.clock())
    await deliver(vera)
    await ends(vera, hearing_id, Outcome.COLONY, date(2026, 12, 14))
    await deliver(vera)
    await vera.taps("Open")
    assert "Monday, 14 December 2026" in vera.text
    assert "not legal advice" in vera.text

    goes_to(vera, at("2026-12-13 07:00"))
    assert "milestone_1d" in await deliver(vera)
    await vera.taps("Open")

    assert "1 day is left" in vera.text
    await vera.says("/family")
    assert "Last day for an appeal, as far as we know: Monday, 14 December 2026" in vera.text


async def test_what_is_told_of_an_outcome_is_the_one_that_holds_when_it_is_opened(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    await ends(alice, hearing_id, Outcome.UPHELD)
    await deliver(alice)
    async with alice.storage.unit() as uow:
        (await hearing_of(uow, hearing_id)).outcome = Outcome.RETRIAL

    await alice.taps("Open")

    assert "Sent back for a new trial" in alice.text


async def test_a_move_takes_the_earlier_message_out_of_the_chat(
    alice: Chat, promise: UUID, prisoner_id: UUID
):
    hearing_id = await announce(alice.storage, prisoner_id, alice.clock())
    await deliver(alice)
    async with alice.storage.unit() as uow:
        hearing = await hearing_of(uow, hearing_id)
        await move_hearing(uow, hearing, datetime.fromisoformat("2026-12-10 14:00"), now=alice.clock())

    async with alice.storage.view() as uow:
        [old] = await uow.session.scalars(select(Posted).where(Posted.target == hearing_id))
        assert (old.purpose, old.delete_at) == (Purpose.DISCARDED, alice.clock())
