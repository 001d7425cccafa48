"""Somebody taps while a coordinator, or the night, decides about their promise: who taps keeps it."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest

from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.ladder import offer_again
from solidarity.letters import skip_letter
from storage.models import Guardianship, GuardianshipState, Prisoner
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
