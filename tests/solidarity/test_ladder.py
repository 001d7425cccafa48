"""Reminders that nobody answers: a question, a word to coordinators, somebody new, a promise that ends."""

from datetime import datetime, timedelta

import pytest

from solidarity.access import Actor
from solidarity.covering import count_some
from solidarity.errors import NobodyToSuggest
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.ladder import asks_to_pause, end_overlaps, notice_silence, offer_again
from solidarity.letters import remind_in_three_days, report_letter, skip_letter
from solidarity.outbox import Delivered
from solidarity.people import actor_of, person_of
from solidarity.restrictions import flag_custody, lift_suspension, suspend
from solidarity.settling import settle
from solidarity.suggesting import suggest
from storage.models import Guardianship, GuardianshipState, OutboxState, Prisoner
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)


@pytest.fixture
async def promise(house: House, alice: Actor, prisoner: Prisoner) -> Guardianship:
    """Alice writes every four weeks."""
    return await house.guardian(alice, prisoner)


async def reminded(house: House, alice: Actor, *, times: int) -> datetime:
    """Let reminders to write be delivered, each when it is due, and return when the last was."""
    at = NOON
    for _ in range(times):
        at += 4 * A_WEEK
        for row in await house.uow.claims.claim(now=at, limit=100, lease=A_DAY):
            if (row.person_id, row.kind) == (alice.id, "letter"):
                await settle(house.uow, row, Delivered(1), now=at)
            else:
                await house.uow.claims.release([row])
    return at


async def fresh(uow: UnitOfWork, promise: Guardianship) -> Guardianship:
    await uow.session.flush()
    await uow.session.refresh(promise)
    return promise


async def night(uow: UnitOfWork, now: datetime) -> None:
    await notice_silence(uow, now)
    await end_overlaps(uow, now)
    await count_some(uow, after=None, today=now.date())


@pytest.mark.parametrize(("reminders", "asks"), [(1, False), (2, False), (3, True), (4, True)])
async def test_the_third_reminder_asks_whether_to_pause(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship, reminders: int, asks: bool
):
    await reminded(house, alice, times=reminders)

    assert asks_to_pause(await fresh(uow, promise)) is asks


@pytest.mark.parametrize("answer", [report_letter, remind_in_three_days, skip_letter])
async def test_any_answer_begins_anew(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship, answer
):
    last = await reminded(house, alice, times=4)
    await night(uow, last)
    assert (await fresh(uow, promise)).quiet_on == last.date()

    await answer(uow, alice, promise.id, now=last)

    promise = await fresh(uow, promise)
    assert (promise.unanswered, promise.quiet_on, promise.offered_on) == (0, None, None)


@pytest.mark.parametrize(("days", "is_quiet"), [(6, False), (7, True)])
async def test_who_left_three_unanswered_is_quiet_a_week_later(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship, days: int, is_quiet: bool
):
    last = await reminded(house, alice, times=3)

    await night(uow, last + days * A_DAY)

    assert ((await fresh(uow, promise)).quiet_on is not None) is is_quiet


