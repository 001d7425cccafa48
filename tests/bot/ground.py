"""Rows that the tests of the running bot put and look at."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, update

from storage.database_clock import DatabaseTime
from storage.models import OutboxRow, Posted, Purpose, Turn
from storage.outbox import Due
from storage.unit_of_work import Storage
from tests.world import NOON


async def put(storage: Storage, person_id: UUID, **changes: object) -> UUID:
    """Keep the row of a message in somebody's chat, and return its id."""
    values = {
        "purpose": Purpose.PLACE,
        "screen": "menu",
        "message_id": None,
        "posted_at": NOON,
        "delete_at": NOON + timedelta(hours=24),
    }
    async with storage.unit() as uow:
        return (await uow.posted.add(Posted(person_id=person_id, **(values | changes)))).id


async def row(storage: Storage, posted_id: UUID) -> Posted | None:
    async with storage.view() as uow:
        return await uow.posted.get(posted_id)


async def queue(storage: Storage, person_id: UUID, key: str = "one", **changes: object) -> None:
    """Let a message be due for somebody, now unless another time is given."""
    values = {"kind": "application_declined", "about_id": UUID(int=7), "unique_key": key, "due_at": NOON}
    async with storage.unit() as uow:
        await uow.outbox.queue([Due(person_id=person_id, **(values | changes))])


async def outbox(storage: Storage) -> dict[str, OutboxRow]:
    """Return every row of the outbox by its key."""
    async with storage.view() as uow:
        return {each.unique_key: each for each in await uow.session.scalars(select(OutboxRow))}


async def states(storage: Storage) -> dict[str, str]:
    return {key: each.state.value for key, each in (await outbox(storage)).items()}


async def let_claims_run_out(storage: Storage) -> None:
    """Let the database's clock have passed the end of every claim, and of the turn that came with it."""
    async with storage.unheard().unit() as uow:
        ended = update(OutboxRow).where(OutboxRow.claim.is_not(None)).values(claimed_until=DatabaseTime())
        await uow.session.execute(ended)
        await uow.session.execute(update(Turn).values(until=DatabaseTime()))
