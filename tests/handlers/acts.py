"""What happens around a chat: somebody is accepted, a sitting is announced, a due message is sent."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from uuid import UUID

from handlers.notices import prepare_push
from solidarity.guardianship import accept_guardian, apply_as_guardian
from solidarity.hearings.life import Sitting, add_hearing
from solidarity.outbox import Delivered
from solidarity.people import actor_of, agree, person_of, reveal_phrase
from solidarity.settling import drop, settle
from storage.claims import Claimed
from storage.models import KinshipState, Openness, Prisoner, RoleName
from storage.unit_of_work import Storage, UnitOfWork

from .conftest import Chat

CHATS = count(700_100_001)
SITTING = "2026-12-03 14:00"


async def phrase_of(chat: Chat) -> str:
    """The words by which somebody knows the bot."""
    actor = await chat.actor()
    async with chat.storage.view() as uow:
        return await reveal_phrase(uow, actor.id)


async def accept(storage: Storage, application_id: UUID, now: datetime) -> None:
    """A coordinator nobody has met accepts an application."""
    async with storage.unit() as uow:
        bob = await person_of(uow, (await agree(uow, next(CHATS), language="be", now=now)).id)
        await uow.people.grant(bob, RoleName.COORDINATOR, scope=None, granted_by=None, day=date(2026, 11, 1))
        await accept_guardian(uow, await actor_of(uow, bob, now=now), application_id, now=now)


async def applies(chat: Chat, prisoner_id: UUID) -> UUID:
    """Apply without the screens before it."""
    actor = await chat.actor()
    async with chat.storage.unit() as uow:
        application = await apply_as_guardian(
            uow, actor, prisoner_id, rhythm_weeks=4, word=None, now=chat.clock()
        )
    return application.id


async def guards(chat: Chat, prisoner_id: UUID) -> UUID:
    """Make somebody a Guardian, writing every four weeks."""
    application_id = await applies(chat, prisoner_id)
    await accept(chat.storage, application_id, chat.clock())
    return application_id


async def is_family(chat: Chat, prisoner_id: UUID) -> None:
    """Link somebody as family, confirmed."""
    actor = await chat.actor()
    async with chat.storage.unit() as uow:
        person = await person_of(uow, actor.id)
        tie = await uow.kinships.add(person.id, prisoner_id, is_on_behalf=False, day=actor.today)
        tie.state = KinshipState.CONFIRMED
        right = await uow.people.grant(
            person, RoleName.RELATIVE, scope=prisoner_id, granted_by=None, day=actor.today
        )
        await uow.people.confirm(right, person)


async def prisoner_of(uow: UnitOfWork, prisoner_id: UUID) -> Prisoner:
    prisoner = await uow.prisoners.get(prisoner_id)
    assert prisoner is not None
    return prisoner


async def opens(storage: Storage, code: str, *, verified_on: date | None = None, **columns: str) -> None:
    """Put an invented place of detention into the register."""
    given = {
        "kind": "colony",
        "name_be": "Узорная ўстанова",
        "name_ru": "Образцовое учреждение",
        "name_en": "Sample Facility",
        "postal_code": "100000",
        "city": "Узорск",
        "street": "вул. Прыкладная 1",
        "source": "an invented list, 2026",
    }
    async with storage.unit() as uow:
        await uow.facilities.put(code, verified_on=verified_on, **(given | columns))


async def announce(
    storage: Storage, prisoner_id: UUID, now: datetime, starts: str = SITTING, **details: str
) -> UUID:
    """Announce a sitting, open to the public."""
    async with storage.unit() as uow:
        sitting = Sitting(
            datetime.fromisoformat(starts),
            "Europe/Minsk",
            openness=Openness.OPEN,
            details={"court": "Sample Court", **details},
        )
        hearing = await add_hearing(uow, await prisoner_of(uow, prisoner_id), sitting, now=now)
    return hearing.id


async def claim(storage: Storage, now: datetime) -> list[Claimed]:
    async with storage.unit() as uow:
        return await uow.claims.claim(now=now, limit=100, lease=timedelta(minutes=1))


async def deliver(chat: Chat) -> list[str]:
    """Send what is due to everybody; returns the kinds this chat received."""
    received = []
    actor = await chat.actor()
    for row in await claim(chat.storage, chat.clock()):
        async with chat.storage.unit() as uow:
            push = await prepare_push(uow, row, now=chat.clock())
            if push is not None:
                await uow.sending.add([push.prepared])
            else:
                await drop(uow, [row], now=chat.clock())
                continue
        if row.person_id == actor.id:
            received.append(row.kind)
            await chat.receives(push.showing)
        async with chat.storage.unit() as uow:
            await settle(uow, row, Delivered(1), now=chat.clock())
    return received


def at(text: str) -> datetime:
    """An instant by its UTC time."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
