"""Lets coordinators hear of what happens to the bot itself, never in anybody's way."""

from datetime import date

import structlog

from bot.clock import Clock
from solidarity.colleagues import tell_once_a_day
from solidarity.work import DatabaseUnavailable, Storage

log = structlog.stdlib.get_logger("poruch.alarm")


class Telling:
    """Tells each kind of thing once a day; whoever repeats it makes no work for the database."""

    def __init__(self, storage: Storage, *, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock
        self._told: dict[str, date] = {}

    async def tell(self, kind: str) -> None:
        """Queue it to every coordinator unless that was done today; where that fails it is only logged."""
        now = self._clock.now()
        if self._told.get(kind) == now.date():
            return
        try:
            async with self._storage.unit() as uow:
                await tell_once_a_day(uow, kind, now=now)
        except DatabaseUnavailable:
            log.warning("coordinators could not be told", kind=kind)
        else:
            self._told[kind] = now.date()
