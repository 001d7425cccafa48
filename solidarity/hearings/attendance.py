"""Who will be at a sitting: said by themselves, counted for coordinators, forgotten when it is over."""

from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import DoorsClosed, NotForYou
from solidarity.hearings.life import hearing_for, require_standing
from solidarity.hearings.sitting_times import KEPT_AFTER_SITTING
from solidarity.people import person_of
from solidarity.reminders import plan_hearing, stop_reminding, who_may_know
from storage.hearings import Heard
from storage.models import Hearing, Openness, Publicity
from storage.unit_of_work import UnitOfWork


async def may_attend(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> bool:
    """Say whether a person may be there who may see a sitting: the public is let in, as far as is known.

    Of a prisoner whose name is not public only their guardians and family are asked.
    """
    if hearing.openness is Openness.CLOSED:
        return False
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if prisoner is None or prisoner.publicity is Publicity.PUBLIC:
        return prisoner is not None
    return actor.id in {person.id for person in await who_may_know(uow, prisoner)}


async def hearing_to_attend(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime
) -> Hearing:
    """Return a sitting to which a person may say that they will be there.

    Raises:
        NotForYou: there is none with this id, or they may not see it.
        NoLongerSo: it was cancelled, was held, or has begun.
        DoorsClosed: the public is not let in.
    """
    hearing = await hearing_for(uow, actor, hearing_id)
    require_standing(hearing, now=now)
    if hearing.openness is Openness.CLOSED:
        raise DoorsClosed(str(hearing_id))
    if not await may_attend(uow, actor, hearing):
        raise NotForYou(str(hearing_id))
    return hearing


async def attend(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Note that a person will be there: they are reminded, and told if it is otherwise.

    Raises:
        NotForYou, NoLongerSo, DoorsClosed: as `hearing_to_attend`.
    """
    hearing = await hearing_to_attend(uow, actor, hearing_id, now=now)
    await uow.attendances.add(hearing.id, actor.id, day=actor.today)
    # They have just read the date: whatever becomes of it must reach them.
    keep_until = hearing.starts_at + KEPT_AFTER_SITTING
    await uow.hearings.note_told([Heard(hearing.id, actor.id, hearing.revision, keep_until)])
    await plan_hearing(uow, hearing, [await person_of(uow, actor.id)], now=now)


async def stay_away(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Note that a person will not be there after all; who is told of the sitting anyway goes on being so.

    Raises:
        NotForYou: there is none with this id, or they may not see it.
    """
    hearing = await hearing_for(uow, actor, hearing_id)
    await uow.attendances.remove(hearing.id, actor.id)
    await stop_reminding(uow, actor.id, [hearing], now=now)


async def is_attending(uow: UnitOfWork, actor: Actor, hearing_id: UUID) -> bool:
    """Say whether a person has said that they will be there."""
    return hearing_id in await uow.attendances.of_person(actor.id)


def entry_id(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> str:
    """Return what is the same for one person and one sitting, and by which nobody finds either.

    A calendar is synchronised: whoever reads one, and the rows here, must not learn whose row it is.
    """
    return str(uow.macs.calendar_id(actor.id, hearing.id))
