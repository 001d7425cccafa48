"""A date is a claim: confirmed by another coordinator or source, one sitting of a case after the other."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.access import Actor
from solidarity.errors import AlreadyReported, AnotherMustConfirm, NoLongerSo, NotForYou, SameSource
from solidarity.hearings.confirming import is_same_source
from solidarity.hearings.courts import court_named, known_courts
from solidarity.hearings.desk import confirm_at_desk, save_draft, save_draft_as_move, standing_beside
from solidarity.hearings.details import note_detail, note_openness, note_second_source
from solidarity.hearings.drafts import (
    draft_court,
    draft_for,
    draft_next,
    draft_pasted,
    draft_start,
    get_draft,
)
from solidarity.hearings.life import cancel_hearing, hearing_for, move_hearing
from solidarity.hearings.pasted import Pasted, read_pasted
from solidarity.hearings.told import note_told
from solidarity.leaving import remove_person
from solidarity.publicity import set_publicity
from solidarity.reminders import hearings_for
from solidarity.typed_errors import DatePassed, DateUnclear
from storage.models import Confidence, Hearing, Openness, Posted, Prisoner, Publicity, Purpose
from storage.outbox import Due
from storage.sending import Prepared, Unsent
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, SITTING, House, wall

A_DAY = timedelta(days=1)
AT = "03.12.2026 14:00"


async def enters(uow: UnitOfWork, actor: Actor, prisoner: Prisoner, at: str = AT) -> Hearing:
    await draft_for(uow, actor, prisoner.id, now=NOON)
    await draft_start(uow, actor, at, now=NOON)
    await draft_court(uow, actor, "Sample Court", now=NOON)
    return await save_draft(uow, actor, now=NOON)


async def reveal(uow: UnitOfWork, hearing: Hearing) -> dict[str, str]:
    return await uow.hearings.reveal_details(hearing)


async def test_who_reported_a_date_does_not_confirm_it_and_a_colleague_does(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    hearing, carol = await enters(uow, bob, prisoner), await house.coordinator()

    with pytest.raises(AnotherMustConfirm):
        await confirm_at_desk(uow, bob, hearing.id, str(hearing.revision), now=NOON)
    assert hearing.confidence is Confidence.REPORTED
    await confirm_at_desk(uow, carol, hearing.id, str(hearing.revision), now=NOON)

    assert (hearing.reported_by, hearing.confidence) == (bob.id, Confidence.CONFIRMED)


async def test_a_colleague_who_enters_the_same_date_confirms_it_and_nobody_hears_twice(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing, carol = await enters(uow, bob, prisoner), await house.coordinator()

    same = await enters(uow, carol, prisoner)

    assert (same.id, same.confidence) == (hearing.id, Confidence.CONFIRMED)
    assert (await house.kinds(alice)).count("hearing_new") == 1


async def test_the_same_coordinator_entering_it_twice_confirms_nothing(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    hearing = await enters(uow, bob, prisoner)

    with pytest.raises(AlreadyReported):
        await enters(uow, bob, prisoner)

    assert hearing.confidence is Confidence.REPORTED


async def test_a_moved_date_is_reported_anew_by_who_moved_it(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    hearing, carol = await enters(uow, bob, prisoner), await house.coordinator()
    await confirm_at_desk(uow, carol, hearing.id, str(hearing.revision), now=NOON)

    await move_hearing(uow, hearing, SITTING + A_DAY, by=carol.id, now=NOON)

    assert (hearing.confidence, hearing.reported_by) == (Confidence.REPORTED, carol.id)
    with pytest.raises(AnotherMustConfirm):
        await confirm_at_desk(uow, carol, hearing.id, str(hearing.revision), now=NOON)


async def test_a_second_source_confirms_and_the_same_one_does_not(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    hearing = await enters(uow, bob, prisoner)
    await note_detail(uow, bob, hearing.id, "source", "https://one.example.org/a", now=NOON)

    with pytest.raises(SameSource):
        await note_second_source(
            uow, bob, hearing.id, str(hearing.revision), "https://one.example.org/b", now=NOON
        )
    await note_second_source(uow, bob, hearing.id, str(hearing.revision), "A call from the lawyer", now=NOON)

    assert hearing.confidence is Confidence.CONFIRMED
    assert (await reveal(uow, hearing))["second_source"] == "A call from the lawyer"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("https://one.example.org/a", "https://one.example.org/b", True),
        ("Lawyer", "lawyer", True),
        ("https://one.example.org/a", "https://two.example.org/a", False),
        ("", "Lawyer", False),
    ],
)
def test_two_pages_of_one_site_are_one_source(one: str, other: str, is_same: bool):
    assert is_same_source(one, other) is is_same


async def test_a_second_date_is_shown_beside_the_first_and_may_be_its_move(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    first = await enters(uow, bob, prisoner)
    await note_told(uow, [Due(alice.id, "hearing_new", first.id, "key", NOON, 1)], now=NOON)
    await draft_for(uow, bob, prisoner.id, now=NOON)
    await draft_start(uow, bob, "10.12.2026 11:00", now=NOON)
    await draft_court(uow, bob, "Other Court", now=NOON)
    draft = await get_draft(uow, bob, now=NOON)
    assert draft is not None
    assert [one.hearing_id for one in await standing_beside(uow, draft, now=NOON)] == [first.id]

    moved = await save_draft_as_move(uow, bob, first.id, str(first.revision), now=NOON)

    assert (moved.id, moved.starts_local, moved.revision) == (first.id, "2026-12-10 11:00", 2)
    assert (await reveal(uow, moved))["court"] == "Other Court"
    assert "hearing_moved" in await house.kinds(alice, first.id)


async def test_a_draft_of_one_prisoner_moves_no_sitting_of_another(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    others = await house.hearing(await house.prisoner())
    await draft_for(uow, bob, prisoner.id, now=NOON)
    await draft_start(uow, bob, AT, now=NOON)
    await draft_court(uow, bob, "Sample Court", now=NOON)

    with pytest.raises(NotForYou):
        await save_draft_as_move(uow, bob, others.id, str(others.revision), now=NOON)


async def test_what_comes_after_an_adjournment_is_of_the_same_case(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    first = await enters(uow, bob, prisoner)
    for day in ("10.12.2026 11:00", "17.12.2026 11:00"):
        await draft_next(uow, bob, first.id, now=NOON)
        assert await draft_start(uow, bob, day, now=NOON) == "check"
        latest = await save_draft(uow, bob, now=NOON)

    assert first.case_id is not None
    assert latest.case_id == first.case_id
    assert len(await uow.hearings.of_case(first.case_id)) == 3


async def test_two_sittings_of_one_prisoner_are_not_one_case_by_themselves(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    first = await enters(uow, bob, prisoner)
    second = await enters(uow, bob, prisoner, "10.12.2026 11:00")

    assert (first.case_id, second.case_id) == (None, None)


async def test_who_left_is_named_by_no_date_and_anybody_may_confirm_it(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    hearing, carol = await enters(uow, bob, prisoner), await house.coordinator()

    await remove_person(uow, bob.id, now=NOON)
    await uow.session.refresh(hearing)

    assert hearing.reported_by is None
    await confirm_at_desk(uow, carol, hearing.id, str(hearing.revision), now=NOON)


async def test_a_first_room_is_noted_silently_and_another_one_is_told(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await enters(uow, bob, prisoner)
    await note_told(uow, [Due(alice.id, "hearing_new", hearing.id, "key", NOON, 1)], now=NOON)

    await note_detail(uow, bob, hearing.id, "room", "5", now=NOON)
    assert hearing.revision == 1
    await note_detail(uow, bob, hearing.id, "room", "7", now=NOON)

    assert hearing.revision == 2
    assert "hearing_changed" in await house.kinds(alice, hearing.id)


@pytest.mark.parametrize("detail", ["judge", "stage", "source"])
async def test_what_is_no_place_is_noted_silently(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner, detail: str
):
    hearing = await enters(uow, bob, prisoner)

    for said in ("One Example", "Another Example"):
        await note_detail(uow, bob, hearing.id, detail, said, now=NOON)

    assert ((await reveal(uow, hearing))[detail], hearing.revision) == ("Another Example", 1)


async def test_nothing_is_noted_of_what_is_cancelled_or_under_another_word(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    hearing = await enters(uow, bob, prisoner)
    with pytest.raises(NotForYou):
        await note_detail(uow, bob, hearing.id, "outcome", "hidden words", now=NOON)
    with pytest.raises(NotForYou):
        await note_openness(uow, bob, hearing.id, "ajar", now=NOON)
    await note_openness(uow, bob, hearing.id, "closed", now=NOON)
    assert hearing.openness is Openness.CLOSED

    await cancel_hearing(uow, hearing, now=NOON)

    with pytest.raises(NoLongerSo):
        await note_detail(uow, bob, hearing.id, "room", "5", now=NOON)
    with pytest.raises(NoLongerSo):
        await note_second_source(uow, bob, hearing.id, str(hearing.revision), "A call", now=NOON)


async def pushed(uow: UnitOfWork, actor: Actor, hearing: Hearing, revision: int) -> UUID:
    message = Unsent(
        id=UUID(int=revision + 1),
        person_id=actor.id,
        screen="hearing-notice",
        target=hearing.id,
        argument=f"hearing_new:r{revision}:late",
        is_covered=True,
        posted_at=NOON,
        delete_at=NOON + A_DAY,
    )
    await uow.sending.add([Prepared(message)])
    await uow.sending.note_sent([(message.id, 100 + revision)])
    return message.id


async def purposes(uow: UnitOfWork) -> dict[UUID, Purpose]:
    return {row.id: row.purpose for row in await uow.session.scalars(select(Posted))}


@pytest.mark.parametrize("change", ["move", "cancel", "room"])
async def test_what_stands_in_chats_about_it_is_taken_out_of_use_and_deleted(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner, change: str
):
    await house.guardian(alice, prisoner)
    hearing, other = await enters(uow, bob, prisoner), await house.hearing(await house.prisoner())
    await note_detail(uow, bob, hearing.id, "room", "5", now=NOON)
    old, elsewhere = await pushed(uow, alice, hearing, 1), await pushed(uow, alice, other, 11)

    if change == "move":
        await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)
    elif change == "cancel":
        await cancel_hearing(uow, hearing, now=NOON)
    else:
        await note_detail(uow, bob, hearing.id, "room", "7", now=NOON)

    assert await purposes(uow) == {old: Purpose.DISCARDED, elsewhere: Purpose.PUSH}
    assert [row.id for row in await uow.posted.to_delete(now=NOON, limit=9)] == [old]


async def test_an_old_message_that_lands_after_the_move_goes_too_and_the_news_stays(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await enters(uow, bob, prisoner)
    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)
    old, news = await pushed(uow, alice, hearing, 1), await pushed(uow, alice, hearing, 2)

    await note_told(uow, [Due(alice.id, "hearing_7d", hearing.id, "key", NOON, 1)], now=NOON)

    assert await purposes(uow) == {old: Purpose.DISCARDED, news: Purpose.PUSH}


async def test_who_reads_the_old_date_after_the_new_one_is_told_the_new_one_again(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await enters(uow, bob, prisoner)
    await note_told(uow, [Due(alice.id, "hearing_new", hearing.id, "key", NOON, 1)], now=NOON)
    await move_hearing(uow, hearing, SITTING + A_DAY, now=NOON)
    moved = await house.claimed("hearing_moved")
    await note_told(uow, [moved], now=NOON)

    await note_told(uow, [Due(alice.id, "hearing_7d", hearing.id, "key", NOON, 1)], now=NOON)

    assert (await house.kinds(alice, hearing.id)).count("hearing_moved") == 2


async def test_a_move_to_an_earlier_day_is_told_as_long_as_the_later_one_is_expected(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    hearing = await enters(uow, bob, prisoner)
    later = hearing.starts_at
    await note_told(uow, [Due(alice.id, "hearing_new", hearing.id, "key", NOON, 1)], now=NOON)

    for day in ("2026-11-26 14:00", "2026-11-27 14:00"):
        await move_hearing(uow, hearing, wall(day), now=NOON)

    [row] = [row for row in await house.due(alice) if row.kind == "hearing_moved"]
    assert row.useful_until == later


async def test_of_somebody_hidden_the_family_alone_hears(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, mallory: Actor, prisoner: Prisoner
):
    await house.guardian(alice, prisoner)
    await house.relative(vera, prisoner)
    await set_publicity(uow, prisoner, Publicity.HIDDEN, now=NOON)

    hearing = await house.hearing(prisoner)

    assert "hearing_new" in await house.kinds(vera, hearing.id)
    assert await house.due(alice, hearing.id) == await house.due(mallory, hearing.id) == []
    assert [one.id for one in await hearings_for(uow, vera.id, now=NOON)] == [hearing.id]
    assert await hearings_for(uow, alice.id, now=NOON) == []
    for nobody in (alice, mallory):
        with pytest.raises(NotForYou):
            await hearing_for(uow, nobody, hearing.id)


@pytest.mark.parametrize(
    ("line", "pasted"),
    [
        (f"Example Sampleson; {AT}; Sample Court", ("Example Sampleson", "Sample Court")),
        (f"Example Sampleson, {AT}, Sample Court", ("Example Sampleson", "Sample Court")),
        (f"Example Sampleson\n{AT}\nSample Court, room 5", ("Example Sampleson", "Sample Court, room 5")),
        ("Example Sampleson 03.12.2026 в 14.00 Sample Court", ("Example Sampleson", "Sample Court")),
        ("Example Sampleson | 2026-12-03 14:00", ("Example Sampleson", "")),
        (f"{AT} — Example Sampleson — Sample Court", ("Example Sampleson", "Sample Court")),
        (f"Example Sampleson; Sample Court; {AT}", ("Example Sampleson", "Sample Court")),
    ],
)
def test_one_line_says_whose_when_and_where(line: str, pasted: tuple[str, str]):
    assert read_pasted(line) == Pasted(pasted[0], SITTING, pasted[1])


@pytest.mark.parametrize("line", ["Example Sampleson", AT, "", "03.12.2026", "Example 3"])
def test_what_names_nobody_or_no_date_is_no_such_line(line: str):
    assert read_pasted(line) is None


def test_a_line_with_a_day_that_is_none_is_refused():
    with pytest.raises(DateUnclear):
        read_pasted("Example Sampleson; 31.02.2026 14:00; Sample Court")


async def test_a_pasted_line_is_a_whole_draft_where_one_name_fits(
    uow: UnitOfWork, house: House, bob: Actor, prisoner: Prisoner
):
    draft = await draft_pasted(uow, bob, Pasted("Sampleson", SITTING, "Sample Court"), now=NOON)
    assert (draft.prisoner_id, draft.next_step) == (prisoner.id, "check")

    await house.prisoner(names={"en": "Another Sampleson"})
    draft = await draft_pasted(uow, bob, Pasted("Sampleson", SITTING, "Sample Court"), now=NOON)
    assert (draft.prisoner_id, draft.next_step) == (None, "prisoner")

    assert await draft_for(uow, bob, prisoner.id, now=NOON) == "check"


async def test_a_pasted_line_in_the_past_is_refused(uow: UnitOfWork, bob: Actor, prisoner: Prisoner):
    with pytest.raises(DatePassed):
        await draft_pasted(uow, bob, Pasted("Sampleson", wall("2026-11-01 10:00"), ""), now=NOON)


async def test_a_hidden_prisoners_name_is_not_found_by_a_pasted_line(
    uow: UnitOfWork, house: House, bob: Actor
):
    await house.prisoner(Publicity.HIDDEN, alias="Sailor")

    draft = await draft_pasted(uow, bob, Pasted("Sampleson", SITTING, ""), now=NOON)

    assert draft.prisoner_id is None


async def test_courts_that_were_named_are_offered_the_last_named_first_and_each_once(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner
):
    await uow.courts.note("Older Court", day=NOON.date() - A_DAY)
    await enters(uow, bob, prisoner)
    await uow.courts.note("SAMPLE court", day=NOON.date())

    known = await known_courts(uow)

    assert [one.name for one in known.courts] == ["Sample Court", "Older Court"]
    assert await court_named(uow, known.courts[0].court_id) == "Sample Court"
    with pytest.raises(NotForYou):
        await court_named(uow, prisoner.id)


async def test_a_court_nobody_names_any_more_is_forgotten_with_its_key(uow: UnitOfWork):
    await uow.courts.note("Older Court", day=NOON.date() - A_DAY)
    await uow.courts.note("Sample Court", day=NOON.date())

    await uow.courts.forget(until=NOON.date() - A_DAY)

    assert [one.name for one in (await known_courts(uow)).courts] == ["Sample Court"]
