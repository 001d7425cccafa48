"""Leases on jobs that one process does at a time: taken, renewed, given back, and looked at as a fence."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select, update

from storage.database_clock import DatabaseTime
from storage.errors import LeaseLost
from storage.models import Lease
from storage.repository import Repository


@dataclass(frozen=True)
class Held:
    """A lease as its holder knows it; the token says which of its holders this one is."""

    name: str
    holder: UUID
    token: int


class Leases(Repository):
    """Queries about leases; when one ends is said by the database's own clock."""

    async def take(self, name: str, holder: UUID, *, lasts: timedelta) -> Held | None:
        """Take a lease that nobody holds; None where somebody does."""
        until = DatabaseTime(lasts)
        new = self.insert(Lease).values(name=name, holder=holder, token=1, until=until)
        taken = new.on_conflict_do_update(
            index_elements=["name"],
            set_={"holder": holder, "token": Lease.token + 1, "until": until},
            where=Lease.until <= DatabaseTime(),
        ).returning(Lease.token)
        token = await self.session.scalar(taken)
        return None if token is None else Held(name, holder, token)

    async def renew(self, held: Held, *, lasts: timedelta) -> bool:
        """Hold a lease for so long from now; False where somebody else has had it since."""
        renewed = update(Lease).where(_is(held)).values(until=DatabaseTime(lasts)).returning(Lease.token)
        return await self.session.scalar(renewed) is not None

    async def give_back(self, held: Held) -> None:
        """Let the next one take a lease at once."""
        await self.session.execute(update(Lease).where(_is(held)).values(until=DatabaseTime()))

    async def require(self, held: Held) -> None:
        """Refuse to go on for who lost a lease; with it, nobody takes it before this unit of work has ended.

        Raises:
            LeaseLost: somebody else has it.
        """
        query = select(Lease.token).where(_is(held)).with_for_update(read=True)
        if await self.session.scalar(query) is None:
            raise LeaseLost(held.name)


def _is(held: Held) -> ColumnElement[bool]:
    return and_(Lease.name == held.name, Lease.holder == held.holder, Lease.token == held.token)
