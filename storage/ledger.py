"""The ledger of ids that left, which no restored backup may bring back."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy import select, update

from storage.models import Departed
from storage.repository import Repository


class Ledger(Repository):
    """Queries about who left and where that is written down."""

    async def not_copied(self) -> list[UUID]:
        """Return the ids that the ledger in the backup place does not name yet."""
        return list(await self.session.scalars(select(Departed.id).where(Departed.is_copied.in_((False,)))))

    async def note_copied(self, ids: Iterable[UUID]) -> None:
        """Note that the ledger in the backup place names these; call it only when it lies there."""
        query = update(Departed).where(Departed.id.in_(list(ids)))
        await self.session.execute(query.values(is_copied=True))

    async def take_over(self, left: Mapping[UUID, date]) -> None:
        """Have exactly these in the ledger of a restored database, all still to be copied."""
        await self.session.execute(update(Departed).values(is_copied=False))
        known = set(await self.session.scalars(select(Departed.id)))
        self.session.add_all(
            Departed(id=each, left_on=day) for each, day in left.items() if each not in known
        )
        await self.session.flush()
