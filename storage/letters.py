"""Letters as their writers report them, and what became of them."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from storage.models import Letter
from storage.repository import Repository


class Letters(Repository):
    """Queries about letters."""

    async def add(
        self,
        *,
        person_id: UUID,
        prisoner_id: UUID,
        guardianship_id: UUID | None,
        day: date,
        facility_code: str | None = None,
    ) -> Letter:
        """Note one letter, numbered within its guardianship (or within one person and prisoner)."""
        mine = (
            Letter.guardianship_id == guardianship_id
            if guardianship_id is not None
            else (Letter.person_id == person_id) & (Letter.prisoner_id == prisoner_id)
        )
        last = await self.session.scalar(select(func.max(Letter.number)).where(mine))
        letter = Letter(
            id=uuid4(),
            person_id=person_id,
            prisoner_id=prisoner_id,
            guardianship_id=guardianship_id,
            number=(last or 0) + 1,
            written_on=day,
            facility_code=facility_code,
        )
        self.session.add(letter)
        await self.session.flush()
        return letter

    async def last_written_on(self, prisoner_id: UUID) -> date | None:
        """Return the day of the newest letter anybody reported to a prisoner, or None."""
        return await self.session.scalar(
            select(func.max(Letter.written_on)).where(Letter.prisoner_id == prisoner_id)
        )

    async def count(self, prisoner_id: UUID, *, since: date) -> int:
        """Count the letters reported to a prisoner on a day or later."""
        query = select(func.count()).where(Letter.prisoner_id == prisoner_id, Letter.written_on >= since)
        return await self.session.scalar(query) or 0

    async def of_guardianship(self, guardianship_id: UUID) -> list[Letter]:
        return list(
            await self.session.scalars(
                select(Letter).where(Letter.guardianship_id == guardianship_id).order_by(Letter.number)
            )
        )

    async def forget_writers(self, *, until: date) -> None:
        """Cut letters outside any guardianship, written on a day or before it, off from who wrote them."""
        is_loose = Letter.guardianship_id.is_(None) & (Letter.written_on <= until)
        await self.session.execute(update(Letter).where(is_loose).values(person_id=None))

    async def forget_old(self, *, until: date) -> None:
        """Delete letters of nobody, written on a day or before it."""
        is_nobodys = Letter.guardianship_id.is_(None) & Letter.person_id.is_(None)
        await self.session.execute(delete(Letter).where(is_nobodys, Letter.written_on <= until))
