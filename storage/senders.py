"""What sending processes agree on: each one's part of Telegram's rate, and whose turn it is in which chat."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    Executable,
    FromClause,
    Result,
    Table,
    bindparam,
    delete,
    func,
    select,
    text,
    true,
    update,
)

from storage.columns import MILLISECOND, Id
from storage.database_clock import DatabaseTime
from storage.given import OverRows, insertion
from storage.models import Sender, Turn
from storage.repository import Repository

_TURN = cast(Table, Turn.__table__)
_PEOPLE = {"person_id": Id()}
_PROCESS = bindparam("process", type_=Id)


def _take(given: FromClause, is_postgresql: bool) -> Executable:
    # In one order, so that two who take the same turns wait for each other and not for ever.
    rows = select(given.c.person_id, _PROCESS, DatabaseTime("lasts")).order_by(given.c.person_id)
    new = insertion(_TURN, is_postgresql=is_postgresql).from_select(_TURN.c.keys(), rows.where(true()))
    is_free = (_TURN.c.process_id == new.excluded.process_id) | (_TURN.c.until <= DatabaseTime())
    until = new.excluded.until
    later = func.greatest(_TURN.c.until, until) if is_postgresql else until
    taken = {"process_id": new.excluded.process_id, "until": later}
    statement = new.on_conflict_do_update(index_elements=["person_id"], set_=taken, where=is_free)
    return cast(Executable, statement.returning(_TURN.c.person_id))


def _rest(given: FromClause, _: bool) -> Executable:
    is_mine = _TURN.c.person_id.in_(select(given.c.person_id)) & (_TURN.c.process_id == _PROCESS)
    return update(_TURN).where(is_mine).values(until=DatabaseTime("lasts"))


_TAKE, _REST = OverRows(_PEOPLE, _take), OverRows(_PEOPLE, _rest)


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
        return set((await self._over(_TAKE, people, process_id, lasts)).scalars())

    async def rest(self, people: Collection[UUID], process_id: UUID, *, lasts: timedelta) -> None:
        """Let turns end after so long, by when their chats have rested."""
        if people:
            await self._over(_REST, people, process_id, lasts)

    async def _over(
        self, statement: OverRows, people: Collection[UUID], process_id: UUID, lasts: timedelta
    ) -> Result[Any]:
        given = ([person_id] for person_id in people)
        return await self.over(statement, given, process=process_id, lasts=lasts // MILLISECOND)

    async def forget_ended(self) -> None:
        await self.session.execute(delete(Turn).where(Turn.until <= DatabaseTime()))
