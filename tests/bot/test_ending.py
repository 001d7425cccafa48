"""Destroying beside a running bot: its process ends at once, and a dead socket delays nothing."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.control_wire import short_way
from bot.destruction import destroy, places_of
from bot.ending import end_processes
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from tests.attacks.victim import Victim
from tests.world import NOON


@pytest.fixture
async def victim(tmp_path: Path) -> AsyncIterator[Victim]:
    async with await Lookalike.start(clock=SandboxClock(frozen_at=NOON)) as telegram:
        with Victim(telegram, tmp_path, NOON, None) as victim:
            victim.install()
            victim.start()
            sockets = victim.settings.data_dir / "control"
            await telegram.until(lambda: list(sockets.glob("*.sock")), timeout=30)
            yield victim


async def test_the_running_bot_ends_and_leaves_nothing(victim: Victim) -> None:
    result = destroy(places_of(victim.environment, victim.folder))

    assert victim.ended_with() != 0
    assert (result.done[1], result.failed) == ("the running bot (1 process)", [])
    folder = victim.settings.data_dir
    assert [path.name for path in folder.iterdir() if path.name not in ("control", "run.lock")] == []


def test_where_nobody_listens_any_more_nobody_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "control" / "7.sock"
    path.parent.mkdir()
    with short_way(path) as way, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(way)

    assert end_processes(tmp_path) == (0, [])


def test_without_a_folder_of_sockets_nobody_is_ended(tmp_path: Path) -> None:
    assert end_processes(tmp_path) == (0, [])
