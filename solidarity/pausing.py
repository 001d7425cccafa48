"""Pauses: a Guardian who cannot write for a while keeps their promise, and is not reminded meanwhile."""

from datetime import datetime, timedelta
from uuid import UUID

from solidarity import guardianship as promises
from solidarity import letter_reminders
from solidarity.access import Actor
from solidarity.covering import count_anew
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.ladder import note_answer
from solidarity.rhythm import resumes_on
from storage.models import GuardianshipState
from storage.unit_of_work import UnitOfWork

# Weeks that are offered; without any a pause lasts until its guardian ends it.
SPANS = (2, 4, 8)


async def pause(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, weeks: int | None, now: datetime
) -> None:
    """Send no reminders to write for so many weeks, or until the guardian says so; news still come.

    A pause that stands is given its new end.

    Raises:
        NotForYou: it is somebody else's, or no such span is offered.
        NoLongerSo: it is an application still, or has ended.
    """
    if weeks is not None and weeks not in SPANS:
        raise NotForYou("pause")
    guardianship = await promises.mine(uow, actor, guardianship_id)
    if guardianship.state is GuardianshipState.APPLIED:
        raise NoLongerSo(str(guardianship_id))
    guardianship.state = GuardianshipState.PAUSED
    guardianship.paused_until = None if weeks is None else actor.today + timedelta(weeks=weeks)
    note_answer(guardianship)
    await uow.session.flush()
    await uow.outbox.drop_waiting(guardianship.id, kinds=(letter_reminders.LETTER,))
    await count_anew(uow, guardianship.prisoner_id, today=actor.today)


async def resume(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime) -> None:
    """End one's own pause; the next reminder comes a rhythm after the last letter, or at once.

    Also where three others stand by then: the promise was given before theirs.

    Raises:
        NotForYou: it is somebody else's.
        NoLongerSo: it is not paused.
    """
    guardianship = await promises.mine(uow, actor, guardianship_id)
    if guardianship.state is not GuardianshipState.PAUSED:
        raise NoLongerSo(str(guardianship_id))
    guardianship.state, guardianship.paused_until = GuardianshipState.ACTIVE, None
    await uow.session.flush()
    await letter_reminders.plan_letter(uow, guardianship, now=now)
    await count_anew(uow, guardianship.prisoner_id, today=actor.today)


async def end_pauses(uow: UnitOfWork, now: datetime) -> None:
    """Each night: begin again where a pause is over, by the day in UTC.

    The reminder comes on the last day of the pause where its guardian lives, or when their rhythm asks for
    one.
    """
    for guardianship in await uow.guardianships.paused_until(now.date()):
        until = guardianship.paused_until or now.date()
        guardianship.state, guardianship.paused_until = GuardianshipState.ACTIVE, None
        await uow.session.flush()
        rhythm_on = resumes_on(await letter_reminders.rhythm_day(uow, guardianship), paused_until=until)
        await letter_reminders.plan_letter(uow, guardianship, rhythm_on=rhythm_on, not_before=until, now=now)
