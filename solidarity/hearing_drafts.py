"""A sitting a coordinator is in the middle of typing: kept sealed for a day, and offered again.

One draft for a new sitting and one for a move, so that neither is lost over the other.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.errors import CourtRefused, NoLongerSo, NotForYou, TextTooLong
from solidarity.hearings import (
    WALL,
    Sitting,
    add_hearing,
    cancel_hearing,
    confirm_hearing,
    hearing_of,
    move_hearing,
    read_typed_start,
    require_standing,
    start_instant,
)
from storage.models import Hearing
from storage.unit_of_work import UnitOfWork

NEW, MOVE = "hearing", "hearing-move"
KEPT_FOR = timedelta(hours=24)
COURT_LIMIT = 200


class HearingChange(StrEnum):
    """What a coordinator did with a sitting, as the trail says it."""

    ADDED = "added"
    MOVED = "moved"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class HearingDraft:
    """A new sitting as far as it has been typed; `starts` is wall time in the home zone."""

    prisoner_id: UUID
    starts: datetime | None
    court: str | None

    @property
    def next_step(self) -> str:
        """What is still to be said: ``date`` or ``court``, then ``check``."""
        if self.starts is None:
            return "date"
        return "court" if self.court is None else "check"


async def get_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> HearingDraft | None:
    """Open a coordinator's unfinished sitting, or None where there is none."""
    body = await uow.drafts.reveal(actor.id, NEW, now=now)
    if not body:
        return None
    starts = read_typed_start(body["starts"]) if body["starts"] else None
    return HearingDraft(UUID(hex=body["prisoner"]), starts, body["court"])


async def _draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> HearingDraft:
    draft = await get_draft(uow, actor, now=now)
    if draft is None:
        raise NoLongerSo(str(actor.id))
    return draft


async def draft_for(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime) -> None:
    """Begin a new sitting of a prisoner; what was typed for somebody else goes.

    Raises:
        NotForYou: there is no such prisoner.
    """
    if prisoner_id is None or await uow.prisoners.get(prisoner_id) is None:
        raise NotForYou(str(prisoner_id))
    draft = await get_draft(uow, actor, now=now)
    if draft is None or draft.prisoner_id != prisoner_id:
        await _keep(uow, actor, HearingDraft(prisoner_id, None, None), now=now)


async def draft_start(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Take the typed date of a new sitting.

    Raises:
        DateUnclear: it cannot be read, or lies beyond three years.
        DatePassed: it lies behind.
        NoLongerSo: the draft has expired.
    """
    draft = await _draft(uow, actor, now=now)
    starts = read_typed_start(typed)
    start_instant(starts, uow.home_zone, now=now)
    await _keep(uow, actor, HearingDraft(draft.prisoner_id, starts, draft.court), now=now)


async def draft_court(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Take the typed name of the court.

    Raises:
        TextTooLong: more than 200 characters.
        CourtRefused: no letter in it.
        NoLongerSo: the draft has expired.
    """
    draft = await _draft(uow, actor, now=now)
    court = " ".join(typed.split())
    if len(court) > COURT_LIMIT:
        raise TextTooLong(COURT_LIMIT)
    if not any(c.isalpha() for c in court):
        raise CourtRefused("court")
    await _keep(uow, actor, HearingDraft(draft.prisoner_id, draft.starts, court), now=now)


async def save_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> Hearing:
    """Make the drafted sitting a hearing: guardians and family are told.

    Raises:
        NoLongerSo: nothing complete is drafted, or the prisoner is gone.
        DatePassed: the date has passed while the draft lay.
    """
    draft = await _draft(uow, actor, now=now)
    prisoner = await uow.prisoners.get(draft.prisoner_id)
    if draft.starts is None or draft.court is None or prisoner is None:
        raise NoLongerSo(str(actor.id))
    await uow.drafts.drop(actor.id, NEW)
    hearing = await add_hearing(
        uow, prisoner, Sitting(draft.starts, uow.home_zone, details={"court": draft.court}), now=now
    )
    await _record(uow, actor, hearing, HearingChange.ADDED, now=now)
    return hearing


async def _keep(uow: UnitOfWork, actor: Actor, draft: HearingDraft, *, now: datetime) -> None:
    body: dict[str, Any] = {
        "prisoner": draft.prisoner_id.hex,
        "starts": draft.starts.strftime(WALL) if draft.starts else None,
        "court": draft.court,
    }
    await uow.drafts.put(actor.id, NEW, body, expires_at=now + KEPT_FOR)


async def draft_move(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, typed: str, *, now: datetime
) -> None:
    """Take the typed new date of a sitting that stands, in its own zone; nothing is moved yet.

    Raises:
        DateUnclear: it cannot be read, or lies beyond three years.
        DatePassed: it lies behind.
        NoLongerSo: the sitting was cancelled, held, or has begun.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_standing(hearing, now=now)
    starts = read_typed_start(typed)
    start_instant(starts, hearing.zone, now=now)
    body = {"hearing": hearing.id.hex, "revision": hearing.revision, "starts": starts.strftime(WALL)}
    await uow.drafts.put(actor.id, MOVE, body, expires_at=now + KEPT_FOR)


async def drafted_move(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime
) -> datetime | None:
    """Return the new wall time drafted for a sitting, or None where there is none for it as it stands."""
    hearing = await hearing_of(uow, hearing_id)
    body = await uow.drafts.reveal(actor.id, MOVE, now=now)
    # A colleague may have moved it since: their date must not be overwritten unseen.
    if body.get("hearing") != hearing.id.hex or body.get("revision") != hearing.revision:
        return None
    return read_typed_start(body["starts"])


async def save_drafted_move(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Move a sitting to its drafted date; everyone who was told is told anew.

    Raises:
        NoLongerSo: nothing is drafted for it, or it has changed since.
    """
    starts = await drafted_move(uow, actor, hearing_id, now=now)
    if starts is None:
        raise NoLongerSo(str(hearing_id))
    await uow.drafts.drop(actor.id, MOVE)
    hearing = await hearing_of(uow, hearing_id)
    await move_hearing(uow, hearing, starts, now=now)
    await _record(uow, actor, hearing, HearingChange.MOVED, now=now)


async def confirm_at_desk(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Confirm a sitting that was only reported.

    Raises:
        NotForYou, NoLongerSo: there is none with this id, or it does not stand any more.
    """
    hearing = await hearing_of(uow, hearing_id)
    await confirm_hearing(uow, hearing, now=now)
    await _record(uow, actor, hearing, HearingChange.CONFIRMED, now=now)


async def cancel_at_desk(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Cancel a sitting; whoever was told of it is told.

    Raises:
        NotForYou, NoLongerSo: as `confirm_at_desk`.
    """
    hearing = await hearing_of(uow, hearing_id)
    await cancel_hearing(uow, hearing, now=now)
    await _record(uow, actor, hearing, HearingChange.CANCELLED, now=now)


async def _record(
    uow: UnitOfWork, actor: Actor, hearing: Hearing, change: HearingChange, *, now: datetime
) -> None:
    await record(uow, Act.HEARING_CHANGED, by=actor.id, about=hearing.prisoner_id, kind=change, now=now)
