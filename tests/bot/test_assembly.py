import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from telegram import Bot

from bot.assembly import Poruch, assemble
from bot.clock import HandClock
from bot.configuration.settings import Settings, SettingsError
from bot.control.client import ask_each, wake
from bot.host.run_lock import RunLock
from bot.installing.installation import InstallationError, create, open_installation
from sandbox.lookalike import Lookalike
from sandbox.person import Person
from solidarity.leaving import erase_person
from solidarity.people import agree
from storage import sqlite
from storage.unit_of_work import Storage
from tests.bot.conftest import Kept
from tests.bot.ground import put, queue, row, states
from tests.world import NOON


@pytest.fixture
def settings(telegram: Lookalike, data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, token=telegram.token, telegram_api_url=telegram.url)


@pytest.fixture
async def poruch(settings: Settings, clock: HandClock, storage: Storage) -> AsyncIterator[Poruch]:
    poruch = assemble(settings, clock=clock, storage=storage)
    yield poruch
    await poruch.stop()


async def test_who_begins_is_answered(poruch: Poruch, alice: Person) -> None:
    await poruch.start()

    await alice.says("/start")

    assert (await alice.sees("Беларуская")).protect_content


async def test_what_becomes_due_when_the_clock_is_moved_is_done(
    poruch: Poruch, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    message_id = alice.history[0].message_id
    posted_id = await put(storage, alice_id, message_id=message_id)
    await queue(storage, alice_id, kind="nothing_known", due_at=NOON.replace(day=24, hour=10))
    await poruch.start()
    storage.on_commit(telegram.world.changes.note)

    telegram.clock.set(NOON.replace(day=24, hour=11))

    async def is_gone() -> bool:
        return await row(storage, posted_id) is None

    await telegram.until(is_gone)
    assert message_id not in [message.message_id for message in alice.visible]


async def test_who_is_given_a_database_leaves_it_open(poruch: Poruch, storage: Storage) -> None:
    await poruch.start()
    await poruch.stop()

    async with storage.view() as uow:
        assert await uow.claims.next_due() == {}


async def test_stopping_twice_is_stopping_once(poruch: Poruch) -> None:
    await poruch.start()

    await poruch.stop()
    await poruch.stop()


async def test_a_stopped_bot_leaves_what_comes_to_the_next(
    poruch: Poruch, telegram: Lookalike, bot: Bot, alice: Person
) -> None:
    await poruch.start()
    await poruch.stop()
    before = len(telegram.calls)

    number = await alice.says("/start")

    assert (await bot.get_updates())[-1].update_id == number
    assert len(telegram.calls) == before + 1


async def test_without_a_token_it_does_not_start(data_dir: Path, storage: Storage) -> None:
    with pytest.raises(SettingsError, match="PORUCH_TOKEN"):
        await assemble(Settings(data_dir=data_dir), storage=storage).start()


async def test_a_token_that_telegram_refuses_is_said_in_one_line_that_does_not_show_it(
    settings: Settings, telegram: Lookalike, storage: Storage
) -> None:
    telegram.revoke(telegram.token)

    with pytest.raises(InstallationError) as caught:
        await assemble(settings, storage=storage).start()

    assert "refused by Telegram" in str(caught.value)
    assert settings.token_or_refuse() not in str(caught.value)


async def test_without_network_it_does_not_start(
    data_dir: Path, storage: Storage, unused_tcp_port: int
) -> None:
    nowhere = f"http://127.0.0.1:{unused_tcp_port}"
    settings = Settings(data_dir=data_dir, token="123456:nobody", telegram_api_url=nowhere)

    with pytest.raises(InstallationError, match="cannot be reached"):
        await assemble(settings, storage=storage).start()


async def test_a_data_folder_has_one_bot(
    poruch: Poruch, settings: Settings, storage: Storage, engine_name: str
) -> None:
    await poruch.start()
    second = assemble(settings, storage=storage)

    if engine_name == "sqlite":
        with pytest.raises(InstallationError, match="running"):
            await second.start()
    else:
        await second.start()
        await second.stop()


async def test_a_bot_that_did_not_start_does_not_hold_the_folder(
    settings: Settings, telegram: Lookalike, storage: Storage
) -> None:
    telegram.revoke(telegram.token)
    with pytest.raises(InstallationError):
        await assemble(settings, storage=storage).start()

    RunLock(settings.data_dir).release()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_stops_it_in_order(
    tmp_path: Path, telegram: Lookalike, alice: Person, number: signal.Signals
) -> None:
    settings = Settings(data_dir=tmp_path / "own", token=telegram.token, telegram_api_url=telegram.url)
    create(settings, now=NOON)
    running = asyncio.ensure_future(assemble(settings).run_until_stopped())
    await alice.says("/start")
    await alice.sees("Беларуская")

    signal.raise_signal(number)
    await asyncio.wait_for(running, timeout=10)

    storage = await open_installation(settings)
    await storage.database.close()
    assert next(iter(telegram.world.bots.values())).queue.waiting == []


async def test_where_nothing_is_installed_it_does_not_start(tmp_path: Path, telegram: Lookalike) -> None:
    settings = Settings(data_dir=tmp_path / "own", token=telegram.token, telegram_api_url=telegram.url)

    with pytest.raises(InstallationError, match="poruch init"):
        await assemble(settings).run_until_stopped()

    assert list(tmp_path.iterdir()) == []


async def test_a_running_bot_says_how_it_stands(poruch: Poruch, settings: Settings) -> None:
    await poruch.start()

    assert await ask_each(settings.data_dir, "status") == [
        {"state": "open", "pid": os.getpid(), "is_typed": False, "alarm": False}
    ]


async def test_a_bot_that_is_woken_sends_what_another_process_queued(
    poruch: Poruch, settings: Settings, storage: Storage, telegram: Lookalike, alice: Person, kept: Kept
) -> None:
    alice_id = await kept(alice)
    await poruch.start()
    storage.on_commit(telegram.world.changes.note)
    await queue(storage, alice_id, key="before", kind="nothing_known")
    await telegram.until(lambda: has_settled(storage, "before"))
    other = Storage(storage.database, storage.keys)
    await queue(other, alice_id, kind="nothing_known")

    await wake(settings.data_dir)

    await telegram.until(lambda: has_settled(storage, "one"), timeout=5)
    assert await states(storage) == {"before": "dropped", "one": "dropped"}


async def test_what_another_process_could_not_take_out_of_the_log_goes_once_the_bot_is_woken(
    tmp_path: Path, telegram: Lookalike, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "CHECKPOINT_WAITS_MS", 1)
    settings = Settings(data_dir=tmp_path / "own", token=telegram.token, telegram_api_url=telegram.url)
    create(settings, now=NOON)
    poruch = assemble(settings)
    await poruch.start()
    await commit(poruch.storage)
    other = await open_installation(settings)
    async with other.unit() as uow:
        person = await agree(uow, 700_000_001, language="en", now=NOON)
    # A backup of ours that takes its time stands in the way.
    with poruch.storage.database.snapshot() as reading:
        reading.execute(text("SELECT count(*) FROM data_key")).scalar_one()
        async with other.unit() as uow:
            await erase_person(uow, person.id, now=NOON)
        await other.database.close()
        log = settings.data_dir / "poruch.db-wal"
        in_the_way = log.stat().st_size

    await wake(settings.data_dir)
    await commit(poruch.storage)

    assert (in_the_way > 0, log.stat().st_size) == (True, 0)
    await poruch.stop()


async def commit(storage: Storage) -> None:
    async with storage.unit() as uow:
        await uow.session.execute(text("UPDATE installation SET created_on = created_on"))


async def has_settled(storage: Storage, key: str) -> bool:
    return (await states(storage))[key] == "dropped"


async def test_a_running_bot_takes_a_newer_key_ring_when_told(tmp_path: Path, telegram: Lookalike) -> None:
    settings = Settings(data_dir=tmp_path / "own", token=telegram.token, telegram_api_url=telegram.url)
    create(settings, now=NOON)
    poruch = assemble(settings)
    await poruch.start()
    file = poruch.storage.keys.file
    file.save(file.load().advanced(poruch.storage.keys.ring.entries))

    answers = await ask_each(settings.data_dir, "read-keys")
    async with poruch.storage.view() as uow:
        noted = await uow.session.scalar(text("SELECT keyring_generation FROM process"))
    await poruch.stop()

    assert (answers, noted) == ([{"generation": 2}], 2)


async def test_a_bot_that_stops_is_waited_for_by_no_rotation(poruch: Poruch, storage: Storage) -> None:
    committed = asyncio.Event()
    storage.on_commit(committed.set)
    await poruch.start()
    await asyncio.wait_for(committed.wait(), timeout=5)

    await poruch.stop()

    async with storage.view() as uow:
        assert await uow.session.scalar(text("SELECT count(*) FROM process")) == 0
