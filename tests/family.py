"""Family as a test needs it: confirmed, without a second coordinator."""

from uuid import UUID

from storage.models import KinshipState, RoleName
from storage.unit_of_work import UnitOfWork


async def confirm_ties(uow: UnitOfWork, person_id: UUID) -> None:
    """Let all ties of somebody's be as if a second coordinator had confirmed them before."""
    person = await uow.people.get(person_id)
    assert person is not None
    for tie in await uow.kinships.standing_of(person_id):
        tie.state = KinshipState.CONFIRMED
    for role in await uow.people.roles_of(person):
        if role.role is RoleName.RELATIVE:
            await uow.people.confirm(role, person)
