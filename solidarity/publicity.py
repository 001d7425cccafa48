"""Who may see a prisoner's name: narrowed at once, widened with care."""

from datetime import datetime
from uuid import UUID

from solidarity.audit import Act, record
from solidarity.covering import count_anew
from solidarity.errors import NeedsSecondCoordinator, NotForYou
from solidarity.evening import PAPER
from solidarity.facts import NARROWNESS
from solidarity.hearings.cities import city_for
from solidarity.reminders import concerned_with
from storage.models import GuardianshipState, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

CHOICES = tuple(Publicity)
# Screens on which anybody may have public names before their eyes, whoever they asked for.
LISTS = ("court-open", "follow-somebody", "follow")


async def choose_publicity(
    uow: UnitOfWork, prisoner_id: UUID | None, wish: str, *, by: UUID, now: datetime
) -> None:
    """Let more or fewer people see a prisoner's name, from now on and on the screens that stand.

    Raises:
        NotForYou: no such prisoner, or no such choice.
        NeedsSecondCoordinator: the name is hidden, and one coordinator alone would show it.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    if prisoner is None or wish not in CHOICES:
        raise NotForYou(str(prisoner_id))
    if prisoner.publicity is Publicity.HIDDEN and wish != Publicity.HIDDEN:
        raise NeedsSecondCoordinator(str(prisoner_id))
    await set_publicity(uow, prisoner, Publicity(wish), now=now)
    await record(uow, Act.PUBLICITY_CHANGED, by=by, about=prisoner.id, kind=Publicity(wish), now=now)


async def set_publicity(uow: UnitOfWork, prisoner: Prisoner, wish: Publicity, *, now: datetime) -> None:
    """Set who may see a name; where fewer may, every message that may show it is covered.

    Paper that has it goes, each evening's too.
    """
    before, prisoner.publicity = prisoner.publicity, wish
    if before is not wish:
        await count_anew(uow, prisoner.id, today=now.date())
    if NARROWNESS.index(wish) > NARROWNESS.index(before):
        await _narrow(uow, prisoner, now=now)
    if (before is Publicity.HIDDEN) is not (wish is Publicity.HIDDEN):
        # Last, since whoever asked for the city was found by it.
        await _place_sittings(uow, prisoner)


async def _narrow(uow: UnitOfWork, prisoner: Prisoner, *, now: datetime) -> None:
    guardianships = await uow.guardianships.of_prisoner(prisoner.id, *GuardianshipState)
    concerned = {person.id for person in await concerned_with(uow, prisoner.id)}
    people = concerned | {guardianship.person_id for guardianship in guardianships}
    hearings = await uow.hearings.of_prisoner(prisoner.id)
    for hearing_id in hearings:
        people |= {person.id for person in await uow.followings.askers(hearing_id)}
        people |= {person.id for person in await uow.attendances.people(hearing_id)}
        # Whoever came by the name alone is neither told nor counted any more.
        await uow.attendances.forget(hearing_id, but=concerned)
    await uow.followings.forget_prisoner(prisoner.id)
    await uow.posted.cover_by(people, at=now)
    await uow.posted.cover_showing(LISTS, at=now)
    await cover_what_stands(uow, prisoner.id, now=now)
    await uow.posted.take_paper_away(prisoner.id, screens=(PAPER,), at=now)


async def _place_sittings(uow: UnitOfWork, prisoner: Prisoner) -> None:
    """Keep the city of somebody's sittings, or of somebody hidden forget it."""
    for hearing in await uow.hearings.among(await uow.hearings.of_prisoner(prisoner.id)):
        court = (await uow.hearings.reveal_details(hearing)).get("court", "")
        hearing.city = await city_for(uow, prisoner, court)


async def cover_what_stands(uow: UnitOfWork, prisoner_id: UUID, *, now: datetime) -> None:
    """Cover every message about a prisoner, their hearings and promises: opened again it says what is so.

    So is every broadcast that may name them.
    """
    guardianships = await uow.guardianships.of_prisoner(prisoner_id, *GuardianshipState)
    hearings = await uow.hearings.of_prisoner(prisoner_id)
    about = [prisoner_id, *hearings, *(g.id for g in guardianships), *await uow.broadcasts.naming()]
    await uow.posted.cover_about(about, at=now)
