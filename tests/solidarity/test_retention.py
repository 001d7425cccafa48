"""Each thing is kept for as long as the table says and no longer, and the page for people says the same."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select, text

from solidarity.access import Actor
from solidarity.audit import Act, By, entry_of, record
from solidarity.codes import give_relative_code, give_staff_code
from solidarity.guardianship import decline_guardian, step_down, withdraw_application
from solidarity.hearings.told import note_told
from solidarity.hiding import hide
from solidarity.keypads import TYPING_FOR
from solidarity.letters import report_letter
from solidarity.outbox import Delivered, Gone, Later
from solidarity.people import note_visit, person_of
from solidarity.relevance import is_still_due
from solidarity.retention import NIGHTLY, PROMPT, is_rotation_due
from solidarity.settling import drop, settle
from storage.buttons import Action
from storage.columns import Sealed
from storage.leaving import Parting
from storage.models import (
    Base,
    Button,
    Code,
    CodeKind,
    CustodyStatus,
    Departed,
    DifferenceKind,
    Draft,
    Farewell,
    Guardianship,
    GuardianshipState,
    Lane,
    Letter,
    OutboxRow,
    OutboxState,
    Person,
    Posted,
    Prisoner,
    Publicity,
    Purpose,
    SeenUpdate,
    Told,
    WrappedKey,
)
from storage.orphans import sealing_models
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork
from tests.desks import change_desk, desk_of

from .conftest import NOON, TODAY, House

RULES = {rule.what: rule for rule in (*PROMPT, *NIGHTLY)}
MOMENT = timedelta(milliseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PAGE = Path(__file__).parents[2] / "docs" / "threat-model.md"


async def apply(uow: UnitOfWork, what: str, now: datetime) -> None:
    await uow.session.flush()
    await RULES[what].apply(uow, now=now)
    uow.session.expunge_all()


async def count(uow: UnitOfWork, model: type) -> int:
    return await uow.session.scalar(select(func.count()).select_from(model)) or 0


async def kept(uow: UnitOfWork, model: type, what: str, *instants: datetime) -> list[int]:
    """Count the rows that are left after a rule was applied at each of some instants."""
    left = []
    for instant in instants:
        await apply(uow, what, instant)
        left.append(await count(uow, model))
    return left


# The table and the page.


def in_words(keep: timedelta) -> str:
    if keep < 3 * DAY:
        return f"{keep // HOUR} hours" if keep else "at once"
    return f"{keep.days} days"


def test_the_page_repeats_the_table():
    lines = {f"| {rule.what} | {in_words(rule.keep)} | {rule.since} |" for rule in RULES.values()}

    said = PAGE.read_text(encoding="utf-8").split("## How long")[1].split("\n## ")[0].splitlines()

    assert {line for line in said if line.startswith("| ") and not line.startswith("| what")} == lines


def test_no_two_rules_are_about_the_same():
    assert len(RULES) == len(PROMPT) + len(NIGHTLY)


# One after another.


async def test_numbers_of_updates_for_48_hours(uow: UnitOfWork):
    await uow.updates.take(7, now=NOON)

    end = NOON + timedelta(hours=48)
    assert await kept(uow, SeenUpdate, "numbers of updates", end - MOMENT, end) == [1, 0]


async def settled(uow: UnitOfWork, person_id: UUID, how: str) -> None:
    await uow.outbox.queue([Due(person_id, "application_declined", uuid4(), how, NOON)])
    [row] = await uow.claims.claim(now=NOON, limit=9, lease=HOUR)
    if how == "dropped":
        await drop(uow, [row], now=NOON)
    else:
        await settle(uow, row, Delivered(1) if how == "sent" else Gone("blocked"), now=NOON)


@pytest.mark.parametrize("how", ["sent", "dropped", "unreachable"])
async def test_settled_messages_for_seven_days(uow: UnitOfWork, alice: Actor, how: str):
    await settled(uow, alice.id, how)

    end = NOON + timedelta(days=7)
    assert await kept(uow, OutboxRow, "messages sent or dropped", end - MOMENT, end) == [1, 0]


@pytest.mark.parametrize("state", [OutboxState.QUEUED, OutboxState.CLAIMED])
async def test_messages_that_wait_as_long_as_they_wait(uow: UnitOfWork, alice: Actor, state: OutboxState):
    await uow.outbox.queue([Due(alice.id, "application_declined", uuid4(), "x", NOON)])
    if state is OutboxState.CLAIMED:
        await uow.claims.claim(now=NOON, limit=9, lease=HOUR)

    assert await kept(uow, OutboxRow, "messages sent or dropped", NOON + timedelta(days=900)) == [1]


async def test_who_was_told_until_a_week_after_the_sitting(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    hearing = await house.hearing(prisoner)
    due = Due(alice.id, "hearing_new", hearing.id, "x", NOON, 1)
    await note_told(uow, [due], now=NOON)

    end = hearing.starts_at + timedelta(days=7)
    assert await kept(uow, Told, "who was told of a sitting", end - MOMENT, end) == [1, 0]


async def notes(uow: UnitOfWork) -> list[tuple[bool, date | None]]:
    rows = await uow.session.execute(select(Prisoner.note, Prisoner.note_on).order_by(Prisoner.note_on))
    return [(note is not None, day) for note, day in rows]


async def test_coordinators_notes_for_90_days(uow: UnitOfWork, prisoner: Prisoner):
    await uow.vault.seal(prisoner, note="Likes tea.")
    prisoner.note_on = TODAY
    what, end = "coordinators' notes", NOON + timedelta(days=90)

    await apply(uow, what, end - DAY)
    before = await notes(uow)
    await apply(uow, what, end)

    assert (before, await notes(uow)) == ([(True, TODAY)], [(False, None)])
    assert await count(uow, Prisoner) == 1


async def test_a_note_that_was_written_anew_stays(uow: UnitOfWork, house: House, prisoner: Prisoner):
    for one, day in ((prisoner, TODAY), (await house.prisoner(), TODAY + DAY)):
        await uow.vault.seal(one, note="Likes tea.")
        one.note_on = day

    await apply(uow, "coordinators' notes", NOON + timedelta(days=90))

    assert sorted(notes_left for notes_left, _ in await notes(uow)) == [False, True]


ENDED = "ended, declined and withdrawn guardianships"


async def ends(
    uow: UnitOfWork, house: House, actor: Actor, prisoner: Prisoner, how: GuardianshipState
) -> None:
    """Let somebody's promise to a prisoner end today, in one of three ways."""
    if how is GuardianshipState.ENDED:
        promise = await house.guardian(actor, prisoner)
        await step_down(uow, actor, promise.id, now=NOON)
        return
    application = await house.application(actor, prisoner)
    if how is GuardianshipState.DECLINED:
        await decline_guardian(uow, await house.coordinator(), application.id, now=NOON)
    else:
        await withdraw_application(uow, actor, application.id)


