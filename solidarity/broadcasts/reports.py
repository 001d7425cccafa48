"""Broadcasts in numbers, and what becomes of them by themselves: they end, and their words are forgotten."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from solidarity.broadcasts import life
from solidarity.errors import NotForYou
from storage.broadcasts import UNDER_WAY, Tallied
from storage.models import Broadcast, BroadcastKind, BroadcastState
from storage.unit_of_work import UnitOfWork

SHOWN = 8


@dataclass(frozen=True)
class Report:
    """A broadcast in numbers, which add up to its recipients; `left_out` was stopped, or no longer so."""

    broadcast_id: UUID
    kind: BroadcastKind
    state: BroadcastState
    starts_at: datetime
    is_urgent: bool
    recipients: int
    sent: int
    waiting: int
    unreachable: int
    failed: int
    left_out: int
    is_kept: bool

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    @property
    def can_be_taken_back(self) -> bool:
        """Whether messages of it may still stand in chats: afterwards nothing of its words is kept."""
        return self.is_kept and self.state not in (BroadcastState.ASKED, BroadcastState.TAKEN_BACK)


async def report_of(uow: UnitOfWork, broadcast_id: UUID | None) -> Report:
    """Return a broadcast in numbers, to the desk.

    Raises:
        NotForYou: there is none with this id.
    """
    broadcast = None if broadcast_id is None else await uow.broadcasts.get(broadcast_id)
    if broadcast is None:
        raise NotForYou(str(broadcast_id))
    return await _report(uow, broadcast)


async def newest_reports(uow: UnitOfWork) -> list[Report]:
    """Return the newest broadcasts in numbers, those that wait for a second coordinator too."""
    return [await _report(uow, one) for one in await uow.broadcasts.newest(limit=SHOWN)]


async def _report(uow: UnitOfWork, broadcast: Broadcast) -> Report:
    if broadcast.ended_at is None:
        tallied, left_out = await uow.broadcasts.tally(broadcast.id), None
    else:
        tallied = Tallied(broadcast.sent, 0, broadcast.unreachable, broadcast.failed)
        left_out = broadcast.left_out
    return Report(
        broadcast.id,
        broadcast.kind,
        broadcast.state,
        broadcast.starts_at,
        broadcast.is_urgent,
        broadcast.recipients,
        tallied.sent,
        tallied.waiting,
        tallied.unreachable,
        tallied.failed,
        _others(broadcast, tallied) if left_out is None else left_out,
        broadcast.body is not None,
    )


def _others(broadcast: Broadcast, tallied: Tallied) -> int:
    counted = tallied.sent + tallied.waiting + tallied.unreachable + tallied.failed
    return max(broadcast.recipients - counted, 0)


async def reports_to_tend(uow: UnitOfWork) -> list[Report]:
    """Return, in numbers, the broadcasts that are not over or of which words are kept."""
    found = [await uow.broadcasts.get(broadcast_id) for broadcast_id in await uow.broadcasts.to_tend()]
    return [await _report(uow, broadcast) for broadcast in found if broadcast is not None]


async def is_to_tend(uow: UnitOfWork, broadcast_id: UUID, *, now: datetime) -> bool:
    """Say whether `tend` would change something."""
    broadcast = await uow.broadcasts.get(broadcast_id)
    if broadcast is None:
        return False
    if broadcast.state is BroadcastState.ASKED:
        return not await uow.requests.open_about(broadcast.id, now=now)
    if broadcast.state is BroadcastState.TAKEN_BACK and await uow.broadcasts.is_in_use(broadcast.id):
        return True
    if broadcast.ended_at is not None:
        return broadcast.body is not None and not await uow.broadcasts.is_standing(broadcast.id)
    is_too_late = broadcast.state in UNDER_WAY and now >= broadcast.starts_at + life.USEFUL_FOR
    return is_too_late or not (await uow.broadcasts.tally(broadcast.id)).waiting


async def tend(uow: UnitOfWork, broadcast_id: UUID, *, now: datetime) -> None:
    """Let a broadcast end with its last message, and its words be forgotten with the last that stands.

    Done again it changes nothing. One that was changed by hand is left as it is.
    """
    broadcast = await uow.broadcasts.get(broadcast_id)
    if broadcast is None:
        return
    if broadcast.state is BroadcastState.ASKED:
        await _tend_asked(uow, broadcast, now=now)
        return
    if broadcast.state is BroadcastState.TAKEN_BACK:
        # What was in flight in that instant stands in a chat by now.
        await uow.broadcasts.retire_standing(broadcast.id, now=now)
    if broadcast.ended_at is None:
        await _end_if_settled(uow, broadcast, now=now)
    elif broadcast.body is not None and not await uow.broadcasts.is_standing(broadcast.id):
        await uow.broadcasts.forget_words(broadcast)


async def _tend_asked(uow: UnitOfWork, broadcast: Broadcast, *, now: datetime) -> None:
    """Forget what nobody is asked about any more: withdrawn, run out, or its coordinator's rights ended."""
    if not await uow.requests.open_about(broadcast.id, now=now):
        await uow.broadcasts.remove(broadcast.id)


async def _end_if_settled(uow: UnitOfWork, broadcast: Broadcast, *, now: datetime) -> None:
    if broadcast.state in UNDER_WAY and now >= broadcast.starts_at + life.USEFUL_FOR:
        # Left is what was paused, or is for somebody who hides: it helps nobody any more.
        await uow.broadcasts.drop(broadcast.id, now=now)
        broadcast.state = BroadcastState.STOPPED
    tallied = await uow.broadcasts.tally(broadcast.id)
    if tallied.waiting:
        return
    broadcast.sent, broadcast.unreachable, broadcast.failed = (
        tallied.sent,
        tallied.unreachable,
        tallied.failed,
    )
    broadcast.left_out, broadcast.ended_at = _others(broadcast, tallied), now
    if broadcast.state in UNDER_WAY:
        broadcast.state = BroadcastState.DONE
    await uow.broadcasts.keep(broadcast)
