"""Due messages on their way: claimed by one process in batches, given back or settled in batches."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, cast
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Executable,
    FromClause,
    Integer,
    Select,
    Table,
    Update,
    any_,
    bindparam,
    func,
    literal,
    literal_column,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.columns import MILLISECOND, Id, Number, UtcMs, Word
from storage.database_clock import DatabaseTime
from storage.given import OverRows
from storage.models import Lane, OutboxRow, OutboxState, Turn
from storage.outbox import MAY_GO, STILL_GOES
from storage.repository import Repository


class Claimed(NamedTuple):
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


# Tables and not models, since the rows are many and none is kept as an object.
_OUTBOX = cast(Table, OutboxRow.__table__)
# All but the token, which whoever claims has.
_COLUMNS = [_OUTBOX.c[name] for name in Claimed._fields[:-1]]
_QUEUED = _OUTBOX.c.state == OutboxState.QUEUED
# Written out, so that the partial index of claims is found for it whoever plans the statement.
_CLAIMED = _OUTBOX.c.state == literal_column("'claimed'")
_FREE: dict[str, Any] = {"claim": None, "claimed_until": None}
_ID_AND_CLAIM = {"id": Id(), "claim": Id()}


def _next_due() -> Select[Any]:
    # A row for each, so that the database plans the query for the earliest of one once.
    lanes = union_all(*(select(literal(lane, Number(Lane)).label("lane")) for lane in Lane)).subquery("lanes")
    earliest = (
        select(_OUTBOX.c.due_at)
        .where(_QUEUED, MAY_GO, _OUTBOX.c.lane == lanes.c.lane)
        .order_by(_OUTBOX.c.due_at)
        .limit(1)
        .scalar_subquery()
    )
    return select(lanes.c.lane, earliest.label("due_at"))


@cache
def _claim(*, is_shared: bool, is_postgresql: bool) -> ReturningUpdate[Any]:
    may_go: ColumnElement[bool] = MAY_GO
    if is_shared:
        others = Turn.process_id != bindparam("sender", type_=Id), Turn.until > DatabaseTime()
        may_go &= _OUTBOX.c.person_id.not_in(select(Turn.__table__.c.person_id).where(*others))
    is_due = _OUTBOX.c.due_at <= bindparam("now", type_=UtcMs)
    due = (
        select(_OUTBOX.c.id)
        .where(_QUEUED, _OUTBOX.c.lane == bindparam("of_lane", type_=Number(Lane)), is_due, may_go)
        .order_by(_OUTBOX.c.due_at)
        .limit(bindparam("most", type_=Integer))
        .with_for_update(skip_locked=True)
        # By itself: as a part of the update PostgreSQL may run it for each row, and so take too many.
        .cte("due")
    )
    taken = update(_OUTBOX).where(_is_among(select(due.c.id), is_postgresql=is_postgresql))
    return taken.values(
        state=OutboxState.CLAIMED, claim=bindparam("token", type_=Id), claimed_until=DatabaseTime("lease")
    ).returning(*_COLUMNS)


def _is_among(ids: Select[Any], *, is_postgresql: bool) -> ColumnElement[bool]:
    """Say whether a row is one of some hundred.

    Joined with the table, PostgreSQL would read all of some ten thousand rows, or all the hundreds for each.
    """
    return _OUTBOX.c.id == any_(func.array(ids.scalar_subquery())) if is_postgresql else _OUTBOX.c.id.in_(ids)


@cache
def _lost(*, may_go: bool, locks: bool) -> OverRows:
    def build(given: FromClause, is_postgresql: bool) -> Executable:
        is_given = _is_among(select(given.c.id), is_postgresql=is_postgresql)
        is_held = is_given & _OUTBOX.c.claim.is_not(None)
        held = select(_OUTBOX.c.id, _OUTBOX.c.claim).where(is_held & STILL_GOES if may_go else is_held)
        by = (held.with_for_update() if locks else held).cte("held")
        both = given.outerjoin(by, by.c.id == given.c.id)
        return (
            select(given.c.id, by.c.claim).select_from(both).where(by.c.claim.is_distinct_from(given.c.claim))
        )

    return OverRows(_ID_AND_CLAIM, build)


def _held(given: FromClause) -> Update:
    is_held = (_OUTBOX.c.id == given.c.id) & (_OUTBOX.c.claim == given.c.claim) & _CLAIMED
    return update(_OUTBOX).where(is_held)


def _settle(given: FromClause, _: bool) -> Executable:
    done = {
        "state": bindparam("new_state", type_=Word(OutboxState)),
        "settled_at": bindparam("now", type_=UtcMs),
        "attempts": _OUTBOX.c.attempts + bindparam("tries", type_=Integer),
    }
    return _held(given).values(done | _FREE).returning(_OUTBOX.c.id)


_NEXT_DUE = _next_due()
_SETTLE = OverRows(_ID_AND_CLAIM, _settle)
_RELEASE = OverRows(_ID_AND_CLAIM, lambda given, _: _held(given).values(state=OutboxState.QUEUED, **_FREE))


class Claims(Repository):
    """Queries about messages that somebody is sending."""

    async def next_due(self) -> dict[Lane, datetime]:
        """Return when the earliest message that may go out is due in each lane where one is queued."""
        found = await self.session.execute(_NEXT_DUE)
        return {lane: due_at for lane, due_at in found if due_at is not None}

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
        claimed = list[Claimed]()
        claim = _claim(is_shared=sender is not None, is_postgresql=self.is_postgresql)
        token = uuid4()
        given = {"now": now, "token": token, "lease": lease // MILLISECOND, "sender": sender}
        for lane in sorted(lanes):
            if (most := limit - len(claimed)) > 0:
                taken = await self.session.execute(claim, given | {"of_lane": lane, "most": most})
                rows = [Claimed._make((*row, token)) for row in taken.all()]
                # By the numbers of the ids: UUIDs would be compared by Python.
                claimed += sorted(rows, key=lambda row: (row.due_at, row.id.int))
        return claimed

    async def withdrawn(self, rows: Collection[Claimed]) -> set[UUID]:
        """Return which messages do not stand under the claim they were taken with, or must not go out now."""
        return set(await self._lost(rows, may_go=True))

    async def lost(self, rows: Collection[Claimed]) -> dict[UUID, UUID | None]:
        """Return which messages are not held under the claim they were taken with, and under which they are.

        None where nobody holds them.
        """
        return await self._lost(rows, may_go=False)

    async def _lost(self, rows: Collection[Claimed], *, may_go: bool) -> dict[UUID, UUID | None]:
        if not rows:
            return {}
        found = await self.over(_lost(may_go=may_go, locks=self.locks), _ids_and_claims(rows))
        return {row.id: row.claim for row in found}

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
        if not rows:
            return set()
        values = {"new_state": state, "now": now, "tries": int(tried)}
        done = await self.over(_SETTLE, _ids_and_claims(rows), **values)
        return set(done.scalars().all())

    async def release(self, rows: Collection[Claimed]) -> None:
        """Give back messages that were never handed over; those claimed anew meanwhile are left alone."""
        if rows:
            await self.over(_RELEASE, _ids_and_claims(rows))

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
        left = select(func.min(OutboxRow.claimed_until), DatabaseTime()).where(_CLAIMED)
        ends_at, now = (await self.session.execute(left)).one()
        return None if ends_at is None else ends_at - now

    async def set_right(self, *, now: datetime, longest_wait: timedelta) -> None:
        """Make good what a clock that was ahead has done to what is queued and dropped.

        What was dropped at an instant still to come, and still helps, is due again as it was planned; a
        further attempt that waits longer than any wait of ours is due at the time of the first.
        """
        dropped = OutboxRow.state == OutboxState.DROPPED
        useful_yet = (dropped, OutboxRow.settled_at > now, OutboxRow.useful_until > now)
        waits_too_long = (_QUEUED, OutboxRow.attempts > 0, OutboxRow.due_at > now + longest_wait)
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
            .where(_CLAIMED, which)
            .values(state=OutboxState.QUEUED, claim=None, claimed_until=None, attempts=OutboxRow.attempts + 1)
        )


def _ids_and_claims(rows: Iterable[Claimed]) -> Iterator[tuple[UUID, UUID]]:
    return ((row.id, row.claim) for row in rows)
