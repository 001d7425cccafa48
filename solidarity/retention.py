"""How long each thing is kept; the clockwork runs `forget` at night and after a start."""

from datetime import date, datetime, timedelta

from storage.unit_of_work import UnitOfWork

SEEN_UPDATES = timedelta(hours=48)
SETTLED_MESSAGES = timedelta(days=7)


async def forget(uow: UnitOfWork, *, now: datetime) -> None:
    """Delete what has outlived its purpose: seen updates, settled messages, who was told, codes, drafts."""
    await uow.updates.forget(before=now - SEEN_UPDATES)
    await uow.outbox.forget_settled(before=now - SETTLED_MESSAGES)
    await uow.hearings.forget_told(now=now)
    await uow.codes.forget_expired(now=now)
    await uow.drafts.forget_expired(now=now)


def is_rotation_due(*, last_left_on: date | None, key_made_on: date) -> bool:
    """Say whether somebody has left whose data key may still lie, deleted, under the wrapping key in use."""
    return last_left_on is not None and last_left_on >= key_made_on
