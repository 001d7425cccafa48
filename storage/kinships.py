"""Family ties: who is linked to a prisoner as family, and of whom a person may know."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, bindparam, exists, select, union

from storage.guardianships import STOOD_BY
from storage.models import Guardianship, Kinship, KinshipState, Person, Role, RoleName
from storage.repository import Repository, once_a_view
from storage.right_rows import CONFIRMED_FROM

# A tie carries no mark; the right that came with it does, and one written by hand ends all of a person's. So
# it is the right that says whether the tie was confirmed, whatever its own row says.
IS_SIGNED = exists().where(
    Role.person_id == Kinship.person_id,
    Role.role == RoleName.RELATIVE,
    Role.scope == Kinship.prisoner_id,
    Role.revision % 2 == 1,
    Role.revision >= CONFIRMED_FROM,
)
CONFIRMED = (Kinship.state == KinshipState.CONFIRMED) & IS_SIGNED
FAMILY_OF = select(Kinship.prisoner_id).where(Kinship.person_id == bindparam("person"), CONFIRMED)
# Of whom a person may know: those they are a guardian of, paused or not, and their confirmed family.
PRISONERS_OF = union(
    select(Guardianship.prisoner_id).where(
        Guardianship.person_id == bindparam("person"),
        Guardianship.state.in_(STOOD_BY),
    ),
    FAMILY_OF,
)


class Kinships(Repository):
    """Queries about family ties."""

    async def add(self, person_id: UUID, prisoner_id: UUID, *, is_on_behalf: bool, day: date) -> Kinship:
        """Link a person to a prisoner as family; a second coordinator's confirmation is still to come."""
        kinship = Kinship(
            id=uuid4(),
            person_id=person_id,
            prisoner_id=prisoner_id,
            is_on_behalf=is_on_behalf,
            state=KinshipState.REDEEMED,
            since=day,
        )
        self.session.add(kinship)
        await self.session.flush()
        return kinship

    async def get(self, kinship_id: UUID) -> Kinship | None:
        return await self.session.get(Kinship, kinship_id, with_for_update=self.locks, populate_existing=True)

    async def of_person(self, person_id: UUID) -> list[Kinship]:
        """Return a person's confirmed ties; one that still waits gives them nothing."""
        return await self._ties(Kinship.person_id == person_id, CONFIRMED)

    async def standing_of(self, person_id: UUID) -> list[Kinship]:
        """Return a person's ties, also those that wait to be confirmed."""
        return await self._ties(Kinship.person_id == person_id, Kinship.state != KinshipState.ENDED)

    async def unconfirmed(self, prisoner_id: UUID) -> list[Kinship]:
        """Return who redeemed a code of a prisoner's and waits to be confirmed."""
        waits = (Kinship.state != KinshipState.ENDED) & ~CONFIRMED
        return await self._ties(Kinship.prisoner_id == prisoner_id, waits)

    async def _ties(self, *conditions: ColumnElement[bool]) -> list[Kinship]:
        query = select(Kinship).where(*conditions).order_by(Kinship.since, Kinship.id)
        return list(await self.session.scalars(query))

    async def prisoners_of(self, person_id: UUID) -> set[UUID]:
        """Return the prisoners a person stands by, as guardian or as family."""
        return set(await self.session.scalars(PRISONERS_OF, {"person": person_id}))

    @once_a_view
    async def family_of(self, prisoner_id: UUID) -> list[Person]:
        rows = await self.session.scalars(
            select(Person)
            .join(Kinship, Kinship.person_id == Person.id)
            .where(Kinship.prisoner_id == prisoner_id, CONFIRMED)
        )
        return list(rows.unique())
