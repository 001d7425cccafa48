"""Typed digits that may open what somebody hid: compared with every door of their account."""

from datetime import datetime

from handlers.arrival import Arrival
from handlers.deps import Deps
from solidarity.access import require
from solidarity.errors import TooBusy
from solidarity.hiding import Tried, count_wrong, doors_under, try_digits


async def tried_digits(deps: Deps, arrival: Arrival, *, now: datetime) -> Tried | None:
    """Compare typed digits, and count wrong ones before anything can fail or be refused."""
    require(None, "return", now=now)
    async with deps.storage.view() as uow:
        doors = await doors_under(uow, arrival.chat_id, now=now)
    if not doors:
        return None
    try:
        tried = await try_digits(doors, arrival.words, deps.pins)
    except TooBusy:
        # Whoever hides is answered as a stranger, and types the digits once more.
        return None
    if tried.not_opened:
        async with deps.storage.unit(together=True) as uow:
            if not await uow.updates.is_taken(arrival.update_id):
                await count_wrong(uow, tried, now=now)
    return tried
