"""How a sitting ended, as far as a coordinator has said it: the outcome, then the deadline, then kept."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.changes import HearingChange, record_change
from solidarity.hearings.life import hearing_of
from solidarity.hearings.outcomes import (
    APPEAL_DAYS,
    deadline_after,
    hold_hearing,
    require_begun,
    status_after,
)
from solidarity.hearings.sitting_times import read_typed_day, wall_start
from solidarity.typed_errors import DatePassed, DateTooFar
from storage.models import CustodyStatus, Outcome
from storage.unit_of_work import UnitOfWork

DIALOGUE = "hearing-outcome"
KEPT_FOR = timedelta(hours=24)
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class OutcomeDraft:
    """An outcome that is to be kept, with the last day for an appeal, and what it changes."""

    hearing_id: UUID
    outcome: Outcome
    deadline: date | None
    # What somebody's status is, and would be; None where it stays.
    before: CustodyStatus | None = None
    after: CustodyStatus | None = None

    @property
    def is_verdict(self) -> bool:
        """True where an appeal can follow."""
        return self.outcome in APPEAL_DAYS


async def draft_outcome(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, wish: str, *, now: datetime
) -> None:
    """Say how a sitting ended; the deadline that usually follows is suggested. Nothing is kept yet.

    Raises:
        NotForYou: there is no such sitting, or no such outcome.
        NoLongerSo: it lies ahead or was cancelled.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_begun(hearing, now=now)
    if wish not in tuple(Outcome):
        raise NotForYou(str(hearing_id))
    outcome = Outcome(wish)
    deadline = deadline_after(outcome, wall_start(hearing).date())
    await _keep(uow, actor, OutcomeDraft(hearing.id, outcome, deadline), now=now)


async def draft_deadline(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, typed: str, *, now: datetime
) -> None:
    """Correct the last day for an appeal.

    Raises:
        DayUnclear: it is no day.
        DateTooFar: it lies more than a year ahead.
        DatePassed: it lies before the sitting.
        NoLongerSo: nothing is drafted for this sitting.
    """
    draft = await _draft(uow, actor, hearing_id, now=now)
    hearing = await hearing_of(uow, hearing_id)
    day, sat_on = read_typed_day(typed), wall_start(hearing).date()
    if day < sat_on:
        raise DatePassed(day.isoformat())
    if day > sat_on + FARTHEST:
        raise DateTooFar(day.isoformat())
    await _keep(uow, actor, replace(draft, deadline=day), now=now)


async def drop_deadline(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Say that there is no deadline, or that nobody needs to be reminded of it.

    Raises:
        NoLongerSo: nothing is drafted for this sitting.
    """
    draft = await _draft(uow, actor, hearing_id, now=now)
    await _keep(uow, actor, replace(draft, deadline=None), now=now)


async def drafted_outcome(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime
) -> OutcomeDraft | None:
    """Return what is drafted for a sitting, and whose status it changes to what; None where there is none."""
    body = await uow.drafts.reveal(actor.id, DIALOGUE, now=now)
    if hearing_id is None or body.get("hearing") != hearing_id.hex:
        return None
    outcome = Outcome(body["outcome"])
    deadline = date.fromisoformat(body["deadline"]) if body["deadline"] else None
    hearing = await hearing_of(uow, hearing_id)
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    after = None if prisoner is None else status_after(prisoner, outcome)
    before = None if prisoner is None else prisoner.custody_status
    return OutcomeDraft(hearing_id, outcome, deadline, before, after)


async def _draft(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> OutcomeDraft:
    draft = await drafted_outcome(uow, actor, hearing_id, now=now)
    if draft is None:
        raise NoLongerSo(str(hearing_id))
    return draft


async def save_outcome(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime
) -> tuple[Outcome, UUID | None]:
    """Keep how a sitting ended; returns that, and the difference in status that now waits, or None.

    Raises:
        NoLongerSo: nothing is drafted for it, or it was cancelled since.
    """
    draft = await _draft(uow, actor, hearing_id, now=now)
    hearing = await hearing_of(uow, hearing_id)
    require_begun(hearing, now=now)
    await uow.drafts.drop(actor.id, DIALOGUE)
    difference = await hold_hearing(uow, hearing, draft.outcome, draft.deadline, now=now)
    await record_change(uow, actor, hearing, HearingChange.HELD, now=now)
    return draft.outcome, None if difference is None else difference.id


async def _keep(uow: UnitOfWork, actor: Actor, draft: OutcomeDraft, *, now: datetime) -> None:
    body = {
        "hearing": draft.hearing_id.hex,
        "outcome": draft.outcome.value,
        "deadline": draft.deadline.isoformat() if draft.deadline else None,
    }
    await uow.drafts.put(actor.id, DIALOGUE, body, expires_at=now + KEPT_FOR)
