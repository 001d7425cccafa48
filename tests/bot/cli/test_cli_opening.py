"""A command beside a running bot: what it commits, the bot is told of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.commands.opening import opened
from bot.configuration.settings import Settings, load_settings
from bot.control.listener import Control
from bot.control.wire import Values
from tests.world import NOON


class Bot:
    """A running process that counts how often it was woken."""

    def __init__(self, data_dir: Path) -> None:
        self.woken = 0
        self.control = Control(data_dir, {"wake": self._wake})

    async def _wake(self, _: Values) -> Values:
        self.woken += 1
        return {}


@pytest.fixture
def chosen(installed: Path) -> Settings:
    return load_settings({}, installed)


@pytest.fixture
async def bot(chosen: Settings) -> AsyncIterator[Bot]:
    bot = Bot(chosen.data_dir)
    await bot.control.start()
    yield bot
    await bot.control.stop()


async def test_what_a_command_commits_wakes_the_bot_once(chosen: Settings, bot: Bot) -> None:
    async with opened(chosen) as storage:
        for number in (1, 2):
            async with storage.unit() as uow:
                await uow.updates.take(number, now=NOON)

    assert bot.woken == 1


async def test_a_command_that_only_looks_wakes_nobody(chosen: Settings, bot: Bot) -> None:
    async with opened(chosen) as storage, storage.view() as uow:
        await uow.claims.next_due()

    assert bot.woken == 0


async def test_a_bot_that_does_not_answer_spoils_no_command(chosen: Settings, bot: Bot) -> None:
    await bot.control.stop()

    async with opened(chosen) as storage, storage.unit() as uow:
        await uow.updates.take(1, now=NOON)

    assert bot.woken == 0
