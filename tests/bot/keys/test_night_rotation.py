"""A night in which somebody has left ends with a new wrapping key, where deleted rows linger."""

import os
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.clock import HandClock
from bot.host.run_lock import RotationLock
from bot.keys.night_rotation import NightRotation
from storage import errors
from storage.keyring import KeyEntry, Purpose, State
from storage.keys import Keys
from storage.leaving import Parting
from storage.models import Departed, WrappedKey
from storage.ring_file import RingFile
from storage.ring_steps import prepared, promoted, wrapping_keys
from storage.rotation import DataKeys
from storage.unit_of_work import Storage
from tests.world import NOON, RING

DAY = date(2026, 11, 23)
OLD = RING.primary(Purpose.KEK)  # of 1 November


@pytest.fixture
def file(data_dir: Path) -> RingFile:
    file = RingFile(data_dir / "keyring.bin", os.urandom(32))
    RING.save(file.path, file.unseal_secret)
    return file


@pytest.fixture
def storage(storage: Storage, file: RingFile) -> Storage:
    return Storage(storage.database, Keys(RING, file=file))


@pytest.fixture
def renewed() -> list[str]:
    return []


@pytest.fixture
def recovery_copy(tmp_path: Path) -> Path:
    return tmp_path / "recovery.age"


@pytest.fixture
def night(
    storage: Storage, data_dir: Path, clock: HandClock, renewed: list[str], recovery_copy: Path
) -> NightRotation:
    async def tell() -> None:
        storage.keys.read_again()

    async def renew() -> None:
        recovery_copy.touch()
        renewed.append("recovery copy")

    return NightRotation(
        storage, data_dir=data_dir, clock=clock, tell=tell, renew=renew, recovery_copy=recovery_copy
    )


async def leave(storage: Storage, day: date) -> None:
    async with storage.unit() as uow:
        uow.session.add(Departed(left_on=day))


def wrapping_key(file: RingFile) -> KeyEntry:
    return file.load().primary(Purpose.KEK)


async def test_after_somebody_left_the_old_key_is_gone(
    night: NightRotation, storage: Storage, file: RingFile, renewed: list[str]
):
    await leave(storage, DAY)

    await night.run()

    assert OLD.kid not in {entry.kid for entry in file.load().entries}
    assert renewed == ["recovery copy"]


async def test_a_rotation_by_night_stands_in_the_log(night: NightRotation, file: RingFile):
    file.save(prepared(RING, day=DAY))

    with capture_logs() as logged:
        await night.run()

    [told] = [entry for entry in logged if entry["event"] == "the wrapping key was rotated"]
    assert told["generation"] == file.load().generation


async def test_a_night_in_which_nobody_left_changes_nothing(
    night: NightRotation, file: RingFile, renewed: list[str]
):
    before = file.path.read_bytes()

    await night.run()

    assert file.path.read_bytes() == before
    assert renewed == []


async def test_a_recovery_copy_that_a_killed_rotation_left_behind_is_renewed_the_night_after(
    night: NightRotation, file: RingFile, recovery_copy: Path, renewed: list[str]
):
    recovery_copy.touch()
    os.utime(recovery_copy, ns=(0, file.path.stat().st_mtime_ns - 1))

    await night.run()
    await night.run()

    assert renewed == ["recovery copy"]


async def test_a_recovery_copy_that_was_carried_away_is_not_put_back_in_a_quiet_night(
    night: NightRotation, renewed: list[str]
):
    await night.run()

    assert renewed == []


async def test_the_new_key_is_of_the_day_on_the_bots_own_clock(
    night: NightRotation, storage: Storage, file: RingFile, clock: HandClock
):
    await leave(storage, date(2026, 11, 22))

    await night.run()
    await night.run()

    # One: the new key is younger than the leaving.
    assert (wrapping_key(file).day, file.load().generation) == (clock.now().date(), 4)


