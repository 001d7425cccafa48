"""A bot in a process of its own, whose clock moves by hand alone: what attacks start and kill.

python -m tests.attacks.standing_still LINE   (settings from the environment, as for ``poruch run``)

Over the line, a pipe that is open under this number, come the instants to which the clock is set, the first
one before anything else; back goes one sign for each commit.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path

from bot import logs
from bot.assembly import assemble
from bot.clock import HandClock
from bot.configuration.settings import load_settings
from bot.sending import parcels
from bot.single_job import Terms
from bot.telegram_api.pace import MESSAGES_PER_SECOND, Pace
from handlers.limits import Limits
from storage.unit_of_work import Storage

UNLIMITED = "UNLIMITED"


def serve(environment: Mapping[str, str], folder: Path, line: Connection) -> None:
    """Be the bot of an installation until somebody ends this process."""
    asyncio.run(_serve(environment, folder, line))


async def _serve(environment: Mapping[str, str], folder: Path, line: Connection) -> None:
    settings = load_settings(environment, folder)
    logs.configure(settings.log_level, sys.stderr)
    clock = HandClock(frozen_at=line.recv())
    asyncio.get_running_loop().add_reader(line.fileno(), _hear, line, clock)
    _let_storages_tell(line)
    # Nobody waits a real second between two messages to one chat, nor half a minute for what the dead held.
    parcels.LEASE, parcels.LAST_STRETCH = timedelta(seconds=3), timedelta(seconds=1)
    pace = Pace(float(environment.get("MESSAGES_PER_SECOND", MESSAGES_PER_SECOND)), chat_gap_seconds=0.02)
    terms = Terms(timedelta(seconds=2))
    # Where what one account may do in a minute is not what is tried.
    limits = Limits(unknown=None, known=None) if UNLIMITED in environment else None
    await assemble(settings, clock=clock, pace=pace, terms=terms, limits=limits).run_until_stopped()


def _hear(line: Connection, clock: HandClock) -> None:
    """Set the clock as the test says; once it is gone, nobody is there to end this process."""
    try:
        clock.set(line.recv())
    except EOFError:
        os._exit(1)


def _let_storages_tell(line: Connection) -> None:
    """Let every storage that this process opens tell of its commits, also once it was sealed in between."""
    begin = Storage.__init__

    @wraps(begin)
    def begin_telling(storage: Storage, *args: object, **options: object) -> None:
        begin(storage, *args, **options)
        storage.on_commit(lambda: _tell(line))

    Storage.__init__ = begin_telling


def _tell(line: Connection) -> None:
    # Who listened may be gone already; this process soon is.
    with suppress(BrokenPipeError):
        line.send_bytes(b".")


if __name__ == "__main__":
    serve(os.environ, Path.cwd(), Connection(int(sys.argv[1])))
