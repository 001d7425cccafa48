"""Destroying beside a running bot: its process ends at once, and a dead socket delays nothing."""

import socket
from pathlib import Path

from bot.control_wire import short_way
from bot.destruction import destroy, places_of
from bot.ending import end_processes
from tests.attacks.processes import Executed
from tests.attacks.victim import installed


async def test_the_running_bot_ends_and_leaves_nothing(tmp_path: Path) -> None:
    async with installed(tmp_path, None, "Forgotten Example", process=Executed) as (victim, _):
        folder = tmp_path / "data"
        await victim.telegram.until(lambda: list((folder / "control").glob("*.sock")), timeout=30)

        result = destroy(places_of(victim.environment, tmp_path))

        assert isinstance(victim.process, Executed)
        assert victim.process.ends() != 0
        assert (result.done[1], result.failed) == ("the running bot (1 process)", [])
        assert [path.name for path in folder.iterdir() if path.name not in ("control", "run.lock")] == []


def test_where_nobody_listens_any_more_nobody_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "control" / "7.sock"
    path.parent.mkdir()
    with short_way(path) as way, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(way)

    assert end_processes(tmp_path) == (0, [])


def test_without_a_folder_of_sockets_nobody_is_ended(tmp_path: Path) -> None:
    assert end_processes(tmp_path) == (0, [])
