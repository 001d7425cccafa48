"""Sends what is due at Telegram's pace; sleeps until something is, and is woken by new rows.

A feeder claims at most a second's worth ahead, messages leave one by one as the pace allows, and an acker
writes down what became of them, many at a time. At least once: a row stays claimed until its outcome is
written, so a crash at any step leaves one message or two, never none. Of a message that stands in a chat
twice only the second is known and deleted by its timer; Telegram offers no way to find the first.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from time import monotonic

import structlog

from bot.clock import Clock
from bot.sending.acker import GROUP, Acker
from bot.sending.parcel import Parcel
from bot.sending.parcels import Parcels
from bot.sending.waiting import Waiting
from bot.tasks import Backoff, Tasks, pause
from bot.telegram_api.client import outcome_of
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from solidarity.outbox import Delivered, Later, Unsure
from solidarity.work import DatabaseUnavailable, Lane

log = structlog.stdlib.get_logger("poruch.delivery")

FEWEST_AT_ONCE = 10
MOST_AT_ONCE = 700
MOST_RESTING = 200
# Handed over and not yet settled: so many may come twice after a crash.
FEWEST_UNSETTLED = 100
UNSETTLED_SECONDS = 0.25
LOOK_AGAIN = timedelta(seconds=30)
# Smaller steps only correct a clock, and change nothing that anybody waits for.
STEP_BACK = timedelta(seconds=30)
SHORTEST_WAIT = timedelta(milliseconds=100)
OTHERS_HAVE_IT_SECONDS = 0.1
STILL_WANTED_SECONDS = 0.25
QUIET_SECONDS = 1.0
# Together they are the five seconds in which we stop.
FINISH_WITHIN_SECONDS = 3.5
SETTLE_WITHIN_SECONDS = 1.5


class Delivery:
    """The one that sends what is due; `wake` is set whenever something was committed."""

    def __init__(
        self,
        messages: Messages,
        parcels: Parcels,
        *,
        pace: Pace,
        clock: Clock,
        wake: asyncio.Event,
        is_alone: bool,
        is_quiet: Callable[[], bool],
    ) -> None:
        """Take what it stands on.

        Args:
            is_quiet: whether nothing may be sent to anybody; looked at before each message.
            is_alone: nobody else sends from this database: what is claimed at the start was a dead one's.
        """
        self._messages = messages
        self._parcels = parcels
        self._pace = pace
        self._clock = clock
        self._wake = wake
        self._is_alone = is_alone
        self._is_quiet = is_quiet
        self._at_once = min(max(int(pace.per_second / 3), FEWEST_AT_ONCE), MOST_AT_ONCE)
        self._most_unsettled = max(FEWEST_UNSETTLED, int(pace.per_second * UNSETTLED_SECONDS))
        self._stopping = asyncio.Event()
        # Set when something may have become ready to leave.
        self._moved = asyncio.Event()
        self._waiting = Waiting(pace)
        # Whether something is due that had no room.
        self._is_full = False
        self._looked_at = float("-inf")
        # The latest instant seen; what was done then is set right where the clock has gone back.
        self._latest: datetime | None = None
        self._has_cleared_up = False
        self._unsettled: set[Parcel] = set()
        self._on_their_way = 0
        self._posts = Tasks("delivery")
        self._settling = Tasks("delivery")
        self._acker = Acker(
            parcels,
            settled=self._note_settled,
            more_come=self._more_come,
            # Half of them, so that the other half is under way meanwhile.
            group=max(GROUP, self._most_unsettled // 2),
        )
        self.counts: Counter[str] = Counter()

    async def run(self) -> None:
        """Deliver until stopped; then what is under way is settled, within five seconds."""
        self._settling.start(self._acker.run())
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._feed())
                group.create_task(self._send())
                group.create_task(self._take_over())
        finally:
            self._give_back()
            await self._posts.finish(seconds=FINISH_WITHIN_SECONDS)
            self._acker.close()
            await self._settling.finish(seconds=SETTLE_WITHIN_SECONDS)

    def stop(self) -> None:
        """Claim and hand over nothing more."""
        for event in (self._stopping, self._wake, self._moved):
            event.set()

    async def _feed(self) -> None:
        backoff = Backoff()
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                look_again_at = await self._refill()
            except DatabaseUnavailable:
                wait = backoff.grow()
                log.warning("the database is away", lane="delivery", seconds=wait)
                await pause(wait, unless=self._stopping)
                continue
            backoff.reset()
            if look_again_at is not None:
                await self._clock.wait_until(look_again_at, wake=self._wake)

    async def _refill(self) -> datetime | None:
        """Claim what is due and has room; None when there was something, else when to look again."""
        await self._until_released()
        await self._clear_up()
        now = self._clock.now()
        await self._set_right(now)
        due = await self._parcels.next_due()
        lanes = [lane for lane, due_at in due.items() if due_at <= now and self._has_room_for(lane)]
        self._is_full = any(due_at <= now for due_at in due.values())
        if self._stopping.is_set() or not lanes:
            return min([now + LOOK_AGAIN, *(due_at for due_at in due.values() if due_at > now)])
        parcels = await self._parcels.claim(limit=self._at_once, lanes=lanes)
        if parcels is None:
            await pause(OTHERS_HAVE_IT_SECONDS, unless=self._wake)
            return None
        if not len(self._waiting):
            self._looked_at = monotonic()
        self._waiting.add(parcels)
        self._moved.set()
        return None

    def _has_room_for(self, lane: Lane) -> bool:
        """Say whether more of this lane is wanted; what waits in later lanes does not matter to it."""
        return self._waiting.ready_up_to(lane) <= self._at_once // 2 and self._waiting.resting < MOST_RESTING

    async def _until_released(self) -> None:
        while (rest := self._rest()) > 0 and not self._stopping.is_set():
            self._give_back()
            await pause(rest, unless=self._stopping)

    def _rest(self) -> float:
        """Say for how many seconds nobody is sent anything, as far as is known."""
        return QUIET_SECONDS if self._is_quiet() else self._pace.held_until - monotonic()

    def _give_back(self) -> None:
        """Let what is in hand and was not handed over be due again."""
        self._acker.add(self._waiting.keep(set()))

    async def _set_right(self, now: datetime) -> None:
        """Make good what a clock that was ahead put off or dropped: at first, and whenever it goes back."""
        if self._latest is None or now < self._latest - STEP_BACK:
            await self._parcels.set_right()
        self._latest = now

    async def _clear_up(self) -> None:
        """Take back, before anything is claimed, all that a dead process had, where nobody else sends."""
        if self._is_alone and not self._has_cleared_up:
            await self._parcels.release_all()
        self._has_cleared_up = True

    async def _take_over(self) -> None:
        """Give back, until stopped, what senders that died have claimed, as soon as their claims run out."""
        while not self._stopping.is_set():
            left = await self._release_what_ran_out()
            await pause(max(left, SHORTEST_WAIT).total_seconds(), unless=self._stopping)

    async def _release_what_ran_out(self) -> timedelta:
        """Return in how long to look again; a claim that is made meanwhile lasts for longer than that."""
        if self._is_alone and (self._unsettled or len(self._waiting) or len(self._acker)):
            # They are ours: a clock that jumps must not have sent twice what is on its way.
            return LOOK_AGAIN
        try:
            left = await self._parcels.release_expired()
        except DatabaseUnavailable:
            return LOOK_AGAIN
        return LOOK_AGAIN if left is None else min(left, LOOK_AGAIN)

    async def _send(self) -> None:
        """Hand over each message as soon as the pace allows."""
        while not self._stopping.is_set():
            self._moved.clear()
            wait = await self._hand_over_what_may_leave()
            if self._is_full and self._has_room_for(max(Lane)):
                self._is_full = False
                self._wake.set()
            await pause(wait, unless=self._moved)

    async def _hand_over_what_may_leave(self) -> float:
        """Hand over until nothing may leave; returns how many seconds to wait unless something moves."""
        while not self._stopping.is_set() and len(self._unsettled) < self._most_unsettled:
            if monotonic() - self._looked_at > STILL_WANTED_SECONDS and len(self._waiting):
                await self._look_who_still_stands()
            now = monotonic()
            if (held := self._rest()) > 0:
                return held
            parcel = self._waiting.take(now)
            if parcel is None:
                again = self._waiting.look_again_at(now)
                return LOOK_AGAIN.total_seconds() if again is None else min(again - now, STILL_WANTED_SECONDS)
            self._hand_over(parcel, now)
        return LOOK_AGAIN.total_seconds()

    async def _look_who_still_stands(self) -> None:
        """Leave out what was withdrawn since it was claimed, and what is for chats told to wait."""
        asked = self._waiting.all()
        try:
            wanted = await self._parcels.still_wanted(asked)
        except DatabaseUnavailable:
            # Nothing leaves of which nobody can say whether it is still so.
            self._give_back()
            return
        now = monotonic()
        for parcel in list(wanted):
            held = self._pace.chat_held_until(parcel.chat_id) - now
            if held > 0:
                parcel.outcome, parcel.known_at = Later(timedelta(seconds=held)), self._clock.now()
                wanted.discard(parcel)
        # More may have come meanwhile.
        self._acker.add(self._waiting.keep(set(self._waiting.all()) - (set(asked) - wanted)))
        self._looked_at = now

    def _hand_over(self, parcel: Parcel, now: float) -> None:
        if not parcel.has_time():
            self._acker.add([parcel])
            return
        self._pace.take(parcel.chat_id, now)
        # Until more is known: what is cut off from here on may have reached Telegram.
        parcel.outcome = Unsure()
        self._unsettled.add(parcel)
        self._on_their_way += 1
        self._posts.start(self._post(parcel))

    async def _post(self, parcel: Parcel) -> None:
        try:
            parcel.outcome = await self._messages.send(parcel.chat_id, parcel.push.showing)
        except Exception as error:
            parcel.outcome = outcome_of(error)
            raise
        finally:
            if not isinstance(parcel.outcome, Delivered):
                parcel.known_at = self._clock.now()
            self._on_their_way -= 1
            self._acker.add([parcel])
            self._moved.set()

    def _more_come(self) -> bool:
        return self._on_their_way > 0 or len(self._waiting) > 0

    def _note_settled(self, parcels: Collection[Parcel]) -> None:
        self._unsettled.difference_update(parcels)
        self.counts.update(type(parcel.outcome).__name__ for parcel in parcels)
        self._moved.set()
