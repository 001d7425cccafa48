"""How a command works beside a running bot: on an opened installation, the bot told of what changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.control_client import wake
from bot.installation import open_installation
from bot.settings import Settings
from solidarity.work import Storage


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[Storage]:
    """Open an installation for the block; where something was committed, running bots look for it at once.

    Raises:
        InstallationError: as ``open_installation``.
    """
    has_changed = False

    def note() -> None:
        nonlocal has_changed
        has_changed = True

    storage = await open_installation(chosen)
    storage.on_commit(note)
    try:
        yield storage
    finally:
        await storage.database.close()
        if has_changed:
            await wake(chosen.data_dir)
