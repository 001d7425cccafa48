"""Looks after broadcasts: moves their bars, lets them end, and their words go with the last message.

It sends nothing and holds nothing: a broadcast goes out, is paused and ends alike where nobody looks.
"""

import asyncio
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import structlog

from bot.clock import Clock
from bot.tasks import Backoff, pause
from bot.telegram_api.messages import Messages
from bot.telegram_api.turns import Turns
from handlers import surfaces
from handlers.answer import Showing
from handlers.coordinator import broadcasts
from solidarity import people
from solidarity.broadcasts.reports import Report, is_to_tend, reports_to_tend, tend
from solidarity.work import BroadcastState, DatabaseUnavailable, Storage

log = structlog.stdlib.get_logger("poruch.broadcasts")

# A bar moves no more often, and nothing else is looked at more often either.
SECONDS_BETWEEN = 2.0
LOOK_AGAIN = timedelta(seconds=30)


class Broadcasts:
    """The one that looks after broadcasts; `wake` is set whenever something was committed."""

    def __init__(
        self, storage: Storage, messages: Messages, *, turns: Turns, clock: Clock, wake: asyncio.Event
    ) -> None:
        self._storage = storage
        self._messages = messages
        self._turns = turns
        self._clock = clock
        self._wake = wake
        self._stopping = asyncio.Event()
        # What each bar last showed, and when what is over is looked at again.
        self._shown: dict[UUID, Report] = {}
        self._rests: dict[UUID, float] = {}

    async def run(self) -> None:
        """Look after them until stopped."""
        backoff = Backoff()
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                is_any_under_way = await self._round()
            except DatabaseUnavailable:
                wait = backoff.grow()
                log.warning("the database is away", lane="broadcasts", seconds=wait)
                await pause(wait, unless=self._stopping)
                continue
            backoff.reset()
            await pause(SECONDS_BETWEEN, unless=self._stopping)
            if not is_any_under_way:
                await self._clock.wait_until(self._clock.now() + LOOK_AGAIN, wake=self._wake)

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping.set()
        self._wake.set()

    async def _round(self) -> bool:
        """Do what is to be done; says whether one is under way."""
        now = self._clock.now()
        async with self._storage.view() as uow:
            reports = await reports_to_tend(uow)
        for report in reports:
            # First, so that the last numbers are shown before nothing more is known of it.
            if report.is_under_way or report.broadcast_id in self._shown:
                await self._move_bars(report)
            if self._is_to_look_at(report):
                await self._tend(report.broadcast_id, now)
        known = {report.broadcast_id for report in reports}
        self._shown = {one: shown for one, shown in self._shown.items() if one in known}
        self._rests = {one: until for one, until in self._rests.items() if one in known}
        return any(report.is_under_way for report in reports)

    def _is_to_look_at(self, report: Report) -> bool:
        """Say whether it is time: what is over waits for its messages to go, for hours."""
        at, one = monotonic(), report.broadcast_id
        if report.is_under_way or report.state is BroadcastState.TAKEN_BACK:
            return True
        if self._rests.get(one, 0.0) > at:
            return False
        self._rests[one] = at + LOOK_AGAIN.total_seconds()
        return True

    async def _tend(self, broadcast_id: UUID, now: datetime) -> None:
        """Do what one needs, if it needs something."""
        async with self._storage.view() as uow:
            if not await is_to_tend(uow, broadcast_id, now=now):
                return
        async with self._storage.unit() as uow:
            await tend(uow, broadcast_id, now=now)
        self._rests.pop(broadcast_id, None)

    async def _move_bars(self, report: Report) -> None:
        """Show how far it has come wherever a coordinator looks at it, where that has changed."""
        if self._shown.get(report.broadcast_id) == report:
            return
        self._shown[report.broadcast_id] = report
        async with self._storage.view() as uow:
            standing = await uow.posted.open_on(broadcasts.REPORT, report.broadcast_id)
        for posted in standing:
            await self._move_bar(posted.id, posted.person_id)
        if not report.is_under_way:
            del self._shown[report.broadcast_id]

    async def _move_bar(self, posted_id: UUID, person_id: UUID) -> None:
        async with self._storage.view() as uow:
            chat_id = await uow.people.reveal_chat(await people.person_of(uow, person_id))
        # In its chat's turn, so that a tap that turns the message elsewhere is shown after, not before.
        async with self._turns.of(chat_id):
            showing = await self._drawn(posted_id)
            if showing is not None and showing.message_id is not None:
                await self._messages.edit(chat_id, showing.message_id, showing)

    async def _drawn(self, posted_id: UUID) -> Showing | None:
        """Draw the screen again, unless nobody looks at it any more or the desk has closed."""
        now = self._clock.now()
        async with self._storage.unit() as uow:
            posted = await uow.posted.get(posted_id)
            if posted is None or posted.screen != broadcasts.REPORT or posted.is_covered:
                return None
            actor = await people.actor_of(uow, await people.person_of(uow, posted.person_id), now=now)
            if not actor.has_open_desk(now):
                return None
            return await surfaces.draw(uow, actor, posted, now=now, is_repeat=True)