@pytest.mark.parametrize(
    "how", [GuardianshipState.ENDED, GuardianshipState.DECLINED, GuardianshipState.WITHDRAWN]
)
async def test_what_is_over_for_30_days(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, how: GuardianshipState
):
    await ends(uow, house, alice, prisoner, how)

    end = NOON + timedelta(days=30)
    assert await kept(uow, Guardianship, ENDED, end - DAY, end) == [1, 0]


@pytest.mark.parametrize(
    "state", [GuardianshipState.APPLIED, GuardianshipState.ACTIVE, GuardianshipState.PAUSED]
)
async def test_what_stands_as_long_as_it_stands(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, state: GuardianshipState
):
    promise = await house.application(alice, prisoner)
    promise.state, promise.ended_on = state, TODAY

    assert await kept(uow, Guardianship, ENDED, NOON + timedelta(days=900)) == [1]


WRITERS, LETTERS = "who wrote a letter outside a guardianship", "letters without their writer"


async def writers(uow: UnitOfWork) -> list[UUID | None]:
    return list(await uow.session.scalars(select(Letter.person_id)))


async def letter(uow: UnitOfWork, house: House, actor: Actor, prisoner: Prisoner, *, is_loose: bool) -> None:
    promise = await house.guardian(actor, prisoner)
    written = await report_letter(uow, actor, promise.id, now=NOON)
    if is_loose:
        written.guardianship_id = None


