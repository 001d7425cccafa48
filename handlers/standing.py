"""Which standing message an update is about, and when a place goes on in a new one."""

from dataclasses import dataclass
from datetime import datetime

from handlers.arrival import Arrival
from handlers.buttons import read_token
from handlers.surfaces import is_worn, new_message
from solidarity.access import Actor
from solidarity.people import recognise
from solidarity.work import Action, Posted, Purpose, Storage, UnitOfWork


@dataclass(frozen=True)
class Surface:
    """The message an update is about, and what the tapped button of it means; None for a stale one."""

    posted: Posted
    tapped: Action | None = None


async def surface_of(uow: UnitOfWork, actor: Actor, arrival: Arrival, *, now: datetime) -> Surface:
    """Find the message this update is about; what the person wrote is marked for deletion at once."""
    known, tapped = None, None
    if arrival.message_id is not None:
        token = read_token(arrival.data)
        if token is None:
            known = await uow.posted.by_message(actor.id, arrival.message_id)
        else:
            known, tapped = await uow.posted.tapped(actor.id, arrival.message_id, token, now=now)
        if known is None:
            await uow.posted.discard(actor.id, arrival.message_id, now=now)
    if known is not None and known.purpose in (Purpose.PLACE, Purpose.PUSH):
        return Surface(known, tapped)
    place = await uow.posted.get_place(actor.id)
    place = place or await uow.posted.add(new_message(actor, "menu", purpose=Purpose.PLACE, now=now))
    return Surface(place, tapped)


async def put_away(storage: Storage, arrival: Arrival, *, now: datetime) -> None:
    """Mark what somebody wrote for deletion, before anything that takes long is done with it."""
    if arrival.is_tap or arrival.message_id is None:
        return
    async with storage.unit(together=True) as uow:
        actor = await recognise(uow, arrival.chat_id, now=now)
        if actor is not None:
            await uow.posted.discard(actor.id, arrival.message_id, now=now)


async def moved_if_needed(
    uow: UnitOfWork, actor: Actor, posted: Posted, arrival: Arrival, *, now: datetime
) -> Posted:
    """Let a place that is worn, or further up than newer messages, go on in a new message."""
    if not await _must_move(uow, actor, posted, arrival, now=now):
        return posted
    moved = new_message(actor, posted.screen, purpose=Purpose.PLACE, now=now)
    moved.target, moved.argument = posted.target, posted.argument
    await uow.posted.retire(posted, now=now)
    return await uow.posted.add(moved)


async def _must_move(
    uow: UnitOfWork, actor: Actor, posted: Posted, arrival: Arrival, *, now: datetime
) -> bool:
    if posted.purpose is not Purpose.PLACE or posted.message_id is None:
        return False
    if is_worn(posted, now=now):
        return True
    if arrival.is_tap:
        return False
    # Somebody who types must not have to look for a screen further up.
    newest = await uow.posted.newest_message_id(actor.id)
    return newest is not None and newest > posted.message_id
