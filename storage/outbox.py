"""The one outbox: what is due for whom, claimed in batches and settled in batches."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Table, delete, func, select, true, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.models import Hiding, OutboxRow, OutboxState, Person
from storage.repository import Repository

# The kind that asks somebody whether they stay.
STAY = "stay"
WAITING = (OutboxState.QUEUED, OutboxState.CLAIMED)
# What is for somebody who hides stays as it is until they are back.
MAY_GO = OutboxRow.person_id.not_in(select(Hiding.person_id))


@dataclass(frozen=True)
class Due:
    """A message to be queued; `unique_key` makes planning it twice harmless."""

    person_id: UUID
    kind: str
    about_id: UUID
    unique_key: str
    due_at: datetime
    revision: int = 0
    useful_until: datetime | None = None
    is_urgent: bool = False


class Outbox(Repository):
    """Queries about due messages."""

    async def queue(self, dues: Iterable[Due]) -> None:
        """Queue messages in one statement; those already planned stay as they are."""
        rows = [_values(due) for due in dues]
        if not rows:
            return
        dialect: Any = sqlite if self.session.get_bind().dialect.name == "sqlite" else postgresql
        table = OutboxRow.__table__
        assert isinstance(table, Table)
        for start in range(0, len(rows), 500):
            insert = dialect.insert(table).values(rows[start : start + 500])
            await self.session.execute(insert.on_conflict_do_nothing(index_elements=["unique_key"]))

    async def drop_waiting(self, about_id: UUID, *, kinds: Collection[str] | None = None) -> dict[UUID, int]:
        """Delete what has not been sent about something that is no longer so.

        Returns who may have received some of it all the same, with the newest revision: a message that was
        claimed or tried may have reached its person although nobody lived to write it down.
        """
        query = delete(OutboxRow).where(OutboxRow.about_id == about_id, OutboxRow.state.in_(WAITING))
        if kinds is not None:
            query = query.where(OutboxRow.kind.in_(kinds))
        columns = (OutboxRow.person_id, OutboxRow.revision, OutboxRow.state, OutboxRow.attempts)
        dropped = (await self.session.execute(query.returning(*columns))).all()
        perhaps_sent: dict[UUID, int] = {}
        for person_id, revision, state, attempts in dropped:
            if state is OutboxState.CLAIMED or attempts:
                perhaps_sent[person_id] = max(revision, perhaps_sent.get(person_id, 0))
        return perhaps_sent

    async def drop_waiting_for(
        self, person_id: UUID, about_ids: Collection[UUID], *, kinds: Collection[str] | None = None
    ) -> None:
        """Delete what one person has not been sent about certain things."""
        query = delete(OutboxRow).where(
            OutboxRow.person_id == person_id,
            OutboxRow.about_id.in_(about_ids),
            OutboxRow.state.in_(WAITING),
        )
        if kinds is not None:
            query = query.where(OutboxRow.kind.in_(kinds))
        await self.session.execute(query)

    async def forget_about(self, about_ids: Collection[UUID]) -> None:
        """Delete everything about certain things, what was sent too, whoever it was for."""
        await self.session.execute(delete(OutboxRow).where(OutboxRow.about_id.in_(about_ids)))

    async def forget_for(self, person_id: UUID) -> None:
        """Delete everything that was or is due for a person."""
        await self.session.execute(delete(OutboxRow).where(OutboxRow.person_id == person_id))

    async def take_back(self, person_id: UUID) -> None:
        """Let what was claimed for a person wait again: who holds it must not hand it over any more."""
        await self._take_back(OutboxRow.person_id == person_id)

    async def waiting_about(self, about_id: UUID) -> list[OutboxRow]:
        return list(
            await self.session.scalars(
                select(OutboxRow)
                .where(OutboxRow.about_id == about_id, OutboxRow.state.in_(WAITING))
                .order_by(OutboxRow.due_at, OutboxRow.id)
            )
        )

    async def claim(self, *, now: datetime, limit: int, lease: timedelta) -> list[OutboxRow]:
        """Take due rows for sending; rows whose lease ran out count as due again."""
        token = uuid4()
        is_due = (OutboxRow.state == OutboxState.QUEUED) & (OutboxRow.due_at <= now) & MAY_GO
        due = (
            select(OutboxRow.id)
            .where(is_due)
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        await self.session.execute(
            update(OutboxRow)
            .where(OutboxRow.id.in_(due))
            .values(state=OutboxState.CLAIMED, claim=token, claimed_until=now + lease)
        )
        rows = await self.session.scalars(
            select(OutboxRow).where(OutboxRow.claim == token).order_by(OutboxRow.due_at, OutboxRow.id)
        )
        return list(rows)

    async def release_expired(self, *, now: datetime | None) -> None:
        """Give claimed rows back to the queue: those past their lease, or with None all of them.

        They count as tried: whoever held them may have handed them over before it died.
        """
        await self._take_back(true() if now is None else OutboxRow.claimed_until < now)

    async def _take_back(self, which: ColumnElement[bool]) -> None:
        await self.session.execute(
            update(OutboxRow)
            .where(OutboxRow.state == OutboxState.CLAIMED, which)
            .values(state=OutboxState.QUEUED, claim=None, claimed_until=None, attempts=OutboxRow.attempts + 1)
        )

    async def get_claimed(self, row_id: UUID, claim: UUID) -> OutboxRow | None:
        """Return a row if it still stands and is still claimed by this token."""
        row = await self.session.get(OutboxRow, row_id, with_for_update=True, populate_existing=True)
        return row if row is not None and row.claim == claim else None

    async def release(self, rows: Collection[OutboxRow]) -> None:
        """Give back claimed rows that were never handed over; those claimed anew meanwhile are left alone."""
        claims = {row.claim for row in rows if row.claim is not None}
        query = update(OutboxRow).where(
            OutboxRow.id.in_([row.id for row in rows]),
            OutboxRow.claim.in_(claims),
            OutboxRow.state == OutboxState.CLAIMED,
        )
        if claims:
            await self.session.execute(query.values(state=OutboxState.QUEUED, claim=None, claimed_until=None))

    async def still_claimed(self, rows: Collection[OutboxRow]) -> set[UUID]:
        """Return which of some rows still stand under the claim they were taken with."""
        claims = {row.id: row.claim for row in rows}
        found = await self.session.execute(
            select(OutboxRow.id, OutboxRow.claim).where(OutboxRow.id.in_(claims), MAY_GO)
        )
        return {row_id for row_id, claim in found if claim is not None and claim == claims[row_id]}

    async def next_due(self) -> datetime | None:
        """Return when the earliest queued message is due that may go out, or None."""
        return await self.session.scalar(
            select(func.min(OutboxRow.due_at)).where(OutboxRow.state == OutboxState.QUEUED, MAY_GO)
        )

    async def recipients(self, rows: Collection[OutboxRow]) -> dict[UUID, Person]:
        """Load the people some rows are meant for, with their keys, in one query."""
        ids = {row.person_id for row in rows}
        return {p.id: p for p in await self.vault.rows(select(Person).where(Person.id.in_(ids)), of=ids)}

    async def unreached(self, person_id: UUID, *, now: datetime) -> list[OutboxRow]:
        """Return what one person missed while they could not be reached and can still use."""
        still_helps = OutboxRow.useful_until.is_(None) | (OutboxRow.useful_until > now)
        query = select(OutboxRow).where(
            OutboxRow.person_id == person_id, OutboxRow.state == OutboxState.UNREACHABLE, still_helps
        )
        return list(await self.session.scalars(query.order_by(OutboxRow.due_at, OutboxRow.id)))

    async def forget_settled(self, *, until: datetime) -> None:
        await self.session.execute(delete(OutboxRow).where(OutboxRow.settled_at <= until))


def _values(due: Due) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "person_id": due.person_id,
        "kind": due.kind,
        "about_id": due.about_id,
        "revision": due.revision,
        "unique_key": due.unique_key,
        "due_at": due.due_at,
        "planned_at": due.due_at,
        "useful_until": due.useful_until,
        "is_urgent": due.is_urgent,
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "claim": None,
        "claimed_until": None,
        "settled_at": None,
    }
