"""Lets the alarm be known to the installation's other processes, and heeds theirs."""

import asyncio

import structlog

from bot.alarm.alarm import Alarm
from bot.clock import Clock
from bot.tasks import pause
from solidarity.audit import Act, record_of_host
from solidarity.work import DatabaseUnavailable, Storage, StorageError
from storage.installation import get_installation, note_alarm

log = structlog.stdlib.get_logger("poruch.alarm")

LOOK_EVERY_SECONDS = 2.0


class SharedAlarm:
    """The alarm of one process beside the installation's row."""

    def __init__(
        self, storage: Storage, alarm: Alarm, *, clock: Clock, look_every: float = LOOK_EVERY_SECONDS
    ) -> None:
        self._storage = storage
        self._alarm = alarm
        self._clock = clock
        self._look_every = look_every
        self._wake = asyncio.Event()
        self._is_stopping = False

    async def run(self) -> None:
        """Tell and heed until stopped."""
        self._alarm.listener = self._wake.set
        while not self._is_stopping:
            self._wake.clear()
            await self._settle_if_possible()
            await pause(self._look_every, unless=self._wake)

    def stop(self) -> None:
        """Look no more."""
        self._is_stopping = True
        self._alarm.listener = None
        self._wake.set()

    async def settle(self) -> None:
        """Bring the two together: news of ours go there, otherwise what stands there counts here.

        Raises:
            DatabaseUnavailable: nothing was told or heard.
        """
        news = self._alarm.news
        if news is None:
            async with self._storage.view() as uow:
                installation = await get_installation(uow.session)
            if installation is not None:
                self._alarm.heed(installation.alarmed_at is not None)
            return
        async with self._storage.unit() as uow:
            now = self._clock.now()
            await note_alarm(uow.session, at=now if news else None)
            if not news:
                await record_of_host(uow, Act.ALARM_LIFTED, now=now)
        self._alarm.told(news)

    async def _settle_if_possible(self) -> None:
        try:
            await self.settle()
        except DatabaseUnavailable:
            log.warning("the database is away", lane="alarm")
        except StorageError as error:
            log.error("the other processes cannot be told of the alarm", exc_info=error)
