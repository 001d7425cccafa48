"""Queries of a rotation of the wrapping key: what is wrapped under which key, and which processes know it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Row, Table, bindparam, delete, func, select, text, update

from storage.cells import WrappingKey
from storage.columns import Cell
from storage.models import Departed, Installation, Process, WrappedKey
from storage.repository import Repository

BATCH = 200
KeyRow = Row[UUID, int, bytes, Cell]

_KEYS = cast(Table, WrappedKey.__table__)
# A row written by hand may name what is no id; it is nobody's key, and must hold nobody up.
HAS_SUBJECT = func.length(_KEYS.c.subject) == 16
# One row after another, each by its primary key: joined with a list of 200, PostgreSQL reads the whole table.
# Not `=`, by which it may look up everything under one wrapping key instead.
_MOVE = (
    update(_KEYS)
    .where(_KEYS.c.subject == bindparam("of"), _KEYS.c.kid.is_not_distinct_from(bindparam("before")))
    .values(kid=bindparam("to"), wrapped=bindparam("new"))
)


class DataKeys(Repository):
    """Queries about all subjects' data keys together; one subject's are the vault's."""

    async def counts(self) -> dict[bytes, int]:
        """Return how many data keys are wrapped under each wrapping key, by its id."""
        query = select(WrappedKey.kid, func.count()).group_by(WrappedKey.kid)
        return {bytes(kid): count for kid, count in await self.session.execute(query)}

    async def batch(self, *, after: UUID) -> Sequence[KeyRow]:
        """Lock the next 200 data keys in the order of their subjects, whatever they are wrapped under.

        One that somebody else is changing just now is left out, so that nobody ever waits for us while we
        wait for them. Not by wrapping key: its number of rows changes all the while, so that PostgreSQL,
        which plans by the numbers of yesterday, would read and sort them all for each batch.
        """
        query = select(*_KEYS.c).where(_KEYS.c.subject > after, HAS_SUBJECT).order_by(_KEYS.c.subject)
        return (await self.session.execute(query.limit(BATCH).with_for_update(skip_locked=True))).all()

    async def count_under(self, kids: Collection[bytes]) -> int:
        """Count the data keys that are wrapped under some keys, those too that are locked just now."""
        query = select(func.count()).where(_KEYS.c.kid.in_(kids), HAS_SUBJECT)
        return await self.session.scalar(query) or 0

    async def move(self, wrapped: Mapping[UUID, bytes], *, before: bytes, to: bytes) -> int:
        """Replace wrapped data keys, each only where its row still names the key ``before``.

        Returns how many were replaced.
        """
        rows = [
            {"of": subject, "new": Cell(raw), "before": before, "to": to} for subject, raw in wrapped.items()
        ]
        moved = await self.session.execute(_MOVE, rows)
        return cast(CursorResult[Any], moved).rowcount

    async def name_wrapping_key(self, kid: bytes) -> None:
        """Let every data key made from now on be wrapped under this key.

        Raises:
            DatabaseUnavailable: units that make data keys have kept it busy for two seconds.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            # Those who make data keys lock the row with each other; an update of it might wait for ever,
            # while the table's lock is given in the order in which it was asked for.
            await self.session.execute(text("SET LOCAL lock_timeout = '2s'"))
            await self.session.execute(text("LOCK TABLE installation IN EXCLUSIVE MODE"))
        await self.session.execute(update(Installation).values(kek_id=kid))

    async def last_left_on(self) -> date | None:
        """Return the latest day on which somebody left."""
        return await self.session.scalar(select(func.max(Departed.left_on)))


class Processes(Repository):
    """Queries about the running processes and the key rings they hold."""

    async def seen(self, process_id: UUID, *, generation: int, now: datetime) -> None:
        """Note that a process runs and which ring it holds, also one that was believed gone."""
        row = await self.session.get(Process, process_id)
        if row is None:
            row = Process(id=process_id)
            self.session.add(row)
        row.keyring_generation, row.seen_at = generation, now
        await self.session.flush()

    async def gone(self, process_id: UUID) -> None:
        await self.session.execute(delete(Process).where(Process.id == process_id))

    async def forget_silent(self, *, now: datetime, within: timedelta) -> None:
        """Remove those that were not seen within so long of now."""
        await self.session.execute(delete(Process).where(~_is_seen(now, within)))

    async def behind(self, generation: int, *, now: datetime, within: timedelta) -> Sequence[Process]:
        """Return those seen within so long of now that hold an older ring, in a fixed order."""
        query = select(Process).where(Process.keyring_generation < generation, _is_seen(now, within))
        return (await self.session.scalars(query.order_by(Process.id))).all()


def _is_seen(now: datetime, within: timedelta) -> ColumnElement[bool]:
    # Who was last seen by a clock that was ahead has not been seen by today's; who runs soon is.
    return Process.seen_at.between(now - within, now + within)


def rewrapped(row: KeyRow, old: WrappingKey, new: WrappingKey) -> bytes:
    """Wrap one data key anew.

    Raises:
        UnreadableDataKey: the row was changed, or belongs to another subject.
    """
    dek = old.unwrap(row.wrapped.raw, subject=row.subject, gen=row.gen)
    return new.wrap(dek, subject=row.subject, gen=row.gen)
