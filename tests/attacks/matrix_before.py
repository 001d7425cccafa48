"""What must have happened to a thing before a button about it means anything."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from solidarity.broadcasts.audience import Said, said_to_dict
from storage.models import BroadcastKind, BroadcastState, CustodyStatus, GuardianshipState
from storage.unit_of_work import UnitOfWork
from tests.attacks.matrix_people import KEPT_FOR

Happens = Callable[[UnitOfWork, UUID, UUID, datetime], Awaitable[None]]


async def happened(
    uow: UnitOfWork, verb: str, person_id: UUID, target: UUID | None, *, now: datetime
) -> None:
    """Let it have happened, whosever thing it is."""
    happens = BEFORE.get(verb.removeprefix("go:"))
    if happens is not None and target is not None:
        await happens(uow, person_id, target, now)
        await uow.session.flush()


async def _a_new_date_was_typed(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    body = {"hearing": target.hex, "revision": 1, "starts": "2026-12-10 10:30"}
    await uow.drafts.put(person_id, "hearing-move", body, expires_at=now + KEPT_FOR)


async def _it_is_over(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    hearing = await uow.hearings.get(target)
    if hearing is not None:
        hearing.starts_at = now
    body = {"hearing": target.hex, "outcome": "upheld", "deadline": None}
    await uow.drafts.put(person_id, "hearing-outcome", body, expires_at=now + KEPT_FOR)


async def _another_date_was_typed(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    hearing = await uow.hearings.get(target)
    if hearing is not None:
        prisoner = hearing.prisoner_id.hex
        body = {"prisoner": prisoner, "starts": "2026-12-09 10:30", "court": "Sample Court", "follows": None}
        await uow.drafts.put(person_id, "hearing", body, expires_at=now + KEPT_FOR)


async def _a_letter_was_written(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    promise = await uow.guardianships.get(target)
    if promise is not None:
        await uow.letters.add(
            person_id=promise.person_id,
            prisoner_id=promise.prisoner_id,
            guardianship_id=promise.id,
            day=now.date(),
            facility_code="F1",
        )


async def _a_pause_began(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    promise = await uow.guardianships.get(target)
    if promise is not None and promise.state is GuardianshipState.ACTIVE:
        promise.state = GuardianshipState.PAUSED


async def _a_question_was_asked(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    application = await uow.guardianships.get(target)
    if application is not None:
        await uow.guardianships.ask(application, "For how long?", by=application.person_id)


async def _they_died(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    prisoner = await uow.prisoners.get(target)
    if prisoner is not None:
        prisoner.custody_status, prisoner.is_silenced = CustodyStatus.DIED, True


async def _it_was_paused(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    broadcast = await uow.broadcasts.get(target)
    if broadcast is not None:
        await uow.broadcasts.hold(target)
        broadcast.state = BroadcastState.PAUSED
        await uow.broadcasts.keep(broadcast)


async def _an_evening_was_begun(uow: UnitOfWork, person_id: UUID, target: UUID, now: datetime) -> None:
    body = {"said": said_to_dict(Said(BroadcastKind.EVENING)), "starts": None}
    await uow.drafts.put(person_id, "broadcast", body, expires_at=now + KEPT_FOR)


BEFORE: dict[str, Happens] = {
    **dict.fromkeys(("hearing-move", "hearing-move-check", "hearing-move-save"), _a_new_date_was_typed),
    **dict.fromkeys(("hearing-outcome", "hearing-outcome-check"), _it_is_over),
    **dict.fromkeys(("hearing-no-deadline", "hearing-outcome-save"), _it_is_over),
    "hearing-save-move": _another_date_was_typed,
    **dict.fromkeys(("answer-came", "came-back"), _a_letter_was_written),
    "resume": _a_pause_began,
    **dict.fromkeys(("application-asked", "application-answer"), _a_question_was_asked),
    "spoken": _they_died,
    "broadcast-resume": _it_was_paused,
    "broadcast-evening": _an_evening_was_begun,
}
