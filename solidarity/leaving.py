"""Leaving is final: the person's data key is destroyed, and with it everything only it could open."""

from solidarity.access import Actor
from storage.models import GuardianshipState
from storage.unit_of_work import UnitOfWork


async def erase_person(uow: UnitOfWork, actor: Actor) -> list[int]:
    """Forget somebody in this transaction: key, index, roles, ties, drafts, guardianships, waiting rows.

    Letters they reported stay without their writer. Returns the ids of the messages that still stand in
    their chat, for nothing will know of them afterwards.
    """
    for guardianship in await uow.guardianships.of_person(actor.id, *GuardianshipState):
        await uow.outbox.drop_waiting(guardianship.id)
    standing = await uow.posted.message_ids(actor.id)
    await uow.people.remove(actor.id)
    return standing
