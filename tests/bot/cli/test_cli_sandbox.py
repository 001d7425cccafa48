"""`poruch sandbox`, as a process of its own: the page answers, people are ready, nothing is left behind."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.commands.common import Refusal
from bot.commands.sandbox import free_port, look_alike

PROJECT = Path(__file__).parents[3]
SECONDS = 60


@dataclass
class Playing:
    """A sandbox that is running."""

    process: asyncio.subprocess.Process
    url: str

    async def line(self) -> str:
        assert self.process.stdout is not None
        return (await asyncio.wait_for(self.process.stdout.readline(), SECONDS)).decode().strip()

    async def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return await asyncio.wait_for(self.process.wait(), SECONDS)

    async def state(self) -> Any:
        async with aiohttp.ClientSession() as session, session.get(f"{self.url}sandbox/state") as answer:
            return (await answer.json())["result"]


@pytest.fixture
async def playing(folder: Path) -> AsyncIterator[Playing]:
    # A token in the environment belongs to a real bot, which must not be touched.
    environment = os.environ | {"TMPDIR": str(folder), "PORUCH_TOKEN": "1:real", "PYTHONPATH": str(PROJECT)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "sandbox", "--port", "0", "--no-browser"),
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    playing = Playing(process, "")
    playing.url = await playing.line()
    yield playing
    if process.returncode is None:
        await playing.stop()


async def test_the_first_line_is_the_page_and_it_is_ready_to_play(playing: Playing) -> None:
    state = await playing.state()

    assert playing.url.startswith("http://127.0.0.1:")
    assert [person["first_name"] for person in state["people"]] == ["Alice", "Bob", "Carol", "Vera"]
    assert [bool(hint["value"]) for hint in state["hints"]] == [True, True]


async def test_ctrl_c_ends_it_and_leaves_nothing_behind(playing: Playing, folder: Path) -> None:
    while "Ctrl-C" not in await playing.line():
        pass

    assert await playing.stop() == 0
    assert list(folder.iterdir()) == []


async def test_ctrl_c_at_the_first_line_leaves_nothing_behind_either(playing: Playing, folder: Path) -> None:
    assert await playing.stop() == 0
    assert list(folder.iterdir()) == []


def test_a_taken_port_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert free_port(port) > port


async def test_a_port_that_is_taken_in_the_last_moment_gives_way_to_the_next() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        async with await look_alike(port) as telegram:
            assert int(telegram.url.rpartition(":")[2]) > port


def test_no_free_port_is_refused() -> None:
    with pytest.raises(Refusal):
        free_port(65536)
