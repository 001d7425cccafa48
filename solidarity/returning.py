"""What somebody missed while they could not be reached, told once they are back."""

from datetime import datetime

from solidarity.hearings.milestones import plan_milestones_of
from solidarity.hearings.told import tell_change
from solidarity.letter_reminders import LETTER
from solidarity.reminders import announce_hearing, hearings_for, plan_hearing
from storage.models import OutboxState, Person
from storage.unit_of_work import UnitOfWork


async def catch_up(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Queue what a person who is back has missed and can still use.

    Messages that failed while they were away are due again; whether they are still so is asked when they go
    out. Those rows are forgotten after a week, so hearings are compared as well: a date they were told that
    no longer holds is corrected at once, and one they never heard of is announced.
    """
    await _revive(uow, person, now=now)
    told = await uow.hearings.told_to(person.id)
    for hearing_id, revision in told.items():
        hearing = await uow.hearings.get(hearing_id)
        if hearing is not None and revision < hearing.revision:
            await tell_change(uow, hearing, person, now=now)
    for hearing in await hearings_for(uow, person.id, now=now):
        if hearing.id not in told:
            await announce_hearing(uow, person, hearing, now=now)
        await plan_hearing(uow, hearing, [person], now=now)
    await plan_milestones_of(uow, person, now=now)


async def _revive(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    for row in await uow.outbox.unreached(person.id, now=now):
        if row.kind == LETTER:
            # The rhythm went on meanwhile: one reminder is left standing, and the next follows it.
            await uow.outbox.drop_waiting(row.about_id, kinds=(LETTER,))
        # As tried where a message of it stands in their chat, so that the next is not taken for it.
        stands = (earlier := await uow.posted.get(row.id)) is not None and earlier.message_id is not None
        row.state, row.settled_at, row.attempts = OutboxState.QUEUED, None, int(stands)
    await uow.session.flush()
