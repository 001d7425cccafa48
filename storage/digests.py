"""What one coordinator's weekly word is about, counted in a few queries however many are looked after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from storage.models import Guardianship, GuardianshipState, Portfolio, Prisoner
from storage.prisoners import NOT_SUGGESTED, OUT_OF_REACH
from storage.repository import Repository


@dataclass(frozen=True)
class Those:
    """How many there are, and the first of them, each with the day that matters."""

    count: int
    first: Sequence[tuple[UUID, date | None]]


def _looked_after_by(person_id: UUID) -> ColumnElement[bool]:
    """Hold for whom a coordinator looks after, and for whom nobody does, which is everybody's."""
    kept = select(Portfolio.prisoner_id).where(Portfolio.prisoner_id == Prisoner.id)
    return or_(exists(kept.where(Portfolio.person_id == person_id)), ~exists(kept))


_IS_SPOKEN_OF = Prisoner.is_silenced.in_((False,)) & Prisoner.custody_status.not_in(OUT_OF_REACH)


class Digests(Repository):
    """Queries about what concerns one coordinator this week."""

    async def quiet(self, person_id: UUID, *, limit: int) -> Those:
        """Return whose guardians have fallen silent, with the day on which the first did, by that day."""
        query = (
            select(Prisoner.id, func.min(Guardianship.quiet_on).label("day"))
            .join(Guardianship, Guardianship.prisoner_id == Prisoner.id)
            .where(Guardianship.state == GuardianshipState.ACTIVE, Guardianship.quiet_on.is_not(None))
            .where(_IS_SPOKEN_OF, _looked_after_by(person_id))
            .group_by(Prisoner.id)
        )
        return await self._those(query, limit)

    async def unheard(self, person_id: UUID, *, since: date, limit: int) -> Those:
        """Return whose silence was noticed on a day or later, with that day."""
        query = select(Prisoner.id, Prisoner.unheard_on.label("day")).where(
            Prisoner.unheard_on >= since, _IS_SPOKEN_OF, _looked_after_by(person_id)
        )
        return await self._those(query, limit)

    async def nobodys(self, person_id: UUID, *, limit: int) -> Those:
        """Return who may be suggested and has no guardian, with the day of what is known of their custody."""
        standing = (GuardianshipState.ACTIVE, GuardianshipState.PAUSED)
        guarded = select(Guardianship.id).where(
            Guardianship.prisoner_id == Prisoner.id, Guardianship.state.in_(standing)
        )
        query = select(Prisoner.id, Prisoner.custody_on.label("day")).where(
            ~exists(guarded),
            Prisoner.custody_status.not_in(NOT_SUGGESTED),
            Prisoner.is_silenced.in_((False,)),
            _looked_after_by(person_id),
        )
        return await self._those(query, limit)

    async def _those(self, query: Select[UUID, date | None], limit: int) -> Those:
        found = query.subquery()
        count = await self.session.scalar(select(func.count()).select_from(found))
        # Who has no day comes last on both engines.
        order = (found.c.day.is_(None), found.c.day, found.c.id)
        rows = await self.session.execute(select(found.c.id, found.c.day).order_by(*order).limit(limit))
        return Those(count or 0, [(row.id, row.day) for row in rows])
