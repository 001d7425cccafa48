"""Writes down what became of messages, all that wait in one unit of work.

A hundred go together, or at a high pace an eighth of a second's worth; or as many as there are after 250 ms,
or once no more are to come.
"""

import asyncio
from collections.abc import Callable, Collection, Iterable

import structlog

from bot.sending.parcel import Parcel
from bot.sending.parcels import Parcels
from bot.tasks import pause

log = structlog.stdlib.get_logger("poruch.delivery")

GROUP = 100
# What more has come while the last group was written goes along.
MOST = 500
WAIT_SECONDS = 0.25


class Acker:
    """The one that settles."""

    def __init__(
        self,
        parcels: Parcels,
        *,
        settled: Callable[[Collection[Parcel]], None],
        more_come: Callable[[], bool],
        group: int = GROUP,
    ) -> None:
        """Take what it stands on.

        Args:
            group: so many are written as soon as they wait.
            settled: told of each group once it is written, or could not be.
            more_come: whether others are on their way, for which a group may wait.
        """
        self._parcels = parcels
        self._settled = settled
        self._more_come = more_come
        self._group = group
        self._done: list[Parcel] = []
        self._writing: list[Parcel] = []
        self._some, self._enough, self._closing = asyncio.Event(), asyncio.Event(), asyncio.Event()

    def __len__(self) -> int:
        """How many are not written down yet."""
        return len(self._done) + len(self._writing)

    def add(self, parcels: Iterable[Parcel]) -> None:
        """Take messages whose fate is known, or that were never handed over."""
        self._done += parcels
        if self._done:
            self._some.set()
        if len(self._done) >= self._group or (self._done and not self._more_come()):
            self._enough.set()

    def close(self) -> None:
        """Write at once what there is, and end."""
        for event in (self._closing, self._some, self._enough):
            event.set()

    async def run(self) -> None:
        """Settle until closed; begun anew after a failure, with what was left."""
        self._closing.clear()
        self._clear()
        while True:
            await self._some.wait()
            await pause(WAIT_SECONDS, unless=self._enough)
            self._writing, self._done = self._done[:MOST], self._done[MOST:]
            if not self._closing.is_set():
                self._clear()
            if self._writing:
                await self._write()
            elif self._closing.is_set():
                return

    async def _write(self) -> None:
        group = self._writing
        try:
            await self._parcels.settle(group)
        except Exception:
            # They come back when their claims run out.
            log.exception("outcomes could not be written", count=len(group))
        finally:
            self._writing = []
            self._settled(group)

    def _clear(self) -> None:
        if not self._done:
            self._some.clear()
        if len(self._done) < self._group:
            self._enough.clear()
