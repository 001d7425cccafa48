"""A database that is away for a whole minute while a broadcast goes out: all come, and all come once."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from time import monotonic

import pytest

from bot.sending.parcels import LEASE
from tests.attacks.crew import Crew, crew
from tests.postgresql import Server

PEOPLE, SENT_BEFORE = 2_000, 500
PER_SECOND = 200
AWAY_SECONDS = 60
# What was handed over and is not written down yet.
IN_FLIGHT = 100

Away = Callable[[], AbstractAsyncContextManager[None]]


@pytest.fixture
async def working(
    engine_name: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    unused_tcp_port_factory: Callable[[], int],
) -> AsyncIterator[Crew]:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    async with crew(tmp_path, url, unused_tcp_port_factory, per_second=PER_SECOND) as (working, _):
        yield working


@pytest.fixture
def away(engine_name: str, working: Crew, worker_id: str, postgresql_server: Server) -> Away:
    """Take the database away for a block: a file that somebody writes, or a server that lets nobody in."""

    @asynccontextmanager
    async def locked() -> AsyncIterator[None]:
        async with working.storage.unit() as uow:
            await uow.session.connection()
            yield

    @asynccontextmanager
    async def shut() -> AsyncIterator[None]:
        name = f"empty_{worker_id}"
        await working.storage.database.close()
        postgresql_server.runs(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        yield
        postgresql_server.runs(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    return locked if engine_name == "sqlite" else shut


async def a_minute_passes(working: Crew) -> None:
    """Wait so long; the bot says again and again that the database is away, and asks Telegram for updates."""
    over = monotonic() + AWAY_SECONDS
    await working.telegram.until(lambda: monotonic() > over, 2 * AWAY_SECONDS)


async def everybody_has_one(working: Crew) -> None:
    def is_so() -> bool:
        return working.telegram.calls.counts["sendMessage"] >= PEOPLE and len(working.arrived()) == PEOPLE

    await working.telegram.until(is_so, LEASE.total_seconds() + 60)


@pytest.mark.proof
@pytest.mark.timeout(600)
async def test_a_broadcast_outlives_a_minute_without_its_database(working: Crew, away: Away):
    known = await working.knows(PEOPLE)
    [member] = await working.starts("all")
    await working.is_to_ask(known, 1)
    await working.has_handed_over(SENT_BEFORE)

    async with away():
        await a_minute_passes(working)
        handed_over = working.arrived().total()
    await everybody_has_one(working)
    await member.stops()

    assert handed_over < PEOPLE
    assert await working.sent() == PEOPLE
    twice = working.arrived().total() - PEOPLE
    assert twice <= IN_FLIGHT
    print(f"{handed_over} of {PEOPLE} sent by then, 0 lost, {twice} twice")
