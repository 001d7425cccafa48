"""The alarm outlives the process, reaches the others, and is lifted by nobody but the operator."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.alarm.alarm import FILE, Alarm
from bot.alarm.shared_alarm import SharedAlarm
from bot.clock import HandClock
from storage.installation import get_installation
from storage.unit_of_work import Storage
from tests.world import NOON


@pytest.fixture
def clock() -> HandClock:
    return HandClock(frozen_at=NOON)


class Process:
    """One process of the installation on a machine of its own; its data folder outlives it."""

    def __init__(self, storage: Storage, folder: Path, clock: HandClock) -> None:
        folder.mkdir(exist_ok=True)
        self._storage, self._folder, self._clock = storage, folder, clock
        self.starts()

    def starts(self) -> None:
        self.alarm = Alarm(self._folder)
        self._shared = SharedAlarm(self._storage, self.alarm, clock=self._clock)

    async def looks(self) -> bool:
        """Settle with the database; returns whether the alarm stands then."""
        await self._shared.settle()
        return self.alarm.stands


@pytest.fixture
def here(storage: Storage, tmp_path: Path, clock: HandClock) -> Process:
    return Process(storage, tmp_path / "here", clock)


@pytest.fixture
def elsewhere(storage: Storage, tmp_path: Path, clock: HandClock) -> Process:
    return Process(storage, tmp_path / "elsewhere", clock)


def test_at_first_none_stands(tmp_path: Path) -> None:
    assert not Alarm(tmp_path).stands
    assert list(tmp_path.iterdir()) == []


def test_it_outlives_the_process_also_without_a_database(tmp_path: Path) -> None:
    Alarm(tmp_path).raise_for("a test")

    assert Alarm(tmp_path).stands
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_lifted_it_stays_lifted(tmp_path: Path) -> None:
    alarm = Alarm(tmp_path)
    alarm.raise_for("a test")

    alarm.lift()

    assert not alarm.stands
    assert not Alarm(tmp_path).stands


@pytest.mark.parametrize("content", [b"", b"raised\n", b"nonsense", b"\xff\xfe"])
def test_what_cannot_be_understood_counts_as_raised(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)

    assert Alarm(tmp_path).stands


def test_a_folder_in_its_place_counts_as_raised(tmp_path: Path) -> None:
    (tmp_path / FILE).mkdir()

    assert Alarm(tmp_path).stands


async def test_the_others_hear_of_it(here: Process, elsewhere: Process) -> None:
    here.alarm.raise_for("a test")

    await here.looks()

    assert await elsewhere.looks()


async def test_a_process_that_starts_later_finds_it(here: Process, elsewhere: Process) -> None:
    here.alarm.raise_for("a test")
    await here.looks()
    elsewhere.starts()

    assert await elsewhere.looks()


async def test_the_others_hear_that_it_was_lifted(here: Process, elsewhere: Process) -> None:
    here.alarm.raise_for("a test")
    await here.looks()
    await elsewhere.looks()

    elsewhere.alarm.lift()
    await elsewhere.looks()

    assert not await here.looks()
    here.starts()
    assert not await here.looks()


async def test_what_was_raised_without_a_database_is_told_once_there_is_one(
    here: Process, elsewhere: Process
) -> None:
    here.alarm.raise_for("a test")
    here.starts()

    await here.looks()

    assert await elsewhere.looks()


async def test_what_was_lifted_without_a_database_is_told_once_there_is_one(
    here: Process, elsewhere: Process
) -> None:
    here.alarm.raise_for("a test")
    await here.looks()
    await elsewhere.looks()
    here.alarm.lift()
    here.starts()

    assert not await here.looks()
    assert not await elsewhere.looks()


async def test_who_was_off_while_it_was_lifted_does_not_raise_it_again(
    here: Process, elsewhere: Process
) -> None:
    here.alarm.raise_for("a test")
    await here.looks()
    await elsewhere.looks()
    elsewhere.alarm.lift()
    await elsewhere.looks()

    here.starts()

    assert here.alarm.stands
    assert not await here.looks()


async def test_neither_a_start_nor_time_lifts_it(here: Process, clock: HandClock) -> None:
    here.alarm.raise_for("a test")
    await here.looks()

    clock.set(NOON + timedelta(days=30))
    here.starts()

    assert await here.looks()


async def test_since_when_it_stands_is_the_first_instant(
    storage: Storage, here: Process, elsewhere: Process, clock: HandClock
) -> None:
    here.alarm.raise_for("a test")
    await here.looks()
    clock.set(NOON + timedelta(hours=1))
    elsewhere.alarm.raise_for("a test")
    await elsewhere.looks()

    async with storage.view() as uow:
        installation = await get_installation(uow.session)

    assert installation is not None
    assert installation.alarmed_at == NOON
