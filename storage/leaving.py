"""What follows somebody's leaving: the farewell in their chat, and the ledger of ids that left."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from storage.models import Departed, Farewell
from storage.repository import Repository


@dataclass(frozen=True)
class Parting:
    """A chat, and the messages of ours that are still to be deleted from it."""

    chat_id: int = field(repr=False)
    message_ids: Sequence[int] = field(repr=False)


class Farewells(Repository):
    """Queries about farewells, each sealed under a data key of its own."""

    async def add(self, parting: Parting, *, now: datetime, expires_at: datetime) -> Farewell:
        farewell = Farewell(id=uuid4(), next_at=now, expires_at=expires_at)
        await self.vault.create_key(farewell.id)
        body = {"chat": parting.chat_id, "messages": list(parting.message_ids)}
        await self.vault.seal(farewell, body=json.dumps(body))
        self.session.add(farewell)
        await self.session.flush()
        return farewell

    async def reveal(self, farewell: Farewell) -> Parting:
        body = json.loads(await self.vault.reveal(farewell, "body") or "{}")
        return Parting(body["chat"], body["messages"])

    async def due(self, *, now: datetime, limit: int) -> list[Farewell]:
        query = select(Farewell).where(Farewell.next_at <= now).order_by(Farewell.next_at).limit(limit)
        return list(await self.session.scalars(query))

    async def next_at(self) -> datetime | None:
        """Return when the next farewell is due, or None."""
        return await self.session.scalar(select(func.min(Farewell.next_at)))

    async def postpone(self, farewell_id: UUID, *, until: datetime) -> None:
        """Try again later, at its end at the latest."""
        farewell = await self.session.get(Farewell, farewell_id, with_for_update=self.locks)
        if farewell is not None:
            farewell.next_at = min(until, farewell.expires_at)

    async def end(self, farewell_id: UUID) -> None:
        """Delete a farewell and destroy its key: nobody can say any more which chat it was."""
        await self.session.execute(delete(Farewell).where(Farewell.id == farewell_id))
        await self.vault.destroy_key(farewell_id)


class Departures(Repository):
    """Queries about the ledger of ids that left."""

    async def add(self, person_id: UUID, *, day: date) -> None:
        self.session.add(Departed(id=person_id, left_on=day, is_copied=False))
        await self.session.flush()

    async def forget(self, *, until: date) -> None:
        """Delete the ids of those who left on a day or before it."""
        await self.session.execute(delete(Departed).where(Departed.left_on <= until))
