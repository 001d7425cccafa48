"""To whom backups and the recovery copy are sealed: public age keys, each signed."""

from datetime import date
from uuid import uuid4

from sqlalchemy import select

from storage.errors import ForgedRow
from storage.models import Recipient
from storage.repository import Repository


class Recipients(Repository):
    """Queries about those who hold an identity; a row that somebody wrote by hand stops every backup."""

    async def keys(self) -> list[str]:
        """Return the public keys, oldest first.

        Raises:
            ForgedRow: a row is not signed by this installation.
        """
        return [row.public_key for row in await self.all()]

    async def add(self, public_key: str, *, day: date) -> bool:
        """Add a public key that was checked; False where it is there already."""
        if public_key in await self.keys():
            return False
        row = Recipient(id=uuid4(), public_key=public_key, added_on=day)
        row.mac = self.macs.recipient_mac(row.id, public_key, day)
        self.session.add(row)
        await self.session.flush()
        return True

    async def remove(self, public_key: str) -> bool:
        """Seal nothing more to a public key; False where it was not there."""
        for row in await self.all():
            if row.public_key == public_key:
                await self.session.delete(row)
                await self.session.flush()
                return True
        return False

    async def all(self) -> list[Recipient]:
        """Return the rows, oldest first.

        Raises:
            ForgedRow: a row is not signed by this installation.
        """
        rows = list(await self.session.scalars(select(Recipient).order_by(Recipient.added_on, Recipient.id)))
        for row in rows:
            if not self.macs.matches(row.mac, self.macs.recipient_mac(row.id, row.public_key, row.added_on)):
                raise ForgedRow(f"recipient {row.id} is not signed by this installation")
        return rows
