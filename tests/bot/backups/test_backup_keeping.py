"""The running bot's backups: one a night, the ledger right after a leaving, trouble that passes."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from structlog.testing import capture_logs

from bot.backups.folder import LEDGER, backup_folder, newest_data
from bot.backups.keeping import BackupKeeping, last_night
from bot.clock import HandClock
from storage.bundle_format import BundleKind
from storage.bundle_reading import read_bundle
from storage.errors import UnusableBundle
from storage.filling import Collected
from storage.models import Departed
from storage.unit_of_work import Storage
from tests.bot.filled import Ground, make_ground, opened
from tests.world import NOON

MINSK = ZoneInfo("Europe/Minsk")


@pytest.fixture
async def ground(engine_name: str, tmp_path: Path, request: pytest.FixtureRequest) -> Ground:
    url = request.getfixturevalue("empty_postgresql") if engine_name == "postgresql" else None
    return await make_ground(tmp_path, url)


@pytest.fixture
async def storage(ground: Ground) -> AsyncIterator[Storage]:
    async with opened(ground.settings) as storage:
        yield storage


@pytest.fixture
def clock() -> HandClock:
    return HandClock(NOON)


def keeping(storage: Storage, ground: Ground, clock: HandClock) -> BackupKeeping:
    wake = asyncio.Event()
    storage.on_commit(wake.set)
    return BackupKeeping(storage, ground.backups, clock=clock, zone=MINSK, wake=wake)


@asynccontextmanager
async def running(one: BackupKeeping) -> AsyncIterator[None]:
    task = asyncio.create_task(one.run())
    try:
        yield
    finally:
        one.stop()
        await asyncio.wait_for(task, 20)


async def until_ledger_names(storage: Storage, ground: Ground, name: str) -> None:
    """Look again after each commit: one of them notes that the ledger lies there."""
    committed = asyncio.Event()
    storage.on_commit(committed.set)
    async with asyncio.timeout(20):
        while ground.people[name] not in named_in_ledger(ground):
            await committed.wait()
            committed.clear()


def named_in_ledger(ground: Ground) -> set[UUID]:
    collected = Collected(BundleKind.LEDGER, LEDGER)
    with suppress(UnusableBundle):
        read_bundle(ground.backups / LEDGER, ground.keeper.identities, collected)
    return set(collected.departed())


async def leave(storage: Storage, ground: Ground, name: str) -> None:
    async with storage.unit() as uow:
        await uow.people.remove(ground.people[name])
        uow.session.add(Departed(id=ground.people[name], left_on=NOON.date()))


async def test_there_is_one_backup_a_night(storage: Storage, ground: Ground, clock: HandClock) -> None:
    keeper = keeping(storage, ground, clock)
    taken = []
    for hours in (0, 1, 15, 16, 17, 40):
        await keeper.back_up_nightly(NOON + timedelta(hours=hours))
        newest = newest_data(ground.backups)
        assert newest is not None
        taken.append((newest[1] - NOON) // timedelta(hours=1))

    # It is noon in Minsk at first; the nights begin after 16 and after 40 hours.
    assert taken == [0, 0, 0, 16, 16, 40]


async def test_a_backup_that_lies_alone_is_warned_of_since_a_disk_may_not_be_mounted(
    storage: Storage, ground: Ground, clock: HandClock, tmp_path: Path
) -> None:
    keeper = keeping(storage, ground, clock)
    alone = {"event": "no other backup lies in the backup place: is its disk mounted?", "lane": "backups"}
    with capture_logs() as logged:
        for hours in (0, 16):
            await keeper.back_up_nightly(NOON + timedelta(hours=hours))
        ground.backups.rename(tmp_path / "unplugged")
        await keeper.back_up_nightly(NOON + timedelta(hours=17))

    warned = [number for number, each in enumerate(logged) if each == alone | {"log_level": "warning"}]
    assert warned == [1, 4]


async def test_mallorys_file_of_a_day_to_come_stops_no_backup(
    storage: Storage, ground: Ground, clock: HandClock
) -> None:
    (ground.backups / "data-20990101T000000Z.age").touch()

    await keeping(storage, ground, clock).back_up_nightly(NOON)

    newest = newest_data(ground.backups, until=NOON)
    assert newest is not None
    assert newest[1] == NOON


async def test_one_that_failed_is_tried_again_after_an_hour(
    storage: Storage, ground: Ground, clock: HandClock
) -> None:
    keeper = keeping(storage, ground, clock)
    with backup_folder(ground.backups, mark=ground.mark):
        await keeper.back_up_nightly(NOON)
    await keeper.back_up_nightly(NOON + timedelta(minutes=59))
    assert newest_data(ground.backups) is None

    await keeper.back_up_nightly(NOON + timedelta(minutes=60))

    assert newest_data(ground.backups) is not None


async def test_the_ledger_names_whoever_left_while_the_bot_runs(
    storage: Storage, ground: Ground, clock: HandClock
) -> None:
    async with running(keeping(storage, ground, clock)):
        await leave(storage, ground, "bob")
        await until_ledger_names(storage, ground, "bob")


async def test_a_leaving_before_the_start_is_written_down_too(
    storage: Storage, ground: Ground, clock: HandClock
) -> None:
    await leave(storage, ground, "bob")
    async with running(keeping(storage, ground, clock)):
        await until_ledger_names(storage, ground, "bob")


@pytest.mark.parametrize(
    ("now", "night"),
    [
        pytest.param("2026-11-23T00:59+00:00", "2026-11-22T01:00+00:00", id="before four in Minsk"),
        pytest.param("2026-11-23T01:00+00:00", "2026-11-23T01:00+00:00", id="at four"),
        pytest.param("2026-11-23T23:00+00:00", "2026-11-23T01:00+00:00", id="after midnight there"),
    ],
)
def test_a_night_ends_at_four_on_the_zones_clock(now: str, night: str) -> None:
    found = last_night(datetime.fromisoformat(now), MINSK)

    assert found.astimezone(UTC) == datetime.fromisoformat(night)


@pytest.mark.parametrize("is_restarted", [False, True])
async def test_a_stick_that_was_away_names_who_left_meanwhile_once_it_is_back(
    storage: Storage, ground: Ground, clock: HandClock, tmp_path: Path, *, is_restarted: bool
) -> None:
    keeper, now, stick = keeping(storage, ground, clock), clock.now(), tmp_path / "stick"
    await keeper.back_up_nightly(now)
    ground.backups.rename(stick)
    await leave(storage, ground, "bob")
    await keeper.copy_ledger(now)
    meanwhile = named_in_ledger(ground)
    shutil.rmtree(ground.backups)
    stick.rename(ground.backups)
    if is_restarted:
        keeper = keeping(storage, ground, clock)

    await keeper.copy_ledger(now)

    assert ground.people["bob"] in meanwhile
    assert ground.people["bob"] in named_in_ledger(ground)


async def test_a_ledger_that_lies_as_it_was_put_is_not_written_again(
    storage: Storage, ground: Ground, clock: HandClock
) -> None:
    keeper = keeping(storage, ground, clock)
    await keeper.back_up_nightly(clock.now())
    before = (ground.backups / LEDGER).stat()

    await keeper.copy_ledger(clock.now())

    assert (ground.backups / LEDGER).stat() == before
