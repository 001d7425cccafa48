"""Who says that they will be at a sitting."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import delete, exists, func, or_, select

from storage.models import Attendance, Hearing, HearingStatus, Person
from storage.repository import Repository, once_a_view

_COLUMNS = ("hearing_id", "person_id", "said_on")
OVER = (HearingStatus.CANCELLED, HearingStatus.HELD)


class Attendances(Repository):
    """Queries about who will be at a sitting."""

    async def add(self, hearing_id: UUID, person_id: UUID, *, day: date) -> None:
        """Note that somebody will be there; who has said so already stays."""
        await self.insert_new(Attendance, _COLUMNS, [[hearing_id, person_id, day]])

    async def remove(self, hearing_id: UUID, person_id: UUID) -> None:
        it = (Attendance.hearing_id == hearing_id, Attendance.person_id == person_id)
        await self.session.execute(delete(Attendance).where(*it))

    async def count(self, hearing_id: UUID) -> int:
        """Say how many will be there."""
        query = select(func.count()).where(Attendance.hearing_id == hearing_id)
        return await self.session.scalar(query) or 0

    @once_a_view
    async def of_person(self, person_id: UUID) -> set[UUID]:
        """Return at which sittings somebody will be."""
        query = select(Attendance.hearing_id).where(Attendance.person_id == person_id)
        return set(await self.session.scalars(query))

    @once_a_view
    async def people(self, hearing_id: UUID) -> list[Person]:
        """Return who will be there."""
        ids = select(Attendance.person_id).where(Attendance.hearing_id == hearing_id)
        return list(await self.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.id)))

    async def forget(self, hearing_id: UUID, *, but: Collection[UUID] = ()) -> None:
        """Forget who will be at a sitting, except some people."""
        query = delete(Attendance).where(Attendance.hearing_id == hearing_id)
        await self.session.execute(query.where(Attendance.person_id.not_in(but)))

    async def forget_over(self, *, begun_until: datetime) -> None:
        """Forget who was to be at sittings that were cancelled or held, or began at an instant or before."""
        is_over = or_(Hearing.status.in_(OVER), Hearing.starts_at <= begun_until)
        sitting = exists().where(Hearing.id == Attendance.hearing_id, is_over)
        await self.session.execute(delete(Attendance).where(sitting))
