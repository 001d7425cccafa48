"""What one coordinator does with sittings at an open desk, each act in the trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import AlreadyReported, AnotherMustConfirm, NoLongerSo, NotForYou
from solidarity.hearings.changes import HearingChange, record_change
from solidarity.hearings.cities import city_for
from solidarity.hearings.confirming import confirm_hearing
from solidarity.hearings.drafts import NEW, HearingDraft, get_draft
from solidarity.hearings.life import (
    Sitting,
    add_hearing,
    cancel_hearing,
    hearing_of,
    move_hearing,
    require_as_shown,
    require_standing,
)
from solidarity.hearings.outcomes import join_case
from solidarity.hearings.sitting_times import start_instant, wall_start
from storage.models import Confidence, Hearing, Prisoner
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Standing:
    """A sitting of the same prisoner that lies ahead; `starts` is wall time in `zone`."""

    hearing_id: UUID
    starts: datetime
    zone: str
    revision: int
    is_same: bool


async def standing_beside(uow: UnitOfWork, draft: HearingDraft, *, now: datetime) -> list[Standing]:
    """Return the prisoner's sittings ahead besides a drafted one, which may be a move of one of them."""
    if draft.prisoner_id is None or draft.starts is None:
        return []
    starts_at = start_instant(draft.starts, uow.home_zone, now=now)
    ahead = await uow.hearings.ahead(now=now, prisoner_ids={draft.prisoner_id})
    return [Standing(h.id, wall_start(h), h.zone, h.revision, h.starts_at == starts_at) for h in ahead]


@dataclass(frozen=True)
class _Complete:
    prisoner: Prisoner
    starts: datetime
    court: str
    follows: UUID | None


async def _complete_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> _Complete:
    draft = await get_draft(uow, actor, now=now)
    if draft is None or draft.prisoner_id is None or draft.starts is None or draft.court is None:
        raise NoLongerSo(str(actor.id))
    prisoner = await uow.prisoners.get(draft.prisoner_id)
    if prisoner is None:
        raise NoLongerSo(str(actor.id))
    return _Complete(prisoner, draft.starts, draft.court, draft.follows)


async def save_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Hearing:
    """Make the drafted sitting a hearing: guardians and family are told.

    Where another coordinator entered the same date of the same prisoner, it is confirmed instead.

    Raises:
        NoLongerSo: nothing complete is drafted, or the prisoner is gone.
        DatePassed: the date has passed while the draft lay.
        AlreadyReported: the same coordinator entered it, or it is confirmed.
    """
    taken = await _complete_draft(uow, actor, now=now)
    starts_at = start_instant(taken.starts, uow.home_zone, now=now)
    for same in await uow.hearings.at(taken.prisoner.id, starts_at):
        await _confirm_same(uow, actor, same, now=now)
        await uow.drafts.drop(actor.id, NEW)
        return same
    earlier = None if taken.follows is None else await uow.hearings.get(taken.follows)
    hearing = await add_hearing(
        uow,
        taken.prisoner,
        Sitting(taken.starts, uow.home_zone, details={"court": taken.court}),
        by=actor.id,
        case_id=None if earlier is None else await join_case(uow, earlier),
        now=now,
    )
    await uow.drafts.drop(actor.id, NEW)
    await record_change(uow, actor, hearing, HearingChange.ADDED, now=now)
    return hearing


async def _confirm_same(uow: UnitOfWork, actor: Actor, hearing: Hearing, *, now: datetime) -> None:
    if hearing.confidence is Confidence.CONFIRMED:
        raise AlreadyReported(str(hearing.id))
    try:
        await confirm_hearing(uow, hearing, by=actor.id, now=now)
    except AnotherMustConfirm:
        raise AlreadyReported(str(hearing.id)) from None
    await record_change(uow, actor, hearing, HearingChange.CONFIRMED, now=now)


async def save_draft_as_move(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, shown: str, *, now: datetime
) -> Hearing:
    """Take the drafted sitting for the new date, and court, of one that stands.

    Args:
        shown: the revision of the sitting as it was shown.

    Raises:
        NotForYou: it is not the same prisoner's, or there is none.
        NoLongerSo: nothing complete is drafted, or the sitting was changed, cancelled, held, or has begun.
        DatePassed: the date has passed while the draft lay.
    """
    taken = await _complete_draft(uow, actor, now=now)
    hearing = await hearing_of(uow, hearing_id)
    if hearing.prisoner_id != taken.prisoner.id:
        raise NotForYou(str(hearing_id))
    require_as_shown(hearing, shown)
    require_standing(hearing, now=now)
    start_instant(taken.starts, uow.home_zone, now=now)
    await uow.drafts.drop(actor.id, NEW)
    details = await uow.hearings.reveal_details(hearing)
    await uow.hearings.describe(hearing, {**details, "court": taken.court})
    await uow.courts.note(taken.court, day=now.date())
    hearing.city = await city_for(uow, taken.prisoner, taken.court) or hearing.city
    await move_hearing(uow, hearing, taken.starts, uow.home_zone, by=actor.id, now=now)
    await record_change(uow, actor, hearing, HearingChange.MOVED, now=now)
    return hearing


async def confirm_at_desk(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, shown: str, *, now: datetime
) -> None:
    """Confirm a sitting that a colleague, or a file, has reported.

    Args:
        shown: the revision of the sitting as it was shown.

    Raises:
        NotForYou, NoLongerSo: there is none with this id, it was changed, or does not stand any more.
        AnotherMustConfirm: it is they who reported it.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_as_shown(hearing, shown)
    await confirm_hearing(uow, hearing, by=actor.id, now=now)
    await record_change(uow, actor, hearing, HearingChange.CONFIRMED, now=now)


async def cancel_at_desk(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, shown: str, *, now: datetime
) -> None:
    """Cancel a sitting; whoever was told of it is told.

    Args:
        shown: the revision of the sitting as it was shown.

    Raises:
        NotForYou, NoLongerSo: there is none with this id, it was changed, or does not stand any more.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_as_shown(hearing, shown)
    await cancel_hearing(uow, hearing, now=now)
    await record_change(uow, actor, hearing, HearingChange.CANCELLED, now=now)
