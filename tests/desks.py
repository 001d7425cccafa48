"""A coordinator's desk as a test needs it, marked as the program would."""

from typing import Any
from uuid import UUID

from storage.models import Desk
from storage.unit_of_work import UnitOfWork


async def change_desk(uow: UnitOfWork, person_id: UUID, **values: Any) -> None:
    """Set some columns of somebody's desk."""
    desk = await desk_of(uow, person_id)
    for column, value in values.items():
        setattr(desk, column, value)
    await uow.desks.keep(desk)


async def desk_of(uow: UnitOfWork, person_id: UUID) -> Desk:
    """Return somebody's desk; it must be one of ours."""
    desk = await uow.desks.get(person_id)
    assert desk is not None
    return desk
