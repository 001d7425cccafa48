"""What is known of a sitting besides its date: noted later, piece by piece."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NotForYou
from solidarity.hearings.changes import HearingChange, record_change
from solidarity.hearings.cities import city_for
from solidarity.hearings.confirming import checked_source, confirm_by_source
from solidarity.hearings.courts import checked_court
from solidarity.hearings.doors import set_openness, tell_newcomers
from solidarity.hearings.life import change_place, hearing_of, require_as_shown, require_standing
from solidarity.typed_errors import TextTooLong
from storage.models import Confidence, Hearing, Openness
from storage.unit_of_work import UnitOfWork

LONGEST = 200


class Detail(StrEnum):
    """What may be noted of a sitting in own words."""

    COURT = "court"
    ROOM = "room"
    JUDGE = "judge"
    STAGE = "stage"
    SOURCE = "source"


# Where people must go: who was told another place is told anew.
PLACE = (Detail.COURT, Detail.ROOM)


async def note_detail(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, detail: str, typed: str, *, now: datetime
) -> None:
    """Note or correct one detail of a sitting that stands; who was told another place is told this one.

    Raises:
        NotForYou: there is no such sitting, or no such detail.
        NoLongerSo: it was cancelled, was held, or has begun.
        TextTooLong, CourtRefused, SourceRefused: the words cannot be that detail.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_standing(hearing, now=now)
    if detail not in tuple(Detail):
        raise NotForYou(str(hearing_id))
    said = _checked(Detail(detail), typed)
    known = await uow.hearings.reveal_details(hearing)
    if known.get(detail) == said:
        return
    await uow.hearings.describe(hearing, {**known, detail: said})
    if detail == Detail.COURT:
        await uow.courts.note(said, day=now.date())
        _claim_court(hearing, actor, is_other="court" in known)
        prisoner = await uow.prisoners.get(hearing.prisoner_id)
        hearing.city = await city_for(uow, prisoner, said) or hearing.city
        await tell_newcomers(uow, hearing, now=now)
    if detail in PLACE and known.get(detail):
        await change_place(uow, hearing, now=now)
    await record_change(uow, actor, hearing, HearingChange.DESCRIBED, now=now)


def _claim_court(hearing: Hearing, actor: Actor, *, is_other: bool) -> None:
    """Make who names the court the one who claims the sitting; another court nobody else has confirmed."""
    hearing.reported_by = actor.id
    if is_other:
        hearing.confidence = Confidence.REPORTED


def _checked(detail: Detail, typed: str) -> str:
    if detail is Detail.COURT:
        return checked_court(typed)
    if detail is Detail.SOURCE:
        return checked_source(typed)
    said = " ".join(typed.split())
    if len(said) > LONGEST:
        raise TextTooLong(LONGEST)
    return said


async def note_openness(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, wish: str, *, now: datetime
) -> None:
    """Note whether the public is let in; who was told hears that it is not, and who asked that it is.

    Raises:
        NotForYou: there is no such sitting, or no such word.
        NoLongerSo: it was cancelled, was held, or has begun.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_standing(hearing, now=now)
    if wish not in tuple(Openness):
        raise NotForYou(str(hearing_id))
    await set_openness(uow, hearing, Openness(wish), now=now)
    await record_change(uow, actor, hearing, HearingChange.DESCRIBED, now=now)


async def note_second_source(
    uow: UnitOfWork, actor: Actor, hearing_id: UUID | None, shown: str, typed: str, *, now: datetime
) -> None:
    """Confirm a date by another source than the one it was reported from.

    Args:
        shown: the revision of the sitting as it was shown.

    Raises:
        NotForYou: there is no such sitting.
        NoLongerSo, SourceRefused, SameSource: it was changed; or see `confirm_by_source`.
    """
    hearing = await hearing_of(uow, hearing_id)
    require_as_shown(hearing, shown)
    await confirm_by_source(uow, hearing, typed, now=now)
    await record_change(uow, actor, hearing, HearingChange.CONFIRMED, now=now)