async def test_who_wrote_a_letter_outside_a_guardianship_for_30_days(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await letter(uow, house, alice, prisoner, is_loose=True)
    end = NOON + timedelta(days=30)

    await apply(uow, WRITERS, end - DAY)
    before = await writers(uow)
    await apply(uow, WRITERS, end)

    assert (before, await writers(uow)) == ([alice.id], [None])


async def test_who_wrote_a_letter_within_one_as_long_as_that(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await letter(uow, house, alice, prisoner, is_loose=False)

    await apply(uow, WRITERS, NOON + timedelta(days=900))

    assert await writers(uow) == [alice.id]


async def test_a_letter_loses_its_writer_in_the_night_in_which_its_guardianship_goes(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    promise = await house.guardian(alice, prisoner)
    await report_letter(uow, alice, promise.id, now=NOON)
    await step_down(uow, alice, promise.id, now=NOON)

    for rule in NIGHTLY:
        await apply(uow, rule.what, NOON + timedelta(days=30))

    assert await writers(uow) == [None]
    assert await count(uow, Guardianship) == 0


async def nobodys(uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner) -> None:
    await letter(uow, house, alice, prisoner, is_loose=True)
    await apply(uow, WRITERS, NOON + timedelta(days=30))


async def test_letters_without_their_writer_for_24_months(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner
):
    await nobodys(uow, house, alice, prisoner)

    end = NOON + timedelta(days=730)
    assert await kept(uow, Letter, LETTERS, end - DAY, end) == [1, 0]


@pytest.mark.parametrize("is_loose", [True, False])
async def test_letters_of_somebody_as_long_as_they_are_theirs(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, is_loose: bool
):
    await letter(uow, house, alice, prisoner, is_loose=is_loose)

    assert await kept(uow, Letter, LETTERS, NOON + timedelta(days=900)) == [1]


async def test_drafts_for_24_hours_and_digits_for_five_minutes(uow: UnitOfWork, alice: Actor):
    await uow.drafts.put(alice.id, "adopt", {"word": "half"}, expires_at=NOON + timedelta(hours=24))
    await uow.drafts.put(alice.id, "pin", {"digits": "31"}, expires_at=NOON + TYPING_FOR)
    instants = [
        end - offset
        for end in (NOON + 5 * MINUTE, NOON + timedelta(hours=24))
        for offset in (MOMENT, timedelta())
    ]

    assert await kept(uow, Draft, "drafts, and digits on a keypad", *instants) == [2, 1, 1, 0]


async def test_codes_until_they_expire(uow: UnitOfWork, bob: Actor, prisoner: Prisoner):
    await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    await give_relative_code(uow, bob, prisoner.id, is_on_behalf=False, now=NOON)
    instants = [NOON + timedelta(days=days) - offset for days in (2, 7) for offset in (MOMENT, timedelta())]

    assert await kept(uow, Code, "one-time codes", *instants) == [2, 1, 1, 0]


async def test_buttons_until_their_message_ends(uow: UnitOfWork, alice: Actor):
    posted = await uow.posted.add(
        Posted(
            person_id=alice.id, purpose=Purpose.PLACE, screen="menu", posted_at=NOON, delete_at=NOON + HOUR
        )
    )
    await uow.posted.replace_buttons(posted.id, [Action("menu")], expires_at=NOON + HOUR)

    assert await kept(uow, Button, "buttons", NOON + HOUR - MOMENT, NOON + HOUR) == [1, 0]
    assert await count(uow, Posted) == 1


# People who are away.

ASKED, SILENT = "absent people, who are then asked", "people who were asked and did not come"
YEAR_ON = NOON + timedelta(days=365)


async def asked_on(uow: UnitOfWork, actor: Actor) -> date | None:
    return await uow.session.scalar(select(Person.asked_on).where(Person.id == actor.id))


async def questions(house: House, actor: Actor) -> list[OutboxRow]:
    return [row for row in await house.due(actor) if row.kind == "stay"]


async def is_asked_and_sent(uow: UnitOfWork, at: datetime = YEAR_ON) -> None:
    """Let the question go out to everybody who is to be asked."""
    await apply(uow, ASKED, at)
    for row in await uow.claims.claim(now=at, limit=9, lease=HOUR):
        await settle(uow, row, Delivered(1), now=at)


async def test_who_has_been_away_for_a_year_is_asked_and_not_before(
    uow: UnitOfWork, house: House, alice: Actor
):
    await apply(uow, ASKED, YEAR_ON - DAY)
    before = await asked_on(uow, alice)

    await apply(uow, ASKED, YEAR_ON)

    assert (before, await asked_on(uow, alice)) == (None, YEAR_ON.date())
    [question] = await questions(house, alice)
    assert (question.due_at, question.about_id, question.lane) == (YEAR_ON, alice.id, Lane.REMINDER)


async def test_nobody_is_asked_twice_for_one_absence(uow: UnitOfWork, house: House, alice: Actor):
    for days in range(3):
        await apply(uow, ASKED, YEAR_ON + days * DAY)

    assert len(await questions(house, alice)) == 1
    assert await asked_on(uow, alice) == YEAR_ON.date()


async def test_who_was_here_meanwhile_is_not_asked(uow: UnitOfWork, house: House, alice: Actor):
    (await person_of(uow, alice.id)).last_seen_on = TODAY + DAY

    await apply(uow, ASKED, YEAR_ON)

    assert await questions(house, alice) == []


async def test_who_is_silent_for_30_days_is_erased_and_not_before(uow: UnitOfWork, alice: Actor):
    await is_asked_and_sent(uow)

    end = YEAR_ON + timedelta(days=30)
    assert await kept(uow, Person, SILENT, end - DAY, end) == [1, 0]
    assert await count(uow, Departed) == 1


async def test_their_chat_is_emptied_as_of_anybody_who_leaves(uow: UnitOfWork, alice: Actor):
    await uow.posted.add(
        Posted(
            person_id=alice.id,
            message_id=7,
            purpose=Purpose.PUSH,
            screen="stay",
            posted_at=NOON,
            delete_at=NOON,
        )
    )
    await is_asked_and_sent(uow)

    await apply(uow, SILENT, YEAR_ON + timedelta(days=30))

    [farewell] = await uow.session.scalars(select(Farewell))
    assert list((await uow.farewells.reveal(farewell)).message_ids) == [7]
    assert farewell.next_at == YEAR_ON + timedelta(days=30)


async def test_whoever_comes_stays(uow: UnitOfWork, house: House, alice: Actor):
    await is_asked_and_sent(uow)
    await note_visit(uow, alice, now=YEAR_ON)

    await apply(uow, SILENT, YEAR_ON + timedelta(days=30))

    assert await count(uow, Person) == 1
    assert await asked_on(uow, alice) is None


async def test_the_days_count_from_when_the_question_was_sent(uow: UnitOfWork, alice: Actor):
    await apply(uow, ASKED, YEAR_ON)
    sent_at = YEAR_ON + timedelta(days=29)
    [row] = await uow.claims.claim(now=sent_at, limit=9, lease=HOUR)
    await settle(uow, row, Delivered(1), now=sent_at)

    end = sent_at + timedelta(days=30)
    assert await kept(uow, Person, SILENT, YEAR_ON + timedelta(days=30), end - DAY, end) == [1, 1, 0]


async def test_nobody_is_erased_whom_the_question_has_not_reached(uow: UnitOfWork, alice: Actor):
    await apply(uow, ASKED, YEAR_ON)

    assert await kept(uow, Person, SILENT, YEAR_ON + timedelta(days=90)) == [1]


async def test_nobody_is_erased_while_the_question_is_tried_again(uow: UnitOfWork, alice: Actor):
    await apply(uow, ASKED, YEAR_ON)
    [row] = await uow.claims.claim(now=YEAR_ON, limit=9, lease=HOUR)
    await settle(uow, row, Later(), now=YEAR_ON)

    assert await kept(uow, Person, SILENT, YEAR_ON + timedelta(days=90)) == [1]


async def test_who_cannot_be_reached_is_erased_30_days_after_the_try(uow: UnitOfWork, alice: Actor):
    await apply(uow, ASKED, YEAR_ON)
    [row] = await uow.claims.claim(now=YEAR_ON, limit=9, lease=HOUR)
    await settle(uow, row, Gone("blocked"), now=YEAR_ON)

    end = YEAR_ON + timedelta(days=30)
    assert await kept(uow, Person, SILENT, end - DAY, end) == [1, 0]


async def test_who_hides_for_a_year_is_erased_unasked(uow: UnitOfWork, alice: Actor):
    await hide(uow, alice, now=NOON)
    await apply(uow, ASKED, YEAR_ON)

    end = YEAR_ON + timedelta(days=30)
    assert await kept(uow, Person, SILENT, end - DAY, end) == [1, 0]


async def test_the_question_is_not_sent_to_who_came_meanwhile(uow: UnitOfWork, house: House, alice: Actor):
    await apply(uow, ASKED, YEAR_ON)
    [question] = await questions(house, alice)
    before = await is_still_due(uow, alice, question, now=YEAR_ON)

    await note_visit(uow, alice, now=YEAR_ON)

    assert (before, await is_still_due(uow, alice, question, now=YEAR_ON)) == (True, False)


async def test_a_question_that_was_on_its_way_asks_nobody_who_came(uow: UnitOfWork, alice: Actor):
    await apply(uow, ASKED, YEAR_ON)
    [row] = await uow.claims.claim(now=YEAR_ON, limit=9, lease=HOUR)
    await note_visit(uow, alice, now=YEAR_ON)
    await settle(uow, row, Delivered(1), now=YEAR_ON)

    assert await asked_on(uow, alice) is None


async def test_mallory_is_not_erased_with_somebody_else(uow: UnitOfWork, alice: Actor, mallory: Actor):
    (await person_of(uow, mallory.id)).last_seen_on = YEAR_ON.date()
    await is_asked_and_sent(uow)

    await apply(uow, SILENT, YEAR_ON + timedelta(days=30))

    assert list(await uow.session.scalars(select(Person.id))) == [mallory.id]


# What is left of those who left, and of nobody.


async def test_ids_of_those_who_left_for_12_months(uow: UnitOfWork):
    await uow.departures.add(uuid4(), day=TODAY)

    end = NOON + timedelta(days=365)
    assert await kept(uow, Departed, "ids of those who left", end - DAY, end) == [1, 0]


async def test_until_when_a_desk_was_open_until_then(uow: UnitOfWork, bob: Actor):
    times = {"open_until": NOON + HOUR, "locked_until": NOON + 2 * HOUR}
    await change_desk(uow, bob.id, **times, wrong_tries=3)
    seen = []
    for instant in (NOON + HOUR - MOMENT, NOON + HOUR, NOON + 2 * HOUR):
        await apply(uow, "until when doors were open or closed", instant)
        desk = await desk_of(uow, bob.id)
        seen.append((desk.open_until, desk.locked_until, desk.wrong_tries))

    assert seen == [
        (NOON + HOUR, NOON + 2 * HOUR, 3),
        (None, NOON + 2 * HOUR, 3),
        (None, None, 3),
    ]


async def test_until_when_a_return_was_closed_until_then(uow: UnitOfWork, alice: Actor):
    await hide(uow, alice, now=NOON)
    (await uow.hidings.get(alice.id)).blocked_until = NOON + HOUR
    seen = []
    for instant in (NOON + HOUR - MOMENT, NOON + HOUR):
        await apply(uow, "until when doors were open or closed", instant)
        seen.append((await uow.hidings.get(alice.id)).blocked_until)

    assert seen == [NOON + HOUR, None]


@pytest.mark.parametrize(
    ("last_left_on", "is_due"), [(None, False), (TODAY - DAY, False), (TODAY, True), (TODAY + DAY, True)]
)
def test_a_wrapping_key_goes_when_somebody_left_on_its_day_or_later(last_left_on: date | None, is_due: bool):
    assert is_rotation_due(last_left_on=last_left_on, key_made_on=TODAY) is is_due


KEYS = "data keys that seal nothing any more"


async def test_a_key_of_nobody_is_destroyed(uow: UnitOfWork, alice: Actor):
    await uow.vault.create_key(uuid4())

    assert await count(uow, WrappedKey) == 2
    assert await kept(uow, WrappedKey, KEYS, NOON) == [1]


async def test_a_key_whose_subject_is_no_id_is_destroyed_and_holds_nobody_up(uow: UnitOfWork, alice: Actor):
    await uow.vault.create_key(uuid4())
    stray = text("UPDATE data_key SET subject = :stray WHERE subject = :alice")
    await uow.session.execute(stray, {"stray": b"xyz", "alice": alice.id.bytes})

    assert await kept(uow, WrappedKey, KEYS, NOON) == [0]


async def farewell(uow: UnitOfWork) -> None:
    await uow.farewells.add(Parting(1, [2]), now=NOON, expires_at=NOON)


async def difference(uow: UnitOfWork) -> None:
    import_id = await uow.differences.open_import()
    await uow.differences.add(import_id, DifferenceKind.NEW, {}, prisoner_id=None, day=TODAY)


async def another_prisoner(uow: UnitOfWork) -> None:
    unnamed = Prisoner(custody_status=CustodyStatus.PRETRIAL, publicity=Publicity.PUBLIC)
    await uow.prisoners.add(unnamed, source_id=None)


@pytest.mark.parametrize("make", [farewell, difference, another_prisoner])
async def test_a_key_under_which_something_stands_stays(
    uow: UnitOfWork, alice: Actor, make: Callable[[UnitOfWork], Awaitable[None]]
):
    await make(uow)

    assert await kept(uow, WrappedKey, KEYS, NOON) == [2]


def test_every_table_that_seals_is_asked_before_a_key_goes():
    sealing = {model.__tablename__ for model in sealing_models()}

    assert sealing == {
        table.name
        for table in Base.metadata.sorted_tables
        if any(isinstance(column.type, Sealed) for column in table.columns)
    } - {"data_key"}


async def test_an_act_stands_in_the_trail_until_two_years_after_the_end_of_its_month(uow: UnitOfWork):
    rule = RULES["the trail of what was done"]
    month_ends = datetime(2026, 12, 1, tzinfo=UTC)
    of_november = await record(uow, Act.TRAIL_BEGUN, by=By.HOST, now=month_ends - timedelta(days=8))
    of_december = await record(uow, Act.CODE_GIVEN, by=By.HOST, now=month_ends + MOMENT)
    goes = month_ends + timedelta(days=730)

    await rule.apply(uow, now=goes - MOMENT)
    assert await entry_of(uow, of_november) is not None
    await rule.apply(uow, now=goes + timedelta(days=3, hours=5, minutes=7, seconds=9) + MOMENT)
    assert await entry_of(uow, of_november) is None
    assert await entry_of(uow, of_december) is not None
