"""Leaving is final: the person's data key is destroyed, and with it everything only it could open."""

from datetime import datetime, timedelta
from uuid import UUID

from storage.errors import StorageError
from storage.leaving import Parting
from storage.models import GuardianshipState, Person
from storage.unit_of_work import UnitOfWork

# How long a chat may still be known after its person left, so that its messages can be deleted.
FAREWELL_FOR = timedelta(hours=1)


async def erase_person(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> None:
    """Forget somebody in this transaction: key, index, roles, ties, drafts, guardianships, waiting rows.

    Letters they reported stay without their writer. Their id goes to the ledger, and what stands in their
    chat to a farewell, which is carried out after the commit. Nobody with this id is nothing to do.
    """
    person = await uow.people.get(person_id)
    if person is None:
        return
    await begin_farewell(uow, person, now=now)
    await remove_person(uow, person.id, now=now)
    await uow.departures.add(person.id, day=now.date())


async def remove_person(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> None:
    """Delete somebody with all that hangs on them, whatever waits for others about them, and codes they gave.

    Whom they accepted, confirmed or gave a right to keeps it, without their id. Nothing is left for a
    farewell or written to the ledger: a restore does this for those whom it names.
    """
    promises = [g.id for g in await uow.guardianships.of_person(person_id, *GuardianshipState)]
    # Before the person's row, in the order in which a delivery locks them.
    await uow.outbox.forget_for(person_id)
    await uow.outbox.forget_about([person_id, *promises])
    # A coordinator may be reading the applicant's word just now.
    await uow.posted.cover_about(promises, at=now)
    await uow.posted.forget_target(person_id)
    await uow.codes.forget_of(person_id)
    await uow.guardianships.forget_decider(person_id)
    await uow.hearings.forget_reporter(person_id)
    await uow.people.forget_colleague(person_id)
    ties = {tie.id for tie in await uow.kinships.standing_of(person_id)}
    await uow.requests.forget_person(person_id, ties=ties)
    await uow.card_changes.forget_person(person_id)
    await uow.word_changes.forget_person(person_id)
    await uow.broadcasts.forget_person(person_id)
    await uow.people.remove(person_id)


async def begin_farewell(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Leave to a farewell what stands in somebody's chat."""
    standing = await uow.posted.message_ids(person.id)
    if not standing:
        return
    try:
        chat_id = await uow.people.reveal_chat(person)
    except StorageError:
        # A damaged cell must keep nobody here; which chat it was, nobody can say.
        return
    await uow.farewells.add(Parting(chat_id, standing), now=now, expires_at=now + FAREWELL_FOR)
