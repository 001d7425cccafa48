"""Two who do something about one promise at the same instant: neither undoes what the other has done."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from solidarity.access import Actor
from solidarity.codes import find_code, give_guardian_code, redeem
from solidarity.errors import CodeUnknown, GuardiansFull, NoLongerSo
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.ladder import offer_again
from solidarity.letters import report_letter, skip_letter
from solidarity.outbox import Delivered
from solidarity.parting import end_with_release
from solidarity.settling import settle
from storage.errors import DatabaseUnavailable
from storage.models import CustodyStatus, Guardianship, GuardianshipState, Prisoner, Publicity
from storage.unit_of_work import Storage, UnitOfWork

from .conftest import NOON, TODAY, House

# Longer than whatever does not wait for a lock takes.
A_MOMENT = 0.5


class Quiet:
    """Alice, who has not answered for long, her prisoner, and Bob at his desk with Vera's application."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage

    async def begin(self, *, is_offered: bool) -> None:
        async with self.storage.unit() as uow:
            house = House(uow)
            self.alice, self.vera = await house.person(), await house.person()
            self.bob = await house.coordinator()
            self.prisoner: Prisoner = await house.prisoner()
            promise = await house.guardian(self.alice, self.prisoner)
            promise.unanswered, promise.quiet_on = 4, TODAY
            promise.offered_on = TODAY if is_offered else None
            self.promise_id = promise.id
            if is_offered:
                applied = await apply_as_guardian(
                    uow, self.vera, self.prisoner.id, rhythm_weeks=4, word=None, now=NOON
                )
                self.application_id: UUID = applied.id

    async def while_alice_taps(self, decide: Callable[[UnitOfWork], Awaitable[object]]) -> Guardianship:
        """Let Alice's tap be under way when something is decided, and return her promise afterwards."""

        async def decides() -> None:
            async with self.storage.unit() as uow:
                await decide(uow)

        async with self.storage.unit() as uow:
            await skip_letter(uow, self.alice, self.promise_id, now=NOON)
            await uow.session.flush()
            deciding = asyncio.ensure_future(decides())
            await asyncio.wait({deciding}, timeout=A_MOMENT)
        await deciding
        async with self.storage.view() as uow:
            promise = await uow.guardianships.get(self.promise_id)
            assert promise is not None
            return promise


@pytest.fixture
def quiet(storage: Storage) -> Quiet:
    return Quiet(storage)


async def test_who_taps_while_all_are_offered_again_is_not_offered(quiet: Quiet):
    await quiet.begin(is_offered=False)

    promise = await quiet.while_alice_taps(lambda uow: offer_again(uow, quiet.bob, {quiet.prisoner.id}))

    assert (promise.unanswered, promise.quiet_on, promise.offered_on) == (0, None, None)


async def test_nobody_takes_the_place_of_who_taps_just_then(quiet: Quiet):
    await quiet.begin(is_offered=True)

    promise = await quiet.while_alice_taps(
        lambda uow: accept_guardian(uow, quiet.bob, quiet.application_id, now=NOON)
    )

    assert (promise.state, promise.quiet_on, promise.handed_over_on) == (GuardianshipState.ACTIVE, None, None)


async def outcomes(*deeds: Awaitable[object]) -> list[object]:
    found = await asyncio.gather(*deeds, return_exceptions=True)
    return sorted([type(one) if isinstance(one, Exception) else None for one in found], key=str)


async def test_a_code_that_two_redeem_at_once_makes_one_guardian(storage: Storage):
    async with storage.unit() as uow:
        house = House(uow)
        prisoner = await house.prisoner(Publicity.GUARDIANS)
        people = [await house.person(), await house.person()]
        given = await give_guardian_code(uow, prisoner.id, rhythm_weeks=4, language="be", now=NOON)
        code_id = await find_code(uow, given.words, now=NOON)
        assert code_id is not None

    async def redeems(actor: Actor) -> None:
        async with storage.unit() as uow:
            await redeem(uow, actor, code_id, now=NOON)

    assert await outcomes(*map(redeems, people)) == [CodeUnknown, None]
    async with storage.view() as uow:
        assert len(await uow.guardianships.guardians_of(prisoner.id)) == 1


async def test_a_letter_reported_while_its_reminder_goes_out_leaves_one_reminder_waiting(storage: Storage):
    async with storage.unit() as uow:
        house = House(uow)
        alice, prisoner = await house.person(), await house.prisoner()
        promise_id = (await house.guardian(alice, prisoner)).id
    due = NOON + timedelta(weeks=4)
    async with storage.unit() as uow:
        rows = await uow.claims.claim(now=due, limit=100, lease=timedelta(minutes=1))
    row = next(one for one in rows if one.kind == "letter")

    async def delivered() -> None:
        async with storage.unit() as uow:
            await settle(uow, row, Delivered(1), now=due)

    async def reported() -> None:
        async with storage.unit() as uow:
            await report_letter(uow, replace(alice, today=due.date()), promise_id, now=due)

    for _ in range(3):
        await outcomes(delivered(), reported())
    async with storage.view() as uow:
        waiting = await uow.outbox.waiting_about(promise_id)
        assert [one.kind for one in waiting].count("letter") == 1


async def test_two_who_are_accepted_at_once_do_not_both_find_the_last_room(storage: Storage):
    async with storage.unit() as uow:
        house = House(uow)
        prisoner = await house.prisoner()
        bob = await house.coordinator()
        for _ in range(2):
            await house.guardian(await house.person(), prisoner)
        applied = [await house.application(await house.person(), prisoner) for _ in range(2)]
        ids = [one.id for one in applied]

    async def accepts(application_id: UUID) -> None:
        async with storage.unit() as uow:
            await accept_guardian(uow, bob, application_id, now=NOON)

    assert await outcomes(*map(accepts, ids)) == [GuardiansFull, None]


async def test_who_is_accepted_while_their_prisoner_comes_free_stands_by_nobody(storage: Storage):
    async with storage.unit() as uow:
        house = House(uow)
        prisoner = await house.prisoner()
        bob, alice = await house.coordinator(), await house.person()
        application_id = (await house.application(alice, prisoner)).id

    async def accepts() -> None:
        async with storage.unit() as uow:
            await accept_guardian(uow, bob, application_id, now=NOON)

    async def comes_free() -> None:
        async with storage.unit() as uow:
            await uow.prisoners.lock(prisoner.id)
            freed = await uow.prisoners.get(prisoner.id)
            assert freed is not None
            freed.custody_status = CustodyStatus.RELEASED
            await uow.session.flush()
            deciding = asyncio.ensure_future(accepts())
            await asyncio.wait({deciding}, timeout=A_MOMENT)
            tasks.append(deciding)
            await end_with_release(uow, prisoner.id, now=NOON)

    tasks: list[asyncio.Future[None]] = []
    assert await outcomes(comes_free()) == [None]
    # Where each waits for the other the database ends one, whose tap is taken again.
    assert await outcomes(*tasks) in ([NoLongerSo], [DatabaseUnavailable])
    async with storage.view() as uow:
        found = await uow.guardianships.get(application_id)
        assert found is not None
        assert found.state is GuardianshipState.DECLINED
