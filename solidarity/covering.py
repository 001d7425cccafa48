"""Keeping the count of how prisoners are written to: with each change, and for all each night."""

from datetime import date
from uuid import UUID

from solidarity import coverage
from storage.unit_of_work import UnitOfWork

AT_ONCE = 500


async def count_anew(uow: UnitOfWork, prisoner_id: UUID, *, today: date) -> None:
    """Count one prisoner after a change; what is forgotten here is made good in the night."""
    await uow.coverage.count_anew([prisoner_id], coverage.counting(today))


async def count_some(uow: UnitOfWork, *, after: UUID | None, today: date) -> UUID | None:
    """Count some hundred prisoners after one of them; returns the last of them, None when all are counted."""
    some = await uow.coverage.some_prisoners(after=after, limit=AT_ONCE)
    if not some:
        return None
    await uow.coverage.count_anew(some, coverage.counting(today))
    return some[-1]
