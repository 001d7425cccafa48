"""Wraps every data key under another wrapping key, beside units that read, make and destroy them."""

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from uuid import UUID

import structlog

from bot.importing import Progress
from solidarity.work import Storage
from storage.cells import WrappingKey
from storage.errors import UnreadableDataKey
from storage.keyring import KeyEntry
from storage.models import WrappedKey
from storage.rotation import rewrapped

log = structlog.stdlib.get_logger("poruch.rotation")

LOOK_AGAIN_SECONDS = 0.5
BEFORE_ALL = UUID(int=0)

OldKeys = Mapping[bytes, WrappingKey]


class Rewrapping:
    """Moves data keys to one new wrapping key.

    Attributes:
        moved: how many were moved so far.
        unreadable: subjects whose data key does not open under the key its row names; they are left behind.
    """

    def __init__(self, storage: Storage, new: KeyEntry, *, progress: Progress) -> None:
        self._storage = storage
        self._new = self._wrapping_key(new)
        self._progress = progress
        self._total = 0
        self.moved = 0
        self.unreadable: list[UUID] = []

    async def run(self, old_keys: Sequence[KeyEntry]) -> None:
        """Go on until nothing that opens is left under any of the old keys.

        Raises:
            DatabaseUnavailable: what was moved stays moved.
        """
        old = {entry.kid: self._wrapping_key(entry) for entry in old_keys}
        async with self._storage.view() as uow:
            counts = await uow.data_keys.counts()
        self._total = sum(counts.get(kid, 0) for kid in old)
        while True:
            if not await self._pass(old):
                break
            # What opened and was not moved is locked by somebody, who is probably leaving just now.
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        if self.unreadable:
            log.error("data keys do not open and were left behind", count=len(self.unreadable))

    def _wrapping_key(self, entry: KeyEntry) -> WrappingKey:
        return WrappingKey(entry.key, deployment=self._storage.keys.deployment)

    async def _pass(self, old: OldKeys) -> int:
        """Go once through all data keys; returns how many that open are still under an old key."""
        self.unreadable = []
        left, after = 0, BEFORE_ALL
        while True:
            begun = monotonic()
            async with self._storage.view() as uow:
                rows = await uow.data_keys.batch(after=after)
            if not rows:
                return left
            for kid, wrapped in self._wrapped_anew(rows, old).items():
                left += len(wrapped) - await self._move(wrapped, kid)
            after = rows[-1].subject
            self._progress("wrapping", self.moved, self._total)
            # Everybody else gets the database for as long as we had it.
            await asyncio.sleep(monotonic() - begun)

    def _wrapped_anew(self, rows: Sequence[WrappedKey], old: OldKeys) -> dict[bytes, dict[UUID, bytes]]:
        """Wrap what opens anew, by the key it stands under; notes what does not open."""
        anew: dict[bytes, dict[UUID, bytes]] = {}
        for row in rows:
            if row.kid == self._new.kid:
                continue
            try:
                if row.kid not in old:
                    raise UnreadableDataKey(row.subject)
                raw = rewrapped(row, old[row.kid], self._new)
                anew.setdefault(row.kid, {})[row.subject] = raw
            except UnreadableDataKey:
                self.unreadable.append(row.subject)
        return anew

    async def _move(self, wrapped: Mapping[UUID, bytes], kid: bytes) -> int:
        async with self._storage.unit() as uow:
            moved = await uow.data_keys.move(wrapped, before=kid, to=self._new.kid)
        self.moved += moved
        return moved
