"""Whose prisoners are whose among the coordinators."""

from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from storage.models import Portfolio
from storage.repository import Repository

_COLUMNS = ("prisoner_id", "person_id", "since")


class Portfolios(Repository):
    """Queries about portfolios."""

    async def add(self, prisoner_id: UUID, person_id: UUID, *, day: date) -> None:
        """Put a prisoner into somebody's portfolio; one that is there stays, with its day."""
        await self.insert_new(Portfolio, _COLUMNS, [[prisoner_id, person_id, day]])

    async def remove(self, prisoner_id: UUID, person_id: UUID) -> None:
        is_it = (Portfolio.prisoner_id == prisoner_id, Portfolio.person_id == person_id)
        await self.session.execute(delete(Portfolio).where(*is_it))

    async def of_person(self, person_id: UUID) -> set[UUID]:
        """Return the prisoners in somebody's portfolio."""
        return set(
            await self.session.scalars(select(Portfolio.prisoner_id).where(Portfolio.person_id == person_id))
        )

    async def of_prisoner(self, prisoner_id: UUID) -> list[UUID]:
        """Return in whose portfolios a prisoner is, who took them first first."""
        query = select(Portfolio.person_id).where(Portfolio.prisoner_id == prisoner_id)
        return list(await self.session.scalars(query.order_by(Portfolio.since, Portfolio.person_id)))
