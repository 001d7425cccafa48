"""The nightly count of how prisoners are written to: silence grows although nothing is done."""

import structlog

from bot.clock import Clock
from solidarity.covering import count_some
from solidarity.work import DatabaseUnavailable, Storage

log = structlog.stdlib.get_logger("poruch.counting")


class NightlyCount:
    """What the clockwork does with all prisoners, a few at a time so that nobody waits for it."""

    def __init__(self, storage: Storage, *, clock: Clock) -> None:
        self._storage = storage.unheard()
        self._clock = clock

    async def run(self) -> None:
        """Count everybody anew."""
        last, today = None, self._clock.now().date()
        try:
            while True:
                async with self._storage.unit() as uow:
                    last = await count_some(uow, after=last, today=today)
                if last is None:
                    return
        except DatabaseUnavailable:
            log.warning("the database is away", lane="counting")
