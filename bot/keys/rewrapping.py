"""Wraps every data key under another wrapping key, beside units that read, make and destroy them."""

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from uuid import UUID

import structlog

from solidarity.work import Storage
from storage.cells import WrappingKey
from storage.errors import UnreadableDataKey
from storage.keyring import KeyEntry
from storage.progress import Progress
from storage.rotation import KeyRow, rewrapped

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
        self._total = await self._count_under(old)
        while await self._pass(old):  # noqa: ASYNC110
            # What opens and was not moved is locked by somebody, who is probably leaving just now.
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
        if self.unreadable:
            log.error("data keys do not open and were left behind", count=len(self.unreadable))

    def _wrapping_key(self, entry: KeyEntry) -> WrappingKey:
        return WrappingKey(entry.key, deployment=self._storage.keys.deployment)

    async def _count_under(self, old: OldKeys) -> int:
        async with self._storage.view() as uow:
            return await uow.data_keys.count_under(old)

    async def _pass(self, old: OldKeys) -> int:
        """Go once through all data keys; returns how many that may open are still under an old key."""
        self.unreadable, stuck, after = [], 0, BEFORE_ALL
        while True:
            begun, moved = monotonic(), 0
            async with self._storage.unit() as uow:
                rows = await uow.data_keys.batch(after=after)
                anew, unreadable = self._wrapped_anew(rows, old)
                for kid, wrapped in anew.items():
                    moved += await uow.data_keys.move(wrapped, before=kid, to=self._new.kid)
            if not rows:
                return await self._count_under(old) - stuck
            self.unreadable += [row.subject for row in unreadable]
            stuck += sum(row.kid in old for row in unreadable)
            after = rows[-1].subject
            self.moved += moved
            self._progress("wrapping", self.moved, self._total)
            # Everybody else gets the database for as long as we had it.
            await asyncio.sleep(monotonic() - begun)

    def _wrapped_anew(
        self, rows: Sequence[KeyRow], old: OldKeys
    ) -> tuple[dict[bytes, dict[UUID, bytes]], list[KeyRow]]:
        """Wrap what opens anew, by the key it stands under; also gives what does not open."""
        anew: dict[bytes, dict[UUID, bytes]] = {}
        unreadable = []
        for row in rows:
            if row.kid == self._new.kid:
                continue
            try:
                if row.kid not in old:
                    raise UnreadableDataKey(row.subject)
                anew.setdefault(row.kid, {})[row.subject] = rewrapped(row, old[row.kid], self._new)
            except UnreadableDataKey:
                unreadable.append(row)
        return anew, unreadable
