"""Which updates have already had their effect."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from storage.errors import UpdateAlreadyTaken
from storage.models import SeenUpdate
from storage.repository import Repository


class Updates(Repository):
    """Queries about update numbers; a set, since numbers restart at random after a quiet week."""

    async def take(self, number: int, *, now: datetime) -> None:
        """Note an update in this transaction.

        Raises:
            UpdateAlreadyTaken: it has been noted before.
        """
        if await self.is_taken(number):
            raise UpdateAlreadyTaken(f"update {number} has had its effect")
        try:
            async with self.session.begin_nested():
                self.session.add(SeenUpdate(number=number, seen_at=now))
        except IntegrityError as error:
            raise UpdateAlreadyTaken(f"update {number} has had its effect") from error

    async def is_taken(self, number: int) -> bool:
        """Say whether an update has had its effect."""
        return await self.session.get(SeenUpdate, number) is not None

    async def forget(self, *, until: datetime) -> None:
        await self.session.execute(delete(SeenUpdate).where(SeenUpdate.seen_at <= until))
