"""A broadcast through kills, blocks and failures: its report adds up, and nobody gets it twice."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from bot.control.client import wake
from solidarity.access import Actor
from solidarity.broadcasts import drafts
from solidarity.broadcasts import life as broadcasts
from solidarity.broadcasts.reports import Report, report_of
from solidarity.broadcasts.sending import ask_to_send, outlook
from solidarity.desk import open_desk
from solidarity.people import actor_of, agree, person_of
from solidarity.requests import approve
from storage.models import Broadcast, BroadcastState, Posted, RoleName
from storage.unit_of_work import UnitOfWork
from tests.attacks.crew import Crew, crew
from tests.attacks.processes import WAIT_SECONDS, Forked
from tests.attacks.victim import Victim, installed

WORDS = "The <b>meeting</b> is on Monday"
# What was handed over and not yet settled when a process was killed may come twice (rule 3).
IN_FLIGHT = 100
TOO_OLD = timedelta(hours=50)
FIRST_COORDINATOR = 900_000_001


class Lone(Crew):
    """One process that starts quickly, by the look-alike's clock and without Telegram's limits."""

    def __init__(self, victim: Victim) -> None:
        self.telegram, self.storage, self.folder = victim.telegram, victim.storage, victim.folder / "data"
        self._victim = victim

    async def starts(self, *roles: str) -> list[Any]:
        calls = self.telegram.calls.counts
        met = calls["getMe"] + 1
        self._victim.start()
        await self.telegram.until(lambda: calls["getMe"] >= met, WAIT_SECONDS)
        return [self]

    async def dies(self) -> None:
        self._victim.kill()


@pytest.fixture
async def lone(tmp_path: Path) -> AsyncIterator[Lone]:
    more = {"MESSAGES_PER_SECOND": "20"}
    async with installed(tmp_path, None, "Forgotten Example", process=Forked, more=more) as (victim, _):
        victim.kill()
        yield Lone(victim)


@pytest.fixture
async def working(
    engine_name: str,
    tmp_path: Path,
    unused_tcp_port_factory: Callable[[], int],
    request: pytest.FixtureRequest,
) -> AsyncIterator[Crew]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with crew(tmp_path, url, unused_tcp_port_factory, per_second=200) as (working, _):
        yield working


class Desk:
    """Two coordinators, who sit down anew for whatever they do."""

    def __init__(self, working: Crew) -> None:
        self.crew = working
        self.people: list[UUID] = []

    async def is_taken(self) -> None:
        now = self.crew.telegram.clock.now()
        async with self.crew.storage.unit() as uow:
            for number in range(2):
                actor = await agree(uow, FIRST_COORDINATOR + number, language="en", now=now)
                person = await person_of(uow, actor.id)
                await uow.people.grant(
                    person, RoleName.COORDINATOR, scope=None, granted_by=None, day=now.date()
                )
                self.people.append(actor.id)

    async def _sits_down(self, uow: UnitOfWork, number: int, now: datetime) -> Actor:
        actor = await actor_of(uow, await person_of(uow, self.people[number]), now=now)
        await open_desk(uow, actor, is_right=True, now=now)
        return await actor_of(uow, await person_of(uow, self.people[number]), now=now)

    async def sends(self) -> UUID:
        """Let one write to all supporters, urgently, and the other agree."""
        now = self.crew.telegram.clock.now()
        async with self.crew.storage.unit() as uow:
            bob, carol = [await self._sits_down(uow, number, now) for number in range(2)]
            await drafts.begin_draft(uow, bob, "own", None, now=now)
            await drafts.type_text(uow, bob, "en", WORDS, now=now)
            await drafts.narrow(uow, bob, "role", "supporters", now=now)
            await drafts.type_urgency(uow, bob, "It is soon", now=now)
            shown = str((await outlook(uow, bob, now=now)).reach.count)
            await ask_to_send(uow, bob, shown, why="All should know", now=now)
            [request] = await uow.requests.open_at(now)
            await approve(uow, carol, request.id, now=now)
        await wake(self.crew.folder)
        return request.about_id

    async def does(self, act: Callable[..., object], broadcast_id: UUID) -> None:
        now = self.crew.telegram.clock.now()
        async with self.crew.storage.unit() as uow:
            await act(uow, await self._sits_down(uow, 0, now), broadcast_id, now=now)  # type: ignore[misc]
        await wake(self.crew.folder)

    async def reads(self, broadcast_id: UUID) -> Report:
        async with self.crew.storage.view() as uow:
            return await report_of(uow, broadcast_id)

    async def has(self, broadcast_id: UUID, seconds: float, is_so: Callable[[Report], bool]) -> Report:
        """Wait until the report says so."""

        async def says() -> bool:
            return is_so(await self.reads(broadcast_id))

        await self.crew.telegram.until(says, seconds)
        return await self.reads(broadcast_id)


async def is_kept_in_hand(
    working: Crew, *, size: int, blocked: int, failing: int, too_old: int, seconds: float
) -> None:
    telegram, desk = working.telegram, Desk(working)
    await working.knows(size)
    await desk.is_taken()
    chats = list(telegram.world.chats.values())
    for chat in chats[:blocked]:
        chat.is_blocked = True
    for chat in chats[blocked : blocked + failing]:
        telegram.faults.error("sendMessage", status=400, times=None, chat=chat.chat_id)
    [first] = await working.starts("all")
    reached = size - blocked - failing

    # Killed while it is paused, it goes on when it is told to, and nothing came twice.
    broadcast_id = await desk.sends()
    await working.has_handed_over(size // 4)
    await desk.does(broadcasts.pause, broadcast_id)
    paused = await desk.has(broadcast_id, WAIT_SECONDS, lambda report: is_still(working, report))
    await first.dies()
    [second] = await working.starts("all")
    still = await desk.has(broadcast_id, WAIT_SECONDS, lambda report: is_still(working, report))
    assert (still, still.state) == (paused, BroadcastState.PAUSED)
    assert 0 < still.waiting < size
    assert set(working.arrived().values()) == {1}

    # Killed while it goes out, what was in flight may come twice, and nobody is left out.
    begun = working.arrived().total()
    await desk.does(broadcasts.resume, broadcast_id)
    await telegram.until(lambda: working.arrived().total() >= begun + reached // 4, seconds)
    await second.dies()
    in_flight = working.arrived().total() - (await desk.reads(broadcast_id)).sent
    await working.starts("all")
    done = await desk.has(broadcast_id, seconds, lambda report: report.state is BroadcastState.DONE)

    assert (done.recipients, done.sent, done.waiting) == (size, reached, 0)
    assert (done.unreachable, done.failed, done.left_out) == (blocked, failing, 0)
    arrived = working.arrived()
    twice = arrived.total() - reached
    assert len(arrived) == reached
    # One on the wire may arrive after its sender was counted dead.
    assert max(twice, in_flight) <= IN_FLIGHT
    assert working.hurried() == []

    # One message that is too old spoils the taking back of no other.
    once = [message for chat in chats if len(chat.visible) == 1 for message in chat.visible]
    for message in once[-too_old:]:
        message.date -= TOO_OLD
    await desk.does(broadcasts.take_back, broadcast_id)
    await telegram.until(lambda: is_gone(working, broadcast_id), seconds)

    standing = [message for chat in chats for message in chat.visible]
    assert {message.text for message in once[-too_old:]} == {"…"}
    # Of a message that came twice only the second is known.
    assert len(standing) - too_old <= twice
    print(f"{size} people, {blocked} blocked, {failing} failing: {done.sent} sent, {twice} twice")


def is_still(working: Crew, report: Report) -> bool:
    """Say whether nothing is on its way: whatever arrived is settled."""
    return report.sent == working.arrived().total()


async def is_gone(working: Crew, broadcast_id: UUID) -> bool:
    """Say whether no message stands that is known, and the words are forgotten with the last."""
    standing = select(func.count()).where(Posted.screen == "broadcast")
    async with working.storage.view() as uow:
        broadcast = await uow.session.get(Broadcast, broadcast_id)
        left = await uow.session.scalar(standing)
    return left == 0 and broadcast is not None and broadcast.body is None


async def test_a_small_broadcast_is_paused_killed_resumed_killed_and_taken_back(lone: Lone):
    await is_kept_in_hand(lone, size=60, blocked=6, failing=3, too_old=2, seconds=90)


@pytest.mark.proof
@pytest.mark.timeout(1800)
async def test_a_broadcast_to_five_thousand_is_paused_killed_resumed_killed_and_taken_back(working: Crew):
    await is_kept_in_hand(working, size=5_000, blocked=200, failing=3, too_old=10, seconds=800)
