"""What is sent once more to somebody who is back."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from bot.sending.parcels import Parcels
from bot.talking import write
from bot.telegram_api.messages import Messages
from sandbox.person import Person
from solidarity.outbox import Delivered, Gone, Unsure
from solidarity.people import actor_of, note_visit, person_of
from storage.models import Button, CustodyStatus, GuardianshipState, Prisoner
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import posted, turns_of
from tests.bot.ground import queue, states
from tests.bot.watched import WatchedClock
from tests.world import NOON


async def apply_and_be_declined(storage: Storage, person_id: UUID) -> UUID:
    async with storage.unit() as uow:
        prisoner = Prisoner(custody_status=CustodyStatus.CONVICTED)
        await uow.prisoners.add(prisoner, source_id="17")
        await uow.prisoners.describe(
            prisoner,
            names={"en": "Ihar Prykladau"},
            alias="Quiet Lake",
            born=None,
            interests="",
            case_details={},
        )
        promise = await uow.guardianships.add(
            person_id=person_id, prisoner_id=prisoner.id, rhythm_weeks=4, word=None, day=NOON.date()
        )
        promise.state = GuardianshipState.DECLINED
        return promise.id


async def test_a_message_that_stands_by_a_taps_word_is_still_known_when_its_person_is_back(
    storage: Storage, messages: Messages, clock: WatchedClock, in_flight: set[UUID], alice: Person, kept: Kept
):
    alice_id = await kept(alice)
    await queue(storage, alice_id, "one", about_id=await apply_and_be_declined(storage, alice_id))
    parcels = Parcels(storage, messages, write, clock=clock, in_flight=in_flight, turns=turns_of(storage))
    [first] = await parcels.claim(limit=10) or []
    # Telegram took it and its answer was lost; a tap tells which message it is.
    async with storage.unit() as uow:
        token = await uow.session.scalar(select(Button.token).where(Button.posted_id == first.posted_id))
        await uow.posted.tapped(alice_id, 500, token, now=NOON)
    first.outcome = Unsure()
    await parcels.settle([first])
    clock.set(NOON + timedelta(minutes=1))
    [second] = await parcels.claim(limit=10) or []
    second.outcome = Gone("blocked")
    await parcels.settle([second])
    clock.set(NOON + timedelta(minutes=2))
    async with storage.unit() as uow:
        actor = await actor_of(uow, await person_of(uow, alice_id), now=clock.now())
        await note_visit(uow, actor, now=clock.now())

    [third] = await parcels.claim(limit=10) or []
    third.outcome = Delivered(message_id=501)
    await parcels.settle([third])

    assert await states(storage) == {"one": "sent"}
    assert sorted(each.message_id for each in await posted(storage)) == [500, 501]
