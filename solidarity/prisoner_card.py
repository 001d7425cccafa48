"""A prisoner as a coordinator's desk shows them: by name or alias, with what there is to look after."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.addresses import Place, place_of
from solidarity.errors import NotForYou
from solidarity.naming import may_see_name, name_for
from storage.models import CustodyStatus, Hearing, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class PrisonerCard:
    """What a coordinator may know of one prisoner; `names` are the other spellings they may see."""

    prisoner_id: UUID
    name: str
    names: tuple[str, ...]
    status: CustodyStatus
    status_since: date | None
    publicity: Publicity
    place: Place | None
    guardians: int
    next_hearing: Hearing | None
    is_silenced: bool


async def prisoner_of(uow: UnitOfWork, prisoner_id: UUID | None) -> Prisoner:
    """Return a prisoner's row, to the desk.

    Raises:
        NotForYou: there is none with this id.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get(prisoner_id)
    if prisoner is None:
        raise NotForYou(str(prisoner_id))
    return prisoner


async def prisoner_card(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None, *, now: datetime
) -> PrisonerCard:
    """Return what the desk shows of a prisoner.

    Raises:
        NotForYou: there is none with this id.
    """
    prisoner = await prisoner_of(uow, prisoner_id)
    name = await name_for(uow, actor, prisoner, at_desk=True)
    others: list[str] = []
    if await may_see_name(uow, actor, prisoner, at_desk=True):
        spellings = [*(await uow.prisoners.reveal_names(prisoner)).values()]
        spellings.append(await uow.prisoners.reveal_alias(prisoner) or name)
        others = [spelling for spelling in dict.fromkeys(spellings) if spelling != name]
    hearings = await uow.hearings.ahead(now=now, prisoner_ids={prisoner.id})
    place = await place_of(uow, prisoner.facility_code, actor.language, today=actor.today)
    return PrisonerCard(
        prisoner.id,
        name,
        tuple(others),
        prisoner.custody_status,
        prisoner.custody_on,
        prisoner.publicity,
        place,
        len(await uow.guardianships.guardians_of(prisoner.id)),
        hearings[0] if hearings else None,
        prisoner.is_silenced,
    )
