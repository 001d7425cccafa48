"""Ready texts name nobody to those who may not know the name, however wide the audience was chosen."""

from datetime import timedelta
from uuid import UUID

import pytest

from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts.life import is_broadcast_due, said_to
from solidarity.broadcasts.ready import filling_of
from solidarity.broadcasts.sending import outlook
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.life import cancel_hearing, move_hearing
from solidarity.publicity import choose_publicity
from solidarity.settling import settle_delivered
from storage.models import CustodyStatus, GuardianshipState, Hearing, Openness, Posted, Publicity, Purpose
from storage.unit_of_work import UnitOfWork

from .broadcasting import claims, coordinator, rows_of, sends
from .conftest import NOON, House, wall

NAME, ALIAS = "Example Sampleson", "Blue Dog"


@pytest.fixture
async def bob(house: House) -> Actor:
    return await coordinator(house)


async def about(uow: UnitOfWork, actor: Actor, kind: str, row, **by: object) -> None:
    """Begin a ready text, for everybody unless it is narrowed."""
    await drafts.begin_draft(uow, actor, kind, row.id, now=NOON)
    for what in ("prisoner", "hearing"):
        await drafts.narrow(uow, actor, what, None, now=NOON)


async def reached(uow: UnitOfWork, actor: Actor) -> set:
    return {one.person_id for one in (await outlook(uow, actor, now=NOON)).reach.recipients}


@pytest.mark.parametrize("publicity", Publicity)
@pytest.mark.parametrize("kind", ["hearing", "transfer", "release"])
async def test_who_stands_by_nobody_hears_of_public_prisoners_alone(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor, kind: str, publicity: Publicity
):
    status = CustodyStatus.RELEASED if kind == "release" else CustodyStatus.PRETRIAL
    prisoner = await house.prisoner(publicity, status, alias=ALIAS)
    vera = await house.person("en")
    await house.relative(vera, prisoner)
    row = await house.hearing(prisoner) if kind == "hearing" else prisoner

    await about(uow, bob, kind, row)

    found = await reached(uow, bob)
    assert vera.id in found
    assert (mallory.id in found) == (publicity is Publicity.PUBLIC)


@pytest.mark.parametrize("publicity", [Publicity.GUARDIANS, Publicity.HIDDEN])
async def test_each_reads_the_name_that_they_may_know(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, publicity: Publicity
):
    prisoner = await house.prisoner(Publicity.GUARDIANS, alias=ALIAS)
    vera = await house.person("en")
    await house.relative(vera, prisoner)
    await house.guardian(alice, prisoner)
    # Their family wishes it so by now.
    prisoner.publicity = publicity
    await about(uow, bob, "transfer", prisoner)
    broadcast_id = await sends(uow, bob)

    names = {}
    for who, actor in (("family", vera), ("guardian", alice), ("coordinator", bob)):
        names[who] = (await filling_of(uow, actor, await said_to(uow, actor, broadcast_id))).name

    knows = publicity is Publicity.GUARDIANS
    assert names == {
        "family": NAME,
        "guardian": NAME if knows else ALIAS,
        "coordinator": ALIAS,
    }


async def test_a_sitting_that_is_closed_is_told_to_those_concerned_alone(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor, mallory: Actor
):
    prisoner = await house.prisoner()
    await house.guardian(alice, prisoner)
    hearing = await house.hearing(prisoner, openness=Openness.CLOSED)

    await about(uow, bob, "hearing", hearing)

    found = await reached(uow, bob)
    assert alice.id in found
    assert mallory.id not in found


async def test_a_release_reaches_who_wrote_until_then(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor
):
    prisoner = await house.prisoner()
    guardianship = await house.guardian(alice, prisoner)
    prisoner.custody_status = CustodyStatus.RELEASED
    guardianship.state, guardianship.reason = GuardianshipState.ENDED, "released"
    await uow.session.flush()

    await drafts.begin_draft(uow, bob, "release", prisoner.id, now=NOON)

    assert await reached(uow, bob) == {alice.id}


