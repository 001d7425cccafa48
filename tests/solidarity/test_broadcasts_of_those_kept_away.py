"""What a coordinator has sent and is still on its way, once they are kept from their desk."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts.life import resume
from solidarity.desk import open_desk
from solidarity.duress import end_rights_under_duress
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.host_requests import approve_on_host
from solidarity.requests import approve
from solidarity.restrictions import flag_custody, freeze, suspend
from storage.models import AuditEntry, BroadcastState, OutboxState
from storage.unit_of_work import UnitOfWork

from .broadcasting import asks_to_send, claims, coordinator, drafts_own, is_in, rows_of, sends, sits_down
from .conftest import NOON, House

HOUR = timedelta(hours=1)
KeptAway = Callable[[UnitOfWork, Actor, Actor], Awaitable[None]]


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


@pytest.fixture
async def carol(house: House) -> Actor:
    return await coordinator(house)


async def is_frozen(uow: UnitOfWork, bob: Actor, carol: Actor) -> None:
    await freeze(uow, carol, bob.id, now=NOON)


async def may_be_detained(uow: UnitOfWork, bob: Actor, carol: Actor) -> None:
    await flag_custody(uow, carol, bob.id, now=NOON)


async def was_forced(uow: UnitOfWork, bob: Actor, carol: Actor) -> None:
    await open_desk(uow, bob, is_right=False, is_duress=True, now=NOON)
    await end_rights_under_duress(uow, screens=[], now=NOON)


ALL = pytest.mark.parametrize("kept_away", [is_frozen, may_be_detained, was_forced])


async def lays_up(uow: UnitOfWork, house: House, bob: Actor) -> UUID:
    """Own words to a few, to begin tomorrow."""
    for _ in range(12):
        await house.person("be")
    await house.person("ru")
    await drafts_own(uow, bob, language="ru")
    await drafts.type_start(uow, bob, "24.11.2026 12:00", now=NOON)
    return await sends(uow, bob)


@ALL
async def test_what_nobody_else_agreed_to_is_held_until_a_colleague_lets_it_go(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, kept_away: KeptAway
):
    later = await lays_up(uow, house, bob)

    await kept_away(uow, bob, carol)

    assert (await is_in(uow, later)).state is BroadcastState.PAUSED
    assert [row.state for row in await rows_of(uow, later)] == [OutboxState.HELD]
    assert await claims(uow, NOON + 24 * HOUR) == []
    await resume(uow, await sits_down(uow, carol, NOON + 24 * HOUR), later, now=NOON + 24 * HOUR)
    assert len(await claims(uow, NOON + 24 * HOUR)) == 1


async def test_who_is_suspended_after_being_frozen_sends_nothing(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor
):
    dora = await coordinator(house)
    later = await lays_up(uow, house, bob)
    await freeze(uow, carol, bob.id, now=NOON)
    await resume(uow, carol, later, now=NOON)

    await suspend(uow, dora, bob.id, now=NOON)

    assert (await is_in(uow, later)).state is BroadcastState.PAUSED


@ALL
async def test_what_a_colleague_agreed_to_or_sent_goes_on(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, kept_away: KeptAway
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)
    await approve(uow, carol, request.id, now=NOON)
    theirs = await lays_up(uow, house, carol)

    await kept_away(uow, bob, carol)

    for one in (request.about_id, theirs):
        assert (await is_in(uow, one)).state is BroadcastState.GOING


async def test_it_stands_in_the_trail(uow: UnitOfWork, house: House, bob: Actor, carol: Actor):
    await lays_up(uow, house, bob)

    await freeze(uow, carol, bob.id, now=NOON)

    entries = list(await uow.session.scalars(select(AuditEntry.entry).order_by(AuditEntry.number)))
    assert [one for one in entries if '"paused"' in one] == [entries[-2]]


@ALL
async def test_what_they_asked_for_not_even_the_host_lets_go_out(
    uow: UnitOfWork, house: House, bob: Actor, carol: Actor, kept_away: KeptAway
):
    await drafts_own(uow, bob)
    request = await asks_to_send(uow, bob)

    await kept_away(uow, bob, carol)

    for agrees in (approve_on_host(uow, request.id, now=NOON), approve(uow, carol, request.id, now=NOON)):
        with pytest.raises((NoLongerSo, NotForYou)):
            await agrees
    assert await rows_of(uow, request.about_id) == []
