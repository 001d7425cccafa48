"""A desk's row that was changed or deleted by hand opens nothing, and lets nobody choose another PIN.

Mallory's hand is in the database, and her other one holds Bob's telephone.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import BigInteger, LargeBinary, delete, literal, select, update

from solidarity.access import Actor
from solidarity.codes import find_code, give_staff_code, redeem
from solidarity.desk import (
    choose_pin,
    close_desk,
    forget_pin,
    keep_open,
    open_desk,
    say_pin_forgotten,
    shuffles_keys,
    turn_shuffling,
)
from solidarity.duress import STAFF, end_rights_under_duress
from solidarity.errors import CodeUnknown, NotForYou
from solidarity.hiding import hide
from solidarity.keypads import TypedPin, typed_pin
from solidarity.people import actor_of, person_of
from solidarity.requests import approve, ask
from solidarity.second_person import coordinators_at_work
from storage.models import CodeKind, Desk, OutboxRow
from storage.outbox import RIGHTS_FORGED
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

MINUTE = timedelta(minutes=1)
DESKS = Desk.__table__
WHY = "They forgot it, and I called them back."
Change = Callable[[UnitOfWork, Actor], Awaitable[None]]


def set_to(**values: Any) -> Change:
    async def change(uow: UnitOfWork, actor: Actor) -> None:
        mine = DESKS.c.person_id == actor.id
        await uow.session.execute(update(DESKS).where(mine).values(values))

    return change


async def delete_row(uow: UnitOfWork, actor: Actor) -> None:
    await uow.session.execute(delete(DESKS).where(DESKS.c.person_id == actor.id))


async def take_anothers_mark(uow: UnitOfWork, actor: Actor) -> None:
    mark = select(DESKS.c.mac).where(DESKS.c.person_id != actor.id).limit(1).scalar_subquery()
    await set_to(mac=mark)(uow, actor)


def raw(value: Any, kind: Any) -> Any:
    return literal(value, kind)


OPENS: dict[str, Change] = {
    "the row deleted": delete_row,
    "no PIN": set_to(pin=None),
    "no PIN at all": set_to(pin=None, duress_pin=None),
    "an empty PIN": set_to(pin=raw(b"", LargeBinary)),
    "no duress PIN": set_to(duress_pin=None),
    "the duress PIN for the PIN": set_to(pin=DESKS.c.duress_pin),
    "open": set_to(open_until=NOON + 4 * MINUTE),
    "open for ever": set_to(open_until=raw(2**62, BigInteger)),
    "open since before there was time": set_to(open_until=raw(-1, BigInteger)),
    "a decoy": set_to(is_decoy=True),
    "not locked": set_to(locked_until=None),
    "no wrong tries": set_to(wrong_tries=0),
    "fewer than no wrong tries": set_to(wrong_tries=-1000),
    "other keys": set_to(shuffles=True),
    "no mark": set_to(mac=None),
    "a mark of her own": set_to(mac=b"mine"),
    "somebody else's mark": take_anothers_mark,
}


async def has_desk(uow: UnitOfWork, actor: Actor) -> None:
    """Let somebody have both PINs, a closed desk, a wrong try and a keypad that rests."""
    typed = TypedPin("271828", first="271828", stored=None)
    await choose_pin(uow, actor, typed, "a hash", filler="another", now=NOON)
    await close_desk(uow, actor, screens=[], now=NOON)
    for _ in range(5):
        await open_desk(uow, actor, is_right=False, now=NOON - 14 * MINUTE)
    desk = await uow.desks.get(actor.id)
    desk.wrong_tries = 3
    await uow.desks.keep(desk)


async def now_of(uow: UnitOfWork, actor: Actor) -> Actor:
    return await actor_of(uow, await person_of(uow, actor.id), now=NOON)


async def told(uow: UnitOfWork) -> int:
    rows = await uow.session.scalars(select(OutboxRow).where(OutboxRow.kind == RIGHTS_FORGED))
    return len(list(rows))


@pytest.fixture
async def carol(house: House) -> Actor:
    return await house.coordinator()


@pytest.fixture(params=OPENS)
async def forged(request: Any, uow: UnitOfWork, bob: Actor, carol: Actor) -> Actor:
    """Bob, whose desk Mallory changed in the database."""
    await has_desk(uow, bob)
    await OPENS[request.param](uow, bob)
    return bob


async def test_what_the_program_wrote_is_believed(uow: UnitOfWork, bob: Actor, house: House):
    await has_desk(uow, bob)

    actor = await now_of(uow, bob)

    assert (actor.has_forged_desk, actor.is_at_work) == (False, True)
    assert await open_desk(uow, actor, is_right=True, now=NOON + 2 * MINUTE)
    assert await told(uow) == 0


async def test_a_forged_desk_is_closed_and_its_owner_not_at_work(uow: UnitOfWork, forged: Actor):
    actor = await now_of(uow, forged)

    assert (actor.is_coordinator, actor.has_forged_desk, actor.is_at_work) == (True, True, False)
    assert not actor.has_open_desk(NOON)
    assert not actor.has_open_decoy(NOON)
    assert forged.id not in (await coordinators_at_work(uow, now=NOON)).people


async def test_neither_a_pin_nor_a_new_one_opens_it(uow: UnitOfWork, forged: Actor):
    typed = TypedPin("314159", first="314159", stored=None)

    with pytest.raises(NotForYou):
        await choose_pin(uow, forged, typed, "Mallory's hash", filler="x", now=NOON)
    for is_right, is_duress in ((True, False), (False, True), (False, False)):
        with pytest.raises(NotForYou):
            await open_desk(uow, forged, is_right=is_right, is_duress=is_duress, now=NOON)

    assert (await typed_pin(uow, forged, now=NOON)).is_forged


async def test_what_else_is_done_at_a_desk_leaves_a_forged_one_forged(uow: UnitOfWork, forged: Actor):
    await keep_open(uow, await now_of(uow, forged), now=NOON)
    await close_desk(uow, forged, screens=[], now=NOON)
    await hide(uow, forged, now=NOON)
    await uow.desks.forget_times(now=NOON - 30 * MINUTE)
    with pytest.raises(NotForYou):
        await turn_shuffling(uow, forged)

    assert not await shuffles_keys(uow, forged)
    assert (await now_of(uow, forged)).has_forged_desk


async def test_coordinators_are_told_once_a_day(uow: UnitOfWork, house: House, forged: Actor):
    for _ in range(3):
        await now_of(uow, forged)

    assert await told(uow) == 2


async def test_a_desk_that_was_never_opened_is_marked_too(uow: UnitOfWork, bob: Actor):
    await delete_row(uow, bob)

    actor = await now_of(uow, bob)

    assert actor.has_forged_desk
    with pytest.raises(NotForYou):
        await choose_pin(uow, actor, TypedPin("314159", "314159", None), "a hash", now=NOON)


async def test_mallory_gets_no_new_pin_by_writing_the_row_of_her_own_desk_under_bobs_name(
    uow: UnitOfWork, bob: Actor, house: House
):
    other = await house.coordinator()
    await has_desk(uow, bob)
    await delete_row(uow, bob)
    await uow.session.execute(update(DESKS).where(DESKS.c.person_id == other.id).values(person_id=bob.id))

    assert (await now_of(uow, bob)).has_forged_desk


async def test_nobodys_rights_end_by_a_decoy_that_mallory_wrote(uow: UnitOfWork, bob: Actor):
    await has_desk(uow, bob)
    await set_to(is_decoy=True)(uow, bob)

    await end_rights_under_duress(uow, screens=[], now=NOON)

    assert (await now_of(uow, bob)).is_coordinator


@pytest.mark.parametrize("value", [1, 2])
async def test_a_decoy_is_found_whatever_stands_for_yes(uow: UnitOfWork, bob: Actor, value: int):
    await has_desk(uow, bob)
    await open_desk(uow, bob, is_right=False, is_duress=True, now=NOON + 2 * MINUTE)
    await set_to(is_decoy=raw(value, BigInteger))(uow, bob)

    assert [person.id for person in await uow.desks.decoys_with(STAFF)] == [bob.id]
    assert bob.id not in (await coordinators_at_work(uow, now=NOON)).people


async def test_a_colleague_and_the_administrator_let_a_pin_be_chosen_anew(
    uow: UnitOfWork, forged: Actor, carol: Actor, house: House
):
    await say_pin_forgotten(uow, forged, now=NOON)
    await forget_pin(uow, forged.id, now=NOON)

    actor = await now_of(uow, forged)
    typed = TypedPin("161803", first="161803", stored=None)
    await choose_pin(uow, actor, typed, "a new hash", filler="x", now=NOON)

    assert (await now_of(uow, forged)).has_open_desk(NOON)


async def test_a_new_pin_for_a_forged_desk_takes_two(uow: UnitOfWork, bob: Actor, house: House):
    carol, dave = await house.coordinator(), await house.administrator()
    for one in (carol, dave):
        await open_desk(uow, one, is_right=True, now=NOON)
    await delete_row(uow, bob)
    carol, dave = await now_of(uow, carol), await now_of(uow, dave)

    await ask(uow, carol, "new_pin", bob.id, why=WHY, now=NOON)
    (request,) = await uow.requests.open_at(NOON)
    await approve(uow, dave, request.id, now=NOON)

    assert not (await now_of(uow, bob)).has_forged_desk


async def test_mallory_gets_no_desk_by_asking_for_a_new_pin(uow: UnitOfWork, mallory: Actor):
    await uow.desks.begin_anew(mallory.id)
    await delete_row(uow, mallory)

    with pytest.raises(NotForYou):
        await forget_pin(uow, mallory.id, now=NOON)


async def test_a_code_for_the_desk_begins_a_forged_one_anew(uow: UnitOfWork, forged: Actor):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=NOON)
    actor = await now_of(uow, forged)

    after = await redeem(uow, actor, await find_code(uow, given.words, now=NOON), now=NOON)

    assert not after.has_forged_desk
    assert (await typed_pin(uow, after, now=NOON)).stored is None


async def test_a_forged_desks_code_makes_nobody_a_coordinator(uow: UnitOfWork, bob: Actor, mallory: Actor):
    given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=bob.id, now=NOON)
    await delete_row(uow, bob)

    with pytest.raises(CodeUnknown):
        await redeem(uow, mallory, await find_code(uow, given.words, now=NOON), now=NOON)
