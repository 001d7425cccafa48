"""Letters as their writers report them, and what that does to the rhythm."""

from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.covering import count_anew
from solidarity.errors import NoLongerSo
from solidarity.guardianship import mine
from solidarity.reminders import plan_letter
from solidarity.rhythm import put_off
from storage.models import Guardianship, GuardianshipState, Letter
from storage.unit_of_work import UnitOfWork


async def _active(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> Guardianship:
    guardianship = await mine(uow, actor, guardianship_id)
    if guardianship.state is not GuardianshipState.ACTIVE:
        raise NoLongerSo(str(guardianship_id))
    return guardianship


async def report_letter(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> Letter:
    """Note a letter written today; the rhythm starts again. A second report on one day counts once."""
    guardianship = await _active(uow, actor, guardianship_id)
    letters = await uow.guardianships.letters(guardianship.id)
    letter = letters[-1] if letters else None
    if letter is None or letter.written_on != actor.today:
        letter = await uow.guardianships.add_letter(
            person_id=actor.id,
            prisoner_id=guardianship.prisoner_id,
            guardianship_id=guardianship.id,
            day=actor.today,
        )
    await plan_letter(uow, guardianship, now=now)
    await count_anew(uow, guardianship.prisoner_id, today=actor.today)
    return letter


async def letters_so_far(uow: UnitOfWork, guardianship: Guardianship) -> int:
    """Count the letters reported within one guardianship."""
    return len(await uow.guardianships.letters(guardianship.id))


async def letters_this_month(uow: UnitOfWork, actor: Actor, prisoner_id: UUID) -> int:
    """Count the letters anybody reported to a prisoner this month, as the person's calendar has it."""
    return await uow.guardianships.count_letters(prisoner_id, since=actor.today.replace(day=1))


async def remind_in_three_days(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> None:
    """Put the reminder off by three days."""
    guardianship = await _active(uow, actor, guardianship_id)
    await plan_letter(uow, guardianship, on=put_off(actor.today), now=now)


async def skip_letter(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime) -> None:
    """Leave this letter out; the next reminder comes a rhythm from today."""
    guardianship = await _active(uow, actor, guardianship_id)
    rhythm_on = actor.today + timedelta(weeks=guardianship.rhythm_weeks)
    await plan_letter(uow, guardianship, rhythm_on=rhythm_on, now=now)
