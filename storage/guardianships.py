"""Guardianships."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import cache
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, bindparam, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from storage.errors import AlreadyThere
from storage.models import CustodyStatus, Guardianship, GuardianshipState, Person, Prisoner
from storage.repository import Repository, once_a_view
from storage.right_rows import KEPT_AWAY

# Whoever stands by somebody, and with them who has applied.
STOOD_BY = (GuardianshipState.ACTIVE, GuardianshipState.PAUSED)
STANDING = (GuardianshipState.APPLIED, *STOOD_BY)
OVER = (GuardianshipState.ENDED, GuardianshipState.DECLINED, GuardianshipState.WITHDRAWN)


# Every menu asks this: it is built once, and its states stand in it.
@cache
def _of_person(states: Sequence[GuardianshipState]) -> Select[Guardianship]:
    mine = Guardianship.person_id == bindparam("person")
    query = select(Guardianship).where(mine, or_(*(Guardianship.state == state for state in states)))
    return query.order_by(Guardianship.applied_on, Guardianship.id)


class Guardianships(Repository):
    """Queries about guardianships."""

    async def add(
        self, *, person_id: UUID, prisoner_id: UUID, rhythm_weeks: int, word: str | None, day: date
    ) -> Guardianship:
        """Keep an application.

        Raises:
            AlreadyThere: one already stands for this pair.
        """
        guardianship = Guardianship(
            id=uuid4(),
            person_id=person_id,
            prisoner_id=prisoner_id,
            rhythm_weeks=rhythm_weeks,
            state=GuardianshipState.APPLIED,
            applied_on=day,
        )
        await self.vault.seal(guardianship, word=word)
        try:
            async with self.session.begin_nested():
                self.session.add(guardianship)
        except IntegrityError as error:
            raise AlreadyThere(f"person {person_id} already stands by prisoner {prisoner_id}") from error
        return guardianship

    async def get(self, guardianship_id: UUID) -> Guardianship | None:
        return await self.session.get(Guardianship, guardianship_id, with_for_update=self.locks)

    async def among(self, guardianship_ids: Collection[UUID]) -> list[Guardianship]:
        """Return which of some guardianships there are, in a fixed order."""
        query = select(Guardianship).where(Guardianship.id.in_(guardianship_ids)).order_by(Guardianship.id)
        return list(await self.session.scalars(query.with_for_update() if self.locks else query))

    async def of_person(self, person_id: UUID, *states: GuardianshipState) -> list[Guardianship]:
        return list(await self.session.scalars(_of_person(states), {"person": person_id}))

    async def of_prisoner(self, prisoner_id: UUID, *states: GuardianshipState) -> list[Guardianship]:
        return list(
            await self.session.scalars(
                select(Guardianship).where(
                    Guardianship.prisoner_id == prisoner_id, Guardianship.state.in_(states)
                )
            )
        )

    @once_a_view
    async def ended(self, prisoner_id: UUID) -> list[Guardianship]:
        """Return the guardianships of a prisoner that have ended."""
        return await self.of_prisoner(prisoner_id, GuardianshipState.ENDED)

    async def waiting(self) -> list[Guardianship]:
        """Return the applications nobody has decided, oldest first."""
        return list(
            await self.session.scalars(
                select(Guardianship)
                .where(Guardianship.state == GuardianshipState.APPLIED)
                .order_by(Guardianship.applied_on, Guardianship.id)
            )
        )

    @once_a_view
    async def guardians_of(self, prisoner_id: UUID) -> list[Person]:
        """Return the people with an active or paused guardianship of a prisoner."""
        rows = await self.session.scalars(
            select(Person)
            .join(Guardianship, Guardianship.person_id == Person.id)
            .where(Guardianship.prisoner_id == prisoner_id, Guardianship.state.in_(STOOD_BY))
        )
        return list(rows.unique())

    async def ask(self, guardianship: Guardianship, question: str, *, by: UUID) -> None:
        """Keep what an applicant is asked, in place of what was asked and said before."""
        await self.vault.seal(guardianship, question=question, answer=None)
        guardianship.asked_by = by

    async def say(self, guardianship: Guardianship, answer: str) -> None:
        """Keep what an applicant says to it."""
        await self.vault.seal(guardianship, answer=answer)

    async def reveal_question(self, guardianship: Guardianship) -> str | None:
        return await self.vault.reveal(guardianship, "question")

    async def reveal_answer(self, guardianship: Guardianship) -> str | None:
        return await self.vault.reveal(guardianship, "answer")

    async def reveal_word(self, guardianship: Guardianship) -> str | None:
        return await self.vault.reveal(guardianship, "word")

    async def count_reminded(self, guardianship_ids: Collection[UUID], *, day: date) -> None:
        """Note that a reminder to write went out for each of some active guardianships."""
        reminded = update(Guardianship).where(
            Guardianship.id.in_(guardianship_ids), Guardianship.state == GuardianshipState.ACTIVE
        )
        await self.session.execute(reminded.values(unanswered=Guardianship.unanswered + 1, reminded_on=day))

    async def turn_quiet(self, *, reminders: int, reminded_until: date, today: date) -> None:
        """Count those as quiet of whose reminders so many stand unanswered, the newest for long enough."""
        is_quiet = (Guardianship.unanswered > reminders) | (
            (Guardianship.unanswered == reminders) & (Guardianship.reminded_on <= reminded_until)
        )
        turned = update(Guardianship).where(
            Guardianship.state == GuardianshipState.ACTIVE, Guardianship.quiet_on.is_(None), is_quiet
        )
        await self.session.execute(turned.values(quiet_on=today))

    async def turn_kept_away_quiet(self, *, today: date) -> None:
        """Count as quiet whoever is suspended or may be detained: nothing is sent to them."""
        turned = update(Guardianship).where(
            Guardianship.state == GuardianshipState.ACTIVE,
            Guardianship.quiet_on.is_(None),
            Guardianship.person_id.in_(KEPT_AWAY),
        )
        await self.session.execute(turned.values(quiet_on=today))

    async def offer_quiet(self, *, quiet_until: date, today: date) -> None:
        """Let those be offered to others who have been quiet since a day or before it."""
        offered = update(Guardianship).where(
            Guardianship.state == GuardianshipState.ACTIVE,
            Guardianship.offered_on.is_(None),
            Guardianship.quiet_on <= quiet_until,
        )
        await self.session.execute(offered.values(offered_on=today))

    async def paused_until(self, day: date) -> list[Guardianship]:
        """Return the pauses that are over on a day, in a fixed order."""
        return await self._all(
            Guardianship.state == GuardianshipState.PAUSED, Guardianship.paused_until <= day
        )

    async def handed_over(self) -> list[Guardianship]:
        """Return the guardianships in whose stead somebody new was accepted, in a fixed order."""
        return await self._all(
            Guardianship.state == GuardianshipState.ACTIVE, Guardianship.handed_over_on.is_not(None)
        )

    async def held_in(self) -> list[tuple[CustodyStatus, str | None]]:
        """Return each custody status and place in which somebody with an active guardianship is."""
        found = (
            select(Prisoner.custody_status, Prisoner.facility_code)
            .join(Guardianship, Guardianship.prisoner_id == Prisoner.id)
            .where(Guardianship.state == GuardianshipState.ACTIVE)
            .distinct()
        )
        return [(status, code) for status, code in await self.session.execute(found)]

    async def with_rhythm(self, status: CustodyStatus, code: str | None) -> list[Guardianship]:
        """Return the active guardianships with a rhythm, of those under a status in a place."""
        held = select(Prisoner.id).where(
            Prisoner.custody_status == status, Prisoner.facility_code.is_not_distinct_from(code)
        )
        return await self._all(
            Guardianship.state == GuardianshipState.ACTIVE,
            Guardianship.rhythm_on.is_not(None),
            Guardianship.prisoner_id.in_(held),
        )

    async def without_rhythm(self) -> list[Guardianship]:
        """Return the active guardianships without a rhythm."""
        return await self._all(
            Guardianship.state == GuardianshipState.ACTIVE, Guardianship.rhythm_on.is_(None)
        )

    async def quiet_of(self, prisoner_ids: Collection[UUID]) -> list[Guardianship]:
        """Return the quiet guardianships of some prisoners, the longest quiet first.

        In a unit that changes something they are locked: whoever taps just then is not quiet any more.
        """
        found = await self._all(
            Guardianship.prisoner_id.in_(prisoner_ids),
            Guardianship.state == GuardianshipState.ACTIVE,
            Guardianship.quiet_on.is_not(None),
        )
        return sorted(found, key=lambda one: (one.quiet_on or date.max, one.id))

    async def _all(self, *conditions: ColumnElement[bool]) -> list[Guardianship]:
        query = select(Guardianship).where(*conditions).order_by(Guardianship.id)
        if self.locks:
            # Also what this unit has read before is as it is now.
            query = query.with_for_update().execution_options(populate_existing=True)
        return list(await self.session.scalars(query))

    async def forget_decider(self, person_id: UUID) -> None:
        """Let what somebody accepted, declined or asked stand without them."""
        decided = update(Guardianship).where(Guardianship.decided_by == person_id)
        await self.session.execute(decided.values(decided_by=None))
        asked = update(Guardianship).where(Guardianship.asked_by == person_id)
        await self.session.execute(asked.values(asked_by=None))

    async def forget_ended(self, *, until: date) -> None:
        """Delete promises that ended, were declined or withdrawn on a day or before it."""
        is_over = Guardianship.state.in_(OVER) & (Guardianship.ended_on <= until)
        await self.session.execute(delete(Guardianship).where(is_over))
