"""The one outbox: what is due for whom, planned and withdrawn; `claims` takes it from here."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    FromClause,
    Integer,
    LargeBinary,
    case,
    delete,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.exc import IntegrityError

from storage.columns import ID_BYTES
from storage.copying import copy_rows
from storage.drawing import drawn
from storage.given import OverRows, insertion
from storage.models import Broadcast, BroadcastState, Hiding, Lane, OutboxRow, OutboxState
from storage.repository import PORTION, Repository
from storage.right_rows import KEPT_AWAY

# The kind that asks somebody whether they stay.
STAY = "stay"
# The kind that warns of rights changed by hand: a restriction written by hand must not hold it back.
RIGHTS_FORGED = "desk_rights_forged"
WAITING = (OutboxState.QUEUED, OutboxState.HELD, OutboxState.CLAIMED)
_WHOSE = OutboxRow.__table__.c.person_id
_IS_WARNING = OutboxRow.__table__.c.kind == RIGHTS_FORGED
_BROADCASTS = Broadcast.__table__
_PAUSED = select(_BROADCASTS.c.id).where(_BROADCASTS.c.state == BroadcastState.PAUSED)
# Nothing goes to somebody who hides, is suspended or may be detained until that is over.
IS_OPEN_TO = _WHOSE.not_in(select(Hiding.__table__.c.person_id)) & (_IS_WARNING | _WHOSE.not_in(KEPT_AWAY))
# What was stopped is dropped as nobody's news when it is next claimed; in hand it is not handed over.
_ENDED = select(_BROADCASTS.c.id).where(
    _BROADCASTS.c.state.in_([BroadcastState.STOPPED, BroadcastState.TAKEN_BACK])
)
# Most of a paused broadcast is held; what was under way and came back stays in the queue until it goes on.
MAY_GO = IS_OPEN_TO & OutboxRow.__table__.c.about_id.not_in(_PAUSED)
STILL_GOES = MAY_GO & OutboxRow.__table__.c.about_id.not_in(_ENDED)


class Due(NamedTuple):
    """A message to be queued; `unique_key` makes planning it twice harmless."""

    person_id: UUID
    kind: str
    about_id: UUID
    unique_key: str
    due_at: datetime
    revision: int = 0
    useful_until: datetime | None = None
    lane: Lane = Lane.REMINDER


# What comes with each row costs; what is the same for all stands in the statement.
_GIVEN = ("id", *Due._fields)
# A statement has ten seconds, also where the disk is slow.
COPIED_AT_ONCE = 5_000
_SAME = {"state": OutboxState.QUEUED.value, "attempts": 0}


def _queued_unless_there(given: FromClause, is_postgresql: bool) -> Any:
    same = {name: literal(value) for name, value in _SAME.items()} | {"planned_at": given.c.due_at}
    # SQLite could take what follows for the condition of a join, were there no other.
    rows = select(*(given.c[name] for name in _GIVEN), *same.values()).where(true())
    insert = insertion(OutboxRow.__table__, is_postgresql=is_postgresql)
    return insert.from_select([*_GIVEN, *same], rows).on_conflict_do_nothing(index_elements=["unique_key"])


_KINDS = {name: OutboxRow.__table__.c[name].type for name in _GIVEN} | {
    # Written as they are: one is drawn here, the other a number already.
    "id": LargeBinary(ID_BYTES),
    "lane": Integer(),
}
_QUEUE = OverRows(_KINDS, _queued_unless_there)
_COPIED = _KINDS | {name: OutboxRow.__table__.c[name].type for name in ("planned_at", *_SAME)}


@dataclass(frozen=True)
class Tally:
    """How many messages stand how; what is settled is forgotten after seven days."""

    due: int
    later: int
    claimed: int
    sent: int
    # Its hour had passed when it could have gone out.
    too_late: int
    no_longer_so: int
    unreachable: int
    parked: dict[str, int]


class Outbox(Repository):
    """Queries about due messages."""

    async def queue(self, dues: Iterable[Due]) -> None:
        """Queue messages; those already planned stay as they are."""
        waiting = list(dues)
        if not (self.is_postgresql and len(waiting) > PORTION and await self._are_queued_as_new(waiting)):
            await self.over_many(_QUEUE, _rows(waiting))

    async def _are_queued_as_new(self, dues: Sequence[Due]) -> bool:
        """Queue a great many, as those of a broadcast; returns False, and queues none, where one is there."""
        due_at, same = _GIVEN.index("due_at"), tuple(_SAME.values())
        rows = ((*row, row[due_at], *same) for row in _rows(dues))
        try:
            async with self.session.begin_nested():
                while some := list(islice(rows, COPIED_AT_ONCE)):
                    await copy_rows(self.session, OutboxRow.__tablename__, _COPIED, some)
        except IntegrityError:
            return False
        return True

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

    async def drop_untried_for(
        self, person_id: UUID, about_ids: Collection[UUID], *, kinds: Collection[str]
    ) -> None:
        """Delete what nobody has begun to send to one person; what may be on its way stays, to be settled."""
        await self.session.execute(
            delete(OutboxRow).where(
                OutboxRow.person_id == person_id,
                OutboxRow.about_id.in_(about_ids),
                OutboxRow.kind.in_(kinds),
                OutboxRow.state.in_([OutboxState.QUEUED, OutboxState.HELD]),
                OutboxRow.attempts == 0,
            )
        )

    async def forget_dropped(self, unique_key: str) -> None:
        """Forget that a message was found useless, so that it can be queued anew."""
        await self.session.execute(
            delete(OutboxRow).where(
                OutboxRow.unique_key == unique_key, OutboxRow.state == OutboxState.DROPPED
            )
        )

    async def forget_about(self, about_ids: Collection[UUID]) -> None:
        """Delete everything about certain things, what was sent too, whoever it was for."""
        await self.session.execute(delete(OutboxRow).where(OutboxRow.about_id.in_(about_ids)))

    async def forget_for(self, person_id: UUID) -> None:
        """Delete everything that was or is due for a person."""
        await self.session.execute(delete(OutboxRow).where(OutboxRow.person_id == person_id))

    async def waiting_about(self, about_id: UUID) -> list[OutboxRow]:
        return list(
            await self.session.scalars(
                select(OutboxRow)
                .where(OutboxRow.about_id == about_id, OutboxRow.state.in_(WAITING))
                .order_by(OutboxRow.due_at, OutboxRow.id)
            )
        )

    async def waiting_among(self, about_ids: Collection[UUID], *, kind: str) -> set[UUID]:
        """Return about which of some things a message of one kind waits."""
        query = select(OutboxRow.about_id).where(
            OutboxRow.about_id.in_(about_ids), OutboxRow.kind == kind, OutboxRow.state.in_(WAITING)
        )
        return set(await self.session.scalars(query))

    async def unreached(self, person_id: UUID, *, now: datetime) -> list[OutboxRow]:
        """Return what one person missed while they could not be reached and can still use."""
        still_helps = OutboxRow.useful_until.is_(None) | (OutboxRow.useful_until > now)
        query = select(OutboxRow).where(
            OutboxRow.person_id == person_id, OutboxRow.state == OutboxState.UNREACHABLE, still_helps
        )
        return list(await self.session.scalars(query.order_by(OutboxRow.due_at, OutboxRow.id)))

    async def tally(self, *, now: datetime) -> Tally:
        """Count all messages by how they stand, the parked ones by their kind; reads the whole table."""
        is_due = (OutboxRow.state == OutboxState.QUEUED) & (OutboxRow.due_at <= now)
        is_too_late = (OutboxRow.state == OutboxState.DROPPED) & (
            OutboxRow.useful_until <= OutboxRow.settled_at
        )
        is_parked = OutboxRow.state == OutboxState.PARKED
        rows = select(
            OutboxRow.state,
            case((is_due | is_too_late, 1), else_=0).label("mark"),
            case((is_parked, OutboxRow.kind), else_="").label("kind"),
        ).subquery()
        query = select(rows.c.state, rows.c.mark, rows.c.kind, func.count()).group_by(*rows.c)
        counts = {(state, mark, kind): n for state, mark, kind, n in await self.session.execute(query)}
        by_state = {(state, mark): n for (state, mark, kind), n in counts.items() if not kind}
        return Tally(
            due=by_state.get((OutboxState.QUEUED, 1), 0),
            later=by_state.get((OutboxState.QUEUED, 0), 0) + by_state.get((OutboxState.HELD, 0), 0),
            claimed=by_state.get((OutboxState.CLAIMED, 0), 0),
            sent=by_state.get((OutboxState.SENT, 0), 0),
            too_late=by_state.get((OutboxState.DROPPED, 1), 0),
            no_longer_so=by_state.get((OutboxState.DROPPED, 0), 0),
            unreachable=by_state.get((OutboxState.UNREACHABLE, 0), 0),
            parked={kind: n for (_, _, kind), n in sorted(counts.items()) if kind},
        )

    async def forget_settled(self, *, until: datetime) -> None:
        await self.session.execute(delete(OutboxRow).where(OutboxRow.settled_at <= until))


def _rows(dues: Sequence[Due]) -> Iterator[tuple[Any, ...]]:
    return ((row_id, *due) for row_id, due in zip(_new_ids(len(dues)), dues, strict=True))


def _new_ids(number: int) -> list[bytes]:
    """Draw random ids; rising, since rows on SQLite, and their index on either, are in the order of ids."""
    return sorted(drawn(number, size=ID_BYTES))
