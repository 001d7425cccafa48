"""How many people hear of what happens to a prisoner; numbers only, for coordinators."""

from dataclasses import dataclass
from uuid import UUID

from solidarity.reminders import NOBODYS, is_hidden, is_spoken_of, told_beside
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AudienceSize:
    """Guardians, paused ones too, and relatives; somebody who is both counts in both; and all others once."""

    guardians: int
    relatives: int
    others: int = 0


async def audience_size(uow: UnitOfWork, prisoner_id: UUID, hearing_id: UUID | None = None) -> AudienceSize:
    """Count who would be told now of a sitting; nobody is where everything about the prisoner is silent.

    Of somebody hidden the family alone is told.

    Args:
        hearing_id: the sitting whose date changes, of which those are told too who asked for it, will be
            there, or were told of it before; None where only guardians and family are told.
    """
    prisoner = await uow.prisoners.get(prisoner_id)
    if not is_spoken_of(prisoner):
        return AudienceSize(0, 0)
    guardians = await uow.guardianships.guardians_of(prisoner_id)
    family = await uow.kinships.family_of(prisoner_id)
    if is_hidden(prisoner):
        return AudienceSize(0, len(family))
    hearing = await uow.hearings.get(hearing_id or NOBODYS)
    others: set[UUID] = set()
    if hearing is not None:
        others = {person.id for person in await told_beside(uow, hearing, prisoner)}
        others |= set(await uow.hearings.told(hearing.id))
    others -= {person.id for person in (*guardians, *family)}
    return AudienceSize(len(guardians), len(family), len(others))
