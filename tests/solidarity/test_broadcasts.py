"""Broadcasts: to whom they go, what stops one before anybody gets it, and how they are kept in hand."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text

from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts.audience import said_by
from solidarity.broadcasts.life import is_broadcast_due, pause, resume, said_to, stop, take_back
from solidarity.broadcasts.reports import is_to_tend, newest_reports, tend
from solidarity.broadcasts.sending import outlook, send_draft
from solidarity.errors import (
    AudienceChanged,
    DeskClosed,
    LanguagesMissing,
    NobodyAddressed,
    NoLongerSo,
    NotForYou,
)
from solidarity.leaving import erase_person
from solidarity.outbox import Delivered, Gone, Later, Refused
from solidarity.people import actor_of, person_of
from solidarity.settling import drop, settle
from solidarity.typed_errors import ReasonRefused, TextEmpty
from storage.errors import UnknownKey
from storage.models import (
    AuditEntry,
    BroadcastState,
    OutboxState,
    Posted,
    Purpose,
    RestrictionKind,
    WrappedKey,
)
from storage.unit_of_work import UnitOfWork

from .broadcasting import (
    claims,
    coordinator,
    drafts_own,
    is_in,
    rows_of,
    sends,
    shown,
    sits_down,
    the_broadcast,
)
from .conftest import NOON, House

NIGHT = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)  # 23:00 in Minsk
MORNING = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)  # 9:00 there
SECOND = timedelta(seconds=1)


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def crowd(house: House, bob: Actor) -> list[Actor]:
    """Enough people that one coordinator alone may write to a few of them."""
    return [await house.person(language) for language in ("be", "ru", "en") * 8]


async def to_guardians(uow: UnitOfWork, actor: Actor, **more: object) -> None:
    await drafts_own(uow, actor, role="guardians", **more)


async def post(uow: UnitOfWork, actor: Actor, broadcast_id, *, message_id: int = 7) -> Posted:
    """Let a message of a broadcast stand in somebody's chat."""
    return await uow.posted.add(
        Posted(
            person_id=actor.id,
            message_id=message_id,
            purpose=Purpose.PUSH,
            screen="broadcast",
            target=broadcast_id,
            posted_at=NOON,
            delete_at=NOON + timedelta(hours=24),
        )
    )


async def is_due_for(uow: UnitOfWork, actor: Actor, broadcast_id) -> bool:
    actor = await actor_of(uow, await person_of(uow, actor.id), now=NOON)
    return await is_broadcast_due(uow, actor, broadcast_id)


