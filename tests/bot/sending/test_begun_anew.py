"""Delivery that failed and was begun anew goes on as if nothing had been: each message is settled, once."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, text

from bot import tasks
from bot.sending.delivery import Delivery
from bot.sending.parcels import Parcels
from bot.telegram_api.messages import Messages
from bot.telegram_api.pace import Pace
from sandbox.person import Person
from storage.errors import DatabaseUnavailable
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.deliveries import Build, Renderer, Watch, build, renderer, shown, turns_of, watch
from tests.bot.ground import queue, states
from tests.bot.watched import WatchedClock

__all__ = ["build", "renderer", "watch"]
# More than may be unsettled.
MANY = 130

Keep = Callable[[Delivery], None]


@pytest.fixture
async def keep(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Keep]:
    """Keeps deliveries running as `poruch run` does, but begins anew at once."""
    monkeypatch.setattr(tasks, "FIRST_WAIT_SECONDS", 0.01)
    stopping, running = asyncio.Event(), []

    def keep(delivery: Delivery) -> None:
        run = tasks.keep_running("delivery", delivery.run, stopping=stopping)
        running.append((delivery, asyncio.create_task(run)))

    yield keep
    stopping.set()
    for delivery, task in running:
        delivery.stop()
        await task


@pytest.fixture
def fails_once() -> type[Parcels]:
    class FailsOnce(Parcels):
        has_failed = False

        async def next_due(self):
            if not type(self).has_failed:
                type(self).has_failed = True
                raise KeyError("a surprise")
            return await super().next_due()

    return FailsOnce


async def test_what_is_sent_afterwards_is_settled(
    storage: Storage, build: Build, keep: Keep, watch: Watch, alice: Person, kept: Kept, fails_once
):
    await queue(storage, await kept(alice), "one")

    keep(build(parcels=fails_once))

    await watch.settled("one")
    assert fails_once.has_failed
    assert shown(alice) == ["one"]


async def test_more_go_out_than_may_be_unsettled(
    storage: Storage, build: Build, keep: Keep, watch: Watch, alice: Person, kept: Kept, fails_once
):
    alice_id = await kept(alice)
    keys = [f"{n}" for n in range(MANY)]
    for key in keys:
        await queue(storage, alice_id, key)
    delivery = build(parcels=fails_once, gap=0.0)
    delivery._pace = Pace(1_000, chat_gap_seconds=0.0)

    keep(delivery)

    await watch.settled(*keys, seconds=30)
    assert sorted(shown(alice)) == sorted(keys)


@pytest.fixture
def server(storage: Storage) -> Iterator[Engine]:
    """Another way to the same PostgreSQL."""
    engine = create_engine(storage.database.writer.url, isolation_level="AUTOCOMMIT")
    yield engine
    turn_read_only(engine, is_so=False)
    engine.dispose()


def turn_read_only(server: Engine, *, is_so: bool) -> None:
    """Let the database take nothing, as after a failover which cuts everybody, or take everything again."""
    with server.connect() as connection:
        name = connection.scalar(text("SELECT current_database()"))
        connection.execute(text("SET default_transaction_read_only = off"))
        state = "SET default_transaction_read_only = on" if is_so else "RESET default_transaction_read_only"
        connection.execute(text(f'ALTER DATABASE "{name}" {state}'))
        if not is_so:
            return
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_moment_in_which_nothing_can_be_written_is_waited_out(
    storage: Storage, build: Build, keep: Keep, watch: Watch, alice: Person, kept: Kept, server: Engine
):
    tries = 0

    class Trying(Parcels):
        async def set_right(self):
            nonlocal tries
            tries += 1
            if tries == 3:
                turn_read_only(server, is_so=False)
            await super().set_right()

    await queue(storage, await kept(alice), "one")
    turn_read_only(server, is_so=True)

    keep(build(parcels=Trying))

    await watch.settled("one", seconds=30)
    assert shown(alice) == ["one"]
    assert await states(storage) == {"one": "sent"}


@pytest.mark.parametrize("engine_name", ["postgresql"])
async def test_a_server_that_takes_nothing_spoils_no_message(
    storage: Storage, messages: Messages, renderer: Renderer, clock: WatchedClock, in_flight: set[UUID],
    alice: Person, kept: Kept,
):  # fmt: skip
    class ReadOnlyAtLast(Parcels):
        async def _store(self, written):
            engine = storage.database.writer.sync_engine
            event.listen(engine, "begin", read_only)
            try:
                return await super()._store(written)
            finally:
                event.remove(engine, "begin", read_only)

    def read_only(connection: Connection) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")

    # It must not go out, which each is told in a savepoint of its own.
    renderer.instead["one"] = None
    await queue(storage, await kept(alice), "one")
    turns = turns_of(storage)
    parcels = ReadOnlyAtLast(storage, messages, renderer, clock=clock, in_flight=in_flight, turns=turns)

    with pytest.raises(DatabaseUnavailable):
        await parcels.claim(limit=10)