async def begin_farewell(storage: Storage) -> UUID:
    async with storage.unit() as uow:
        parting = Parting(7_000_000_001, [7])
        return (await uow.farewells.add(parting, now=NOON, expires_at=NOON + timedelta(hours=1))).id


async def wrapping_key_of(storage: Storage, subject: UUID) -> bytes:
    async with storage.view() as uow:
        return await uow.session.scalar(select(WrappedKey.kid).where(WrappedKey.subject == subject)) or b""


async def test_a_farewell_said_after_the_turn_is_under_a_key_that_goes_the_night_after(
    night: NightRotation, storage: Storage, file: RingFile
):
    await leave(storage, DAY - timedelta(days=1))
    farewell_id = await begin_farewell(storage)
    await night.run()
    lingers_under = await wrapping_key_of(storage, farewell_id)
    async with storage.unit() as uow:
        await uow.farewells.end(farewell_id)

    await night.run()

    assert lingers_under not in {entry.kid for entry in file.load().entries}


async def test_after_the_last_farewell_nights_are_quiet_again(
    night: NightRotation, storage: Storage, file: RingFile
):
    await leave(storage, DAY - timedelta(days=1))
    farewell_id = await begin_farewell(storage)
    await night.run()
    async with storage.unit() as uow:
        await uow.farewells.end(farewell_id)
    await night.run()
    before = file.load().generation

    await night.run()

    assert file.load().generation == before


async def test_a_key_made_by_a_clock_far_ahead_is_replaced_once_somebody_left(
    night: NightRotation, storage: Storage, file: RingFile, clock: HandClock
):
    ahead = prepared(RING, day=DAY + timedelta(days=365))
    file.save(promoted(ahead))
    await night.run()
    made_ahead = wrapping_key(file).day
    await leave(storage, DAY - timedelta(days=1))

    await night.run()

    assert made_ahead > clock.now().date()
    assert wrapping_key(file).day == clock.now().date()


async def test_what_was_cut_off_is_finished_by_night_on_both_databases(night: NightRotation, file: RingFile):
    begun = prepared(RING, day=DAY)
    file.save(begun)
    [pending] = wrapping_keys(begun, State.PENDING)

    await night.run()

    assert wrapping_key(file).kid == pending.kid


async def test_what_a_killed_rotation_left_beside_the_ring_is_wiped_by_night(
    night: NightRotation, file: RingFile
):
    left = file.path.with_name(f".{file.path.name}.x1")
    left.write_bytes(file.path.read_bytes())

    await night.run()

    assert not left.exists()


async def test_of_several_processes_one_does_it(
    night: NightRotation, storage: Storage, data_dir: Path, file: RingFile
):
    await leave(storage, DAY)

    with RotationLock(data_dir), capture_logs() as logged:
        await night.run()

    assert wrapping_key(file) == OLD
    assert [each["event"] for each in logged] == ["the keys are being rotated by another process"]


@pytest.mark.parametrize(
    ("error", "event"),
    [
        (errors.DatabaseUnavailable("away"), "the database is away"),
        (errors.WrongKey(), "the keys could not be rotated"),
        (OSError("full"), "the keys could not be rotated"),
    ],
)
async def test_what_fails_is_logged_and_left_for_the_next_night(
    night: NightRotation, file: RingFile, monkeypatch: pytest.MonkeyPatch, error: Exception, event: str
):
    file.save(prepared(RING, day=DAY))

    async def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(DataKeys, "count_under", fail)
    with capture_logs() as logged:
        await night.run()

    assert event in [each["event"] for each in logged]


async def test_keys_that_lie_in_no_file_are_left_alone(storage: Storage, data_dir: Path, clock: HandClock):
    held = Storage(storage.database, Keys(RING))

    nothing = held.database.close
    night = NightRotation(
        held, data_dir=data_dir, clock=clock, tell=nothing, renew=nothing, recovery_copy=data_dir / "none"
    )
    await night.run()

    assert held.keys.ring == RING
