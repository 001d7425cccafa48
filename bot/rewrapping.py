"""Wraps every data key under another wrapping key, beside units that read, make and destroy them."""

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from uuid import UUID

import structlog

from bot.importing import Progress
from solidarity.work import Storage
from storage.errors import UnreadableDataKey
from storage.keyring import KeyEntry
from storage.models import WrappedKey
from storage.rotation import rewrapped

log = structlog.stdlib.get_logger("poruch.rotation")

LOOK_AGAIN_SECONDS = 0.5
BEFORE_ALL = UUID(int=0)

OldKeys = Mapping[bytes, KeyEntry]


class Rewrapping:
    """Moves data keys to one new wrapping key.

    Attributes:
        moved: how many were moved so far.
        unreadable: subjects whose data key does not open under the key its row names; they are left alone.
    """

    def __init__(self, storage: Storage, new: KeyEntry, *, progress: Progress) -> None:
        self._storage = storage
        self._new = new
        self._progress = progress
        self._total = 0
        self.moved = 0
        self.unreadable: list[UUID] = []

    async def run(self, old_keys: Sequence[KeyEntry]) -> None:
        """Go on until nothing that opens is left under any of the old keys.

        Raises:
            DatabaseUnavailable: what was moved stays moved.
        """
        old = {entry.kid: entry for entry in old_keys}
        self._total = await self._left(old)
        while await self._left(old) > len(self.unreadable):
            before = self.moved
            self.unreadable = await self._pass(old)
            if self.moved == before:
                # What is left is locked by somebody, who is probably leaving just now.
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
        if self.unreadable:
            log.error("data keys do not open and keep their wrapping key", count=len(self.unreadable))

    async def _left(self, old: OldKeys) -> int:
        async with self._storage.view() as uow:
            counts = await uow.data_keys.counts()
        return sum(counts.get(kid, 0) for kid in old)

    async def _pass(self, old: OldKeys) -> list[UUID]:
        """Go once through all data keys; returns the subjects of those that do not open."""
        unreadable: list[UUID] = []
        after = BEFORE_ALL
        while True:
            begun = monotonic()
            async with self._storage.view() as uow:
                rows = await uow.data_keys.batch(after=after)
            if not rows:
                return unreadable
            for kid, entry in old.items():
                unreadable += await self._move([row for row in rows if row.kid == kid], entry)
            after = rows[-1].subject
            self._progress("wrapping", self.moved, self._total)
            # Everybody else gets the database for as long as we had it.
            await asyncio.sleep(monotonic() - begun)

    async def _move(self, rows: Sequence[WrappedKey], old: KeyEntry) -> list[UUID]:
        wrapped, unreadable = {}, []
        for row in rows:
            try:
                wrapped[row.subject] = rewrapped(
                    row, old, self._new, deployment=self._storage.keys.deployment
                )
            except UnreadableDataKey:
                unreadable.append(row.subject)
        if wrapped:
            async with self._storage.unit() as uow:
                self.moved += await uow.data_keys.move(wrapped, before=old.kid, to=self._new.kid)
        return unreadable