async def test_two_unanswered_make_nobody_quiet(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    last = await reminded(house, alice, times=2)

    await night(uow, last + 52 * A_WEEK)

    assert (await fresh(uow, promise)).quiet_on is None


async def quiet(uow: UnitOfWork, house: House, alice: Actor) -> datetime:
    """Let Alice be quiet, and return since when."""
    since = await reminded(house, alice, times=3) + A_WEEK
    await night(uow, since)
    return since


@pytest.mark.parametrize(("days", "is_offered"), [(13, False), (14, True)])
async def test_two_weeks_later_others_are_asked_as_well(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship, days: int, is_offered: bool
):
    since = await quiet(uow, house, alice)

    await night(uow, since + days * A_DAY)

    assert ((await fresh(uow, promise)).offered_on is not None) is is_offered


async def test_a_coordinator_may_ask_others_at_once(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    await quiet(uow, house, alice)
    bob = await house.coordinator()

    assert await offer_again(uow, bob, {prisoner.id}) == 1
    assert (await fresh(uow, promise)).offered_on == bob.today


async def test_who_writes_is_not_offered_by_a_coordinator(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    assert await offer_again(uow, await house.coordinator(), {prisoner.id}) == 0
    assert (await fresh(uow, promise)).offered_on is None


async def accepted(house: House, prisoner: Prisoner, *, now: datetime) -> Actor:
    """Let somebody new be accepted."""
    uow = house.uow
    newcomer = await house.person()
    application = await apply_as_guardian(uow, newcomer, prisoner.id, rhythm_weeks=2, word=None, now=now)
    await accept_guardian(uow, await house.coordinator(), application.id, now=now)
    return newcomer


async def test_somebody_new_stands_beside_the_quiet_one_for_a_rhythm(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    offered = await quiet(uow, house, alice) + 2 * A_WEEK
    await night(uow, offered)
    newcomer = await accepted(house, prisoner, now=offered)

    await night(uow, offered + 4 * A_WEEK - A_DAY)
    assert (await fresh(uow, promise)).state is GuardianshipState.ACTIVE

    await night(uow, offered + 4 * A_WEEK)
    promise = await fresh(uow, promise)
    assert (promise.state, promise.reason) == (GuardianshipState.ENDED, "handed_over")
    assert "guardianship_handed_over" in await house.kinds(alice)
    assert "letter" not in [row.kind for row in await house.due(alice) if row.state is OutboxState.QUEUED]
    assert "letter" in await house.kinds(newcomer)


async def test_a_quiet_one_who_comes_back_stays(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    offered = await quiet(uow, house, alice) + 2 * A_WEEK
    await night(uow, offered)
    await accepted(house, prisoner, now=offered)

    await report_letter(uow, alice, promise.id, now=offered)
    await night(uow, offered + 8 * A_WEEK)

    assert (await fresh(uow, promise)).state is GuardianshipState.ACTIVE


async def test_of_two_quiet_ones_somebody_new_relieves_the_one_who_is_so_for_longer(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    carol = await house.person()
    other = await house.guardian(carol, prisoner)
    await quiet(uow, house, carol)
    since = await quiet(uow, house, alice)
    other.quiet_on -= A_DAY
    offered = since + 2 * A_WEEK
    await night(uow, offered)

    await accepted(house, prisoner, now=offered)

    assert (await fresh(uow, other)).handed_over_on == offered.date()
    assert (await fresh(uow, promise)).handed_over_on is None


async def test_a_place_among_three_is_free_once_somebody_quiet_is_offered(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    for _ in range(2):
        await house.guardian(await house.person(), prisoner)
    since = await quiet(uow, house, alice)
    await night(uow, since + 2 * A_WEEK)

    newcomer = await accepted(house, prisoner, now=since + 2 * A_WEEK)

    assert await uow.guardianships.of_person(newcomer.id, GuardianshipState.ACTIVE)


async def test_whom_a_quiet_one_stands_by_is_suggested_again(
    uow: UnitOfWork, house: House, alice: Actor, prisoner: Prisoner, promise: Guardianship
):
    for _ in range(2):
        await house.guardian(await house.person(), prisoner)
    since = await quiet(uow, house, alice)
    await night(uow, since + 2 * A_WEEK)
    newcomer = await house.person()

    assert await suggest(uow, newcomer, languages=["be"], shown=[]) == prisoner.id


async def test_the_day_of_the_newest_reminder_is_kept(
    uow: UnitOfWork, house: House, alice: Actor, promise: Guardianship
):
    last = await reminded(house, alice, times=1)

    alice = await actor_of(uow, await person_of(uow, alice.id), now=last)

    assert (await fresh(uow, promise)).reminded_on == alice.today


@pytest.mark.parametrize("keep_away", [suspend, flag_custody])
async def test_who_is_kept_away_does_not_keep_their_prisoner_from_others(
    uow: UnitOfWork, house: House, alice: Actor, vera: Actor, bob: Actor, prisoner: Prisoner, keep_away
):
    # Nothing is sent to them, so that no reminder of theirs ever stands unanswered.
    for _ in range(2):
        await house.guardian(await house.person(), prisoner)
    promise = await house.guardian(alice, prisoner)
    await keep_away(uow, bob, alice.id, now=NOON)
    await night(uow, NOON)
    assert (await fresh(uow, promise)).quiet_on == NOON.date()
    with pytest.raises(NobodyToSuggest):
        await suggest(uow, vera, languages=["be"], shown=[])

    await night(uow, NOON + 2 * A_WEEK)

    assert await suggest(uow, vera, languages=["be"], shown=[]) == prisoner.id
    active = await uow.guardianships.of_prisoner(prisoner.id, GuardianshipState.ACTIVE)
    assert [one.quiet_on for one in active].count(None) == 2


async def test_who_is_let_in_again_and_answers_keeps_their_promise(
    uow: UnitOfWork, house: House, alice: Actor, bob: Actor, promise: Guardianship
):
    await suspend(uow, bob, alice.id, now=NOON)
    await night(uow, NOON)
    await lift_suspension(uow, alice.id, by=bob.id, now=NOON + A_DAY)
    await skip_letter(uow, alice, promise.id, now=NOON + A_DAY)

    await night(uow, NOON + 2 * A_DAY)

    assert (await fresh(uow, promise)).quiet_on is None
