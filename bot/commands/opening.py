"""How a command works beside a running bot: on an opened installation, the bot told of what changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.commands.passphrase import typed_passphrase
from bot.configuration.settings import Settings
from bot.control.client import wake
from bot.host.unsealing import read_secret
from bot.installing.installation import open_installation
from solidarity.work import Storage


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[Storage]:
    """Open an installation for the block; where something was committed, running bots look for it at once.

    Raises:
        InstallationError: as ``open_installation``.
        Refusal: a passphrase is needed and was not typed.
    """
    has_changed = False

    def note() -> None:
        nonlocal has_changed
        has_changed = True

    storage = await open_installation(chosen, read_secret(chosen, ask=typed_passphrase))
    storage.on_commit(note)
    try:
        yield storage
    finally:
        await storage.database.close()
        if has_changed:
            await wake(chosen.data_dir)
