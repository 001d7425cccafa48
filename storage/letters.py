"""Letters as their writers report them, and what became of them."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select, update

from storage.models import Letter, LetterOutcome, Prisoner
from storage.prisoners import OUT_OF_REACH
from storage.repository import Repository


@dataclass(frozen=True)
class Fates:
    """What became of the letters to one place; `gaps` counts answers by the days they took."""

    gaps: Mapping[int, int]
    returned: int
    written: int


@dataclass(frozen=True)
class Unanswered:
    """Letters to a prisoner since they were last heard of, where they are held now."""

    prisoner_id: UUID
    facility_code: str
    first_written_on: date
    letters: int


class Letters(Repository):
    """Queries about letters."""

    async def add(
        self,
        *,
        person_id: UUID | None,
        prisoner_id: UUID,
        guardianship_id: UUID | None,
        day: date,
        facility_code: str | None = None,
    ) -> Letter:
        """Note one letter, numbered within its guardianship, or among one person's or nobody's."""
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

    async def single_to(self, person_id: UUID, *, day: date) -> set[UUID]:
        """Return to whom somebody reported a letter without a promise on a day."""
        single = (Letter.person_id == person_id) & Letter.guardianship_id.is_(None)
        query = select(Letter.prisoner_id).where(single, Letter.written_on == day)
        return set(await self.session.scalars(query))

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

    async def fates(self, *, since: date) -> dict[str, Fates]:
        """Count by place what became of the letters that were written on a day or later."""
        query = (
            select(Letter.facility_code, Letter.outcome, Letter.written_on, Letter.outcome_on, func.count())
            .where(Letter.facility_code.is_not(None), Letter.written_on >= since)
            .group_by(Letter.facility_code, Letter.outcome, Letter.written_on, Letter.outcome_on)
        )
        gaps: dict[str, Counter[int]] = defaultdict(Counter)
        returned, written = Counter[str](), Counter[str]()
        for code, outcome, written_on, outcome_on, count in await self.session.execute(query):
            assert code is not None
            written[code] += count
            if outcome is LetterOutcome.RETURNED:
                returned[code] += count
            elif outcome is LetterOutcome.ANSWERED and outcome_on is not None:
                gaps[code][max((outcome_on - written_on).days, 0)] += count
        return {code: Fates(gaps[code], returned[code], written[code]) for code in written}

    async def unanswered(self, *, fewest: int) -> list[Unanswered]:
        """Return which prisoners have not been heard of since they were written to so often, and more.

        Left out is who is out of reach or silenced, and whoever's silence was told of before. Letters count
        from where they are held now, after the last answer they gave.
        """
        answered = (
            select(Letter.prisoner_id, func.max(Letter.outcome_on).label("on"))
            .where(Letter.outcome == LetterOutcome.ANSWERED)
            .group_by(Letter.prisoner_id)
            .subquery()
        )
        # Counted before prisoners are joined: SQLite would look through a whole place for each of them.
        written = (
            select(
                Letter.prisoner_id,
                Letter.facility_code,
                func.min(Letter.written_on).label("first_on"),
                func.count().label("letters"),
            )
            .outerjoin(answered, answered.c.prisoner_id == Letter.prisoner_id)
            .where(
                Letter.outcome == LetterOutcome.WRITTEN,
                answered.c.on.is_(None) | (Letter.written_on > answered.c.on),
            )
            .group_by(Letter.prisoner_id, Letter.facility_code)
            .having(func.count() >= fewest)
            .subquery()
        )
        query = (
            select(Prisoner.id, Prisoner.facility_code, written.c.first_on, written.c.letters)
            .join(
                written,
                (written.c.prisoner_id == Prisoner.id) & (written.c.facility_code == Prisoner.facility_code),
            )
            .where(
                Prisoner.unheard_on.is_(None),
                Prisoner.is_silenced.in_((False,)),
                Prisoner.custody_status.not_in(OUT_OF_REACH),
            )
        )
        rows = await self.session.execute(query)
        return [Unanswered(who, where or "", first, letters) for who, where, first, letters in rows]
