"""A database that goes away while messages are on their way: all come once, as soon as it is back."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy.exc import OperationalError

from bot import tasks as tasks_module
from bot.sending import parcels as parcels_module
from bot.sending.parcels import LEASE, WRITE_AGAIN_AFTER_SECONDS, Parcel, Parcels
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.work import Lane
from storage import sqlite
from storage.database import FILE_NAME
from storage.errors import DatabaseUnavailable
from storage.keyring import Purpose
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, Watch, build, renderer, shown, watch
from tests.bot.ground import queue
from tests.postgresql import Server
from tests.world import RING

__all__ = ["build", "renderer", "watch"]

Away = Callable[[], AbstractContextManager[None]]
Result = TypeVar("Result")


class Failing(Parcels):
    """Tells when the database could not be used again and again."""

    failed = 0
    failed_often = asyncio.Event()

    async def next_due(self) -> dict[Lane, datetime]:
        return await self._noting(super().next_due())

    async def claim(self, **given: Any) -> list[Parcel]:
        return await self._noting(super().claim(**given))

    async def _note(self, *given: Any, **named: Any) -> list[tuple[int, int]]:
        return await self._noting(super()._note(*given, **named))

    async def _noting(self, work: Awaitable[Result]) -> Result:
        try:
            return await work
        except (DatabaseUnavailable, OperationalError):
            type(self).failed += 1
            if self.failed >= 3:
                self.failed_often.set()
            raise


@pytest.fixture
def away(
    engine_name: str,
    data_dir: Path,
    worker_id: str,
    postgresql_server: Server,
    monkeypatch: pytest.MonkeyPatch,
) -> Away:
    """Take the database away for a block: a locked file, or a server that lets nobody in."""
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.05)

    @contextmanager
    def locked() -> Iterator[None]:
        holder = sqlite.connect(data_dir / FILE_NAME, RING.primary(Purpose.DBK).key)
        holder.execute("BEGIN EXCLUSIVE")
        yield
        holder.close()

    @contextmanager
    def shut() -> Iterator[None]:
        name = f"tests_{worker_id}"
        postgresql_server.runs(
            f"ALTER DATABASE {name} ALLOW_CONNECTIONS false",
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
        )
        yield
        postgresql_server.runs(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")

    return locked if engine_name == "sqlite" else shut


async def test_what_was_sent_while_the_database_went_away_comes_once(
    build: Build,
    storage: Storage,
    watch: Watch,
    telegram: Lookalike,
    alice: Person,
    kept: Kept,
    away: Away,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parcels_module, "WRITE_AGAIN_AFTER_SECONDS", (0.05,) * 400)
    # A claim whose answer was cut off is nobody's until it runs out.
    monkeypatch.setattr(parcels_module, "LEASE", timedelta(seconds=20))
    monkeypatch.setattr(parcels_module, "LAST_STRETCH", timedelta(seconds=1))
    monkeypatch.setattr(tasks_module, "FIRST_WAIT_SECONDS", 0.05)
    monkeypatch.setattr(tasks_module, "LONGEST_WAIT_SECONDS", 0.1)
    keys = [f"{number:02}" for number in range(40)]
    alice_id = await kept(alice)
    for key in keys:
        await queue(storage, alice_id, key)
    Failing.failed, Failing.failed_often = 0, asyncio.Event()
    delivery = build(parcels=Failing)
    running = asyncio.ensure_future(delivery.run())
    await telegram.until(lambda: len(shown(alice)) >= 5)

    with away():
        await asyncio.wait_for(Failing.failed_often.wait(), timeout=20)
    await watch.settled(*keys, seconds=40)
    delivery.stop()
    await running

    assert sorted(shown(alice)) == keys


def test_outcomes_are_written_again_for_a_minute_and_more_and_not_longer_than_claims_hold() -> None:
    assert 60 < sum(WRITE_AGAIN_AFTER_SECONDS) < LEASE.total_seconds()
