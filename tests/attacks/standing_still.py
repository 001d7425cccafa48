"""Bots in processes of their own, with a clock that stands still: what attacks start and kill.

python -m tests.attacks.standing_still ISO-INSTANT   (settings from the environment, as for ``poruch run``)

Each line on standard input starts a bot, one at a time; the answers are its process's number, and its
exit code when that process is gone. Bots are forked from what is imported and read once: that takes far
longer than all they do before they are killed.
"""

import asyncio
import os
import sys
from datetime import datetime

from bot import logs
from bot.assembly import assemble
from bot.clock import HandClock
from bot.settings import load_settings
from locales import LANGUAGES, Words


async def run(frozen_at: datetime) -> None:
    settings = load_settings()
    logs.configure(settings.log_level, sys.stderr)
    await assemble(settings, clock=HandClock(frozen_at=frozen_at)).run_until_stopped()


def start_bots(frozen_at: datetime) -> None:
    for language in LANGUAGES:
        Words(language).say("command-menu")
    for _ in sys.stdin:
        number = os.fork()
        if number == 0:
            asyncio.run(run(frozen_at))
            return
        print(number, flush=True)
        _, status = os.waitpid(number, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


if __name__ == "__main__":
    start_bots(datetime.fromisoformat(sys.argv[1]))
