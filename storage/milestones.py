"""Days of prisoners that are no sittings and must not be missed."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select

from storage.models import Milestone
from storage.repository import Repository


class Milestones(Repository):
    """Queries about milestones."""

    async def get(self, milestone_id: UUID) -> Milestone | None:
        return await self.session.get(Milestone, milestone_id, with_for_update=self.locks)

    async def of_hearing(self, hearing_id: UUID) -> Milestone | None:
        """Return the day that follows from a sitting."""
        return await self.session.scalar(select(Milestone).where(Milestone.hearing_id == hearing_id))

    async def ahead(self, prisoner_ids: Collection[UUID], *, today: date) -> list[Milestone]:
        """Return the days of some prisoners from today on, next first."""
        if not prisoner_ids:
            return []
        query = select(Milestone).where(Milestone.prisoner_id.in_(prisoner_ids), Milestone.day >= today)
        return list(await self.session.scalars(query.order_by(Milestone.day, Milestone.id)))

    async def add(self, milestone: Milestone) -> None:
        self.session.add(milestone)
        await self.session.flush()

    async def remove(self, milestone: Milestone) -> None:
        await self.session.delete(milestone)
        await self.session.flush()

    async def forget(self, *, until: date) -> None:
        """Forget days that passed on a day or before it."""
        await self.session.execute(delete(Milestone).where(Milestone.day <= until))
