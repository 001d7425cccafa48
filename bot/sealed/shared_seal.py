"""Seals this process when a coordinator has sealed everything, in whichever process that was."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.tasks import pause
from solidarity.work import DatabaseUnavailable, Storage
from storage.installation import get_installation

log = structlog.stdlib.get_logger("poruch.sealed")

LOOK_EVERY_SECONDS = 2.0


class SharedSeal:
    """Looks at the installation's row for an instant later than the one that stood there at the start.

    So whoever opens a process again is not sealed at once, and one that was cut off from the database
    meanwhile still is.
    """

    def __init__(
        self, storage: Storage, seal: Callable[[], None], *, look_every: float = LOOK_EVERY_SECONDS
    ) -> None:
        """Take what is called, once, to seal this process; it must not wait for this loop's end."""
        self._storage = storage
        self._seal = seal
        self._look_every = look_every
        self._before: datetime | None = None
        self._stopping = asyncio.Event()

    async def settle(self) -> None:
        """Note what stands there at the start.

        Raises:
            DatabaseUnavailable: nobody can say.
        """
        self._before = await self._sealed_at()

    async def run(self) -> None:
        """Look until stopped, or until everything was sealed."""
        while not self._stopping.is_set():
            if await self._is_sealed_since():
                log.warning("a coordinator sealed everything")
                self._seal()
                return
            await pause(self._look_every, unless=self._stopping)

    def stop(self) -> None:
        """Look no more."""
        self._stopping.set()

    async def _is_sealed_since(self) -> bool:
        try:
            return await self._sealed_at() != self._before
        except DatabaseUnavailable:
            log.warning("the database is away", lane="seal")
            return False

    async def _sealed_at(self) -> datetime | None:
        async with self._storage.view() as uow:
            installation = await get_installation(uow.session)
        return None if installation is None else installation.sealed_at
