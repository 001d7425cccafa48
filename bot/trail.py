"""The running program and the trail: what it writes there by itself, and the daily word where it stands."""

from datetime import UTC, datetime

import structlog

from bot.clock import Clock
from solidarity.audit import Act, By, record, tell_head
from solidarity.work import DatabaseUnavailable, Storage, StorageError

log = structlog.stdlib.get_logger("poruch.trail")


async def note(storage: Storage | None, act: Act, *, by: By = By.HOST, count: int | None = None) -> None:
    """Write an act down; where that cannot be, the log says so and nothing is kept from going on."""
    if storage is None:
        return
    try:
        async with storage.unit() as uow:
            await record(uow, act, by=by, count=count, now=datetime.now(UTC))
    except StorageError as error:
        log.error("something was done that is not in the trail", kind=act.value, exc_info=error)


class DailyHead:
    """What the clockwork does last each night: coordinators are told where the trail stands."""

    def __init__(self, storage: Storage, *, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def run(self) -> None:
        """Queue the word, unless nothing was done since the last one or today's was queued."""
        try:
            async with self._storage.unit() as uow:
                await tell_head(uow, now=self._clock.now())
        except DatabaseUnavailable:
            log.warning("the database is away", lane="trail")
        except StorageError as error:
            log.error("coordinators cannot be told where the trail stands", exc_info=error)
