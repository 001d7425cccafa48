"""What follows from the fate of messages: tried again, settled, told, or the person unreachable."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from solidarity.broadcasts.audience import hearings_told_by
from solidarity.hearings.told import note_told
from solidarity.ladder import note_reminded
from solidarity.letter_reminders import LETTER, plan_next_letters
from solidarity.outbox import Delivered, Gone, Outcome, Unsure, next_attempt
from solidarity.staying import note_asked
from storage.broadcasts import KIND as BROADCAST
from storage.claims import Claimed
from storage.models import OutboxState
from storage.outbox import STAY
from storage.unit_of_work import UnitOfWork


async def settle(uow: UnitOfWork, sent: Claimed, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of one claimed message.

    One that was dropped or claimed anew while it was in flight is left alone, but who received it is still
    remembered, so that they hear what has changed since.
    """
    if isinstance(outcome, Delivered):
        await settle_delivered(uow, [sent], now=now)
        return
    # Whoever may have received a date must hear of its change: an uncertain message counts as told.
    if isinstance(outcome, Unsure):
        await note_told(uow, await _about_hearings(uow, [sent]), now=now)
    if isinstance(outcome, Gone):
        await uow.people.mark_unreachable(sent.person_id)
    row = await uow.claims.get(sent)
    if row is None:
        return
    again = next_attempt(outcome, attempts=row.attempts + 1, now=now)
    if again is None:
        state = OutboxState.UNREACHABLE if isinstance(outcome, Gone) else OutboxState.PARKED
        await uow.claims.settle([sent], state, now=now, tried=True)
        await _go_on(uow, [sent], now=now)
        return
    row.attempts += 1
    row.claim, row.claimed_until = None, None
    row.state, row.due_at = OutboxState.QUEUED, again
    await uow.session.flush()


async def settle_delivered(uow: UnitOfWork, sent: Collection[Claimed], *, now: datetime) -> None:
    """Write down that messages were delivered, in a few statements however many they are."""
    await note_told(uow, await _about_hearings(uow, sent), now=now)
    settled = await mark_sent(uow, sent, now=now)
    await go_on_after(uow, [row for row in sent if row.id in settled], now=now)


async def mark_sent(uow: UnitOfWork, sent: Collection[Claimed], *, now: datetime) -> set[UUID]:
    """Settle delivered messages; returns which ones: others were dropped or claimed anew while in flight."""
    return await uow.claims.settle(sent, OutboxState.SENT, now=now, tried=True)


async def go_on_after(uow: UnitOfWork, settled: Collection[Claimed], *, now: datetime) -> None:
    """Do what follows from the delivery of some messages, save where they told of a sitting."""
    await note_reminded(uow, settled, now=now)
    await _go_on(uow, settled, now=now)
    await note_asked(uow, {row.person_id for row in settled if row.kind == STAY}, now=now)


def tells_of_sitting(row: Claimed) -> bool:
    """Say whether who receives a message must be remembered, so that they hear of a change."""
    return row.kind.startswith("hearing_") or (row.kind == BROADCAST and row.revision > 0)


async def drop(uow: UnitOfWork, rows: Collection[Claimed], *, now: datetime) -> None:
    """Settle messages that must not go out any more; a rhythm goes on where it still stands.

    What was tried before may have been read although nobody lived to write it down: a date counts as told.
    """
    tried = [row for row in rows if row.attempts]
    await note_told(uow, await _about_hearings(uow, tried), now=now)
    people = await uow.people.among({row.person_id for row in rows})
    # What only lacked a way to its person is kept apart: it is due again when they are back.
    away = [row for row in rows if row.person_id in people and not people[row.person_id].is_reachable]
    settled = await uow.claims.settle(away, OutboxState.UNREACHABLE, now=now, tried=False)
    useless = [row for row in rows if row not in away]
    settled |= await uow.claims.settle(useless, OutboxState.DROPPED, now=now, tried=False)
    await _go_on(uow, [row for row in rows if row.id in settled], now=now)


async def _about_hearings(uow: UnitOfWork, sent: Collection[Claimed]) -> list[Claimed]:
    """Return what told somebody of a sitting: news of it, and broadcasts that speak of one."""
    about = [row for row in sent if tells_of_sitting(row)]
    news = [row for row in about if row.kind != BROADCAST]
    spoken = [row for row in about if row.kind == BROADCAST]
    told_by = await hearings_told_by(uow, {row.about_id for row in spoken}) if spoken else {}
    return [
        *news,
        *(row._replace(about_id=told_by[row.about_id]) for row in spoken if row.about_id in told_by),
    ]


async def _go_on(uow: UnitOfWork, settled: Collection[Claimed], *, now: datetime) -> None:
    """Plan the next letter reminder after each of those that are settled."""
    await plan_next_letters(uow, {row.about_id for row in settled if row.kind == LETTER}, now=now)
