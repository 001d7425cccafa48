"""The sittings still to come, as a coordinator's desk lists and shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.hearings import WALL, hearing_of
from solidarity.naming import name_for
from solidarity.portfolios import own_portfolio
from solidarity.reminders import STANDING
from storage.models import Confidence, Hearing, HearingStatus, Openness
from storage.unit_of_work import UnitOfWork

PAGE = 8


@dataclass(frozen=True)
class Listed:
    """One sitting in a list; `starts` is wall time at the court."""

    hearing_id: UUID
    name: str
    starts: datetime


@dataclass(frozen=True)
class DocketPage:
    """Eight sittings at most, next first in either part; pages count from nought."""

    listed: tuple[Listed, ...]
    number: int
    has_more: bool


@dataclass(frozen=True)
class HearingCard:
    """One sitting with all that is claimed about it; `starts` is wall time in `zone`."""

    hearing_id: UUID
    prisoner_id: UUID
    name: str
    starts: datetime
    zone: str
    details: Mapping[str, str]
    openness: Openness
    status: HearingStatus
    revision: int
    is_confirmed: bool
    can_change: bool
    # How many say that they will be there.
    attending: int


async def docket(uow: UnitOfWork, actor: Actor, number: int, *, now: datetime) -> DocketPage:
    """Return one page of the sittings ahead, those of one's own portfolio first.

    Beyond the last page stands the last one.
    """
    mine = await own_portfolio(uow, actor)
    ahead = sorted(await uow.hearings.ahead(now=now), key=lambda h: h.prisoner_id not in mine)
    number = max(0, min(number, (len(ahead) - 1) // PAGE))
    shown = ahead[number * PAGE : (number + 1) * PAGE]
    await uow.vault.load_keys(h.prisoner_id for h in shown)
    listed = [Listed(h.id, await _name(uow, actor, h), wall_start(h)) for h in shown]
    return DocketPage(tuple(listed), number, len(ahead) > (number + 1) * PAGE)


async def hearing_card(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime
) -> HearingCard:
    """Return what the desk shows of a sitting.

    Raises:
        NotForYou: there is none with this id.
    """
    hearing = await hearing_of(uow, hearing_id)
    return HearingCard(
        hearing.id,
        hearing.prisoner_id,
        await _name(uow, actor, hearing),
        wall_start(hearing),
        hearing.zone,
        await uow.hearings.reveal_details(hearing),
        hearing.openness,
        hearing.status,
        hearing.revision,
        hearing.confidence is Confidence.CONFIRMED,
        hearing.status in STANDING and hearing.starts_at > now,
        await uow.attendances.count(hearing.id),
    )


def wall_start(hearing: Hearing) -> datetime:
    """Return the wall time at which a sitting starts, where its court is."""
    return datetime.strptime(hearing.starts_local, WALL)  # noqa: DTZ007 - a wall time has no zone of its own


async def _name(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> str:
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if prisoner is None:
        raise NotForYou(str(hearing.prisoner_id))
    return await name_for(uow, actor, prisoner, at_desk=True)
