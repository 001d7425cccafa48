"""What follows from the fate of one message: tried again, settled, told, or the person unreachable."""

from datetime import datetime

from solidarity.hearings import note_told
from solidarity.outbox import Delivered, Gone, Outcome, Refused, Unsure, next_attempt
from solidarity.reminders import LETTER, plan_next_letter
from solidarity.staying import note_asked
from storage.models import OutboxRow, OutboxState
from storage.outbox import STAY, Due
from storage.unit_of_work import UnitOfWork


async def settle(uow: UnitOfWork, sent: OutboxRow, outcome: Outcome, *, now: datetime) -> None:
    """Write down what became of one claimed message.

    A row that was dropped or claimed anew while its message was in flight is left alone, but who received
    it is still remembered, so that they hear what has changed since.
    """
    # Whoever may have received a date must hear of its change: an uncertain message counts as told.
    if isinstance(outcome, Delivered | Unsure) and sent.kind.startswith("hearing_"):
        due = Due(sent.person_id, sent.kind, sent.about_id, sent.unique_key, sent.due_at, sent.revision)
        await note_told(uow, due, now=now)
    if isinstance(outcome, Gone):
        await uow.people.mark_unreachable(sent.person_id)
    row = None if sent.claim is None else await uow.outbox.get_claimed(sent.id, sent.claim)
    if row is None:
        return
    row.attempts += 1
    again = next_attempt(outcome, attempts=row.attempts, now=now)
    row.claim, row.claimed_until = None, None
    if again is not None:
        row.state, row.due_at = OutboxState.QUEUED, again
        return
    row.state = _final_state(outcome)
    row.settled_at = now
    await uow.session.flush()
    if row.kind == LETTER:
        await _after_letter_reminder(uow, row, now=now)
    if row.kind == STAY and row.state is OutboxState.SENT:
        await note_asked(uow, row.person_id, now=now)


def _final_state(outcome: Outcome) -> OutboxState:
    if isinstance(outcome, Gone):
        return OutboxState.UNREACHABLE
    return OutboxState.PARKED if isinstance(outcome, Refused) else OutboxState.SENT


async def drop(uow: UnitOfWork, row: OutboxRow, *, now: datetime) -> None:
    """Settle a message that must not go out any more; a rhythm goes on where it still stands."""
    person = await uow.people.get(row.person_id)
    # What only lacked a way to its person is kept apart: it is due again when they are back.
    is_away = person is not None and not person.is_reachable
    row.state = OutboxState.UNREACHABLE if is_away else OutboxState.DROPPED
    row.settled_at, row.claim, row.claimed_until = now, None, None
    await uow.session.flush()
    if row.kind == LETTER:
        await _after_letter_reminder(uow, row, now=now)


async def _after_letter_reminder(uow: UnitOfWork, row: OutboxRow, *, now: datetime) -> None:
    guardianship = await uow.guardianships.get(row.about_id)
    if guardianship is not None:
        await plan_next_letter(uow, guardianship, now=now)
