"""A broadcast's life: started, paused, resumed, stopped, taken back.

Its recipients are rows of the outbox, so that rate, kills, blocked and failing people are delivery's as for
everything else. What was handed to Telegram in the instant of a pause or a stop goes out.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from solidarity.access import Actor, require
from solidarity.audit import Act, By, record
from solidarity.broadcasts.audience import (
    Said,
    is_addressed,
    prisoner_spoken_of,
    reach_of,
    require_somebody,
    said_by,
    write_said,
)
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.hours import Hours, within_waking_hours
from storage.audiences import Recipient
from storage.broadcasts import KIND, UNDER_WAY
from storage.models import Broadcast, BroadcastState, Lane, Request
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

# After so long it helps nobody any more.
USEFUL_FOR = timedelta(days=3)


class BroadcastChange(StrEnum):
    """What was done with a broadcast, as the trail says it."""

    SENT = "sent"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
    TAKEN_BACK = "taken_back"


async def start(uow: UnitOfWork, broadcast: Broadcast, said: Said, *, now: datetime) -> None:
    """Queue a message for everybody whom a broadcast reaches now, each in their own waking hours.

    Raises:
        NobodyAddressed: that is nobody.
        NoLongerSo: what its ready text says is not so any more.
    """
    reach = await reach_of(uow, said)
    require_somebody(reach)
    starts = broadcast.starts_at = max(broadcast.starts_at, now)
    _, hearing = await prisoner_spoken_of(uow, said)
    until = starts + USEFUL_FOR if hearing is None else min(starts + USEFUL_FOR, hearing.starts_at)
    if until <= starts:
        raise NoLongerSo(str(said.about))
    # Whoever reads of a date is told of its change like everybody else.
    revision = 0 if hearing is None else hearing.revision
    dues = [_due(broadcast, one, starts, until, revision) for one in reach.recipients]
    await uow.outbox.queue(dues)
    broadcast.state, broadcast.recipients = BroadcastState.GOING, len(dues)
    await uow.broadcasts.keep(broadcast)


def _due(broadcast: Broadcast, one: Recipient, starts: datetime, until: datetime, revision: int) -> Due:
    hours = Hours(one.zone, one.hour, one.quiet_from, one.quiet_to)
    due_at = starts if broadcast.is_urgent else within_waking_hours(starts, hours)
    # Waiting for the morning must not make it useless.
    due_at = due_at if due_at < until else starts
    key = f"{KIND}:{broadcast.id}:person:{one.person_id}"
    return Due(
        one.person_id, KIND, broadcast.id, key, due_at, revision, useful_until=until, lane=Lane.BROADCAST
    )


async def is_own_broadcast(
    uow: UnitOfWork, actor: Actor, broadcast_id: UUID, argument: str, now: datetime
) -> None:
    """Let only who wrote a broadcast ask for a second coordinator, for its words as they stand.

    Raises:
        NotForYou: it is somebody else's, says something else, or there is none.
        NoLongerSo: it waits for nobody any more.
    """
    broadcast = await uow.broadcasts.get(broadcast_id)
    if broadcast is None or broadcast.made_by != actor.id or argument != await digest_of(uow, broadcast):
        raise NotForYou(str(broadcast_id))
    _require_state(broadcast, BroadcastState.ASKED)


async def digest_of(uow: UnitOfWork, broadcast: Broadcast) -> str:
    """Return what stands for words, audience and time of a broadcast where a second coordinator agrees.

    Raises:
        NoLongerSo: its words are gone.
    """
    said = await said_by(uow, broadcast.id)
    if said is None:
        raise NoLongerSo(str(broadcast.id))
    facts = (
        f"{broadcast.kind} {int(broadcast.is_urgent)} {broadcast.starts_at.isoformat()} {write_said(said)}"
    )
    return uow.macs.broadcast_digest(broadcast.id, facts)


async def let_go_out(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    """Start what a second coordinator has agreed to: words and audience as they stood when they were asked.

    Raises:
        NoLongerSo: it is gone, is not the asker's, says something else, or reaches nobody.
    """
    broadcast, said = await uow.broadcasts.get(request.about_id), await said_by(uow, request.about_id)
    if broadcast is None or said is None or broadcast.made_by != request.requested_by:
        raise NoLongerSo(str(request.about_id))
    _require_state(broadcast, BroadcastState.ASKED)
    if request.argument != await digest_of(uow, broadcast):
        raise NoLongerSo(str(broadcast.id))
    broadcast.agreed_at = now
    await start(uow, broadcast, said, now=now)
    who = By.HOST if by is None else by
    count, kind = broadcast.recipients, BroadcastChange.SENT
    await record(uow, Act.BROADCAST_CHANGED, by=who, about=broadcast.id, kind=kind, count=count, now=now)


async def drop_asked(uow: UnitOfWork, request: Request) -> None:
    """Forget what a second coordinator has declined, its words with it."""
    broadcast = await uow.broadcasts.get(request.about_id)
    if broadcast is not None and broadcast.state is BroadcastState.ASKED:
        await uow.broadcasts.remove(broadcast.id)


async def pause(uow: UnitOfWork, actor: Actor, broadcast_id: UUID | None, *, now: datetime) -> None:
    """Hold what waits of a broadcast; any coordinator may.

    Raises:
        DeskClosed: the desk is not open.
        NotForYou: there is none with this id.
        NoLongerSo: it is not going out.
    """
    broadcast = await _at_desk(uow, actor, broadcast_id, BroadcastState.GOING, now=now)
    await uow.broadcasts.hold(broadcast.id)
    await _turn(uow, actor.id, broadcast, BroadcastState.PAUSED, BroadcastChange.PAUSED, now=now)


async def hold_of(uow: UnitOfWork, person_id: UUID, *, by: UUID | By, now: datetime) -> None:
    """Pause what is on its way of somebody who is kept from their desk, until a colleague lets it go on.

    What a colleague has agreed to goes on.
    """
    for broadcast in await uow.broadcasts.going_alone(person_id):
        await uow.broadcasts.hold(broadcast.id)
        await _turn(uow, by, broadcast, BroadcastState.PAUSED, BroadcastChange.PAUSED, now=now)


async def resume(uow: UnitOfWork, actor: Actor, broadcast_id: UUID | None, *, now: datetime) -> None:
    """Let a paused broadcast go on.

    Raises:
        DeskClosed, NotForYou, NoLongerSo: as `pause`; it is not paused.
    """
    broadcast = await _at_desk(uow, actor, broadcast_id, BroadcastState.PAUSED, now=now)
    await uow.broadcasts.let_go(broadcast.id)
    await _turn(uow, actor.id, broadcast, BroadcastState.GOING, BroadcastChange.RESUMED, now=now)


async def stop(uow: UnitOfWork, actor: Actor, broadcast_id: UUID | None, *, now: datetime) -> None:
    """Drop what waits of a broadcast, for good.

    Raises:
        DeskClosed, NotForYou, NoLongerSo: as `pause`; it is neither going out nor paused.
    """
    broadcast = await _at_desk(uow, actor, broadcast_id, *UNDER_WAY, now=now)
    await uow.broadcasts.drop(broadcast.id, now=now)
    await _turn(uow, actor.id, broadcast, BroadcastState.STOPPED, BroadcastChange.STOPPED, now=now)


async def take_back(uow: UnitOfWork, actor: Actor, broadcast_id: UUID | None, *, now: datetime) -> None:
    """Stop a broadcast, and have every message of it deleted that still stands in a chat.

    Raises:
        DeskClosed, NotForYou, NoLongerSo: as `pause`; no message of it stands any more.
    """
    states = (*UNDER_WAY, BroadcastState.STOPPED, BroadcastState.DONE)
    broadcast = await _at_desk(uow, actor, broadcast_id, *states, now=now)
    if broadcast.body is None:
        raise NoLongerSo(str(broadcast.id))
    await uow.broadcasts.drop(broadcast.id, now=now)
    await uow.broadcasts.retire_standing(broadcast.id, now=now)
    await _turn(uow, actor.id, broadcast, BroadcastState.TAKEN_BACK, BroadcastChange.TAKEN_BACK, now=now)


async def _at_desk(
    uow: UnitOfWork, actor: Actor, broadcast_id: UUID | None, *states: BroadcastState, now: datetime
) -> Broadcast:
    require(actor, "desk.broadcasts", now=now)
    broadcast = None if broadcast_id is None else await uow.broadcasts.get(broadcast_id)
    if broadcast is None:
        raise NotForYou(str(broadcast_id))
    _require_state(broadcast, *states)
    return broadcast


def _require_state(broadcast: Broadcast, *states: BroadcastState) -> None:
    if broadcast.state not in states:
        raise NoLongerSo(str(broadcast.id))


async def _turn(
    uow: UnitOfWork,
    by: UUID | By,
    broadcast: Broadcast,
    state: BroadcastState,
    change: BroadcastChange,
    *,
    now: datetime,
) -> None:
    broadcast.state = state
    await uow.broadcasts.keep(broadcast)
    count = broadcast.recipients
    await record(uow, Act.BROADCAST_CHANGED, by=by, about=broadcast.id, kind=change, count=count, now=now)


async def is_broadcast_due(uow: UnitOfWork, actor: Actor, broadcast_id: UUID) -> bool:
    """Say whether a message of a broadcast may still go to somebody: what is paused is held elsewhere."""
    broadcast, said = await uow.broadcasts.get(broadcast_id), await said_by(uow, broadcast_id)
    if broadcast is None or said is None or broadcast.state not in UNDER_WAY:
        return False
    return await is_addressed(uow, actor, said)


async def is_urgent(uow: UnitOfWork, broadcast_id: UUID) -> bool:
    """Say whether a broadcast is for today."""
    broadcast = await uow.broadcasts.get(broadcast_id)
    return broadcast is not None and broadcast.is_urgent


async def said_to(uow: UnitOfWork, actor: Actor, broadcast_id: UUID | None) -> Said:
    """Return what a broadcast says to somebody to whom it was sent and whom it is still for.

    Raises:
        NotForYou: it was not sent to them, is not for them any more, was taken back, or there is none.
    """
    broadcast_id = broadcast_id or UUID(int=0)
    # First, so that what is not theirs is refused as fast as what is not there.
    if not await uow.broadcasts.was_sent_to(broadcast_id, actor.id):
        raise NotForYou(str(broadcast_id))
    broadcast, said = await uow.broadcasts.get(broadcast_id), await said_by(uow, broadcast_id)
    is_out = broadcast is not None and broadcast.state not in (
        BroadcastState.ASKED,
        BroadcastState.TAKEN_BACK,
    )
    if said is None or not is_out or not await is_addressed(uow, actor, said):
        raise NotForYou(str(broadcast_id))
    return said
