"""A sitting a coordinator is in the middle of typing: kept sealed for a day, and offered again.

One draft for a new sitting and one for a move, so that neither is lost over the other.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hearings.changes import HearingChange, record_change
from solidarity.hearings.courts import checked_court, court_named
from solidarity.hearings.life import hearing_of, move_hearing, require_standing
from solidarity.hearings.pasted import Pasted
from solidarity.hearings.sitting_times import WALL, read_typed_start, start_instant
from solidarity.search import find_prisoners
from storage.unit_of_work import UnitOfWork

NEW, MOVE = "hearing", "hearing-move"
KEPT_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class HearingDraft:
    """A new sitting as far as it has been typed; `starts` is wall time in the home zone.

    `follows` is the sitting of the same case that was adjourned.
    """

    prisoner_id: UUID | None = None
    starts: datetime | None = None
    court: str | None = None
    follows: UUID | None = None

    @property
    def next_step(self) -> str:
        """What is still to be said: ``prisoner``, ``date`` or ``court``, then ``check``."""
        if self.prisoner_id is None:
            return "prisoner"
        if self.starts is None:
            return "date"
        return "court" if self.court is None else "check"


async def get_draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> HearingDraft | None:
    """Open a coordinator's unfinished sitting, or None where there is none."""
    body = await uow.drafts.reveal(actor.id, NEW, now=now)
    if not body:
        return None
    starts = read_typed_start(body["starts"]) if body["starts"] else None
    return HearingDraft(_id(body["prisoner"]), starts, body["court"], _id(body.get("follows")))


def _id(text: str | None) -> UUID | None:
    return UUID(hex=text) if text else None


async def _draft(uow: UnitOfWork, actor: Actor, *, now: datetime) -> HearingDraft:
    draft = await get_draft(uow, actor, now=now)
    if draft is None:
        raise NoLongerSo(str(actor.id))
    return draft


async def draft_for(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime) -> str:
    """Say whose the new sitting is, and return the next step.

    What was pasted without a name that fits stays; what was typed for somebody else goes.

    Raises:
        NotForYou: there is no such prisoner.
    """
    if prisoner_id is None or await uow.prisoners.get(prisoner_id) is None:
        raise NotForYou(str(prisoner_id))
    draft = await get_draft(uow, actor, now=now)
    if draft is None or draft.prisoner_id not in (None, prisoner_id):
        draft = HearingDraft()
    draft = replace(draft, prisoner_id=prisoner_id)
    await _keep(uow, actor, draft, now=now)
    return draft.next_step


async def draft_pasted(uow: UnitOfWork, actor: Actor, pasted: Pasted, *, now: datetime) -> HearingDraft:
    """Take a line that says whose, when and perhaps where; whose is left open where not one name fits.

    Raises:
        DateUnclear, DatePassed, TextTooLong, CourtRefused: its date or its court cannot be.
    """
    start_instant(pasted.starts, uow.home_zone, now=now)
    court = checked_court(pasted.court) if pasted.court else None
    fitting = (await find_prisoners(uow, actor, pasted.name)).found
    draft = HearingDraft(fitting[0].prisoner_id if len(fitting) == 1 else None, pasted.starts, court)
    await _keep(uow, actor, draft, now=now)
    return draft


async def draft_next(uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, *, now: datetime) -> None:
    """Begin the sitting to which one was adjourned: of the same prisoner, at the same court.

    Raises:
        NotForYou: there is none with this id.
    """
    earlier = await hearing_of(uow, hearing_id)
    court = (await uow.hearings.reveal_details(earlier)).get("court")
    await _keep(uow, actor, HearingDraft(earlier.prisoner_id, None, court, earlier.id), now=now)


async def draft_start(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> str:
    """Take the typed or chosen date of a new sitting, and return the next step.

    Raises:
        DateUnclear: it cannot be read.
        DateTooFar: it lies beyond three years.
        DatePassed: it lies behind.
        NoLongerSo: the draft has expired.
    """
    draft = await _draft(uow, actor, now=now)
    starts = read_typed_start(typed)
    start_instant(starts, uow.home_zone, now=now)
    draft = replace(draft, starts=starts)
    await _keep(uow, actor, draft, now=now)
    return draft.next_step


async def draft_court(uow: UnitOfWork, actor: Actor, typed: str, *, now: datetime) -> None:
    """Take the typed name of the court.

    Raises:
        TextTooLong: more than 200 characters.
        CourtRefused: no letter in it.
        NoLongerSo: the draft has expired.
    """
    draft = await _draft(uow, actor, now=now)
    await _keep(uow, actor, replace(draft, court=checked_court(typed)), now=now)


async def draft_known_court(uow: UnitOfWork, actor: Actor, court_id: UUID | None, *, now: datetime) -> None:
    """Take a court of the list.

    Raises:
        NotForYou: there is none with this id.
        NoLongerSo: the draft has expired.
    """
    draft = await _draft(uow, actor, now=now)
    await _keep(uow, actor, replace(draft, court=await court_named(uow, court_id)), now=now)


async def _keep(uow: UnitOfWork, actor: Actor, draft: HearingDraft, *, now: datetime) -> None:
    body: dict[str, Any] = {
        "prisoner": draft.prisoner_id.hex if draft.prisoner_id else None,
        "starts": draft.starts.strftime(WALL) if draft.starts else None,
        "court": draft.court,
        "follows": draft.follows.hex if draft.follows else None,
    }
    await uow.drafts.put(actor.id, NEW, body, expires_at=now + KEPT_FOR)


async def draft_move(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, typed: str, *, now: datetime
) -> None:
    """Take the typed or chosen new date of a sitting that stands, in its own zone; nothing is moved yet.

    Raises:
        DateUnclear: it cannot be read.
        DateTooFar: it lies beyond three years.
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
    await move_hearing(uow, hearing, starts, by=actor.id, now=now)
    await record_change(uow, actor, hearing, HearingChange.MOVED, now=now)
