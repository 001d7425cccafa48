"""What sending processes agree on: each one's part of Telegram's rate, and whose turn it is in which chat."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text, update

from storage.database_clock import DatabaseTime
from storage.models import Sender, Turn
from storage.repository import Repository


class Senders(Repository):
    """Queries about processes that send."""

    async def agree(self) -> tuple[datetime, list[Sender]]:
        """Return the database's time and every sender; until this unit has ended nobody else is told."""
        if self.is_postgresql:
            await self.session.execute(text("LOCK TABLE sender IN SHARE ROW EXCLUSIVE MODE"))
        now = (await self.session.execute(select(DatabaseTime()))).scalar_one()
        has_ended = (Sender.until <= now) & (Sender.silent_until.is_(None) | (Sender.silent_until <= now))
        await self.session.execute(delete(Sender).where(has_ended))
        return now, list(await self.session.scalars(select(Sender)))

    async def put(self, sender: Sender) -> None:
        """Write down one's own part."""
        await self.session.merge(sender)
        await self.session.flush()


class Turns(Repository):
    """Queries about who alone may send new messages to somebody; by the database's own clock."""

    async def take(self, people: Collection[UUID], process_id: UUID, *, lasts: timedelta) -> set[UUID]:
        """Take turns that no other process has; returns whose. One that is ours already is only prolonged."""
        if not people:
            return set()
        until = DatabaseTime(lasts)
        # In one order, so that two who take the same turns wait for each other and not for ever.
        values = [
            {"person_id": each, "process_id": process_id, "until": until}
            for each in sorted(people, key=lambda each: each.bytes)
        ]
        new = self.insert(Turn).values(values)
        later = func.greatest(Turn.until, new.excluded.until) if self.is_postgresql else until
        taken = new.on_conflict_do_update(
            index_elements=["person_id"],
            set_={"process_id": process_id, "until": later},
            where=(Turn.process_id == process_id) | (Turn.until <= DatabaseTime()),
        ).returning(Turn.person_id)
        return set(await self.session.scalars(taken))

    async def rest(self, people: Collection[UUID], process_id: UUID, *, lasts: timedelta) -> None:
        """Let turns end after so long, by when their chats have rested."""
        mine = Turn.person_id.in_(people) & (Turn.process_id == process_id)
        await self.session.execute(update(Turn).where(mine).values(until=DatabaseTime(lasts)))

    async def forget_ended(self) -> None:
        await self.session.execute(delete(Turn).where(Turn.until <= DatabaseTime()))
