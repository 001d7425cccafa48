"""A bot in a process of its own, with a clock that stands still: what attacks start and kill.

python -m tests.attacks.standing_still ISO-INSTANT   (settings from the environment, as for ``poruch run``)
"""

import asyncio
import sys
from datetime import datetime

from bot import logs
from bot.assembly import assemble
from bot.clock import HandClock
from bot.settings import load_settings


async def run(frozen_at: datetime) -> None:
    settings = load_settings()
    logs.configure(settings.log_level, sys.stderr)
    await assemble(settings, clock=HandClock(frozen_at=frozen_at)).run_until_stopped()


if __name__ == "__main__":
    asyncio.run(run(datetime.fromisoformat(sys.argv[1])))
