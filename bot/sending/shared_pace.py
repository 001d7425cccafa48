"""Shares Telegram's rate between the processes that send, and tells all of a silence that one was told.

Each process keeps to a part of the rate by itself (`bot.telegram_api.pace`). A part that shrinks counts in
full for as long as what left under it does; one that is not renewed in time is not used any more.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from contextlib import suppress
from datetime import timedelta
from time import monotonic
from uuid import UUID

import structlog

from bot.tasks import pause
from bot.telegram_api.pace import Pace
from solidarity.work import DatabaseUnavailable, Sender, Storage, UnitOfWork

log = structlog.stdlib.get_logger("poruch.pace")

# Who has more than a little is asked for it often, so that the part of a dead one is not lost for long.
BUSY_LASTS, BUSY_EVERY_SECONDS = timedelta(seconds=6), 1.0
REST_LASTS, REST_EVERY_SECONDS = timedelta(seconds=30), 10.0
LITTLE = 2
# As long as what is under way may take when we stop.
LEAVING_LASTS = timedelta(seconds=5)
UNUSED_SECONDS = 1.0
# The widest window of the pace, and what the network may add.
COUNTS_ON_SECONDS = 1.5
SOONEST_SECONDS = 0.25


class SharedPace:
    """The one that keeps this process's part up to date."""

    def __init__(self, storage: Storage, pace: Pace, *, process_id: UUID, ring: Callable[[], None]) -> None:
        """Take the pace, which has no part until it is given one; ``ring`` wakes the others for a silence."""
        self._storage = storage.unheard()
        self._pace = pace
        self._process_id = process_id
        self._ring = ring
        self._part, self._wants = 0, 1
        # Parts that were larger, each with the instant from which it does not count any more.
        self._larger: deque[tuple[float, int]] = deque()
        self._silent_until = float("-inf")
        self._has_news = False
        self._asked, self._stopping = asyncio.Event(), asyncio.Event()
        pace.share(0, float("inf"))
        pace.when_short = self.ask
        pace.when_held = self._note_silence

    async def run(self) -> None:
        """Keep the part up to date until stopped, then leave it to the others and let go of the pace."""
        try:
            while not self._stopping.is_set():
                self._asked.clear()
                with suppress(DatabaseUnavailable):
                    await self._renew()
                await pause(SOONEST_SECONDS, unless=self._stopping)
                await pause(BUSY_EVERY_SECONDS if self._is_busy else REST_EVERY_SECONDS, unless=self._asked)
            with suppress(DatabaseUnavailable):
                async with self._storage.unit() as uow:
                    await self._agree(uow, wants=0, lasts=LEAVING_LASTS)
        finally:
            # Who failed is begun anew, and must hear of a silence until then.
            if self._stopping.is_set():
                self._pace.tell_nobody()

    def stop(self) -> None:
        """Keep the part for as long as it takes to stop, and no longer."""
        self._stopping.set()
        self._asked.set()

    def ask(self) -> None:
        """Look at once what the others have, and what they were told."""
        self._asked.set()

    @property
    def _is_busy(self) -> bool:
        return max(self._wants, self._counts()) > LITTLE

    def _note_silence(self, seconds: float) -> None:
        self._silent_until = max(self._silent_until, monotonic() + seconds)
        self._has_news = True
        self.ask()

    async def _renew(self) -> None:
        asked_at = monotonic()
        self._wants = self._pace.wants(asked_at)
        lasts = BUSY_LASTS if self._is_busy else REST_LASTS
        has_news, self._has_news = self._has_news, False
        try:
            async with self._storage.unit() as uow:
                part, silent_for = await self._agree(uow, wants=self._wants, lasts=lasts)
                await uow.turns.forget_ended()
        except BaseException:
            self._has_news |= has_news
            raise
        if part < self._part:
            self._larger.append((monotonic() + COUNTS_ON_SECONDS, self._part))
        self._part = part
        self._pace.share(part, asked_at + lasts.total_seconds() - UNUSED_SECONDS)
        if silent_for > 0:
            self._pace.heed(silent_for, monotonic())
        if has_news:
            self._ring()

    def _counts(self) -> int:
        """Say how many messages may have left, or may leave, within one second around now."""
        while self._larger and self._larger[0][0] <= monotonic():
            self._larger.popleft()
        return max([self._part, self._pace.under_way, *(part for _, part in self._larger)])

    async def _agree(self, uow: UnitOfWork, *, wants: int, lasts: timedelta) -> tuple[int, float]:
        """Agree with the others on our part; returns it, and for how many seconds nobody may send."""
        now, senders = await uow.senders.agree()
        others = [each for each in senders if each.process_id != self._process_id]
        living = [each for each in others if each.until > now]
        rate = int(self._pace.per_second)
        fair = fair_part(rate, wants, [each.wants for each in living])
        part = max(0, min(fair, rate - sum(each.part for each in living)))
        own_silence = timedelta(seconds=max(0.0, self._silent_until - monotonic()))
        await uow.senders.put(
            Sender(
                process_id=self._process_id,
                part=max(part, self._counts()),
                wants=wants,
                until=now + lasts,
                silent_until=now + own_silence if own_silence else None,
            )
        )
        silences = [each.silent_until - now for each in others if each.silent_until is not None]
        return part, max([own_silence, *silences]).total_seconds()


def fair_part(rate: int, wants: int, others: Collection[int]) -> int:
    """Say what part of a rate is fair for who wants so much beside others.

    Nobody gets more than they want, and nobody less than another who wants as much; whole messages only.
    """
    left, waiting = rate, sorted([wants, *others])
    for index, each in enumerate(waiting):
        equal = left // (len(waiting) - index)
        if each >= equal:
            return min(wants, equal)
        if each == wants:
            return wants
        left -= each
    return wants
