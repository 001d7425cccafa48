"""A job that one process of an installation does at a time: who holds its lease (docs/decisions/0015).

The holder stops by itself a while before a lease that it could not renew ends. One that stalls for longer
changes nothing when it wakes: its storage is fenced by the lease's token.
"""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

import structlog

from bot.clock import steady
from bot.tasks import pause
from solidarity.work import DatabaseUnavailable, Held, Storage

log = structlog.stdlib.get_logger("poruch.leases")


class Job(Protocol):
    """What is begun anew each time that the lease is taken."""

    def start(self) -> None: ...

    async def stop(self) -> None: ...


@dataclass(frozen=True)
class Terms:
    """How long a lease lasts by the database's clock, and what of that its holder makes use of."""

    lasts: timedelta = timedelta(seconds=30)

    @property
    def renewed_every(self) -> float:
        return self.lasts.total_seconds() / 3

    @property
    def asked_for_every(self) -> float:
        return self.lasts.total_seconds() / 6

    @property
    def holds(self) -> float:
        """Seconds for which the job is done, from before it was asked for; to end it takes its time."""
        return self.lasts.total_seconds() * 2 / 3


TERMS = Terms()


class SingleJob:
    """Asks for the lease until it is free, does the job while it is ours, and begins to ask again."""

    def __init__(
        self, name: str, storage: Storage, begin: Callable[[Storage], Job], *, holder: UUID, terms: Terms
    ) -> None:
        """Take what it stands on; ``begin`` makes the job on a storage that is fenced by the lease."""
        self._name = name
        self._storage = storage
        self._leases = storage.unheard()
        self._begin = begin
        self._holder = holder
        self._terms = terms
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Do the job whenever its lease is ours, until stopped; on SQLite nobody else could hold it."""
        if self._storage.database.is_sqlite:
            await self._do(self._storage, self._stopping.wait())
            return
        while not self._stopping.is_set():
            asked_at = steady()
            held = await self._take()
            if held is not None:
                log.info("this process does it now", lane=self._name)
                await self._do(self._storage.under(held), self._keep(held, asked_at))
                await self._give_back(held)
            await pause(self._terms.asked_for_every, unless=self._stopping)

    def stop(self) -> None:
        """End the job, and give its lease back."""
        self._stopping.set()

    async def _do(self, storage: Storage, until: Coroutine[Any, Any, object]) -> None:
        job = self._begin(storage)
        try:
            job.start()
            await until
        finally:
            await job.stop()

    async def _take(self) -> Held | None:
        try:
            async with self._leases.unit() as uow:
                return await uow.leases.take(self._name, self._holder, lasts=self._terms.lasts)
        except DatabaseUnavailable:
            log.warning("the database is away", lane=self._name)
            return None

    async def _keep(self, held: Held, asked_at: float) -> None:
        """Renew a lease until we stop, or it is lost, or may soon be."""
        ends_at = asked_at + self._terms.holds
        while not self._stopping.is_set() and (rest := ends_at - steady()) > 0:
            await pause(min(rest, self._terms.renewed_every), unless=self._stopping)
            asked_at = steady()
            with suppress(DatabaseUnavailable, TimeoutError):
                async with asyncio.timeout(max(ends_at - asked_at, 0)):
                    if not await self._renew(held):
                        log.warning("another process does it now", lane=self._name)
                        return
                ends_at = asked_at + self._terms.holds

    async def _renew(self, held: Held) -> bool:
        async with self._leases.unit() as uow:
            return await uow.leases.renew(held, lasts=self._terms.lasts)

    async def _give_back(self, held: Held) -> None:
        with suppress(DatabaseUnavailable):
            async with self._leases.unit() as uow:
                await uow.leases.give_back(held)
