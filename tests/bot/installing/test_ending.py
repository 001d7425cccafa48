"""Destroying beside a running bot: its process ends at once, or is named as one that may still run."""

import os
from pathlib import Path

import pytest

from bot.control import wire as control_wire
from bot.host import run_lock
from bot.host.run_lock import RotationLock, RunLock
from bot.installing import ending
from bot.installing.destruction import destroy
from bot.installing.ending import end_processes
from bot.installing.whereabouts import places_of
from tests.attacks.processes import Executed
from tests.attacks.victim import installed
from tests.bot.listeners import bound, crowd, holder, listener
from tests.bot.rights import no_rights

NOBODY = 65_534


@pytest.fixture
def place(data_dir: Path) -> Path:
    return data_dir / "control" / "7.sock"


@pytest.fixture
def bots_uid(place: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """The user of the bot, who is not the one that destroys."""
    place.parent.mkdir()
    mine = os.geteuid()
    if mine == 0:
        os.chown(place.parent, NOBODY, NOBODY)
        return NOBODY
    # Only root can begin a process of somebody else: here the one who destroys is told to be another.
    monkeypatch.setattr(ending.os, "geteuid", lambda: mine + 1)
    return mine


async def test_the_running_bot_ends_and_leaves_nothing(tmp_path: Path) -> None:
    async with installed(tmp_path, None, "Forgotten Example", process=Executed) as (victim, _):
        folder = tmp_path / "data"
        await victim.telegram.until(lambda: list((folder / "control").glob("*.sock")), timeout=30)

        result = destroy(places_of(victim.environment, tmp_path))

        assert isinstance(victim.process, Executed)
        assert victim.process.ends() != 0
        assert (result.done[1], result.failed) == ("the running bot (1 process)", [])
        assert list(folder.iterdir()) == []


def test_a_bot_of_its_own_user_is_ended_by_another_who_may(place: Path, bots_uid: int) -> None:
    with listener(place, uid=bots_uid) as process:
        assert end_processes(place.parent.parent) == (1, [])
        assert process.wait(5) != 0


def test_a_bot_that_hangs_is_ended(place: Path) -> None:
    with listener(place) as process:
        assert end_processes(place.parent.parent) == (1, [])
        assert process.wait(5) != 0


def test_a_bot_that_cannot_be_reached_any_more_is_named(place: Path) -> None:
    with listener(place), crowd(place):
        assert end_processes(place.parent.parent) == (0, [place])


@pytest.mark.parametrize("lock", [RunLock, RotationLock])
def test_who_holds_a_lock_and_does_not_listen_is_ended(data_dir: Path, lock: type[RunLock]) -> None:
    with holder(data_dir / lock.file_name) as process:
        assert end_processes(data_dir) == (1, [])
        assert process.wait(5) != 0


def test_a_bot_that_cannot_be_reached_any_more_is_ended_by_its_lock(place: Path) -> None:
    with listener(place, lock=place.parent.parent / "run.lock") as process, crowd(place):
        assert end_processes(place.parent.parent) == (1, [])
        assert process.wait(5) != 0


def test_who_holds_a_lock_and_cannot_be_found_is_named(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run_lock, "_holder", lambda _: None)
    with holder(data_dir / "run.lock") as process:
        assert end_processes(data_dir) == (0, [data_dir / "run.lock"])
        assert process.poll() is None


def test_a_lock_that_is_a_link_is_named(data_dir: Path, tmp_path: Path) -> None:
    (data_dir / "run.lock").symlink_to(tmp_path / "foreign.lock")
    with holder(tmp_path / "foreign.lock") as process:
        assert end_processes(data_dir) == (0, [data_dir / "run.lock"])
        assert process.poll() is None


def test_a_lock_that_another_user_left_behind_is_nobodys(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(data_dir)
    RotationLock(data_dir).release()
    (data_dir / "rotation.lock").chmod(0)
    with no_rights("."):
        assert end_processes(Path()) == (0, [])


def test_locks_that_nobody_holds_are_nobodys(data_dir: Path) -> None:
    for lock in (RunLock, RotationLock):
        lock(data_dir).release()

    assert end_processes(data_dir) == (0, [])


def test_where_no_socket_can_be_reached_a_bot_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with listener(place) as process:
        monkeypatch.setattr(control_wire, "OPENED", Path("/not-mounted"))

        assert end_processes(place.parent.parent) == (0, [place])
        assert process.poll() is None


def test_mallory_who_listens_in_the_folder_is_named_and_not_ended(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listener(place) as process:
        monkeypatch.setattr(ending, "peer", lambda _: (process.pid, os.geteuid() + 1))

        assert end_processes(place.parent.parent) == (0, [place])
        assert process.poll() is None


def test_a_link_leads_to_nobody(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "foreign.sock"
    place.parent.mkdir()
    place.symlink_to(elsewhere)
    with listener(elsewhere) as process:
        assert end_processes(place.parent.parent) == (0, [place])
        assert process.poll() is None


def test_a_folder_of_sockets_that_is_a_link_leads_to_nobody(place: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere" / "7.sock"
    with listener(elsewhere) as process:
        place.parent.symlink_to(elsewhere.parent)

        assert end_processes(place.parent.parent) == (0, [place.parent])
        assert process.poll() is None


def test_what_is_no_socket_is_nobody(place: Path) -> None:
    place.parent.mkdir()
    place.write_text("no socket")

    assert end_processes(place.parent.parent) == (0, [])


def test_a_bot_in_a_folder_with_a_long_name_is_ended(tmp_path: Path) -> None:
    place = tmp_path / ("long" * 50) / "control" / "7.sock"
    with listener(place):
        assert end_processes(place.parent.parent) == (1, [])


def test_where_nobody_listens_any_more_nobody_is_ended(place: Path) -> None:
    with bound(place):
        pass

    assert end_processes(place.parent.parent) == (0, [])


def test_without_a_folder_of_sockets_nobody_is_ended(tmp_path: Path) -> None:
    assert end_processes(tmp_path) == (0, [])


def test_a_folder_of_sockets_that_cannot_be_read_is_named(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.parent.mkdir()

    def refuse(_: Path) -> list[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)

    assert end_processes(place.parent.parent) == (0, [place.parent])
