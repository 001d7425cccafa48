"""Rotates the wrapping key while everything goes on (docs/decisions/0009).

Every step can be repeated: killed anywhere, the next rotation finishes what was begun before it begins anew.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from time import monotonic
from uuid import UUID

import structlog

from bot.clock import Clock
from bot.host.refusals import InstallationError
from bot.installing.installation import require_ours
from bot.keys.rewrapping import Rewrapping
from solidarity.work import DatabaseUnavailable, Storage
from storage.keyring import KeyEntry, KeyRing, Purpose, State
from storage.models import Process
from storage.progress import Progress
from storage.ring_file import RingFile
from storage.ring_steps import prepared, promoted, retired, wrapping_keys

log = structlog.stdlib.get_logger("poruch.rotation")

PATIENCE_SECONDS = 90.0
LOOK_AGAIN_SECONDS = 0.5
SILENT_AFTER = timedelta(seconds=60)

Tell = Callable[[], Awaitable[object]]


@dataclass(frozen=True)
class Rotated:
    """What a rotation did.

    Attributes:
        kid: the id of the wrapping key that is in use now.
        moved: how many data keys were wrapped anew.
        retired: the ids of the keys that were taken out and overwritten.
        unreadable: subjects whose data key does not open under the key its row names, which is gone now.
        is_resumed: it was begun earlier and only finished now.
    """

    kid: str
    generation: int
    moved: int
    retired: tuple[str, ...]
    unreadable: tuple[UUID, ...]
    is_resumed: bool


class Rotation:
    """One process's rotation of an installation's wrapping key; the caller holds the rotation lock."""

    def __init__(
        self,
        storage: Storage,
        file: RingFile,
        *,
        clock: Clock,
        progress: Progress,
        tell: Tell | None = None,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        """Take what it stands on.

        Args:
            clock: this machine's, by which the other processes are seen.
            tell: called whenever the file has changed, so that nobody reads it late.
        """
        self._storage = storage
        self._file = file
        self._clock = clock
        self._progress = progress
        self._tell = tell
        self._patience_seconds = patience_seconds

    async def finish_begun(self) -> Rotated | None:
        """Finish a rotation that was cut off; None where nothing is left to be done.

        Raises:
            InstallationError: a process does not read the new keys, or they are not this database's.
            StorageError, OSError: the ring, its file or the database fails; it can be finished later.
        """
        ring = await self._current()
        if not wrapping_keys(ring, State.PENDING) and not wrapping_keys(ring, State.OLD):
            return None
        return await self._finish(ring, is_resumed=True)

    async def once(self, *, day: date) -> Rotated:
        """Bring in a new wrapping key, made on ``day``, and take the old one out.

        Raises:
            InstallationError, StorageError, OSError: as ``finish_begun``.
        """
        ring = prepared(await self._current(), day=day)
        await self._save(ring)
        return await self._finish(ring, is_resumed=False)

    async def _current(self) -> KeyRing:
        ring = self._file.load()
        await require_ours(self._storage.database, ring)
        return ring

    async def _save(self, ring: KeyRing) -> None:
        """Let a ring succeed; the file first, since a database that knows more than the file refuses it."""
        self._file.save(ring)
        await require_ours(self._storage.database, ring)
        if self._tell is not None:
            await self._tell()

    async def _finish(self, ring: KeyRing, *, is_resumed: bool) -> Rotated:
        if wrapping_keys(ring, State.PENDING):
            await self._until_known(ring.generation)
            ring = promoted(ring)
            await self._save(ring)
        new = ring.primary(Purpose.KEK)
        await self._name(new.kid)
        rewrapping = Rewrapping(self._storage, new, progress=self._progress)
        old = wrapping_keys(ring, State.OLD)
        await rewrapping.run(old)
        if old:
            ring = await self._retire(ring, old)
        return Rotated(
            kid=new.kid.hex(),
            generation=ring.generation,
            moved=rewrapping.moved,
            retired=tuple(entry.kid.hex() for entry in old),
            unreadable=tuple(rewrapping.unreadable),
            is_resumed=is_resumed,
        )

    async def _until_known(self, generation: int) -> None:
        """Wait until every process that was seen within a minute has read the ring."""
        give_up_at, named = monotonic() + self._patience_seconds, ""
        while behind := await self._behind(generation):
            names = ", ".join(process.id.hex[:8] for process in behind)
            if names != named:
                log.info("waiting for processes to read the keys", reference=names)
                named = names
            self._progress(f"waiting for process {names}", 0, len(behind))
            if monotonic() >= give_up_at:
                raise InstallationError(
                    f"process {names} has not read the new keys within {self._patience_seconds:.0f} seconds; "
                    "nothing is lost: look at its log, restart it, and run this again"
                )
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _behind(self, generation: int) -> Sequence[Process]:
        now = self._clock.now()
        async with self._storage.unit() as uow:
            await uow.processes.forget_silent(now=now, within=SILENT_AFTER)
            return await uow.processes.behind(generation, now=now, within=SILENT_AFTER)

    async def _name(self, kid: bytes) -> None:
        """Let new data keys be wrapped under the new key; from here on none comes under an old one."""
        give_up_at = monotonic() + self._patience_seconds
        while True:
            try:
                async with self._storage.unit() as uow:
                    return await uow.data_keys.name_wrapping_key(kid)
            except DatabaseUnavailable:
                if monotonic() >= give_up_at:
                    raise
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _retire(self, ring: KeyRing, old: Sequence[KeyEntry]) -> KeyRing:
        """Take out the old keys, also from what killed writers left.

        Rows that do not open keep none of them: else one byte that somebody changes would keep a key alive.
        """
        self._file.wipe_leftovers()
        ring = retired(ring, [entry.kid for entry in old])
        await self._save(ring)
        return ring
