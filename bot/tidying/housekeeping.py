"""Takes the bot's messages out of chats in time: deleted when their day is over, covered when nobody looks.

A row goes, and a cover counts as done, only after Telegram has answered: whatever is cut off before is done
again. A message that Telegram does not delete any more, being older than 48 hours after a long pause of ours,
is emptied instead: that has no limit, but leaves three dots in the chat, in a file where it was one.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

import structlog

from bot.clock import Clock
from bot.tasks import Backoff, pause
from bot.telegram_api.messages import TRY_AGAIN, Messages, is_not_there, wait_after
from bot.telegram_api.pace import Pace
from bot.telegram_api.turns import Turns
from bot.tidying.farewells import Farewells
from handlers import surfaces
from handlers.answer import Showing
from handlers.rooms import desk_screens
from solidarity import people
from solidarity.duress import end_rights_under_duress
from solidarity.errors import SolidarityError
from solidarity.outbox import Delivered, Later, Outcome, Unsure
from solidarity.retention import PROMPT
from solidarity.work import DatabaseUnavailable, Posted, Storage, StorageError, UnitOfWork

log = structlog.stdlib.get_logger("poruch.housekeeping")

BATCH = 40
SECONDS_BETWEEN = 0.05
LOOK_AGAIN = timedelta(seconds=30)
NEVER_SENT_FOR = timedelta(minutes=10)
NO_PROGRESS = timedelta(seconds=1)


@dataclass(frozen=True)
class Standing:
    """One message in a chat, as its row had it."""

    posted_id: UUID
    chat_id: int
    message_id: int


class Housekeeping:
    """The one that deletes and covers; `wake` is set whenever something was committed."""

    def __init__(
        self,
        storage: Storage,
        messages: Messages,
        *,
        pace: Pace,
        turns: Turns,
        clock: Clock,
        wake: asyncio.Event,
        in_flight: set[UUID],
    ) -> None:
        """Take what it stands on; `in_flight` names rows whose message is being sent just now."""
        self._storage = storage
        self._messages = messages
        self._pace = pace
        self._turns = turns
        self._clock = clock
        self._wake = wake
        self._in_flight = in_flight
        self._farewells = Farewells(storage, messages, clock=clock, slot=self._slot)
        self._stopping = asyncio.Event()
        self._next_at = 0.0
        self._tidied_at: datetime | None = None

    async def run(self) -> None:
        """Keep house until stopped."""
        backoff = Backoff()
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                look_again_at = await self._round()
            except DatabaseUnavailable:
                wait = backoff.grow()
                log.warning("the database is away", lane="housekeeping", seconds=wait)
                await pause(wait, unless=self._stopping)
                continue
            backoff.reset()
            await self._clock.wait_until(look_again_at, wake=self._wake)

    def stop(self) -> None:
        """Begin nothing more."""
        self._stopping.set()
        self._wake.set()

    async def _round(self) -> datetime:
        """Do what is due and say when to look again."""
        now = self._clock.now()
        await self._tidy(now)
        async with self._storage.view() as uow:
            changes = (await uow.posted.next_change(), await uow.farewells.next_at(), now + LOOK_AGAIN)
        first = min(change for change in changes if change is not None)
        if first > now:
            return first
        done = await self._farewells.say_due(now) + await self._delete_due(now) + await self._cover_due(now)
        return now if done else now + NO_PROGRESS

    async def _tidy(self, now: datetime) -> None:
        """Remove, twice a minute at most, rows whose message was never sent, and what goes at once.

        Of what other processes send nobody here knows; they take ten minutes for nothing, and should they
        all the same, a message that finds its row gone is noted anew or deleted by them.
        """
        if self._tidied_at is not None and abs(now - self._tidied_at) < LOOK_AGAIN:
            return
        async with self._storage.unit() as uow:
            for row in await uow.posted.never_sent(before=now - NEVER_SENT_FOR, limit=BATCH):
                if row.id not in self._in_flight:
                    await uow.posted.remove(row)
            for rule in PROMPT:
                await rule.apply(uow, now=now)
            # Done at once after the answer, unless that process died meanwhile.
            await end_rights_under_duress(uow, screens=desk_screens(), now=now)
        self._tidied_at = now

    async def _delete_due(self, now: datetime) -> int:
        """Delete messages whose time has come; returns with how many we got on."""
        async with self._storage.view() as uow:
            rows = await uow.posted.to_delete(now=now, limit=BATCH)
            standing, lost = await self._located(uow, rows)
        outcomes = await asyncio.gather(*(self._delete(each) for each in standing))
        async with self._storage.unit() as uow:
            for posted_id in lost:
                await _remove(uow, posted_id)
            for each, outcome in zip(standing, outcomes, strict=True):
                if isinstance(outcome, Later | Unsure):
                    await _postpone(uow, each.posted_id, self._clock.now() + wait_after(outcome))
                elif outcome is not None:
                    await _remove(uow, each.posted_id)
        return len(standing) + len(lost)

    async def _located(self, uow: UnitOfWork, rows: Sequence[Posted]) -> tuple[list[Standing], list[UUID]]:
        """Say where messages are; and which are in a chat that cannot be read."""
        await uow.vault.load_keys({row.person_id for row in rows})
        standing, lost = [], []
        for row in rows:
            assert row.message_id is not None
            try:
                chat_id = await uow.people.reveal_chat(await people.person_of(uow, row.person_id))
            except (SolidarityError, StorageError) as error:
                log.error("a chat cannot be read", kind=type(error).__name__)
                lost.append(row.id)
                continue
            standing.append(Standing(row.id, chat_id, row.message_id))
        return standing, lost

    async def _delete(self, message: Standing) -> Outcome | None:
        if not await self._slot():
            return None
        return await self._messages.delete(message.chat_id, message.message_id)

    async def _cover_due(self, now: datetime) -> int:
        """Cover messages that nobody looks at any more; one that fails does not keep the others open."""
        async with self._storage.view() as uow:
            rows = await uow.posted.to_cover(now=now, limit=BATCH)
            standing, lost = await self._located(uow, rows)
        failures = await asyncio.gather(*(self._cover(each) for each in standing), return_exceptions=True)
        for each, failure in zip(standing, failures, strict=True):
            if isinstance(failure, DatabaseUnavailable):
                raise failure
            if failure is not None:
                log.error("a message could not be covered and is deleted", exc_info=failure)
                await self._take_away(each)
        await self._cover_later(lost)
        return len(standing)

    async def _cover_later(self, lost: Sequence[UUID]) -> None:
        """Let what nobody can find just now wait: at the head of the line it would hold up the others."""
        if not lost:
            return
        async with self._storage.unit() as uow:
            for posted_id in lost:
                row = await uow.posted.get(posted_id)
                if row is not None:
                    row.cover_at = self._clock.now() + TRY_AGAIN

    async def _cover(self, message: Standing) -> None:
        """Cover one message in its chat's turn, so that a tap that opens it is shown after, not before."""
        if not await self._slot():
            return
        async with self._turns.of(message.chat_id):
            showing = await self._covered(message)
            if showing is not None:
                outcome = await self._messages.edit(message.chat_id, message.message_id, showing)
                await self._note_cover(message, outcome)

    async def _covered(self, message: Standing) -> Showing | None:
        """Draw a message's cover, unless somebody has just opened it; it stays due until the cover shows."""
        now = self._clock.now()
        async with self._storage.unit() as uow:
            row = await uow.posted.get(message.posted_id)
            if row is None or row.cover_at is None or row.cover_at > now:
                return None
            actor = await people.actor_of(uow, await people.person_of(uow, row.person_id), now=now)
            row.is_covered = True
            return await surfaces.draw(uow, actor, row, now=now)

    async def _note_cover(self, message: Standing, outcome: Outcome) -> None:
        async with self._storage.unit() as uow:
            row = await uow.posted.get(message.posted_id)
            if row is None or not row.is_covered:
                return
            if isinstance(outcome, Delivered):
                row.cover_at = None
            elif is_not_there(outcome):
                await uow.posted.remove(row)
            elif isinstance(outcome, Later | Unsure):
                row.cover_at = self._clock.now() + wait_after(outcome)
            else:
                row.cover_at, row.delete_at = None, self._clock.now()

    async def _take_away(self, message: Standing) -> None:
        """Delete now what must not stay open and cannot be covered."""
        async with self._storage.unit() as uow:
            row = await uow.posted.get(message.posted_id)
            if row is not None:
                row.cover_at, row.delete_at = None, self._clock.now()

    async def _slot(self) -> bool:
        """Wait for one of twenty places a second; False when we are stopping."""
        at = max(self._next_at, monotonic())
        self._next_at = at + SECONDS_BETWEEN
        while (rest := max(at, self._pace.held_until) - monotonic()) > 0 and not self._stopping.is_set():
            await pause(rest, unless=self._stopping)
        return not self._stopping.is_set()


async def _remove(uow: UnitOfWork, posted_id: UUID) -> None:
    row = await uow.posted.get(posted_id)
    if row is not None:
        await uow.posted.remove(row)


async def _postpone(uow: UnitOfWork, posted_id: UUID, until: datetime) -> None:
    row = await uow.posted.get(posted_id)
    if row is not None:
        row.delete_at = until
