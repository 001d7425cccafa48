"""Lets the other processes of an installation know that this one runs, and which key ring it holds."""

import asyncio
from uuid import uuid4

import structlog

from bot.clock import Clock
from bot.tasks import pause
from solidarity.work import DatabaseUnavailable, Storage, StorageError
from storage.installation import get_installation

log = structlog.stdlib.get_logger("poruch.presence")

REFRESH_SECONDS = 10.0


class Presence:
    """One running process in the table of processes, by a random id."""

    def __init__(self, storage: Storage, *, clock: Clock, refresh_seconds: float = REFRESH_SECONDS) -> None:
        """Take the storage; ``clock`` is this machine's, which all processes of an installation share."""
        self.id = uuid4()
        self._storage = storage
        self._clock = clock
        self._refresh_seconds = refresh_seconds
        self._one_at_a_time = asyncio.Lock()
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Be seen every ten seconds until stopped, then be gone."""
        log.info("this process is known as", reference=self.id.hex[:8])
        while not self._stopping.is_set():
            try:
                await self.refresh()
            except DatabaseUnavailable:
                log.warning("the database is away", lane="presence")
            await pause(self._refresh_seconds, unless=self._stopping)
        await self._leave()

    def stop(self) -> None:
        """Be seen no more."""
        self._stopping.set()

    async def refresh(self) -> None:
        """Read the key ring again where the database knows of a newer one; note which one we hold.

        Raises:
            DatabaseUnavailable: it could not be noted.
        """
        keys = self._storage.keys
        keys.cache.forget_old()
        async with self._one_at_a_time:
            async with self._storage.view() as uow:
                installation = await get_installation(uow.session)
            if installation is not None and installation.keyring_generation > keys.ring.generation:
                self._read_again()
            async with self._storage.unit() as uow:
                generation = keys.ring.generation
                await uow.processes.seen(self.id, generation=generation, now=self._clock.now())

    def _read_again(self) -> None:
        try:
            self._storage.keys.read_again()
        except StorageError as error:
            # The ring in use still opens what there is; whoever rotates the keys waits for us and says so.
            log.error("the key ring cannot be read", kind=type(error).__name__)

    async def _leave(self) -> None:
        try:
            async with self._storage.unit() as uow:
                await uow.processes.gone(self.id)
        except DatabaseUnavailable:
            log.warning("the database is away", lane="presence")
