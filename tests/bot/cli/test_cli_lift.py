"""`poruch lift alarm`, with a bot that runs and without one."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.alarm.alarm import FILE, Alarm
from bot.control.listener import Control
from bot.control.wire import Refused, Values

from .conftest import Run


def test_where_no_bot_runs_the_next_one_finds_it_lifted(poruch: Run, installed: Path) -> None:
    Alarm(installed / "data").raise_for("a test")

    ended = poruch("lift", "alarm")

    assert (ended.code, ended.out) == (0, "No bot runs here; the next one begins with the alarm lifted.\n")
    assert not Alarm(installed / "data").stands


def test_without_an_installation_nothing_is_written(poruch: Run, folder: Path) -> None:
    assert "nothing is installed" in poruch("lift", "alarm").refusal
    assert list(folder.iterdir()) == []


@asynccontextmanager
async def running(data_dir: Path, answer: Values | Refused) -> AsyncIterator[list[Values]]:
    """Stand for a running bot that answers so; gives what it was asked."""
    asked: list[Values] = []

    async def lift(request: Values) -> Values:
        asked.append(request)
        if isinstance(answer, Refused):
            raise answer
        return answer

    control = Control(data_dir, {"lift-alarm": lift})
    await control.start()
    try:
        yield asked
    finally:
        await control.stop()


@pytest.mark.parametrize(
    ("stood", "line"), [(True, "The alarm is lifted; the bot sends again.\n"), (False, "No alarm stood.\n")]
)
async def test_a_running_bot_is_asked(poruch: Run, installed: Path, stood: bool, line: str) -> None:
    async with running(installed / "data", {"stood": stood}) as asked:
        ended = await asyncio.to_thread(poruch, "lift", "alarm")

    assert (ended.code, ended.out, len(asked)) == (0, line, 1)
    assert not (installed / "data" / FILE).exists()


async def test_a_bot_that_cannot_lift_it_is_no_success(poruch: Run, installed: Path) -> None:
    async with running(installed / "data", Refused("the bot says no")):
        ended = await asyncio.to_thread(poruch, "lift", "alarm")

    assert "the bot says no" in ended.refusal
