"""Processes of the bot as `poruch run` starts them, on a new installation, before the look-alike here."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.processes import ROOT
from bot.configuration.settings import load_settings
from bot.installing.installation import create, open_installation
from sandbox.lookalike import Lookalike
from storage.unit_of_work import Storage

WITHIN_SECONDS = 60


@dataclass(frozen=True)
class RealBot:
    """What runs, by role, and what it runs on; `storage` is a connection of the bench's own."""

    telegram: Lookalike
    storage: Storage
    data_dir: Path
    processes: dict[str, Process]


def _all_there(bot: RealBot) -> bool:
    """Say whether each has met Telegram, and one asks for updates where any is to."""
    calls, takes_updates = bot.telegram.calls.counts, bot.processes.keys() & {"all", "intake"}
    return calls["getMe"] >= len(bot.processes) and (not takes_updates or calls["getUpdates"] > 0)


@asynccontextmanager
async def running(
    folder: Path,
    database_url: str | None,
    *,
    audience: int,
    roles: Sequence[str] = ("all",),
    per_second: int = 30,
) -> AsyncIterator[RealBot]:
    """Run a bot, one process for each role, with everybody's chat begun, once all are at work."""
    async with await Lookalike.start() as telegram:
        environment = {
            "PORUCH_TOKEN": telegram.token,
            "PORUCH_TELEGRAM_API_URL": telegram.url,
            "PORUCH_DATA_DIR": str(folder / "data"),
            "PORUCH_MESSAGES_PER_SECOND": str(per_second),
        } | ({"PORUCH_DATABASE_URL": database_url} if database_url else {})
        settings = load_settings(environment, folder)
        create(settings, now=datetime.now(UTC))
        storage = await open_installation(settings)
        [account] = telegram.world.bots.values()
        for number in range(1, audience + 1):
            telegram.world.open_chat(account, telegram.world.add_person("A", "en", number, {}))
        bot = RealBot(telegram, storage, settings.data_dir, {})
        try:
            for role in roles:
                bot.processes[role] = await asyncio.create_subprocess_exec(
                    sys.executable, "-m", "bot", "run", "--role", role,
                    cwd=folder, stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL,
                    env={
                        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "PTB_TIMEDELTA": "1",
                        **environment,
                    },
                )  # fmt: skip
            await telegram.until(lambda: _all_there(bot), WITHIN_SECONDS)
            yield bot
        finally:
            for process in bot.processes.values():
                process.terminate()
                await process.wait()
            await storage.database.close()
