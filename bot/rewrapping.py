"""Wraps every data key under another wrapping key, beside units that read, make and destroy them."""

import asyncio
from collections.abc import Sequence
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
        async with self._storage.view() as uow:
            counts = await uow.data_keys.counts()
        self._total = sum(counts.get(old.kid, 0) for old in old_keys)
        for old in old_keys:
            self.unreadable += await self._empty(old)
        if self.unreadable:
            log.error("data keys do not open and keep their wrapping key", count=len(self.unreadable))

    async def _empty(self, old: KeyEntry) -> list[UUID]:
        unreadable: list[UUID] = []
        while await self._left(old) > len(unreadable):
            before = self.moved
            unreadable = await self._pass(old)
            if self.moved == before:
                # What is left is locked by somebody, who is probably leaving just now.
                await asyncio.sleep(LOOK_AGAIN_SECONDS)
        return unreadable

    async def _left(self, old: KeyEntry) -> int:
        async with self._storage.view() as uow:
            return await uow.data_keys.count_under(old.kid)

    async def _pass(self, old: KeyEntry) -> list[UUID]:
        """Go once through what is under an old key; returns the subjects of data keys that do not open."""
        unreadable: list[UUID] = []
        after = BEFORE_ALL
        while True:
            begun = monotonic()
            async with self._storage.view() as uow:
                rows = await uow.data_keys.under(old.kid, after=after)
            if not rows:
                return unreadable
            unreadable += await self._move(rows, old)
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