@pytest.mark.parametrize("change", ["cancelled", "silenced", "publicity"])
async def test_what_is_not_so_any_more_goes_to_nobody(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor, change: str
):
    prisoner = await house.prisoner()
    hearing = await house.hearing(prisoner)
    await about(uow, bob, "hearing", hearing)
    broadcast_id = await sends(uow, bob)
    before = await is_broadcast_due(uow, mallory, broadcast_id)
    if change == "cancelled":
        await cancel_hearing(uow, hearing, now=NOON)
    elif change == "silenced":
        prisoner.is_silenced = True
    else:
        prisoner.publicity = Publicity.HIDDEN
    await uow.session.flush()

    assert (before, await is_broadcast_due(uow, mallory, broadcast_id)) == (True, False)
    with pytest.raises(NotForYou):
        await said_to(uow, mallory, broadcast_id)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("release", CustodyStatus.PRETRIAL),
        ("transfer", CustodyStatus.RELEASED),
        ("transfer", CustodyStatus.DIED),
    ],
)
async def test_a_ready_text_that_is_not_so_is_not_begun(
    uow: UnitOfWork, house: House, bob: Actor, kind: str, status: CustodyStatus
):
    prisoner = await house.prisoner(status=status)

    with pytest.raises(NoLongerSo):
        await drafts.begin_draft(uow, bob, kind, prisoner.id, now=NOON)


async def test_a_court_date_is_told_until_the_sitting_begins(
    uow: UnitOfWork, house: House, bob: Actor, alice: Actor
):
    hearing = await house.hearing(await house.prisoner())
    await about(uow, bob, "hearing", hearing)
    await drafts.type_start(uow, bob, "03.12.2026 13:00", now=NOON)

    rows = await rows_of(uow, await sends(uow, bob))

    assert {row.useful_until for row in rows} == {hearing.starts_at}
    assert await claims(uow, hearing.starts_at) != []
    await drafts.begin_draft(uow, bob, "hearing", hearing.id, now=NOON)
    await drafts.narrow(uow, bob, "hearing", None, now=NOON)
    await drafts.type_start(uow, bob, "03.12.2026 14:00", now=NOON)
    with pytest.raises(NoLongerSo):
        await sends(uow, bob)


@pytest.mark.parametrize("kind", ["hearing", "transfer"])
async def test_a_ready_text_that_stands_open_is_covered_once_fewer_may_know_the_name(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor, kind: str
):
    prisoner = await house.prisoner()
    await about(uow, bob, kind, await house.hearing(prisoner) if kind == "hearing" else prisoner)
    sent = await sends(uow, bob)
    # As for somebody who reads full texts: without a timer of its own.
    standing = await uow.posted.add(
        Posted(
            person_id=mallory.id,
            message_id=7,
            purpose=Purpose.PUSH,
            screen="broadcast",
            target=sent,
            posted_at=NOON,
            delete_at=NOON + timedelta(hours=24),
        )
    )

    await choose_publicity(uow, prisoner.id, Publicity.HIDDEN, by=bob.id, now=NOON)

    found = await uow.posted.get(standing.id)
    assert found is not None
    assert found.cover_at == NOON


async def sends_and_delivers(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> UUID:
    await about(uow, actor, "hearing", hearing)
    sent = await sends(uow, actor)
    await settle_delivered(uow, await claims(uow), now=NOON)
    return sent


@pytest.mark.parametrize("change", ["moved", "cancelled"])
async def test_who_read_of_a_date_in_a_broadcast_is_told_that_it_is_another(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor, change: str
):
    hearing = await house.hearing(await house.prisoner())
    await sends_and_delivers(uow, bob, hearing)

    if change == "moved":
        await move_hearing(uow, hearing, wall("2026-12-10 11:00"), now=NOON)
    else:
        await cancel_hearing(uow, hearing, now=NOON)

    assert await house.kinds(mallory, hearing.id) == [f"hearing_{change}"]


async def test_what_was_in_flight_while_the_date_moved_is_followed_by_the_new_one_and_what_waited_is_not(
    uow: UnitOfWork, house: House, bob: Actor, mallory: Actor
):
    hearing = await house.hearing(await house.prisoner())
    await about(uow, bob, "hearing", hearing)
    await sends(uow, bob)
    [in_flight] = await claims(uow, limit=1)

    await move_hearing(uow, hearing, wall("2026-12-10 11:00"), now=NOON)
    await settle_delivered(uow, [in_flight, *await claims(uow)], now=NOON)

    moved = await uow.outbox.waiting_about(hearing.id)
    assert [(row.kind, row.person_id) for row in moved] == [("hearing_moved", in_flight.person_id)]
