"""Broadcasts, each row marked as a whole; one that was written or changed by hand is none."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, exists, func, or_, select, update

from storage.models import (
    Broadcast,
    BroadcastKind,
    BroadcastState,
    Button,
    OutboxRow,
    OutboxState,
    Posted,
    Purpose,
)
from storage.outbox import WAITING
from storage.repository import Repository, as_marked, once_a_view
from storage.right_rows import in_ms

# The kind of its messages, and the screen that they show.
KIND = "broadcast"
NAMING = (BroadcastKind.HEARING, BroadcastKind.TRANSFER, BroadcastKind.RELEASE)
UNDER_WAY = (BroadcastState.GOING, BroadcastState.PAUSED)


@dataclass(frozen=True)
class Tallied:
    """How the messages of one broadcast stand; whoever has left since is in none of these."""

    sent: int = 0
    waiting: int = 0
    unreachable: int = 0
    failed: int = 0


class Broadcasts(Repository):
    """Queries about broadcasts and the messages they became."""

    async def add(self, broadcast: Broadcast, *, said: str) -> Broadcast:
        """Keep a new broadcast, its words sealed under a data key of its own."""
        broadcast.id = uuid4()
        broadcast.is_urgent = bool(broadcast.is_urgent)
        for number in ("recipients", "sent", "unreachable", "failed", "left_out"):
            setattr(broadcast, number, getattr(broadcast, number) or 0)
        await self.vault.create_key(broadcast.id)
        await self.vault.seal(broadcast, body=said)
        broadcast.mac = self._mac_of(broadcast)
        self.session.add(broadcast)
        await self.session.flush()
        return broadcast

    @once_a_view
    async def get(self, broadcast_id: UUID) -> Broadcast | None:
        """Return a broadcast as it stands; None where there is none, or it is not marked as it stands.

        In a unit that changes something it is locked.
        """
        return await self._read(broadcast_id, locks=self.locks)

    @once_a_view
    async def reveal(self, broadcast_id: UUID) -> str | None:
        """Open the words of a broadcast; None where there are none any more."""
        broadcast = await self.get(broadcast_id)
        return None if broadcast is None else await self.vault.reveal_readable(broadcast, "body")

    async def texts_of(self, broadcast_ids: Collection[UUID]) -> dict[UUID, str]:
        """Open the words of some broadcasts, by id; nothing is locked, and what is gone is left out."""
        rows = [await self._read(one, locks=False) for one in sorted(broadcast_ids)]
        found = {one.id: await self.vault.reveal_readable(one, "body") for one in rows if one is not None}
        return {one: text for one, text in found.items() if text is not None}

    async def newest(self, *, limit: int) -> list[Broadcast]:
        """Return the broadcasts that were made last, the newest first."""
        return (await self._marked())[:limit]

    async def to_tend(self) -> list[UUID]:
        """Return those that are not over, or of which words are kept, in a fixed order."""
        query = select(Broadcast.id).where(Broadcast.ended_at.is_(None) | Broadcast.body.is_not(None))
        return list(await self.session.scalars(query.order_by(Broadcast.id)))

    async def naming(self) -> list[UUID]:
        """Return those whose ready texts name somebody, and whose words are kept, in a fixed order."""
        query = select(Broadcast.id).where(Broadcast.kind.in_(NAMING), Broadcast.body.is_not(None))
        return list(await self.session.scalars(query.order_by(Broadcast.id)))

    async def sent_alone(self, person_id: UUID, kind: BroadcastKind, *, since: datetime) -> int:
        """Count to how many somebody has sent a kind without a second coordinator.

        What was sent since an instant counts, and what has begun since then or is still to begin: else own
        words to all could be laid up day by day for one morning.
        """
        query = select(func.sum(Broadcast.recipients)).where(
            Broadcast.made_by == person_id,
            Broadcast.kind == kind,
            Broadcast.state != BroadcastState.ASKED,
            Broadcast.agreed_at.is_(None),
            or_(Broadcast.made_at > since, Broadcast.starts_at > since),
        )
        return await self.session.scalar(query) or 0

    async def going_alone(self, person_id: UUID) -> list[Broadcast]:
        """Return what somebody has sent without a second coordinator and is going out, in a fixed order."""
        theirs = (Broadcast.made_by == person_id, Broadcast.state == BroadcastState.GOING)
        query = select(Broadcast.id).where(*theirs, Broadcast.agreed_at.is_(None)).order_by(Broadcast.id)
        ids = list(await self.session.scalars(query))
        found = [await self._read(one, locks=self.locks) for one in ids]
        # While it was waited for, somebody may have stopped it.
        return [one for one in found if one is not None and one.state is BroadcastState.GOING]

    async def keep(self, broadcast: Broadcast) -> None:
        """Write down what has changed of a broadcast, and mark it anew."""
        broadcast.mac = self._mac_of(broadcast)
        await self.session.flush()

    async def tally(self, broadcast_id: UUID) -> Tallied:
        """Count how its messages stand."""
        query = (
            select(OutboxRow.state, func.count()).where(*_messages_of(broadcast_id)).group_by(OutboxRow.state)
        )
        counts = dict((await self.session.execute(query)).all())
        return Tallied(
            sent=counts.get(OutboxState.SENT, 0),
            waiting=sum(counts.get(state, 0) for state in WAITING),
            unreachable=counts.get(OutboxState.UNREACHABLE, 0),
            failed=counts.get(OutboxState.PARKED, 0),
        )

    async def hold(self, broadcast_id: UUID) -> None:
        """Let nothing of it be claimed any more; what is on its way goes out."""
        await self._turn(broadcast_id, (OutboxState.QUEUED,), OutboxState.HELD)

    async def note_revision(self, broadcast_id: UUID, revision: int) -> None:
        """Let what waits of one that speaks of a sitting count as telling a newer revision of it."""
        waiting = (OutboxState.QUEUED, OutboxState.HELD)
        newer = update(OutboxRow).where(*_messages_of(broadcast_id), OutboxRow.state.in_(waiting))
        newer = newer.values(revision=revision).execution_options(synchronize_session=False)
        await self.session.execute(newer)

    async def let_go(self, broadcast_id: UUID) -> None:
        """Let what was held be claimed again."""
        await self._turn(broadcast_id, (OutboxState.HELD,), OutboxState.QUEUED)

    async def drop(self, broadcast_id: UUID, *, now: datetime) -> None:
        """Drop what waits of it; what is on its way goes out."""
        await self._turn(
            broadcast_id, (OutboxState.QUEUED, OutboxState.HELD), OutboxState.DROPPED, settled_at=now
        )

    async def _turn(
        self, broadcast_id: UUID, before: Collection[OutboxState], after: OutboxState, **values: datetime
    ) -> None:
        turned = update(OutboxRow).where(*_messages_of(broadcast_id), OutboxRow.state.in_(before))
        turned = turned.values(state=after, **values)
        await self.session.execute(turned.execution_options(synchronize_session=False))

    async def retire_standing(self, broadcast_id: UUID, *, now: datetime) -> None:
        """Take every message of it that stands in a chat out of use: all are deleted at once."""
        standing = select(Posted.id).where(*_shown_of(broadcast_id))
        await self.session.execute(delete(Button).where(Button.posted_id.in_(standing)))
        retired = update(Posted).where(*_shown_of(broadcast_id), Posted.purpose != Purpose.DISCARDED)
        retired = retired.values(purpose=Purpose.DISCARDED, delete_at=now, cover_at=None)
        await self.session.execute(retired.execution_options(synchronize_session=False))

    async def is_standing(self, broadcast_id: UUID) -> bool:
        """Say whether a message of it stands in a chat, one that is to be deleted too."""
        return bool(await self.session.scalar(select(exists().where(*_shown_of(broadcast_id)))))

    async def is_in_use(self, broadcast_id: UUID) -> bool:
        """Say whether a message of it stands in a chat that is not to be deleted at once."""
        used = exists().where(*_shown_of(broadcast_id), Posted.purpose != Purpose.DISCARDED)
        return bool(await self.session.scalar(select(used)))

    async def was_sent_to(self, broadcast_id: UUID, person_id: UUID) -> bool:
        """Say whether a message of it is or was for somebody."""
        theirs = (*_messages_of(broadcast_id), OutboxRow.person_id == person_id)
        return bool(await self.session.scalar(select(exists().where(*theirs))))

    async def forget_words(self, broadcast: Broadcast) -> None:
        """Destroy the key of a broadcast's words: nobody can say any more what it said, or to whom."""
        await self.vault.destroy_key(broadcast.id)
        broadcast.body = None
        await self.keep(broadcast)

    async def remove(self, broadcast_id: UUID) -> None:
        """Delete a broadcast that was never sent, and destroy the key of its words."""
        await self.session.execute(delete(Broadcast).where(Broadcast.id == broadcast_id))
        await self.vault.destroy_key(broadcast_id)

    async def forget_ended(self, *, until: datetime) -> None:
        """Delete the numbers of those that ended by an instant."""
        await self.session.execute(delete(Broadcast).where(Broadcast.ended_at <= until))

    async def forget_person(self, person_id: UUID) -> None:
        """Let what somebody has sent stand without them; what they only asked for goes."""
        for broadcast in await self._marked(Broadcast.made_by == person_id):
            if broadcast.state is BroadcastState.ASKED:
                await self.remove(broadcast.id)
            else:
                broadcast.made_by = None
                await self.keep(broadcast)
        # Left are those written by hand, which stay as little as they were.
        theirs = update(Broadcast).where(Broadcast.made_by == person_id)
        await self.session.execute(theirs.values(made_by=None))

    async def _marked(self, *conditions: ColumnElement[bool]) -> list[Broadcast]:
        query = select(Broadcast.id).where(*conditions)
        ids = await self.session.scalars(query.order_by(Broadcast.made_at.desc(), Broadcast.id))
        found = [await self._read(broadcast_id, locks=False) for broadcast_id in ids]
        return [broadcast for broadcast in found if broadcast is not None]

    async def _read(self, broadcast_id: UUID, *, locks: bool) -> Broadcast | None:
        query = select(Broadcast).where(Broadcast.id == broadcast_id)
        query = query.execution_options(populate_existing=True)
        reading = self.session.scalar(query.with_for_update() if locks else query)
        return await as_marked("a broadcast", reading, self._is_marked)

    def _is_marked(self, broadcast: Broadcast) -> bool:
        return self.macs.matches(broadcast.mac, self._mac_of(broadcast))

    def _mac_of(self, broadcast: Broadcast) -> bytes:
        instants = (broadcast.made_at, broadcast.starts_at, broadcast.agreed_at, broadcast.ended_at)
        return self.macs.broadcast_mac(
            broadcast.id,
            words=(broadcast.kind, broadcast.state),
            body=None if broadcast.body is None else broadcast.body.raw,
            made_by=broadcast.made_by,
            instants=[None if instant is None else in_ms(instant) for instant in instants],
            numbers=(
                int(broadcast.is_urgent),
                broadcast.recipients,
                broadcast.sent,
                broadcast.unreachable,
                broadcast.failed,
                broadcast.left_out,
            ),
        )


def _messages_of(broadcast_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return OutboxRow.about_id == broadcast_id, OutboxRow.kind == KIND


def _shown_of(broadcast_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return Posted.target == broadcast_id, Posted.screen == KIND
