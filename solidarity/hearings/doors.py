"""Whether the public is let in to a sitting: who hears of it when that becomes known, or is otherwise."""

from datetime import datetime

from solidarity.hearings.life import change_place, is_over
from solidarity.reminders import announce_hearing, is_spoken_of, plan_hearing, told_of
from storage.models import Hearing, Openness
from storage.unit_of_work import UnitOfWork


async def set_openness(uow: UnitOfWork, hearing: Hearing, openness: Openness, *, now: datetime) -> None:
    """Note whether the public is let in.

    Where it is not, whoever was told of the sitting hears of that, and nobody says any more that they will be
    there; guardians and family go on being reminded. Where it is, those hear of it who asked to.
    """
    before, hearing.openness = hearing.openness, openness
    if openness is before:
        return
    if openness is not Openness.CLOSED:
        await tell_newcomers(uow, hearing, now=now)
        return
    await uow.attendances.forget(hearing.id)
    if not is_over(hearing, now=now):
        await change_place(uow, hearing, now=now)


async def tell_newcomers(uow: UnitOfWork, hearing: Hearing, *, now: datetime) -> None:
    """Announce a sitting to those who are told of it only since more is known of it, as its city."""
    await uow.session.flush()
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if is_over(hearing, now=now) or not is_spoken_of(prisoner):
        return
    told = await uow.hearings.told(hearing.id)
    people = [person for person in await told_of(uow, hearing, prisoner) if person.id not in told]
    for person in people:
        await announce_hearing(uow, person, hearing, now=now)
    await plan_hearing(uow, hearing, people, now=now)
