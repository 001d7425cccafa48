"""Which updates have already had their effect, and whose turn it is in a chat."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import BigInteger, CursorResult, Table, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.errors import UpdateAlreadyTaken
from storage.models import SeenUpdate
from storage.repository import Repository

TURN_BYTES = 8
_SEEN = cast(Table, SeenUpdate.__table__)
# Until the end of the transaction, and not of the session, which a pooler may give to somebody else.
_TURN = select(func.pg_advisory_xact_lock(bindparam("chat", type_=BigInteger)))
_NOTE = {
    False: sqlite.insert(_SEEN).on_conflict_do_nothing().execution_options(preserve_rowcount=True),
    True: postgresql.insert(_SEEN).on_conflict_do_nothing().execution_options(preserve_rowcount=True),
}
# The turn comes first: what is inserted is read from it.
_NOTE_IN_TURN = _NOTE[True].from_select(
    [column.name for column in _SEEN.columns],
    select(*(bindparam(column.name, type_=column.type) for column in _SEEN.columns)).select_from(
        _TURN.cte("turn").prefix_with("MATERIALIZED")
    ),
)


class Updates(Repository):
    """Queries about update numbers; a set, since numbers restart at random after a quiet week."""

    async def wait_for_turn(self, chat_id: int) -> None:
        """Have a chat to oneself until this transaction ends, before other processes as well.

        On SQLite whoever writes is alone already. A unit begins with it: who holds rows while they wait here
        would hold up others.
        """
        if self.is_postgresql:
            await self.session.execute(_TURN, {"chat": self._turn_of(chat_id)})

    def _turn_of(self, chat_id: int) -> int:
        # The chat's number itself would stand in the server's table of locks.
        turn = self.blind.of("seen_update", "chat", "decimal", str(chat_id), size=TURN_BYTES)
        return int.from_bytes(turn, "big", signed=True)

    async def take(self, number: int, *, now: datetime, in_turn_of: int | None = None) -> None:
        """Note an update in this transaction; one that is being noted elsewhere is waited for.

        Args:
            in_turn_of: the chat to wait for first, where this is what a unit begins with.

        Raises:
            UpdateAlreadyTaken: it has been noted before.
        """
        values: dict[str, object] = {"number": number, "seen_at": now}
        note = _NOTE[self.is_postgresql]
        if in_turn_of is not None and self.is_postgresql:
            note, values["chat"] = _NOTE_IN_TURN, self._turn_of(in_turn_of)
        noted = await self.session.execute(note, values)
        if cast(CursorResult[Any], noted).rowcount != 1:
            raise UpdateAlreadyTaken(f"update {number} has had its effect")

    async def is_taken(self, number: int) -> bool:
        """Say whether an update has had its effect."""
        return await self.session.scalar(select(_SEEN.c.number).where(_SEEN.c.number == number)) is not None

    async def forget(self, *, until: datetime) -> None:
        await self.session.execute(delete(SeenUpdate).where(SeenUpdate.seen_at <= until))
