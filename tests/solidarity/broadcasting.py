"""Broadcasts in tests: drafted, sent, and looked at, in a line each."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts.reports import Report, report_of
from solidarity.broadcasts.sending import ask_to_send, outlook, send_draft
from solidarity.desk import open_desk
from solidarity.people import actor_of, person_of
from storage.broadcasts import KIND
from storage.claims import Claimed
from storage.models import Broadcast, Lane, OutboxRow, Request, RoleName
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, TODAY, House

WHY = "The meeting place has changed."
TEXTS = {"be": "Словы", "ru": "Слова", "en": "Words"}


async def sits_down(uow: UnitOfWork, actor: Actor, now: datetime = NOON) -> Actor:
    """Open somebody's desk, and return them as they are then."""
    await open_desk(uow, actor, is_right=True, now=now)
    return await actor_of(uow, await person_of(uow, actor.id), now=now)


async def coordinator(house: House, *, by: Actor | None = None) -> Actor:
    """A coordinator at an open desk."""
    person = await person_of(house.uow, (await house.person("en")).id)
    granted_by = None if by is None else by.id
    await house.uow.people.grant(person, RoleName.COORDINATOR, scope=None, granted_by=granted_by, day=TODAY)
    return await sits_down(house.uow, await actor_of(house.uow, person, now=NOON))


async def drafts_own(
    uow: UnitOfWork, actor: Actor, *, texts: dict[str, str] | None = None, now: datetime = NOON, **by: Any
) -> None:
    """Begin own words, narrowed by some things."""
    await drafts.begin_draft(uow, actor, "own", None, now=now)
    for language, typed in (TEXTS if texts is None else texts).items():
        await drafts.type_text(uow, actor, language, typed, now=now)
    for what, value in by.items():
        await drafts.narrow(uow, actor, what, value, now=now)


async def shown(uow: UnitOfWork, actor: Actor, now: datetime = NOON) -> str:
    """How many the coordinator is shown."""
    return str((await outlook(uow, actor, now=now)).reach.count)


async def sends(uow: UnitOfWork, actor: Actor, now: datetime = NOON) -> UUID:
    """Send what is drafted, by oneself."""
    sent = await send_draft(uow, actor, await shown(uow, actor, now), now=now)
    assert sent is not None
    return sent.id


async def asks_to_send(uow: UnitOfWork, actor: Actor, now: datetime = NOON) -> Request:
    """Ask a colleague, and return the request."""
    await ask_to_send(uow, actor, await shown(uow, actor, now), why=WHY, now=now)
    return (await uow.requests.open_at(now))[-1]


async def is_in(uow: UnitOfWork, broadcast_id: UUID) -> Report:
    return await report_of(uow, broadcast_id)


async def the_broadcast(uow: UnitOfWork) -> Broadcast:
    """The one there is."""
    return (await uow.session.scalars(select(Broadcast).execution_options(populate_existing=True))).one()


async def rows_of(uow: UnitOfWork, broadcast_id: UUID) -> list[OutboxRow]:
    query = select(OutboxRow).where(OutboxRow.about_id == broadcast_id, OutboxRow.kind == KIND)
    query = query.order_by(OutboxRow.due_at, OutboxRow.id).execution_options(populate_existing=True)
    return list(await uow.session.scalars(query))


async def claims(uow: UnitOfWork, now: datetime = NOON, limit: int = 100) -> list[Claimed]:
    """Take messages of broadcasts for sending."""
    return await uow.claims.claim(now=now, limit=limit, lease=timedelta(minutes=1), lanes=[Lane.BROADCAST])