async def test_it_becomes_a_message_for_each_of_its_audience_and_for_nobody_else(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    prisoner = await house.prisoner()
    await house.guardian(crowd[0], prisoner)
    await house.guardian(crowd[1], await house.prisoner())
    await house.relative(crowd[2], prisoner)

    await drafts_own(uow, bob, prisoner=prisoner.id)
    broadcast_id = await sends(uow, bob)

    assert {row.person_id for row in await rows_of(uow, broadcast_id)} == {crowd[0].id, crowd[2].id}
    assert (await is_in(uow, broadcast_id)).recipients == 2


@pytest.mark.parametrize(
    ("role", "wanted"),
    [
        ("guardians", {"guardian", "both"}),
        ("relatives", {"relative", "both"}),
        ("supporters", {"supporter"}),
        ("coordinators", {"bob"}),
        ("everybody", {"guardian", "both", "relative", "supporter", "bob"}),
    ],
)
async def test_an_audience_by_role(uow: UnitOfWork, house: House, bob: Actor, role: str, wanted: set[str]):
    prisoner, who = await house.prisoner(), {"bob": bob}
    for name in ("guardian", "relative", "both", "supporter"):
        who[name] = await house.person("en")
    await uow.people.restrict(await person_of(uow, bob.id), RestrictionKind.FROZEN, set_by=None, now=NOON)
    for name in ("guardian", "both"):
        application = await house.application(who[name], prisoner)
        application.state = "active"
    for name in ("relative", "both"):
        await house.relative(who[name], prisoner)
    await uow.session.flush()

    await drafts_own(uow, bob, role=role)
    reach = (await outlook(uow, bob, now=NOON)).reach

    names = {actor.id: name for name, actor in who.items()}
    assert {names[one.person_id] for one in reach.recipients} == wanted


async def test_an_audience_by_facility_town_hearing_and_language(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    await house.facility("F1")
    await house.facility("F2", city="Прыкладаў")
    there = await house.prisoner(facility="F1")
    elsewhere = await house.prisoner(facility="F2")
    for actor, prisoner in ((crowd[0], there), (crowd[1], there), (crowd[2], elsewhere)):
        await house.guardian(actor, prisoner)
    hearing = await house.hearing(elsewhere)

    reached = []
    for by in (
        {"facility": "F1"},
        {"city": "Узорск"},
        {"city": "Прыкладаў"},
        {"hearing": hearing.id},
        {"facility": "F1", "language": "ru"},
        {"facility": "F1", "hearing": hearing.id},
    ):
        await drafts_own(uow, bob, **by)
        reach = (await outlook(uow, bob, now=NOON)).reach
        reached.append({crowd.index(a) for a in crowd if a.id in {r.person_id for r in reach.recipients}})

    assert reached == [{0, 1}, {0, 1}, {2}, {2}, {1}, set()]


async def test_nobody_counts_who_cannot_be_written_to(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    before = await uow.audiences.count_all()
    await uow.people.mark_unreachable(crowd[0].id)
    for actor, kind in ((crowd[1], RestrictionKind.SUSPENDED), (crowd[2], RestrictionKind.CUSTODY)):
        await uow.people.restrict(await person_of(uow, actor.id), kind, set_by=None, now=NOON)

    await drafts_own(uow, bob)

    assert await shown(uow, bob) == str(before - 3)
    assert await uow.audiences.count_all() == before - 3


async def test_nothing_is_said_about_somebody_of_whom_everything_is_silent(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    prisoner = await house.prisoner()
    await house.relative(crowd[0], prisoner)
    prisoner.is_silenced = True
    await uow.session.flush()

    await drafts_own(uow, bob, prisoner=prisoner.id)

    assert await shown(uow, bob) == "0"


async def test_an_audience_of_nobody_is_refused(uow: UnitOfWork, bob: Actor, crowd: list[Actor]):
    await to_guardians(uow, bob)

    with pytest.raises(NobodyAddressed):
        await send_draft(uow, bob, "0", now=NOON)
    assert await newest_reports(uow) == []


async def test_own_words_without_any_are_refused(uow: UnitOfWork, bob: Actor, crowd: list[Actor]):
    await drafts_own(uow, bob, texts={}, role="coordinators")

    with pytest.raises(TextEmpty):
        await send_draft(uow, bob, "1", now=NOON)


async def test_who_has_no_text_is_written_to_in_another_language_or_left_out_as_the_sender_says(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    prisoner = await house.prisoner()
    for actor in crowd[:3]:
        await house.guardian(actor, prisoner)
    await to_guardians(uow, bob, texts={"be": "Словы"})
    seen = (await outlook(uow, bob, now=NOON)).reach

    with pytest.raises(LanguagesMissing):
        await send_draft(uow, bob, str(seen.count), now=NOON)
    await drafts.choose_missing(uow, bob, "out", now=NOON)
    left_out = (await outlook(uow, bob, now=NOON)).reach
    await drafts.choose_missing(uow, bob, "be", now=NOON)
    broadcast_id = await sends(uow, bob)

    assert (seen.without_text, left_out.without_text, left_out.count) == (2, 2, 1)
    assert (await is_in(uow, broadcast_id)).recipients == 3
    said = await said_to(uow, crowd[1], broadcast_id)
    assert said.texts[said.language_for("ru")] == "Словы"


async def test_a_language_in_which_there_is_no_text_cannot_stand_in(uow: UnitOfWork, bob: Actor):
    await drafts_own(uow, bob, texts={"be": "Словы"})

    with pytest.raises(NotForYou):
        await drafts.choose_missing(uow, bob, "ru", now=NOON)


async def test_a_text_taken_out_again_leaves_its_readers_without_one(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    await house.guardian(crowd[0], await house.prisoner())
    await house.guardian(crowd[1], await house.prisoner())
    await to_guardians(uow, bob, texts={"be": "Словы", "ru": "Слова"})
    await drafts.choose_missing(uow, bob, "be", now=NOON)
    await drafts.remove_text(uow, bob, "be", now=NOON)

    with pytest.raises(LanguagesMissing):
        await send_draft(uow, bob, await shown(uow, bob), now=NOON)


async def test_a_number_that_has_changed_is_shown_again_before_anything_is_sent(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    await house.guardian(crowd[0], await house.prisoner())
    await to_guardians(uow, bob)
    seen = await shown(uow, bob)
    await house.guardian(crowd[1], await house.prisoner())

    with pytest.raises(AudienceChanged):
        await send_draft(uow, bob, seen, now=NOON)


async def test_a_second_tap_sends_nothing(uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]):
    await house.guardian(crowd[0], await house.prisoner())
    await to_guardians(uow, bob)
    await sends(uow, bob)

    with pytest.raises(NoLongerSo):
        await send_draft(uow, bob, "1", now=NOON)


async def test_quiet_hours_are_kept_unless_it_is_urgent_with_a_reason(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    bob = await sits_down(uow, bob, NIGHT)
    await house.guardian(crowd[0], await house.prisoner())
    due = []
    for why in (None, "The place has changed."):
        await to_guardians(uow, bob, now=NIGHT)
        if why is not None:
            with pytest.raises(ReasonRefused):
                await drafts.type_urgency(uow, bob, "!", now=NIGHT)
            await drafts.type_urgency(uow, bob, why, now=NIGHT)
        [row] = await rows_of(uow, await sends(uow, bob, NIGHT))
        due.append(row.due_at)

    assert due == [MORNING, NIGHT]


async def test_later_begins_at_the_wall_time_that_was_typed(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    await house.guardian(crowd[0], await house.prisoner())
    await to_guardians(uow, bob)
    await drafts.type_start(uow, bob, "24.11.2026 15:30", now=NOON)

    [row] = await rows_of(uow, await sends(uow, bob))

    assert row.due_at == datetime(2026, 11, 24, 12, 30, tzinfo=UTC)


async def test_a_message_is_not_due_for_who_does_not_belong_to_the_audience_any_more(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    guardianship = await house.guardian(crowd[0], await house.prisoner())
    await to_guardians(uow, bob)
    broadcast_id = await sends(uow, bob)
    before = await is_due_for(uow, crowd[0], broadcast_id)

    guardianship.state = "ended"
    await uow.session.flush()

    assert (before, await is_due_for(uow, crowd[0], broadcast_id)) == (True, False)
    with pytest.raises(NotForYou):
        await said_to(uow, crowd[0], broadcast_id)


async def test_mallory_reads_no_broadcast_that_is_for_others(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor], mallory: Actor
):
    await house.guardian(crowd[0], await house.prisoner())
    await to_guardians(uow, bob)
    broadcast_id = await sends(uow, bob)
    [row] = await rows_of(uow, broadcast_id)

    for about in (broadcast_id, uuid4(), None):
        with pytest.raises(NotForYou):
            await said_to(uow, mallory, about)
    # Not even with a row of the outbox that was written by hand.
    row.person_id = mallory.id
    await uow.session.flush()
    assert not await is_due_for(uow, mallory, broadcast_id)
    with pytest.raises(NotForYou):
        await said_to(uow, mallory, broadcast_id)


@pytest.mark.parametrize("act", [pause, resume, stop, take_back])
async def test_only_a_coordinator_at_an_open_desk_keeps_a_broadcast_in_hand(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor], mallory: Actor, act
):
    await house.guardian(crowd[0], await house.prisoner())
    await to_guardians(uow, bob)
    broadcast_id = await sends(uow, bob)
    closed = await house.coordinator()

    with pytest.raises(NotForYou):
        await act(uow, mallory, broadcast_id, now=NOON)
    with pytest.raises(DeskClosed):
        await act(uow, closed, broadcast_id, now=NOON)
    with pytest.raises(NotForYou):
        await act(uow, bob, uuid4(), now=NOON)
    assert (await is_in(uow, broadcast_id)).state is BroadcastState.GOING


async def test_mallory_sends_nothing_and_a_closed_desk_neither(uow: UnitOfWork, house: House, mallory: Actor):
    closed = await house.coordinator()
    for actor, refusal in ((mallory, NotForYou), (closed, DeskClosed)):
        await drafts_own(uow, actor)
        with pytest.raises(refusal):
            await send_draft(uow, actor, await shown(uow, actor), now=NOON)

    assert await newest_reports(uow) == []


async def going_to_three(uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]):
    for actor in crowd[:3]:
        await house.guardian(actor, await house.prisoner())
    await to_guardians(uow, bob)
    return await sends(uow, bob)


async def test_a_pause_holds_what_waits_and_resuming_lets_it_go(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    [first] = await claims(uow, limit=1)

    await pause(uow, bob, broadcast_id, now=NOON)

    assert await claims(uow) == []
    paused = await is_in(uow, broadcast_id)
    assert (paused.state, paused.waiting) == (BroadcastState.PAUSED, 3)
    await settle(uow, first, Delivered(1), now=NOON)
    assert (await is_in(uow, broadcast_id)).sent == 1
    await resume(uow, bob, broadcast_id, now=NOON)
    assert len(await claims(uow)) == 2


async def test_what_comes_back_to_the_queue_of_a_paused_broadcast_waits_there(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    back, cut_off = await claims(uow, limit=2)
    await pause(uow, bob, broadcast_id, now=NOON)

    assert await uow.claims.withdrawn([back]) == {back.id}
    await settle(uow, back, Later(), now=NOON)
    await uow.claims.release([cut_off])

    assert await claims(uow, NOON + timedelta(hours=1)) == []
    await resume(uow, bob, broadcast_id, now=NOON)
    assert len(await claims(uow, NOON + timedelta(hours=1))) == 3


async def test_what_was_stopped_reaches_nobody_more_and_cannot_go_on(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    [first, back] = await claims(uow, limit=2)
    await stop(uow, bob, broadcast_id, now=NOON)
    await settle(uow, first, Delivered(1), now=NOON)
    await settle(uow, back, Later(), now=NOON)

    with pytest.raises(NoLongerSo):
        await resume(uow, bob, broadcast_id, now=NOON)
    [again] = await claims(uow, NOON + timedelta(hours=1))
    assert not await is_due_for(uow, crowd[0], broadcast_id)
    await drop(uow, [again], now=NOON)
    report = await is_in(uow, broadcast_id)
    assert (report.sent, report.waiting, report.left_out) == (1, 0, 2)


async def test_the_report_adds_up_whatever_became_of_the_messages(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    for actor in crowd[:5]:
        await house.guardian(actor, await house.prisoner())
    await to_guardians(uow, bob)
    broadcast_id = await sends(uow, bob)
    sent, blocked, failed, _ = await claims(uow, limit=4)
    for row, outcome in ((sent, Delivered(1)), (blocked, Gone("blocked")), (failed, Refused("error"))):
        await settle(uow, row, outcome, now=NOON)
    [waiting] = [row for row in await rows_of(uow, broadcast_id) if row.state is OutboxState.QUEUED]
    await erase_person(uow, waiting.person_id, now=NOON)

    report = await is_in(uow, broadcast_id)

    assert (report.recipients, report.sent, report.unreachable, report.failed) == (5, 1, 1, 1)
    assert (report.waiting, report.left_out) == (1, 1)


async def test_it_ends_by_itself_and_its_numbers_outlive_its_messages(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    rows = await claims(uow)
    for row, outcome in zip(rows, (Delivered(1), Delivered(2), Gone("blocked")), strict=True):
        assert not await is_to_tend(uow, broadcast_id, now=NOON)
        await settle(uow, row, outcome, now=NOON)

    assert await is_to_tend(uow, broadcast_id, now=NOON)
    await tend(uow, broadcast_id, now=NOON)
    await uow.outbox.forget_settled(until=NOON + timedelta(days=8))

    report = await is_in(uow, broadcast_id)
    assert (report.state, report.sent, report.unreachable) == (BroadcastState.DONE, 2, 1)


async def test_its_words_are_kept_as_long_as_a_message_of_it_stands_and_no_longer(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    posted = await post(uow, crowd[0], broadcast_id)
    for row in await claims(uow):
        await settle(uow, row, Delivered(1), now=NOON)
    await tend(uow, broadcast_id, now=NOON)
    await tend(uow, broadcast_id, now=NOON)
    assert await said_by(uow, broadcast_id) is not None
    body = (await the_broadcast(uow)).body

    await uow.posted.remove(posted)
    assert await is_to_tend(uow, broadcast_id, now=NOON)
    await tend(uow, broadcast_id, now=NOON)

    assert await said_by(uow, broadcast_id) is None
    assert not await is_to_tend(uow, broadcast_id, now=NOON)
    subjects = await uow.session.scalars(select(WrappedKey.subject))
    assert broadcast_id not in set(subjects)
    broadcast = await the_broadcast(uow)
    broadcast.body = body
    with pytest.raises(UnknownKey):
        await uow.vault.reveal(broadcast, "body")


async def test_taking_back_deletes_what_stands_and_what_arrives_afterwards(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    other = await post(uow, crowd[3], uuid4(), message_id=6)
    standing = await post(uow, crowd[0], broadcast_id)
    [in_flight] = await claims(uow, limit=1)

    await take_back(uow, bob, broadcast_id, now=NOON)
    late = await post(uow, crowd[1], broadcast_id, message_id=8)
    await settle(uow, in_flight, Delivered(8), now=NOON)
    assert await is_to_tend(uow, broadcast_id, now=NOON)
    await tend(uow, broadcast_id, now=NOON)

    due = {posted.id for posted in await uow.posted.to_delete(now=NOON, limit=10)}
    assert due == {standing.id, late.id}
    assert (await uow.posted.get(other.id)).purpose is Purpose.PUSH
    assert await claims(uow) == []
    assert not await is_due_for(uow, crowd[0], broadcast_id)
    with pytest.raises(NotForYou):
        await said_to(uow, crowd[0], broadcast_id)


async def test_what_nobody_can_read_any_more_is_not_taken_back(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    await stop(uow, bob, broadcast_id, now=NOON)
    for _ in range(2):
        await tend(uow, broadcast_id, now=NOON)

    with pytest.raises(NoLongerSo):
        await take_back(uow, bob, broadcast_id, now=NOON)


async def test_one_that_is_paused_and_forgotten_ends_after_three_days(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    await pause(uow, bob, broadcast_id, now=NOON)
    later = NOON + timedelta(days=3)

    assert not await is_to_tend(uow, broadcast_id, now=later - SECOND)
    await tend(uow, broadcast_id, now=later)

    report = await is_in(uow, broadcast_id)
    assert (report.state, report.left_out) == (BroadcastState.STOPPED, 3)


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE broadcast SET state = 'going', recipients = 5",
        "UPDATE broadcast SET is_urgent = 1",
        "UPDATE broadcast SET kind = 'evening'",
        "UPDATE broadcast SET agreed_at = 1",
        "UPDATE broadcast SET state = 'nonsense'",
    ],
)
async def test_a_broadcast_changed_by_hand_is_not_sent(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor], by_hand: str
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    assert await is_due_for(uow, crowd[0], broadcast_id)

    await uow.session.execute(text(by_hand))

    assert not await is_due_for(uow, crowd[0], broadcast_id)
    assert await newest_reports(uow) == []
    with pytest.raises(NotForYou):
        await said_to(uow, crowd[0], broadcast_id)
    with pytest.raises(NotForYou):
        await stop(uow, bob, broadcast_id, now=NOON)
    assert not await is_to_tend(uow, broadcast_id, now=NOON)


async def test_a_broadcast_written_by_hand_is_not_sent(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    await going_to_three(uow, house, bob, crowd)
    true = await the_broadcast(uow)
    copy = true.apart()
    copy.id = uuid4()
    uow.session.add(copy)
    await uow.session.flush()

    assert not await is_due_for(uow, crowd[0], copy.id)


async def test_what_was_done_stands_in_the_trail_without_a_word_of_it(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    for act in (pause, resume, stop, take_back):
        await act(uow, bob, broadcast_id, now=NOON)

    entries = [one for one in await uow.session.scalars(select(AuditEntry.entry)) if "broadcast" in one]
    told = ["sent", "paused", "resumed", "stopped", "taken_back"]
    assert [kind for one in entries for kind in told if f'"kind":"{kind}"' in one] == told
    assert not any("Words" in one for one in entries)


async def test_who_leaves_leaves_no_trace_in_what_they_sent(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    await erase_person(uow, bob.id, now=NOON)

    assert (await the_broadcast(uow)).made_by is None
    assert await is_due_for(uow, crowd[0], broadcast_id)


async def test_the_numbers_are_forgotten_after_ninety_days(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor]
):
    broadcast_id = await going_to_three(uow, house, bob, crowd)
    await stop(uow, bob, broadcast_id, now=NOON)
    await tend(uow, broadcast_id, now=NOON)

    await uow.broadcasts.forget_ended(until=NOON - SECOND)
    assert len(await newest_reports(uow)) == 1
    await uow.broadcasts.forget_ended(until=NOON)
    assert await newest_reports(uow) == []


@pytest.mark.parametrize("act", [pause, stop, take_back])
async def test_what_is_in_hand_and_not_handed_over_yet_is_withdrawn(
    uow: UnitOfWork, house: House, bob: Actor, crowd: list[Actor], act
):
    prisoner = await house.prisoner()
    for one in crowd[:3]:
        await house.guardian(one, prisoner)
    await to_guardians(uow, bob)
    broadcast_id = await sends(uow, bob)
    rows = await claims(uow)

    await act(uow, bob, broadcast_id, now=NOON)

    assert await uow.claims.withdrawn(rows) == {row.id for row in rows}
