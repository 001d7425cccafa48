"""Stories: the whole bot against the look-alike over HTTP, on both databases, the clock moved by hand."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import HandClock
from bot.configuration.settings import load_settings
from sandbox.clock import SandboxClock
from sandbox.lookalike import Lookalike
from storage.unit_of_work import Storage
from tests.stories.story import Story, begin
from tests.world import NOON


@pytest.fixture
async def story(storage: Storage, data_dir: Path, tmp_path: Path) -> AsyncIterator[Story]:
    """A bot at work, with nobody signed up, at noon on a Monday."""
    clock = HandClock(frozen_at=NOON)
    telegram_clock = SandboxClock(frozen_at=NOON)
    telegram_clock.on_move(clock.set)
    async with await Lookalike.start(clock=telegram_clock) as telegram:
        settings = load_settings(
            {
                "PORUCH_TOKEN": telegram.token,
                "PORUCH_TELEGRAM_API_URL": telegram.url,
                "PORUCH_DATA_DIR": str(data_dir),
            },
            tmp_path,
        )
        story = Story(telegram, storage, settings, clock)
        await begin(story.poruch)
        yield story
        await story.poruch.stop()
