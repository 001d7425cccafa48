"""Ticks of the calendar: what is done each night. No rules and nothing that must survive a restart."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from bot.clock import Clock
from bot.tasks import Tasks
from solidarity.nightly import COMES_ABOUT
from solidarity.retention import NIGHTLY
from solidarity.work import DatabaseUnavailable, Storage, UnitOfWork

log = structlog.stdlib.get_logger("poruch.clockwork")

NIGHTLY_AT = {"hour": 3, "minute": 30}
FINISH_WITHIN_SECONDS = 5.0

Work = Callable[[], Coroutine[Any, Any, None]]


class Applicable(Protocol):
    """What is done in a unit of its own; `what` names it in the log."""

    @property
    def what(self) -> str: ...

    async def apply(self, uow: UnitOfWork, *, now: datetime) -> None: ...


class Clockwork:
    """Runs on this machine's time, also where the bot's own clock is moved by hand."""

    def __init__(
        self, storage: Storage, *, clock: Clock, zone: ZoneInfo, afterwards: tuple[Work, ...] = ()
    ) -> None:
        """Take the storage; ``afterwards`` is done each night after the forgetting, one after another."""
        self._storage = storage
        self._clock = clock
        self._zone = zone
        self._nightly = (self.forget_old, self.bring_about, *afterwards)
        self._tasks = Tasks("clockwork")
        self._scheduler = AsyncIOScheduler(
            timezone=zone,
            # The default of one second drops what fell due during a pause.
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )

    @property
    def is_running(self) -> bool:
        return bool(self._scheduler.running)

    def start(self) -> None:
        """Tick now, and each night."""
        trigger = CronTrigger(timezone=self._zone, **NIGHTLY_AT)
        self._scheduler.add_job(self._tick, trigger, next_run_time=datetime.now(UTC))
        self._scheduler.start()

    async def stop(self) -> None:
        """Tick no more; what is under way comes to its end."""
        self._scheduler.shutdown(wait=False)
        # It shuts down in the loop's next turn; until then the loop holds it, and it holds us.
        await asyncio.sleep(0)
        await self._tasks.finish(seconds=FINISH_WITHIN_SECONDS)

    async def _tick(self) -> None:
        # In tasks of their own, since the scheduler cancels what it runs when it is shut down, and logs that.
        with suppress(asyncio.CancelledError):
            for work in self._nightly:
                await asyncio.wait({self._tasks.start(work())})

    async def bring_about(self) -> None:
        """Do what the calendar brings, by the bot's own clock; what fails stops nothing else."""
        await self._each(COMES_ABOUT, "something did not come about")

    async def forget_old(self) -> None:
        """Delete what has outlived its purpose, by the bot's own clock; a rule that fails stops no other."""
        await self._each(NIGHTLY, "something is kept for too long")

    async def _each(self, works: Iterable[Applicable], otherwise: str) -> None:
        for work in works:
            try:
                async with self._storage.unit() as uow:
                    await uow.keep_no_statements()
                    await work.apply(uow, now=self._clock.now())
            except DatabaseUnavailable:
                log.warning("the database is away", lane="clockwork")
                return
            except Exception:
                log.exception(otherwise, kind=work.what)
