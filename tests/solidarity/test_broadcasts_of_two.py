"""Own words to many take a second coordinator, who agrees to words, audience and time as they stand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts import sending as broadcast_sending
from solidarity.broadcasts.audience import said_by, write_said
from solidarity.broadcasts.reports import is_to_tend, newest_reports, tend
from solidarity.broadcasts.sending import ask_to_send, outlook, send_draft
from solidarity.errors import AudienceChanged, DeskClosed, NoLongerSo, NotForYou
from solidarity.leaving import erase_person
from solidarity.requests import approve, approve_as, ask, decline, request_card, requests_at_desk, withdraw
from solidarity.typed_errors import ReasonRefused
from storage.models import Broadcast, BroadcastState, RequestKind, WrappedKey
from storage.unit_of_work import UnitOfWork

from .broadcasting import (
    WHY,
    asks_to_send,
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

HOUR = timedelta(hours=1)


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def carol(house: House) -> Actor:
    return await coordinator(house)


async def test_own_words_to_more_than_a_fifth_of_all_wait_for_a_colleague(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor
):
    prisoner = await house.prisoner()
    for number in range(8):
        person = await house.person("en")
        if number < 2:
            await house.guardian(person, prisoner)
    # Ten and the two who accepted the guardians.
    assert await uow.audiences.count_all() == 12
    await drafts_own(uow, bob, role="guardians")
    alone = (await outlook(uow, bob, now=NOON)).takes_two

    await house.guardian(await house.person("en"), prisoner)

    assert (alone, (await outlook(uow, bob, now=NOON)).takes_two) == (False, True)
    assert await send_draft(uow, bob, "3", now=NOON) is None
    assert await newest_reports(uow) == []


async def test_own_words_to_more_than_fifty_wait_for_a_colleague_however_many_there_are(
    uow: UnitOfWork, house: House, bob: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(broadcast_sending, "MOST_ALONE", 2)
    for language in ("be", "be", "ru", "ru", "ru", *("en",) * 20):
        await house.person(language)
    found = []
    for language in ("be", "ru"):
        await drafts_own(uow, bob, language=language)
        found.append((await outlook(uow, bob, now=NOON)).takes_two)

    assert found == [False, True]


async def test_an_audience_cut_into_pieces_counts_together_for_a_day(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(broadcast_sending, "MOST_ALONE", 3)
    for language in ("be", "be", "ru", "ru", *("en",) * 30):
        await house.person(language)
    await drafts_own(uow, bob, language="be")
    await sends(uow, bob)

    found = []
    for actor, now in ((bob, NOON), (carol, NOON), (bob, NOON + timedelta(hours=24))):
        await drafts_own(uow, actor, language="ru", now=now)
        found.append((await outlook(uow, actor, now=now)).takes_two)

    assert found == [True, False, False]


async def test_a_ready_text_waits_for_nobody(uow: UnitOfWork, bob: Actor, house: House):
    await drafts.begin_draft(uow, bob, "evening", None, now=NOON)
    await drafts.type_evening(uow, bob, "02.12.2026 18:00", now=NOON)

    broadcast_id = await sends(uow, bob)

    assert (await is_in(uow, broadcast_id)).recipients == await uow.audiences.count_all()


async def test_it_goes_out_once_a_colleague_has_agreed(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)
    waiting = await is_in(uow, request.about_id)

    await approve(uow, carol, request.id, now=NOON)

    going = await is_in(uow, request.about_id)
    assert (waiting.state, waiting.recipients) == (BroadcastState.ASKED, 0)
    assert (going.state, going.recipients) == (BroadcastState.GOING, 3)
    assert len(await rows_of(uow, request.about_id)) == 3


async def test_the_colleague_sees_words_audience_and_number(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor
):
    await drafts_own(uow, bob, role="coordinators")
    request = await asks_to_send(uow, bob)

    card = await request_card(uow, carol, request.id, now=NOON)

    assert (card.kind, card.why, card.change.reach.count) == (RequestKind.BROADCAST, WHY, 2)
    assert card.change.said.texts["en"] == "Words"
    assert card.change.said.audience.role == "coordinators"
    assert "Words" not in repr(card)


@pytest.mark.parametrize("who", ["oneself", "one's own creature", "a closed desk", "mallory"])
async def test_nobody_else_is_a_second_person(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor, who: str
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)
    others = {
        "oneself": (bob, NotForYou),
        "one's own creature": (await coordinator(house, by=bob), NotForYou),
        "a closed desk": (await house.coordinator(), DeskClosed),
        "mallory": (mallory, NotForYou),
    }
    actor, refusal = others[who]

    with pytest.raises(refusal):
        await approve(uow, actor, request.id, now=NOON)

    assert (await is_in(uow, request.about_id)).state is BroadcastState.ASKED
    assert await rows_of(uow, request.about_id) == []


async def test_what_was_agreed_to_is_what_stood_there_when_it_was_asked_for(
    uow: UnitOfWork, bob: Actor, carol: Actor, alice: Actor
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)
    broadcast = await the_broadcast(uow)
    said = await said_by(uow, broadcast.id)
    assert said is not None
    # As whoever holds the keys could: words of one's own under a mark that fits.
    await uow.vault.seal(broadcast, body=write_said(replace(said, texts={"en": "Other words"})))
    await uow.broadcasts.keep(broadcast)

    with pytest.raises(NoLongerSo):
        await approve(uow, carol, request.id, now=NOON)

    assert await rows_of(uow, request.about_id) == []


@pytest.mark.parametrize(
    "by_hand",
    [
        "UPDATE broadcast SET state = 'going'",
        "UPDATE broadcast SET agreed_at = 1",
        "UPDATE broadcast SET starts_at = starts_at + 1000",
    ],
)
async def test_an_approval_written_by_hand_sends_nothing(
    uow: UnitOfWork, bob: Actor, carol: Actor, by_hand: str
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)

    await uow.session.execute(text(by_hand))

    with pytest.raises((NotForYou, NoLongerSo)):
        await approve(uow, carol, request.id, now=NOON)
    assert await rows_of(uow, request.about_id) == []


async def test_nobody_asks_for_a_colleagues_broadcast_or_with_another_digest(
    uow: UnitOfWork, bob: Actor, carol: Actor
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)

    for actor, argument in ((carol, request.argument), (bob, "0" * 32), (bob, "")):
        with pytest.raises(NotForYou):
            await ask(uow, actor, "broadcast", request.about_id, argument=argument, why=WHY, now=NOON)


@pytest.mark.parametrize("how", ["declined", "withdrawn", "run out", "the asker left"])
async def test_what_nobody_agreed_to_is_forgotten_with_its_words(
    uow: UnitOfWork, bob: Actor, carol: Actor, how: str
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)
    broadcast_id, now = request.about_id, NOON
    if how == "declined":
        await decline(uow, carol, request.id, now=NOON)
    elif how == "withdrawn":
        await withdraw(uow, bob, request.id, now=NOON)
    elif how == "the asker left":
        await erase_person(uow, bob.id, now=NOON)
    else:
        now = NOON + 73 * HOUR

    assert await is_to_tend(uow, broadcast_id, now=now) or how in ("declined", "the asker left")
    await tend(uow, broadcast_id, now=now)

    assert await uow.session.get(Broadcast, broadcast_id, populate_existing=True) is None
    assert await uow.session.get(WrappedKey, broadcast_id) is None


async def test_one_that_waits_for_an_answer_is_kept(uow: UnitOfWork, bob: Actor, carol: Actor):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)

    assert not await is_to_tend(uow, request.about_id, now=NOON + 71 * HOUR)
    await tend(uow, request.about_id, now=NOON + 71 * HOUR)
    assert await said_by(uow, request.about_id) is not None


async def test_what_was_to_begin_before_it_was_agreed_to_begins_then(
    uow: UnitOfWork, bob: Actor, carol: Actor
):
    await drafts_own(uow, bob)
    await drafts.type_start(uow, bob, "23.11.2026 13:00", now=NOON)
    request = await asks_to_send(uow, bob)
    later = NOON + 3 * HOUR
    carol = await sits_down(uow, carol, later)

    await approve(uow, carol, request.id, now=later)

    assert {row.due_at for row in await rows_of(uow, request.about_id)} == {later}


async def test_the_host_can_be_the_second(uow: UnitOfWork, bob: Actor):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)

    await approve_as(uow, request, None, now=NOON)

    assert (await is_in(uow, request.about_id)).state is BroadcastState.GOING


async def test_a_request_needs_its_reason_and_the_number_that_was_shown(
    uow: UnitOfWork, house: House, bob: Actor
):
    await drafts_own(uow, bob)
    seen = await shown(uow, bob)

    with pytest.raises(AudienceChanged):
        await ask_to_send(uow, bob, "99", why=WHY, now=NOON)
    with pytest.raises(ReasonRefused):
        await ask_to_send(uow, bob, seen, why="?", now=NOON)


async def test_a_request_shows_no_words_that_are_gone(uow: UnitOfWork, bob: Actor, carol: Actor):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)
    await uow.broadcasts.remove(request.about_id)

    assert await requests_at_desk(uow, carol, now=NOON) == []
