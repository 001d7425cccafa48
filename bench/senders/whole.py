"""Poruch as it runs, with people who have agreed."""

import asyncio
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.load import accounts
from bot import logs
from bot.assembly import assemble
from bot.configuration.settings import load_settings
from bot.garbage import look_seldom_from_here_on
from bot.installing.installation import create, open_installation
from bot.telegram_api.pace import Pace
from handlers.limits import Limits
from solidarity.people import agree

LIMITLESS = 100_000


async def main(url: str, token: str, people: int, database_url: str) -> None:
    logs.configure("ERROR", sys.stderr)
    with tempfile.TemporaryDirectory() as name:
        environment = {
            "PORUCH_TOKEN": token,
            "PORUCH_TELEGRAM_API_URL": url,
            "PORUCH_DATABASE_URL": database_url,
        }
        settings = load_settings(environment, Path(name))
        now = datetime.now(UTC).replace(microsecond=0)
        create(settings, now=now)
        storage = await open_installation(settings)
        async with storage.unit() as uow:
            for chat_id in accounts(people):
                await agree(uow, chat_id, language="en", now=now)
        # Everybody taps more often in a minute than anybody may.
        limits = Limits(unknown=None, known=None)
        pace = Pace(LIMITLESS, chat_gap_seconds=0.0)
        bot = assemble(settings, storage=storage, pace=pace, limits=limits)
        look_seldom_from_here_on()
        await bot.start()
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
        await bot.stop()
        await storage.database.close()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), "".join(sys.argv[4:5])))
