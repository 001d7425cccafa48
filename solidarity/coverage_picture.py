"""The picture of how people are written to: as coordinators see it, and half a year of letters."""

from solidarity.access import Actor
from solidarity.coverage_desk import picture_of
from solidarity.pictures import CoveragePicture, first_week, weekly
from storage.unit_of_work import UnitOfWork


async def coverage_picture(uow: UnitOfWork, actor: Actor, *, is_own: bool) -> CoveragePicture:
    """Count everybody who may be written to and all letters, or those of the coordinator's own portfolio."""
    seen = await picture_of(uow, actor, is_own=is_own)
    since, keeper_id = first_week(actor.today), actor.id if is_own else None
    letters = await uow.pictures.letters_by_day(since=since, keeper_id=keeper_id)
    return CoveragePicture(
        actor.language,
        actor.today,
        tuple(seen.by_guardians),
        tuple(seen.by_silence),
        weekly(letters, actor.today),
    )
