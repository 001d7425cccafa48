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

FOLDER = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tell every story on SQLite, the first of each file on PostgreSQL too; `make prove` tells all there."""
    names = {item.nodeid for item in items}
    told = set[Path]()
    for item in items:
        twin = item.nodeid.replace("postgresql", "sqlite")
        if FOLDER not in item.path.parents or twin == item.nodeid or twin not in names:
            continue
        if item.path in told:
            item.add_marker(pytest.mark.proof)
        told.add(item.path)


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
