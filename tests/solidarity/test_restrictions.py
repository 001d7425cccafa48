"""Who is suspended, frozen or perhaps detained: who may say so, what follows, and who may take it back."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select, update

from solidarity.access import Actor, require
from solidarity.audit import Act
from solidarity.codes import give_relative_code
from solidarity.errors import (
    AlreadyRestricted,
    AnotherMustLift,
    DeskFrozen,
    FreezeInstead,
    FrozenToday,
    NoLongerSo,
    NotForYou,
    Resting,
    RightsForged,
    TooManyColleagues,
)
from solidarity.hiding import hide
from solidarity.people import actor_of, person_of
from solidarity.reminders import news_for
from solidarity.restrictions import (
    FROZEN_FOR,
    KIND,
    flag_custody,
    forget_old_restrictions,
    freeze,
    lift_custody,
    lift_restriction,
    lift_suspension,
    suspend,
)
from storage.models import AuditEntry, Code, Draft, OutboxState, Posted, Prisoner, Purpose, Restriction
from storage.models import RestrictionKind as Kind
from storage.unit_of_work import UnitOfWork
from tests.desks import change_desk, desk_of
from tests.solidarity.conftest import NOON, House

TOMORROW = NOON + timedelta(hours=24, minutes=1)


async def as_seen(uow: UnitOfWork, actor: Actor, now=NOON) -> Actor:
    return await actor_of(uow, await person_of(uow, actor.id), now=now)


async def acts(uow: UnitOfWork) -> str:
    return " ".join(await uow.session.scalars(select(AuditEntry.entry)))


async def stands_in_chat(uow: UnitOfWork, actor: Actor) -> Posted:
    return await uow.posted.add(
        Posted(
            person_id=actor.id, message_id=7, purpose=Purpose.PLACE, screen="menu", posted_at=NOON,
            delete_at=NOON + timedelta(hours=20), is_covered=False,
        )
    )  # fmt: skip


@pytest.fixture
async def carol(house: House) -> Actor:
    return await house.coordinator()


async def test_who_is_suspended_may_only_see_their_own_data_and_leave(
    uow: UnitOfWork, bob: Actor, vera: Actor
):
    await suspend(uow, bob, vera.id, now=NOON)

    seen = await as_seen(uow, vera)
    for action in ("menu", "adopt", "settings", "code", "desk", "help", "no such action"):
        with pytest.raises(Resting):
            require(seen, action, now=NOON)
    for action in ("mydata", "leave", "hide", "open", "resting"):
        require(seen, action, now=NOON)


async def test_who_may_be_detained_may_only_hide_and_leave(uow: UnitOfWork, bob: Actor, vera: Actor):
    await flag_custody(uow, bob, vera.id, now=NOON)

    seen = await as_seen(uow, vera)
    for action in ("menu", "mydata", "open", "resting"):
        with pytest.raises(Resting):
            require(seen, action, now=NOON)
    for action in ("leave", "hide"):
        require(seen, action, now=NOON)


async def test_who_is_frozen_has_no_desk_for_a_day_and_all_else(uow: UnitOfWork, bob: Actor, carol: Actor):
    await change_desk(uow, carol.id, open_until=NOON + timedelta(minutes=5))
    await freeze(uow, bob, carol.id, now=NOON)

    seen = await as_seen(uow, carol)
    later = await as_seen(uow, carol, now=NOON + FROZEN_FOR)
    for action in ("desk.open", "desk", "desk.told"):
        with pytest.raises(DeskFrozen):
            require(seen, action, now=NOON)
    require(seen, "menu", now=NOON)
    require(later, "desk.open", now=NOON + FROZEN_FOR)
    assert (await desk_of(uow, carol.id)).open_until is None


@pytest.mark.parametrize("rule", [suspend, flag_custody])
async def test_what_waits_for_them_waits_on_and_goes_out_when_it_is_lifted(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, vera: Actor, rule
):
    due = news_for(await person_of(uow, vera.id), "stay", vera.id, now=NOON - timedelta(hours=30))
    await uow.outbox.queue([due])
    [held] = await uow.claims.claim(now=NOON, limit=10, lease=timedelta(minutes=1))

    await rule(uow, bob, vera.id, now=NOON)
    taken = await uow.claims.withdrawn([held])
    claimed = await uow.claims.claim(now=NOON, limit=10, lease=timedelta(minutes=1))
    kind = Kind.SUSPENDED if rule is suspend else Kind.CUSTODY
    await lift_restriction(uow, vera.id, kind, now=NOON)
    after = await uow.claims.claim(now=NOON, limit=10, lease=timedelta(minutes=1))

    assert taken == {held.id}
    assert vera.id not in {row.person_id for row in claimed}
    assert [row.kind for row in after if row.person_id == vera.id] == ["stay"]


async def test_a_suspension_covers_what_stands_and_takes_back_the_codes_they_gave(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, prisoner: Prisoner
):
    erin = await house.coordinator()
    posted = await stands_in_chat(uow, carol)
    for one in (carol, bob):
        await give_relative_code(uow, one, prisoner.id, is_on_behalf=False, now=NOON)
    await freeze(uow, bob, carol.id, now=NOON - timedelta(hours=1))

    await suspend(uow, erin, carol.id, now=NOON - timedelta(minutes=1))

    await uow.session.refresh(posted)
    givers = list(await uow.session.scalars(select(Code.issued_by)))
    assert (posted.cover_at, givers) == (NOON - timedelta(hours=1), [bob.id])


async def test_the_custody_flag_empties_the_chat_drops_drafts_and_closes_the_desk(
    uow: UnitOfWork, bob: Actor, carol: Actor, prisoner: Prisoner
):
    posted = await stands_in_chat(uow, carol)
    await change_desk(uow, carol.id, open_until=NOON + timedelta(minutes=5))
    await uow.drafts.put(carol.id, "x", {"text": "half said"}, expires_at=TOMORROW)
    await give_relative_code(uow, carol, prisoner.id, is_on_behalf=False, now=NOON)

    await flag_custody(uow, bob, carol.id, now=NOON)

    await uow.session.refresh(posted)
    assert (posted.purpose, posted.delete_at) == (Purpose.DISCARDED, NOON)
    assert (await desk_of(uow, carol.id)).open_until is None
    left = [await uow.session.scalar(select(func.count()).select_from(table)) for table in (Draft, Code)]
    assert left == [0, 0]


async def test_colleagues_are_told_but_not_who_did_it_or_whom_it_is_about(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor
):
    erin = await house.coordinator()

    await flag_custody(uow, bob, carol.id, now=NOON)

    told = {one.id for one in (bob, carol, erin) if KIND in await house.kinds(one)}
    assert told == {erin.id}


@pytest.mark.parametrize(
    ("rule", "act"),
    [(suspend, Act.PERSON_SUSPENDED), (flag_custody, Act.CUSTODY_FLAG_SET)],
)
async def test_it_is_written_into_the_trail_and_nobody_is_named(
    uow: UnitOfWork, bob: Actor, vera: Actor, rule, act: Act
):
    await rule(uow, bob, vera.id, now=NOON)

    written = await acts(uow)
    assert act.value in written
    assert bob.id.hex not in written
    assert vera.id.hex not in written


@pytest.mark.parametrize("rule", [suspend, freeze, flag_custody, lift_custody])
async def test_nobody_does_it_to_themselves_or_to_nobody(
    uow: UnitOfWork, bob: Actor, prisoner: Prisoner, rule
):
    for whom in (bob.id, prisoner.id, None):
        with pytest.raises(NotForYou):
            await rule(uow, bob, whom, now=NOON)


async def test_only_a_coordinator_is_frozen(uow: UnitOfWork, bob: Actor, vera: Actor):
    with pytest.raises(NotForYou):
        await freeze(uow, bob, vera.id, now=NOON)


async def test_one_alone_freezes_one_a_day_also_where_the_host_has_lifted_it(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor
):
    erin = await house.coordinator()
    await freeze(uow, bob, carol.id, now=NOON)
    await lift_restriction(uow, carol.id, Kind.FROZEN, now=NOON)
    await forget_old_restrictions(uow, NOON - timedelta(hours=23), NOON + timedelta(hours=1))

    with pytest.raises(FrozenToday):
        await freeze(uow, bob, erin.id, now=NOON + timedelta(hours=23))
    await freeze(uow, bob, erin.id, now=TOMORROW)
    assert (await as_seen(uow, erin, now=TOMORROW)).is_frozen


async def test_one_coordinator_alone_does_not_suspend_a_colleague(uow: UnitOfWork, bob: Actor, carol: Actor):
    with pytest.raises(FreezeInstead):
        await suspend(uow, bob, carol.id, now=NOON)
    await freeze(uow, bob, carol.id, now=NOON)

    with pytest.raises(FreezeInstead):
        await suspend(uow, bob, carol.id, now=NOON)


async def test_another_coordinator_suspends_a_colleague_who_is_frozen(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor
):
    erin = await house.coordinator()
    await freeze(uow, bob, carol.id, now=NOON)

    await suspend(uow, erin, carol.id, now=NOON)

    assert (await as_seen(uow, carol, now=TOMORROW)).is_suspended


async def test_one_alone_says_of_three_colleagues_a_day_that_they_may_be_detained(
    uow: UnitOfWork, house: House, bob: Actor, vera: Actor
):
    colleagues = [await house.coordinator() for _ in range(4)]
    for one in colleagues[:3]:
        await flag_custody(uow, bob, one.id, now=NOON)

    with pytest.raises(TooManyColleagues):
        await flag_custody(uow, bob, colleagues[3].id, now=NOON)
    await flag_custody(uow, bob, vera.id, now=NOON)
    await flag_custody(uow, bob, colleagues[3].id, now=TOMORROW)


async def test_what_is_so_already_is_said_so(uow: UnitOfWork, bob: Actor, vera: Actor):
    await suspend(uow, bob, vera.id, now=NOON)

    with pytest.raises(AlreadyRestricted):
        await suspend(uow, bob, vera.id, now=NOON)


async def test_who_said_that_somebody_may_be_detained_does_not_take_it_back_alone(
    uow: UnitOfWork, bob: Actor, carol: Actor, vera: Actor
):
    await flag_custody(uow, bob, vera.id, now=NOON)

    with pytest.raises(AnotherMustLift):
        await lift_custody(uow, bob, vera.id, now=NOON)
    await lift_custody(uow, carol, vera.id, now=NOON)
    assert not (await as_seen(uow, vera)).is_in_custody


async def test_what_is_over_cannot_be_lifted_again(uow: UnitOfWork, bob: Actor, carol: Actor, vera: Actor):
    await suspend(uow, bob, vera.id, now=NOON)
    await lift_suspension(uow, vera.id, now=NOON)

    with pytest.raises(NoLongerSo):
        await lift_suspension(uow, vera.id, now=NOON)
    with pytest.raises(NoLongerSo):
        await lift_custody(uow, carol, vera.id, now=NOON)


async def test_a_notice_of_what_was_lifted_is_not_sent(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, vera: Actor
):
    await flag_custody(uow, bob, vera.id, now=NOON)

    await lift_custody(uow, carol, vera.id, now=NOON)

    assert KIND not in await house.kinds(carol)


async def test_who_hides_can_be_shielded_as_well(uow: UnitOfWork, bob: Actor, vera: Actor):
    await hide(uow, vera, now=NOON)

    await flag_custody(uow, bob, vera.id, now=NOON)

    assert (await as_seen(uow, vera)).is_in_custody


async def test_a_suspension_that_mallory_deleted_by_hand_frees_nobody_and_the_others_hear_of_it(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, mallory: Actor
):
    await suspend(uow, bob, mallory.id, now=NOON)
    await uow.session.execute(delete(Restriction))
    # As a unit of its own reads it.
    del uow.__dict__["people"]

    seen = await as_seen(uow, mallory)
    again = await as_seen(uow, mallory)

    assert (seen.is_suspended, again.is_suspended, seen.is_coordinator) == (True, True, False)
    assert [(await house.kinds(one)).count("desk_rights_forged") for one in (bob, carol)] == [1, 1]
    with pytest.raises(RightsForged):
        await lift_forged(uow, bob, mallory)


async def lift_forged(uow: UnitOfWork, bob: Actor, mallory: Actor) -> None:
    await flag_custody(uow, bob, mallory.id, now=NOON)
    await lift_restriction(uow, mallory.id, Kind.CUSTODY, now=NOON)


async def test_a_coordinator_whose_rights_mallory_spoiled_has_none_and_is_warned_as_well(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor
):
    await uow.session.execute(update(Restriction).values(mac=b""))
    await freeze(uow, bob, carol.id, now=NOON)
    await uow.session.execute(update(Restriction).values(until=NOON + timedelta(minutes=1)))
    # As a unit of its own reads it.
    del uow.__dict__["people"]

    seen = await as_seen(uow, carol)

    assert (seen.is_coordinator, seen.is_suspended) == (False, True)
    assert "desk_rights_forged" in await house.kinds(carol)
    row = await house.claimed("desk_rights_forged")
    assert (await house.kept(row)).state is OutboxState.CLAIMED


async def test_what_is_over_is_forgotten_after_a_day(uow: UnitOfWork, bob: Actor, vera: Actor):
    await suspend(uow, bob, vera.id, now=NOON)
    await lift_suspension(uow, vera.id, now=NOON + timedelta(hours=1))

    await forget_old_restrictions(uow, NOON + timedelta(hours=2), NOON + timedelta(hours=26))

    assert await uow.session.scalar(select(func.count()).select_from(Restriction)) == 0
    assert not (await as_seen(uow, vera)).is_suspended
