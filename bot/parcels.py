"""The database's side of delivery: rows claimed and rendered in one unit of work, outcomes written in one."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.clock import Clock
from bot.messages import Messages
from handlers.answer import Showing
from solidarity.outbox import Delivered, Outcome, Refused
from solidarity.settling import drop, settle
from solidarity.work import DatabaseUnavailable, OutboxRow, Storage, UnitOfWork

log = structlog.stdlib.get_logger("poruch.delivery")

LEASE = timedelta(minutes=2)
# A row is not handed over any more when its lease has less than this to run.
LAST_STRETCH = timedelta(seconds=30)
WRITE_AGAIN_AFTER_SECONDS = (0.2, 1.0, 3.0, 10.0, 30.0)


class Push(Protocol):
    """A message ready to be sent: `handlers.notices.Push`."""

    @property
    def chat_id(self) -> int: ...
    @property
    def showing(self) -> Showing: ...


class Prepare(Protocol):
    """Renders a row, as `handlers.notices.prepare_push` does; None where it must not go out any more."""

    async def __call__(self, uow: UnitOfWork, row: OutboxRow, *, now: datetime) -> Push | None: ...


@dataclass(eq=False)
class Parcel:
    """One claimed row on its way; without an outcome it was never handed to Telegram."""

    row: OutboxRow
    push: Push
    outcome: Outcome | None = None
    post: "asyncio.Task[None] | None" = None

    @property
    def chat_id(self) -> int:
        return self.push.chat_id

    def has_time(self, now: datetime) -> bool:
        """Say whether its claim holds long enough to be handed over now."""
        until = self.row.claimed_until
        return until is not None and until - now > LAST_STRETCH


class Parcels:
    """Claims what is due, renders it, and writes down what became of it."""

    def __init__(
        self, storage: Storage, messages: Messages, prepare: Prepare, *, clock: Clock, in_flight: set[UUID]
    ) -> None:
        """Take what it stands on; `in_flight` is told which rows' messages are on their way."""
        self._storage = storage
        self._messages = messages
        self._prepare = prepare
        self._clock = clock
        self._in_flight = in_flight

    async def claim(self, *, limit: int) -> list[Parcel]:
        """Claim and render due rows in one unit; what must not go out any more is settled there too."""
        parcels: list[Parcel] = []
        try:
            async with self._storage.unit() as uow:
                now = self._clock.now()
                rows = await uow.outbox.claim(now=now, limit=limit, lease=LEASE)
                people = await uow.outbox.recipients(rows)
                for row in rows:
                    person = people.get(row.person_id)
                    may_go = person is not None and person.is_reachable and _is_useful(row, now)
                    if may_go and (push := await self._rendered(uow, row, now)) is not None:
                        parcels.append(Parcel(row, push))
                        # Before the commit: a message without its id must not be tidied away meanwhile.
                        self._in_flight.update(_posted(parcels[-1:]))
                    elif not may_go:
                        await drop(uow, row, now=now)
        except BaseException:
            self._in_flight.difference_update(_posted(parcels))
            raise
        return parcels

    async def _rendered(self, uow: UnitOfWork, row: OutboxRow, now: datetime) -> Push | None:
        push: Push | None = None

        async def render() -> None:
            nonlocal push
            push = await self._prepare(uow, row, now=now)
            if push is None:
                await drop(uow, row, now=now)

        if await _alone(uow, row.kind, render):
            return push
        await uow.session.refresh(row)
        await settle(uow, row, Refused("error"), now=now)
        return None

    async def still_wanted(self, parcels: Collection[Parcel]) -> set[Parcel]:
        """Say which of some parcels still stand: what was moved, cancelled or left meanwhile does not."""
        async with self._storage.view() as uow:
            standing = await uow.outbox.still_claimed([parcel.row for parcel in parcels])
        return {parcel for parcel in parcels if parcel.row.id in standing}

    async def settle(self, parcels: Collection[Parcel]) -> None:
        """Write down what became of claimed rows; what was never handed over is due again as it was.

        Where it cannot be written, the rows come back when their claims run out.
        """
        try:
            orphans = await self._written(parcels)
        finally:
            self._in_flight.difference_update(_posted(parcels))
        # Sent to somebody who left in that instant: what is in no table would never be deleted.
        for chat_id, message_id in orphans:
            await self._messages.delete(chat_id, message_id)

    async def _written(self, parcels: Collection[Parcel]) -> list[tuple[int, int]]:
        for wait in (*WRITE_AGAIN_AFTER_SECONDS, None):
            try:
                return await self._write(parcels)
            except DatabaseUnavailable:
                if wait is not None:
                    await asyncio.sleep(wait)
        log.error("outcomes could not be written", count=len(parcels))
        return []

    async def _write(self, parcels: Collection[Parcel]) -> list[tuple[int, int]]:
        orphans = []
        async with self._storage.unit() as uow:
            now = self._clock.now()
            hidden = await uow.hidings.among({parcel.row.person_id for parcel in parcels})
            for parcel in parcels:
                orphan = await _note_message(uow, parcel)
                if orphan is not None:
                    orphans.append((parcel.chat_id, orphan))
                elif parcel.row.person_id in hidden:
                    await _retire_message(uow, parcel, now=now)
                if parcel.outcome is not None:
                    await _settle_one(uow, parcel.row, parcel.outcome, now=now)
            await uow.outbox.release([parcel.row for parcel in parcels if parcel.outcome is None])
        return orphans


def _is_useful(row: OutboxRow, now: datetime) -> bool:
    return row.useful_until is None or row.useful_until > now


def _posted(parcels: Collection[Parcel]) -> set[UUID]:
    return {p.push.showing.posted_id for p in parcels if p.push.showing.posted_id is not None}


async def _note_message(uow: UnitOfWork, parcel: Parcel) -> int | None:
    """Tell the message's row its id, or remove the row; returns the id of a message without a row."""
    message_id = parcel.outcome.message_id if isinstance(parcel.outcome, Delivered) else None
    posted_id = parcel.push.showing.posted_id
    posted = None if posted_id is None else await uow.posted.get(posted_id)
    if posted is None:
        return message_id
    if message_id is None:
        # A tap may have told its id although Telegram's answer never came: then the message stands.
        if posted.message_id is None:
            await uow.posted.remove(posted)
    else:
        posted.message_id = message_id
    return None


async def _retire_message(uow: UnitOfWork, parcel: Parcel, *, now: datetime) -> None:
    """Take away what reached somebody in the instant in which they hid."""
    posted_id = parcel.push.showing.posted_id
    posted = None if posted_id is None else await uow.posted.get(posted_id)
    if posted is not None:
        await uow.posted.retire(posted, now=now)


async def _settle_one(uow: UnitOfWork, row: OutboxRow, outcome: Outcome, *, now: datetime) -> None:
    if not await _alone(uow, row.kind, lambda: settle(uow, row, outcome, now=now)):
        await settle(uow, row, Refused("error"), now=now)


async def _alone(uow: UnitOfWork, kind: str, work: Callable[[], Awaitable[None]]) -> bool:
    """Do one message's part in a savepoint; what goes wrong with it is logged and stays with it."""
    # One message must never stop the others; the database's own trouble is not one message's.
    try:
        async with uow.session.begin_nested():
            await work()
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("a message failed", kind=kind, reference=secrets.token_hex(4))
        return False
    return True
