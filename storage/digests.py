"""What one coordinator's weekly word is about, counted in a few queries however many are looked after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from storage.guardianships import STOOD_BY
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
        return await self._those(_quiet(person_id), limit)

    async def unheard(self, person_id: UUID, *, since: date, limit: int) -> Those:
        """Return whose silence was noticed on a day or later, with that day."""
        return await self._those(_unheard(person_id, since), limit)

    async def nobodys(self, person_id: UUID, *, limit: int) -> Those:
        """Return who may be suggested and has no guardian, with the day of what is known of their custody."""
        return await self._those(_nobodys(person_id), limit)

    async def has_any(self, person_id: UUID, *, since: date) -> bool:
        """Say whether there is anybody of whom one of the others would tell; nobody is counted for it."""
        parts = (_quiet(person_id), _unheard(person_id, since), _nobodys(person_id))
        return bool(await self.session.scalar(select(or_(*(part.exists() for part in parts)))))

    async def _those(self, query: Select[UUID, date | None], limit: int) -> Those:
        found = query.subquery()
        # Who has no day comes last on both engines.
        order = (found.c.day.is_(None), found.c.day, found.c.id)
        # In one pass: to count them costs what to find them does.
        of_all = func.count().over().label("of_all")
        rows = await self.session.execute(
            select(found.c.id, found.c.day, of_all).order_by(*order).limit(limit)
        )
        first = [(row.id, row.day, row.of_all) for row in rows]
        return Those(first[0][2] if first else 0, [(prisoner_id, day) for prisoner_id, day, _ in first])


def _quiet(person_id: UUID) -> Select[UUID, date | None]:
    return (
        select(Prisoner.id, func.min(Guardianship.quiet_on).label("day"))
        .join(Guardianship, Guardianship.prisoner_id == Prisoner.id)
        .where(Guardianship.state == GuardianshipState.ACTIVE, Guardianship.quiet_on.is_not(None))
        .where(_IS_SPOKEN_OF, _looked_after_by(person_id))
        .group_by(Prisoner.id)
    )


def _unheard(person_id: UUID, since: date) -> Select[UUID, date | None]:
    return select(Prisoner.id, Prisoner.unheard_on.label("day")).where(
        Prisoner.unheard_on >= since, _IS_SPOKEN_OF, _looked_after_by(person_id)
    )


def _nobodys(person_id: UUID) -> Select[UUID, date | None]:
    guarded = select(Guardianship.id).where(
        Guardianship.prisoner_id == Prisoner.id, Guardianship.state.in_(STOOD_BY)
    )
    return select(Prisoner.id, Prisoner.custody_on.label("day")).where(
        ~exists(guarded),
        Prisoner.custody_status.not_in(NOT_SUGGESTED),
        Prisoner.is_silenced.in_((False,)),
        _looked_after_by(person_id),
    )
