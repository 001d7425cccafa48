"""What pictures are drawn from: letters counted by day, and the sittings of some time."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, func, select

from storage.models import Hearing, HearingStatus, Letter, Portfolio
from storage.repository import Repository


class Pictures(Repository):
    """Queries about a whole month, or half a year."""

    async def sittings(
        self, *, since: datetime, until: datetime, prisoner_ids: Collection[UUID] | None = None
    ) -> list[Hearing]:
        """Return sittings that start from `since` on and before `until`, of some prisoners or of all (None).

        Those past are among them; those that were cancelled are not.
        """
        if prisoner_ids is not None and not prisoner_ids:
            return []
        query = select(Hearing).where(
            Hearing.starts_at >= since, Hearing.starts_at < until, Hearing.status != HearingStatus.CANCELLED
        )
        if prisoner_ids is not None:
            query = query.where(Hearing.prisoner_id.in_(prisoner_ids))
        return list(await self.session.scalars(query.order_by(Hearing.starts_at, Hearing.id)))

    async def letters_by_day(self, *, since: date, keeper_id: UUID | None) -> Mapping[date, int]:
        """Count the letters that anybody reported, by the day on which they were written.

        Args:
            keeper_id: to whose portfolio; None for all.
        """
        query = select(Letter.written_on, func.count()).where(Letter.written_on >= since)
        if keeper_id is not None:
            kept = exists().where(
                Portfolio.prisoner_id == Letter.prisoner_id, Portfolio.person_id == keeper_id
            )
            query = query.where(kept)
        return dict((await self.session.execute(query.group_by(Letter.written_on))).all())
