"""Who asked for the open sittings of a prisoner, or of a city."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, func, or_, select

from storage.models import Following, Hearing, Person
from storage.repository import Repository, once_a_view

_COLUMNS = ("id", "person_id", "prisoner_id", "city", "since")


class Followings(Repository):
    """Queries about what people asked to be told of."""

    async def add(
        self, person_id: UUID, *, prisoner_id: UUID | None = None, city: str | None = None, day: date
    ) -> None:
        """Note what somebody asked for; what they have asked for already stays, with its day."""
        await self.insert_new(Following, _COLUMNS, [[uuid4(), person_id, prisoner_id, city, day]])

    async def remove(
        self, person_id: UUID, *, prisoner_id: UUID | None = None, city: str | None = None
    ) -> None:
        """Forget that somebody asked for a prisoner, or for a city."""
        it = Following.prisoner_id == prisoner_id if city is None else Following.city == city
        await self.session.execute(delete(Following).where(Following.person_id == person_id, it))

    async def count(self, person_id: UUID) -> int:
        mine = select(func.count()).where(Following.person_id == person_id)
        return await self.session.scalar(mine) or 0

    async def of_person(self, person_id: UUID) -> list[Following]:
        """Return what somebody asked for, the earliest first."""
        query = select(Following).where(Following.person_id == person_id)
        return list(await self.session.scalars(query.order_by(Following.since, Following.id)))

    @once_a_view
    async def askers(self, hearing_id: UUID) -> list[Person]:
        """Return who asked for the prisoner or the city of a sitting, each once."""
        asked = select(Following.person_id).join(
            Hearing, or_(Following.prisoner_id == Hearing.prisoner_id, Following.city == Hearing.city)
        )
        ids = asked.where(Hearing.id == hearing_id)
        return list(await self.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))

    async def forget_prisoner(self, prisoner_id: UUID) -> None:
        """Forget that anybody asked for a prisoner."""
        await self.session.execute(delete(Following).where(Following.prisoner_id == prisoner_id))
