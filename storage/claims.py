"""Due messages on their way: claimed by one process in batches, given back or settled in batches."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Select, Update, func, literal_column, select, true, update

from storage.database_clock import DatabaseTime
from storage.models import Lane, OutboxRow, OutboxState, Turn
from storage.outbox import MAY_GO
from storage.repository import Repository


@dataclass(frozen=True, slots=True)
class Claimed:
    """One due message as it stood when it was claimed; `claim` is the token of those claimed with it."""

    id: UUID
    person_id: UUID
    kind: str
    about_id: UUID
    revision: int
    unique_key: str
    due_at: datetime
    planned_at: datetime
    useful_until: datetime | None
    lane: Lane
    attempts: int
    claim: UUID
    claimed_until: datetime


COLUMNS = [getattr(OutboxRow, name) for name in Claimed.__slots__]
QUEUED = OutboxRow.state == OutboxState.QUEUED
# Written out, so that the partial index of claims is found for it whoever plans the statement.
CLAIMED = OutboxRow.state == literal_column("'claimed'")


class Claims(Repository):
    """Queries about messages that somebody is sending."""

    async def next_due(self) -> dict[Lane, datetime]:
        """Return when the earliest message that may go out is due in each lane where one is queued."""
        earliest = [
            select(OutboxRow.due_at)
            .where(QUEUED, MAY_GO, OutboxRow.lane == lane)
            .order_by(OutboxRow.due_at)
            .limit(1)
            .scalar_subquery()
            for lane in Lane
        ]
        row = (await self.session.execute(select(*earliest))).one()
        return {lane: due for lane, due in zip(Lane, row, strict=True) if due is not None}

    async def claim(
        self,
        *,
        now: datetime,
        limit: int,
        lease: timedelta,
        lanes: Collection[Lane] = tuple(Lane),
        sender: UUID | None = None,
    ) -> list[Claimed]:
        """Take due messages for sending, lower lanes first and within one lane the earliest.

        Args:
            now: what is due by then is taken.
            lease: for how long, by the database's own clock.
            sender: the process that claims, where others do as well: what is for those whose turn another has
                is left to it.
        """
        token, claimed = uuid4(), list[Claimed]()
        may_go = MAY_GO if sender is None else MAY_GO & OutboxRow.person_id.not_in(_turns_but_of(sender))
        for lane in sorted(lanes):
            if len(claimed) < limit:
                claimed += await self._claim(
                    token, lane, may_go, now=now, lease=lease, limit=limit - len(claimed)
                )
        return claimed

    async def _claim(
        self,
        token: UUID,
        lane: Lane,
        may_go: ColumnElement[bool],
        *,
        now: datetime,
        lease: timedelta,
        limit: int,
    ) -> list[Claimed]:
        due = (
            select(OutboxRow.id)
            .where(QUEUED, OutboxRow.lane == lane, OutboxRow.due_at <= now, may_go)
            .order_by(OutboxRow.due_at, OutboxRow.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
            # By itself: as a part of the update PostgreSQL may run it for each row, and so take too many.
            .cte("due")
        )
        taken = (
            update(OutboxRow)
            .where(OutboxRow.id.in_(select(due.c.id)))
            .values(state=OutboxState.CLAIMED, claim=token, claimed_until=DatabaseTime(lease))
            .returning(*COLUMNS)
            .execution_options(synchronize_session=False)
        )
        rows = [Claimed(*row) for row in await self.session.execute(taken)]
        return sorted(rows, key=lambda row: (row.due_at, row.id))

    async def still_standing(self, rows: Collection[Claimed]) -> set[UUID]:
        """Return which of some messages still stand under the claim they were taken with, and may go out."""
        holders = await self._holders(rows, MAY_GO)
        return {row.id for row in rows if holders.get(row.id) == row.claim}

    async def holders(self, rows: Collection[Claimed]) -> dict[UUID, UUID]:
        """Return under which claim each of some messages is held now; what nobody holds is left out."""
        return await self._holders(rows, true())

    async def _holders(self, rows: Collection[Claimed], which: ColumnElement[bool]) -> dict[UUID, UUID]:
        query = select(OutboxRow.id, OutboxRow.claim).where(
            OutboxRow.id.in_([row.id for row in rows]), OutboxRow.claim.is_not(None), which
        )
        found = await self.session.execute(query.with_for_update() if self.locks else query)
        return {row_id: claim for row_id, claim in found if claim is not None}

    async def get(self, row: Claimed) -> OutboxRow | None:
        """Return a message's row if it still stands under this claim."""
        found = await self.session.get(OutboxRow, row.id, with_for_update=True, populate_existing=True)
        return found if found is not None and found.claim == row.claim else None

    async def settle(
        self, rows: Collection[Claimed], state: OutboxState, *, now: datetime, tried: bool
    ) -> set[UUID]:
        """Settle messages that still stand under their claims; returns which ones did.

        Args:
            tried: whether they were handed over, so that it counts as an attempt.
        """
        done = (
            self._held(rows)
            .values(
                state=state,
                claim=None,
                claimed_until=None,
                settled_at=now,
                attempts=OutboxRow.attempts + int(tried),
            )
            .returning(OutboxRow.id)
        )
        return set(await self.session.scalars(done)) if rows else set()

    async def release(self, rows: Collection[Claimed]) -> None:
        """Give back messages that were never handed over; those claimed anew meanwhile are left alone."""
        if rows:
            await self.session.execute(
                self._held(rows).values(state=OutboxState.QUEUED, claim=None, claimed_until=None)
            )

    async def release_expired(self) -> None:
        """Give back to the queue what is claimed for longer than was agreed.

        It counts as tried: whoever held it may have handed it over before it died.
        """
        await self._take_back(OutboxRow.claimed_until <= DatabaseTime())

    async def release_all(self) -> None:
        """Give back everything that is claimed, where nobody lives who could have claimed it."""
        await self._take_back(true())

    async def next_end(self) -> timedelta | None:
        """Say in how long the next claim runs out; None where nothing is claimed."""
        left = select(func.min(OutboxRow.claimed_until), DatabaseTime()).where(CLAIMED)
        ends_at, now = (await self.session.execute(left)).one()
        return None if ends_at is None else ends_at - now

    async def set_right(self, *, now: datetime, longest_wait: timedelta) -> None:
        """Make good what a clock that was ahead has done to what is queued and dropped.

        What was dropped at an instant still to come, and still helps, is due again as it was planned; a
        further attempt that waits longer than any wait of ours is due at the time of the first.
        """
        dropped = OutboxRow.state == OutboxState.DROPPED
        useful_yet = (dropped, OutboxRow.settled_at > now, OutboxRow.useful_until > now)
        waits_too_long = (QUEUED, OutboxRow.attempts > 0, OutboxRow.due_at > now + longest_wait)
        as_planned = update(OutboxRow).values(due_at=OutboxRow.planned_at)
        for query in (
            as_planned.where(*useful_yet).values(state=OutboxState.QUEUED, settled_at=None),
            as_planned.where(*waits_too_long),
        ):
            await self.session.execute(query.execution_options(synchronize_session=False))

    async def take_back(self, person_id: UUID) -> None:
        """Let what was claimed for a person wait again: who holds it must not hand it over any more."""
        await self._take_back(OutboxRow.person_id == person_id)

    async def _take_back(self, which: ColumnElement[bool]) -> None:
        await self.session.execute(
            update(OutboxRow)
            .where(CLAIMED, which)
            .values(state=OutboxState.QUEUED, claim=None, claimed_until=None, attempts=OutboxRow.attempts + 1)
        )

    @staticmethod
    def _held(rows: Collection[Claimed]) -> Update:
        return (
            update(OutboxRow)
            .where(
                OutboxRow.id.in_([row.id for row in rows]),
                OutboxRow.claim.in_({row.claim for row in rows}),
                CLAIMED,
            )
            .execution_options(synchronize_session=False)
        )


def _turns_but_of(sender: UUID) -> Select[UUID]:
    return select(Turn.person_id).where(Turn.process_id != sender, Turn.until > DatabaseTime())
