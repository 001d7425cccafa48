"""Writes down in one unit of work what became of messages: what is settled, tried again, told, or removed."""

import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol
from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError

from bot.sending.parcel import Parcel
from solidarity import settling
from solidarity.outbox import Delivered, Outcome, Refused
from solidarity.work import Claimed, DatabaseUnavailable, UnitOfWork
from storage.database import is_away
from storage.outbox import RIGHTS_FORGED

log = structlog.stdlib.get_logger("poruch.delivery")

Work = Callable[[Sequence[Claimed]], Awaitable[None]]


class Each(Protocol):
    """Does some messages' part: `together`, or `each_alone` where one spoils that."""

    async def __call__(
        self, uow: UnitOfWork, rows: Sequence[Claimed], work: Work, *, now: datetime
    ) -> None: ...


class Note(Protocol):
    """Writes down what became of messages; returns chat and id of those that stand in no table."""

    async def __call__(
        self, uow: UnitOfWork, parcels: Collection[Parcel], *, now: datetime
    ) -> list[tuple[int, int]]: ...


async def note(
    uow: UnitOfWork, parcels: Collection[Parcel], each: Each, *, now: datetime
) -> list[tuple[int, int]]:
    """Write down what became of messages; returns chat and id of those that stand in no table."""
    others = await uow.claims.lost([parcel.row for parcel in parcels])
    orphans = await _note_messages(uow, parcels, others, now=now)
    delivered = [parcel.row for parcel in parcels if isinstance(parcel.outcome, Delivered)]
    await each(uow, delivered, partial(settling.settle_delivered, uow, now=now), now=now)
    for parcel in parcels:
        if isinstance(parcel.outcome, Refused):
            log.error("a message is parked", kind=parcel.row.kind, reason=parcel.outcome.reason)
        if parcel.outcome is not None and not isinstance(parcel.outcome, Delivered):
            settled = partial(_settle_as, uow, parcel.outcome, parcel.known_at or now)
            await each(uow, [parcel.row], settled, now=now)
    await uow.claims.release([parcel.row for parcel in parcels if parcel.outcome is None])
    return orphans


async def note_together(
    uow: UnitOfWork, parcels: Collection[Parcel], *, now: datetime
) -> list[tuple[int, int]]:
    """Do what `note` does, where nothing spoils it.

    Mostly all were delivered; where none told of a sitting either, whose claims are lost is known once they
    are settled, and need not be asked first.
    """
    rows = [parcel.row for parcel in parcels]
    if any(parcel.message_id is None for parcel in parcels) or any(map(settling.tells_of_sitting, rows)):
        return await note(uow, parcels, together, now=now)
    settled = await settling.mark_sent(uow, rows, now=now)
    lost = [] if len(settled) == len(rows) else [row for row in rows if row.id not in settled]
    orphans = await _note_messages(uow, parcels, await uow.claims.lost(lost), now=now)
    await settling.go_on_after(uow, [row for row in rows if row.id in settled] if lost else rows, now=now)
    return orphans


async def _note_messages(
    uow: UnitOfWork, parcels: Collection[Parcel], others: Mapping[UUID, UUID | None], *, now: datetime
) -> list[tuple[int, int]]:
    """Tell messages' rows their ids, or remove the rows; returns chat and id of messages without a row.

    Who lost a claim to somebody else, one of `others`, removes nothing: the same row may be their message's
    by now.
    """
    sent = [parcel for parcel in parcels if parcel.message_id is not None]
    missing = await uow.sending.note_sent([(p.posted_id, p.message_id or 0) for p in sent])
    lacking = [parcel for parcel in sent if parcel.posted_id in missing] if missing else []
    # Tidied away by somebody who took it for a dead one's: a message that counts as sent must stand.
    tidied = [parcel for parcel in lacking if parcel.row.id not in others]
    await uow.sending.add([parcel.sent_rows() for parcel in tidied])
    orphans = [parcel for parcel in lacking if parcel.row.id in others]
    unsent = [p for p in parcels if p.message_id is None and others.get(p.row.id) is None]
    await uow.sending.remove_unsent([parcel.posted_id for parcel in unsent])
    await _retire_for_hidden(uow, [parcel for parcel in sent if parcel not in orphans], now=now)
    return [(parcel.chat_id, parcel.message_id or 0) for parcel in orphans]


async def _retire_for_hidden(uow: UnitOfWork, parcels: Collection[Parcel], *, now: datetime) -> None:
    """Take back what reached somebody in the instant in which they hid or were said to be detained."""
    hidden = await uow.hidings.among({parcel.row.person_id for parcel in parcels})
    if not hidden:
        return
    for parcel in parcels:
        if parcel.row.person_id not in hidden or await _must_stand(uow, parcel):
            continue
        if (posted := await uow.posted.get(parcel.posted_id)) is not None:
            await uow.posted.retire(posted, now=now)


async def _must_stand(uow: UnitOfWork, parcel: Parcel) -> bool:
    # That somebody may be detained could be written by the same hand of which this warns.
    is_warning = parcel.row.kind == RIGHTS_FORGED
    return is_warning and await uow.hidings.get(parcel.row.person_id) is None


async def _settle_as(uow: UnitOfWork, outcome: Outcome, now: datetime, rows: Sequence[Claimed]) -> None:
    for row in rows:
        await settling.settle(uow, row, outcome, now=now)


async def together(uow: UnitOfWork, rows: Sequence[Claimed], work: Work, *, now: datetime) -> None:
    """Do some messages' part at once."""
    if rows:
        await work(rows)


async def each_alone(uow: UnitOfWork, rows: Sequence[Claimed], work: Work, *, now: datetime) -> None:
    """Do some messages' part at once, or where one spoils it each alone; what fails alone is parked."""
    if not rows or await _in_savepoint(uow, rows, work):
        return
    for row in rows:
        if not await _in_savepoint(uow, [row], work):
            await settling.settle(uow, row, Refused("error"), now=now)


def is_of_the_database(error: Exception) -> bool:
    """Say whether an error is the database's own trouble, and not one message's."""
    return is_away(error) or isinstance(error, InterfaceError | DatabaseUnavailable)


async def _in_savepoint(uow: UnitOfWork, rows: Sequence[Claimed], work: Work) -> bool:
    # One message must never stop the others.
    try:
        async with uow.session.begin_nested():
            await work(rows)
    except Exception as error:
        if is_of_the_database(error):
            raise
        log.exception("messages failed", kind=rows[0].kind, count=len(rows), reference=secrets.token_hex(4))
        return False
    return True
