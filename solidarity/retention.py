"""How long each thing is kept; the clockwork runs `forget` at night and after a start."""

from datetime import datetime, timedelta

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
