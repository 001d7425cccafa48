"""How many people hear of what happens to a prisoner; numbers only, for coordinators."""

from dataclasses import dataclass
from uuid import UUID

from solidarity.reminders import is_spoken_of
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class AudienceSize:
    """Guardians, paused ones too, and relatives; somebody who is both counts in both."""

    guardians: int
    relatives: int


async def audience_size(uow: UnitOfWork, prisoner_id: UUID) -> AudienceSize:
    """Count who would be told now; nobody is where everything about the prisoner is silent."""
    prisoner = await uow.prisoners.get(prisoner_id)
    if not is_spoken_of(prisoner):
        return AudienceSize(0, 0)
    guardians = await uow.guardianships.guardians_of(prisoner_id)
    return AudienceSize(len(guardians), len(await uow.kinships.family_of(prisoner_id)))
