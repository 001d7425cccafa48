"""What somebody may have printed: an envelope with a name they may see, or an evening's with public names."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from solidarity.access import Actor
from solidarity.addresses import Place, place_of
from solidarity.envelopes import Envelope, Letter, doubts_about
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.naming import may_see_name
from storage.models import Facility, Prisoner, Publicity
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork


async def envelope_for(
    uow: UnitOfWork, actor: Actor, prisoner: Prisoner, place: Place | None
) -> Envelope | None:
    """Return the whole address; None where no place is known, it is closed, or the name is not for them."""
    if place is None or place.is_closed or not await may_see_name(uow, actor, prisoner):
        return None
    return await _envelope(uow, prisoner, place, actor.language)


async def letter_for(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> Letter:
    """Return one person's letter to one prisoner, with what should be checked before it is sent.

    Raises:
        NotForYou: there is no such prisoner, or their name is not for this person.
        NoLongerSo: nothing is sent there: they are out of reach or silenced, or no open place is known.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    may_see = await may_see_name(uow, actor, prisoner)
    if prisoner is None or not may_see:
        raise NotForYou(str(prisoner_id))
    table = await uow.facilities.all()
    letter = await _letter(uow, prisoner, table, language=actor.language, today=actor.today)
    if letter is None:
        raise NoLongerSo(str(prisoner_id))
    return letter


async def evening_letters(
    uow: UnitOfWork, prisoners: Iterable[Prisoner], *, language: str, today: date
) -> dict[UUID, Letter]:
    """Return the letters of an evening in the order given, by prisoner; only of those whose name is public.

    A sheet that lies on a table is read by everybody at it, so what one of them may see does not count.
    """
    public = [prisoner for prisoner in prisoners if prisoner.publicity is Publicity.PUBLIC]
    await uow.vault.load_keys(prisoner.id for prisoner in public)
    table = await uow.facilities.all()
    letters = {one.id: await _letter(uow, one, table, language=language, today=today) for one in public}
    return {prisoner_id: letter for prisoner_id, letter in letters.items() if letter is not None}


async def _letter(
    uow: UnitOfWork, prisoner: Prisoner, table: Sequence[Facility], *, language: str, today: date
) -> Letter | None:
    place = await place_of(uow, prisoner.facility_code, language, today=today)
    is_written_to = not prisoner.is_silenced and prisoner.custody_status not in OUT_OF_REACH
    if not is_written_to or place is None or place.is_closed:
        return None
    envelope = await _envelope(uow, prisoner, place, language)
    return None if envelope is None else Letter(envelope, doubts_about(envelope, table))


async def _envelope(uow: UnitOfWork, prisoner: Prisoner, place: Place, language: str) -> Envelope | None:
    names = await uow.prisoners.reveal_names(prisoner)
    languages = ("ru", "be", "en") if language == "ru" else ("be", "ru", "en")
    name = next((names[one] for one in languages if one in names), None)
    return None if name is None else Envelope(name, place)
