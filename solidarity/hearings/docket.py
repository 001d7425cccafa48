"""The sittings still to come, as a coordinator's desk lists and shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.hearings.life import hearing_of
from solidarity.hearings.sitting_times import wall_start
from solidarity.naming import name_for
from solidarity.portfolios import own_portfolio
from solidarity.reminders import STANDING
from storage.models import Confidence, Hearing, HearingStatus, Openness, Outcome
from storage.unit_of_work import UnitOfWork

PAGE = 8
LOOKED_BACK = timedelta(days=30)


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
    # Whether it has begun and was not cancelled, so that somebody may say how it ended.
    can_be_held: bool
    # Whether the coordinator who looks is who reported the date.
    is_own_claim: bool
    outcome: Outcome | None
    deadline: date | None
    # When the others of the same case start, the first first.
    case: tuple[datetime, ...]
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


async def unheard_of(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[Listed, ...]:
    """Return the latest sittings of which nobody has said how they ended, eight of the last month at most."""
    found = (await uow.hearings.unheard_of(since=now - LOOKED_BACK, now=now))[:PAGE]
    await uow.vault.load_keys(h.prisoner_id for h in found)
    return tuple([Listed(h.id, await _name(uow, actor, h), wall_start(h)) for h in found])


async def hearing_card(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime
) -> HearingCard:
    """Return what the desk shows of a sitting.

    Raises:
        NotForYou: there is none with this id.
    """
    hearing = await hearing_of(uow, hearing_id)
    case = [] if hearing.case_id is None else await uow.hearings.of_case(hearing.case_id)
    milestone = await uow.milestones.of_hearing(hearing.id)
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
        can_be_held=hearing.status is not HearingStatus.CANCELLED and hearing.starts_at <= now,
        is_own_claim=hearing.reported_by == actor.id,
        outcome=hearing.outcome,
        deadline=None if milestone is None else milestone.day,
        case=tuple(wall_start(h) for h in case if h.id != hearing.id),
        attending=await uow.attendances.count(hearing.id),
    )


async def _name(uow: UnitOfWork, actor: Actor, hearing: Hearing) -> str:
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if prisoner is None:
        raise NotForYou(str(hearing.prisoner_id))
    return await name_for(uow, actor, prisoner, at_desk=True)
