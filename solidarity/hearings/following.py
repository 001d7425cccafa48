"""What people asked to be told of: open sittings of one public prisoner, or in one city.

Nobody else's guardian or family learns of it, and nothing that is closed, or whose prisoner's name is not
public, is told by it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import FollowsEnough, NotForYou
from solidarity.hearings.cities import cities_for_all
from solidarity.hearings.sitting_times import KEPT_AFTER_SITTING
from solidarity.naming import name_for
from solidarity.people import person_of
from solidarity.reminders import plan_hearing, stop_reminding
from storage.hearings import Heard
from storage.models import Hearing, Openness
from storage.unit_of_work import UnitOfWork

# What somebody may follow at most: nobody can be told of more and still look.
MOST = 20
PAGE = 8


@dataclass(frozen=True)
class Followed:
    """One prisoner or one city that somebody asked for; the name as they may know it."""

    name: str
    prisoner_id: UUID | None


@dataclass(frozen=True)
class OpenPage:
    """Eight open sittings of public prisoners at most, next first."""

    shown: Sequence[Hearing]
    has_more: bool


async def open_sittings(uow: UnitOfWork, number: int, *, now: datetime) -> OpenPage:
    """Return one page of all open sittings of public prisoners, counted from nought."""
    found = await uow.hearings.open_ahead(now=now, limit=PAGE + 1, offset=number * PAGE)
    await uow.vault.load_keys(hearing.prisoner_id for hearing in found)
    return OpenPage(found[:PAGE], len(found) > PAGE)


async def may_ask(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> bool:
    """Say whether there is something to ask for: an open sitting, of somebody public one does not follow."""
    if hearing.openness is not Openness.OPEN:
        return False
    asked = {one.prisoner_id for one in await uow.followings.of_person(actor.id)}
    known = asked | await uow.kinships.prisoners_of(actor.id)
    return (
        hearing.prisoner_id not in known and await uow.prisoners.get_public(hearing.prisoner_id) is not None
    )


async def followed(uow: UnitOfWork, actor: Actor) -> list[Followed]:
    """Return what a person asked for, the earliest first."""
    found = []
    for one in await uow.followings.of_person(actor.id):
        if one.city is not None:
            found.append(Followed(one.city, None))
            continue
        prisoner = None if one.prisoner_id is None else await uow.prisoners.get_public(one.prisoner_id)
        if prisoner is not None:
            found.append(Followed(await name_for(uow, actor, prisoner), prisoner.id))
    return found


async def follow_prisoner(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime) -> None:
    """Tell somebody from now on of a public prisoner's open sittings.

    Raises:
        NotForYou: there is none with this id, or their name is not public.
        FollowsEnough: they follow as many as one may.
    """
    if prisoner_id is None or await uow.prisoners.get_public(prisoner_id) is None:
        raise NotForYou(str(prisoner_id))
    await _require_room(uow, actor)
    await uow.followings.add(actor.id, prisoner_id=prisoner_id, day=actor.today)
    await _begin(uow, actor, await uow.hearings.open_ahead(now=now, prisoner_id=prisoner_id), now=now)


async def follow_city(uow: UnitOfWork, actor: Actor, city: str, *, now: datetime) -> None:
    """Tell somebody from now on of the open sittings of public prisoners in a city.

    Raises:
        NotForYou: no court is known there.
        FollowsEnough: they follow as many as one may.
    """
    if city not in await cities_for_all(uow):
        raise NotForYou(city)
    await _require_room(uow, actor)
    await uow.followings.add(actor.id, city=city, day=actor.today)
    await _begin(uow, actor, await uow.hearings.open_ahead(now=now, city=city), now=now)


async def unfollow_prisoner(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime
) -> None:
    """Tell somebody of a prisoner's sittings no longer, unless they have to do with them otherwise."""
    if prisoner_id is None:
        raise NotForYou("prisoner")
    await uow.followings.remove(actor.id, prisoner_id=prisoner_id)
    ahead = await uow.hearings.open_ahead(now=now, prisoner_id=prisoner_id)
    await stop_reminding(uow, actor.id, ahead, now=now)


async def unfollow_city(uow: UnitOfWork, actor: Actor, city: str, *, now: datetime) -> None:
    """Tell somebody of a city's sittings no longer, unless they have to do with them otherwise."""
    await uow.followings.remove(actor.id, city=city)
    await stop_reminding(uow, actor.id, await uow.hearings.open_ahead(now=now, city=city), now=now)


async def _require_room(uow: UnitOfWork, actor: Actor) -> None:
    if await uow.followings.count(actor.id) >= MOST:
        raise FollowsEnough(MOST)


async def _begin(uow: UnitOfWork, actor: Actor, hearings: Sequence[Hearing], *, now: datetime) -> None:
    """Remind somebody of what is ahead: they find it in the list at once, and so they count as told."""
    person = await person_of(uow, actor.id)
    await uow.hearings.note_told(
        Heard(one.id, actor.id, one.revision, one.starts_at + KEPT_AFTER_SITTING) for one in hearings
    )
    for hearing in hearings:
        await plan_hearing(uow, hearing, [person], now=now)
