"""Sends what is due at Telegram's pace; sleeps until something is, and is woken by new rows.

Rows are claimed and rendered in one unit of work, a second's worth at a time, posted outside any, and settled
in one. At least once: a row stays claimed until its outcome is written, so a crash at any step leaves one
message or two, never none. Of a message that stands in a chat twice only the second is known and deleted by
its timer; Telegram offers no way to find the first.
"""

import asyncio
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime, timedelta
from time import monotonic

import structlog

from bot.clock import Clock
from bot.messages import Messages
from bot.pace import Pace
from bot.parcels import Parcel, Parcels
from bot.tasks import Backoff, Tasks, pause
from bot.telegram_client import outcome_of
from solidarity.outbox import Later, Unsure
from solidarity.work import DatabaseUnavailable, Storage

log = structlog.stdlib.get_logger("poruch.delivery")

BATCH = 25
# Together fewer than a hundred messages may be under way and not yet settled.
MOST_BATCHES = 3
LOOK_AGAIN = timedelta(seconds=30)
STILL_WANTED_SECONDS = 0.25
FINISH_WITHIN_SECONDS = 5.0
SETTLE_WITHIN_SECONDS = 5.0


class Delivery:
    """The one that sends what is due; `wake` is set whenever something was committed."""

    def __init__(
        self,
        storage: Storage,
        messages: Messages,
        parcels: Parcels,
        *,
        pace: Pace,
        clock: Clock,
        wake: asyncio.Event,
    ) -> None:
        self._storage = storage
        self._messages = messages
        self._parcels = parcels
        self._pace = pace
        self._clock = clock
        self._wake = wake
        self._stopping = asyncio.Event()
        self._posts = Tasks("delivery")
        self._batches = Tasks("delivery")
        self._ahead: asyncio.Task[list[Parcel]] | None = None
        self._leases_looked_at: datetime | None = None

    async def run(self) -> None:
        """Deliver until stopped; then what is under way gets five seconds, and is settled."""
        backoff = Backoff()
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                look_again_at = await self._round()
            except DatabaseUnavailable:
                wait = backoff.grow()
                log.warning("the database is away", lane="delivery", seconds=wait)
                await pause(wait, unless=self._stopping)
                continue
            backoff.reset()
            if look_again_at is not None:
                await self._clock.wait_until(look_again_at, wake=self._wake)
        await self._give_back()
        await self._posts.finish(seconds=FINISH_WITHIN_SECONDS)
        await self._batches.finish(seconds=SETTLE_WITHIN_SECONDS)

    def stop(self) -> None:
        """Claim nothing more."""
        self._stopping.set()
        self._wake.set()

    async def _round(self) -> datetime | None:
        """Deliver what is due; None when there was something, else when to look again."""
        await self._until_released()
        while len(self._batches) >= MOST_BATCHES:
            await self._batches.any_ends(seconds=LOOK_AGAIN.total_seconds())
        parcels = await self._taken_ahead()
        is_old = bool(parcels)
        if not parcels:
            now = self._clock.now()
            await self._release_leases(now)
            async with self._storage.view() as uow:
                due = await uow.outbox.next_due()
            if self._stopping.is_set() or due is None or due > now:
                return min(due or now + LOOK_AGAIN, now + LOOK_AGAIN)
            parcels = await self._parcels.claim(limit=BATCH)
        if len(parcels) == BATCH:
            # Claimed while these leave: a slot that opens during a claim would be lost.
            self._ahead = asyncio.create_task(self._parcels.claim(limit=BATCH))
        try:
            await self._grant(parcels, is_old=is_old)
        finally:
            self._batches.start(self._settle(parcels))
        return None

    async def _taken_ahead(self) -> list[Parcel]:
        ahead, self._ahead = self._ahead, None
        return [] if ahead is None else await ahead

    async def _give_back(self) -> None:
        """Let what was claimed ahead be due again."""
        with suppress(DatabaseUnavailable):
            if parcels := await self._taken_ahead():
                await self._parcels.settle(parcels)

    async def _until_released(self) -> None:
        while (rest := self._pace.held_until - monotonic()) > 0 and not self._stopping.is_set():
            await self._give_back()
            await pause(rest, unless=self._stopping)

    async def _release_leases(self, now: datetime) -> None:
        """Take back rows whose sender died: at first, and on SQLite, all of them, since nobody else sends."""
        last = self._leases_looked_at
        if last is not None and abs(now - last) < LOOK_AGAIN:
            return
        # While rows of ours are on their way, a clock that jumps must not have them sent twice.
        if len(self._batches):
            return
        everything = last is None and self._storage.database.is_sqlite
        async with self._storage.unit() as uow:
            await uow.outbox.release_expired(now=None if everything else now)
        self._leases_looked_at = now

    async def _grant(self, parcels: Collection[Parcel], *, is_old: bool) -> None:
        """Hand each parcel over as soon as the pace allows; a chat that must wait is overtaken."""
        waiting, looked_at = list(parcels), float("-inf") if is_old else monotonic()
        while waiting and not self._stopping.is_set():
            now = monotonic()
            if now - looked_at > STILL_WANTED_SECONDS:
                wanted = await self._parcels.still_wanted(waiting)
                waiting = [parcel for parcel in waiting if parcel in wanted]
                looked_at = monotonic()
                continue
            if self._pace.held_until > now:
                return
            waiting = self._without_held_chats(waiting, now)
            if not waiting:
                return
            first = min(waiting, key=lambda parcel: self._pace.ready_at(parcel.chat_id, now))
            ready_at = self._pace.ready_at(first.chat_id, now)
            if ready_at > now:
                await self._wait_for_slot(ready_at - now)
                continue
            waiting.remove(first)
            if first.has_time(self._clock.now()):
                self._hand_over(first)

    def _without_held_chats(self, waiting: list[Parcel], now: float) -> list[Parcel]:
        """Put off what is for chats that Telegram told to wait: others must not wait behind them."""
        left = []
        for parcel in waiting:
            held = self._pace.chat_held_until(parcel.chat_id) - now
            if held > 0:
                parcel.outcome = Later(timedelta(seconds=held))
            else:
                left.append(parcel)
        return left

    def _hand_over(self, parcel: Parcel) -> None:
        self._pace.take(parcel.chat_id, monotonic())
        # Until more is known: what is cut off from here on may have reached Telegram.
        parcel.outcome = Unsure()
        parcel.post = self._posts.start(self._post(parcel))

    async def _wait_for_slot(self, seconds: float) -> None:
        """Wait until a slot may be free: for so long, or until an answer comes, or until we stop."""
        if len(self._posts):
            await self._posts.any_ends(seconds=min(seconds, STILL_WANTED_SECONDS))
        else:
            await pause(seconds, unless=self._stopping)

    async def _post(self, parcel: Parcel) -> None:
        parcel.outcome = await self._messages.send(parcel.chat_id, parcel.push.showing)

    async def _settle(self, parcels: Collection[Parcel]) -> None:
        posts = {parcel.post for parcel in parcels if parcel.post is not None}
        if posts:
            await asyncio.wait(posts)
        for parcel in parcels:
            if parcel.post is None or parcel.post.cancelled():
                continue
            error = parcel.post.exception()
            if isinstance(error, Exception):
                parcel.outcome = outcome_of(error)
        if parcels:
            await self._parcels.settle(parcels)
