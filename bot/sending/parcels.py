"""The database's side of delivery: messages claimed, written and stored, and their outcomes written down.

A batch is claimed in one short unit of work, which also reads whom it is for, written in a view, and stored
in a second unit; outcomes are written in a third, many at a time. Whoever waits for the one writer of SQLite
waits for none of the writing.
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock, steady
from bot.courtesy import Courtesy
from bot.sending.chat_turns import ChatTurns
from bot.sending.outcomes import Note, each_alone, is_of_the_database, note, note_together
from bot.sending.parcel import Parcel, Push
from bot.telegram_api.messages import Messages
from solidarity import relevance, settling
from solidarity.outbox import LONGEST_WAIT, Refused
from solidarity.work import Acquaintances, Claimed, DatabaseUnavailable, Lane, Storage, UnitOfWork

log = structlog.stdlib.get_logger("poruch.delivery")

LEASE = timedelta(minutes=2)
# A row is not handed over any more when its lease has less than this to run.
LAST_STRETCH = timedelta(seconds=30)
# So many are written before others, who may be answering somebody, have a turn.
WRITTEN_AT_ONCE = 10
# For so long in all a batch, and what became of one, gives way to those who wait for an answer.
GIVES_WAY_SECONDS = 0.1
# For a minute and more; no longer than claims hold, after which somebody else may have sent them again.
WRITE_AGAIN_AFTER_SECONDS = (0.2, 1.0, 3.0, 10.0, 30.0, 30.0, 30.0)


class Prepare(Protocol):
    """Writes a message, as `handlers.notices.prepare_push` does; None where it must not go out any more."""

    async def __call__(self, uow: UnitOfWork, row: Claimed, *, now: datetime) -> Push | None: ...


# Looks up what is asked about each of some messages; what it returns is held while they are written.
LookAhead = Callable[[UnitOfWork, Sequence[Claimed]], Awaitable[object]]


@dataclass(slots=True)
class _Written:
    """What became of claimed messages when they were to be written."""

    ours_until: float
    parcels: list[Parcel]
    useless: list[Claimed]
    failed: list[Claimed]


async def _look_ahead(uow: UnitOfWork, rows: Sequence[Claimed]) -> object:
    return await relevance.look_ahead(uow, rows)


class Parcels:
    """Claims what is due, writes it, and writes down what became of it."""

    def __init__(
        self,
        storage: Storage,
        messages: Messages,
        prepare: Prepare,
        *,
        clock: Clock,
        in_flight: set[UUID],
        turns: ChatTurns,
        courtesy: Courtesy | None = None,
        look_ahead: LookAhead = _look_ahead,
    ) -> None:
        """Take what it stands on.

        Args:
            in_flight: is told which rows' messages are on their way.
            courtesy: who is being answered by this process; None means that it answers nobody.
        """
        self._storage = storage
        # To take messages in hand is news to nobody who waits for some.
        self._unheard = storage.unheard()
        self._messages = messages
        self._prepare = prepare
        self._clock = clock
        self._in_flight = in_flight
        self._turns = turns
        self._courtesy = courtesy or Courtesy()
        self._look_ahead = look_ahead

    async def next_due(self) -> dict[Lane, datetime]:
        """Return when the next message of each lane is due."""
        async with self._storage.view() as uow:
            return await uow.claims.next_due()

    async def release_all(self) -> None:
        """Give back everything that is claimed, where nobody else sends."""
        async with self._storage.unit() as uow:
            await uow.claims.release_all()

    async def set_right(self) -> None:
        """Make good what a clock that was ahead has put off or dropped."""
        async with self._storage.unit() as uow:
            await uow.claims.set_right(now=self._clock.now(), longest_wait=LONGEST_WAIT)

    async def release_expired(self) -> timedelta | None:
        """Give back what is claimed by senders that died; returns in how long the next claim runs out."""
        async with self._storage.view() as uow:
            left = await uow.claims.next_end()
        if left is None or left > timedelta():
            return left
        async with self._storage.unit() as uow:
            await uow.claims.release_expired()
            return await uow.claims.next_end()

    async def claim(self, *, limit: int, lanes: Collection[Lane] = tuple(Lane)) -> list[Parcel] | None:
        """Claim and write due messages; what must not go out any more is settled here too.

        None where there was nothing to claim: what is due is others' just now.
        """
        patience = self._patience()
        await self._courtesy.give_way(until=patience)
        # Before it is asked for: the claim lasts at least from now on.
        ours_until = steady() + (LEASE - LAST_STRETCH).total_seconds()
        rows, people = await self._claimed(limit, lanes)
        if not rows:
            return None
        posted: set[UUID] = set()
        try:
            written = await self._written(rows, people, ours_until, patience)
            # Before it is stored: a message without its id must not be tidied away meanwhile.
            posted = {parcel.posted_id for parcel in written.parcels}
            self._in_flight |= posted
            await self._courtesy.give_way(until=patience)
            parcels = await self._store(written)
        except BaseException:
            self._in_flight -= posted
            self._turns.let_go(rows)
            raise
        if len(parcels) < len(rows):
            kept = {parcel.row.id for parcel in parcels}
            self._turns.let_go([row for row in rows if row.id not in kept])
        return parcels

    async def _claimed(self, limit: int, lanes: Collection[Lane]) -> tuple[list[Claimed], Acquaintances]:
        """Claim for those whose turn is ours, and read who they are; the rest is left to others."""
        ours: list[Claimed] = []
        try:
            async with self._turns.one_at_a_time, self._unheard.unit() as uow:
                rows = await uow.claims.claim(
                    now=self._clock.now(),
                    limit=limit,
                    lease=LEASE,
                    lanes=lanes,
                    sender=self._turns.others_than,
                )
                ours = await self._turns.take(uow, rows, lasts=LEASE)
                if len(ours) < len(rows):
                    kept = {row.id for row in ours}
                    await uow.claims.release([row for row in rows if row.id not in kept])
                # Here, since the one writer of SQLite keeps what it has read; a view decrypts it anew.
                people = await _acquainted(uow, ours)
        except BaseException:
            self._turns.let_go(ours)
            raise
        return ours, people

    @staticmethod
    def _patience() -> float:
        return asyncio.get_running_loop().time() + GIVES_WAY_SECONDS

    async def _written(
        self, rows: Sequence[Claimed], people: Acquaintances, ours_until: float, patience: float
    ) -> _Written:
        now, written = self._clock.now(), _Written(ours_until, [], [], [])
        left = list(rows)
        while left:
            async with self._storage.view() as uow:
                uow.people.know(people)
                held = await self._look_ahead(uow, left)
                left = await self._write_each(uow, left, written, patience, now=now)
                del held
        return written

    async def _write_each(
        self, uow: UnitOfWork, rows: list[Claimed], written: _Written, patience: float, *, now: datetime
    ) -> list[Claimed]:
        """Write messages one after another; returns the rest after one that broke the view it is read in."""
        for index, row in enumerate(rows):
            if index % WRITTEN_AT_ONCE == WRITTEN_AT_ONCE - 1:
                await asyncio.sleep(0)
                await self._courtesy.give_way(until=patience)
            try:
                push = await self._prepare(uow, row, now=now)
            except Exception as error:
                if is_of_the_database(error):
                    raise
                log.exception("a message failed", kind=row.kind, reference=secrets.token_hex(4))
                written.failed.append(row)
                if isinstance(error, SQLAlchemyError):
                    return rows[index + 1 :]
            else:
                if push is None:
                    written.useless.append(row)
                else:
                    written.parcels.append(Parcel(row, push, written.ours_until))
        return []

    async def _store(self, written: _Written) -> list[Parcel]:
        """Keep the rows of what is about to be sent; what was withdrawn meanwhile is left out."""
        storage = self._storage if written.useless or written.failed else self._unheard
        async with storage.unit() as uow:
            now = self._clock.now()
            gone = await uow.claims.withdrawn([parcel.row for parcel in written.parcels])
            parcels, withdrawn = written.parcels, list[Parcel]()
            if gone:
                parcels = [parcel for parcel in written.parcels if parcel.row.id not in gone]
                withdrawn = [parcel for parcel in written.parcels if parcel.row.id in gone]
            # What is paused, or for somebody who hides, waits as it did; what was dropped stays so.
            await uow.claims.release([parcel.row for parcel in withdrawn])
            # Only what was tried before can have left a row.
            again = [parcel.posted_id for parcel in parcels if parcel.row.attempts]
            await uow.sending.add([parcel.push.prepared for parcel in parcels], again=again)
            await each_alone(uow, written.useless, partial(settling.drop, uow, now=now), now=now)
            for row in written.failed:
                await settling.settle(uow, row, Refused("error"), now=now)
        self._in_flight -= {parcel.posted_id for parcel in withdrawn}
        if late := sum(relevance.is_too_late(row, now=now) for row in written.useless):
            log.warning("messages came too late and were left out", count=late)
        return parcels

    async def still_wanted(self, parcels: Collection[Parcel]) -> set[Parcel]:
        """Say which of some parcels still stand: what was moved, cancelled or left meanwhile does not."""
        async with self._storage.view() as uow:
            gone = await uow.claims.withdrawn([parcel.row for parcel in parcels])
        return {parcel for parcel in parcels if parcel.row.id not in gone}

    async def settle(self, parcels: Collection[Parcel]) -> None:
        """Write down what became of claimed messages; what was never handed over is due again as it was.

        Where it cannot be written, they come back when their claims run out.
        """
        try:
            await self._courtesy.give_way(until=self._patience())
            orphans = await self._noted(parcels)
        finally:
            self._in_flight.difference_update(parcel.posted_id for parcel in parcels)
            self._turns.let_go([parcel.row for parcel in parcels])
        # Sent to somebody who left in that instant: what is in no table would never be deleted.
        for chat_id, message_id in orphans:
            await self._messages.delete(chat_id, message_id)

    async def _noted(self, parcels: Collection[Parcel]) -> list[tuple[int, int]]:
        for wait in (*WRITE_AGAIN_AFTER_SECONDS, None):
            try:
                return await self._note_somehow(parcels)
            except DatabaseUnavailable:
                if wait is not None:
                    await asyncio.sleep(wait)
        log.error("outcomes could not be written", count=len(parcels))
        return []

    async def _note_somehow(self, parcels: Collection[Parcel]) -> list[tuple[int, int]]:
        """Write outcomes all together, or where one spoils that so that it spoils no other."""
        try:
            return await self._note(parcels, note_together)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("outcomes failed together", count=len(parcels), reference=secrets.token_hex(4))
        return await self._note(parcels, partial(note, each=each_alone))

    async def _note(self, parcels: Collection[Parcel], write: Note) -> list[tuple[int, int]]:
        async with self._turns.one_at_a_time, self._storage.unit() as uow:
            orphans = await write(uow, parcels, now=self._clock.now())
            await self._turns.end(uow, parcels)
        return orphans


async def _acquainted(uow: UnitOfWork, rows: Collection[Claimed]) -> Acquaintances:
    """Read whom messages are for; where one row cannot be read as ours, each is asked for by itself later."""
    if not rows:
        return Acquaintances()
    try:
        return await uow.people.acquainted({row.person_id for row in rows})
    except SQLAlchemyError:
        raise
    except Exception:
        log.exception("people could not be read together", count=len(rows))
        return Acquaintances()
