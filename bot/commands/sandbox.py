"""`poruch sandbox`: everything on this machine, with a Telegram look-alike in place of Telegram.

Nothing of it outlasts the command: the data folder and its key are temporary. The environment's settings
are not read, so that a real token or database is never touched.
"""

import asyncio
import errno
import os
import socket
import sys
import tempfile
import webbrowser
from contextlib import suppress
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click
from pydantic import SecretStr

from bot import logs
from bot.assembly import assemble
from bot.clock import HandClock
from bot.commands.common import Refusal, command, say
from bot.configuration.settings import Settings
from bot.example import example_hearings, example_prisoners
from bot.importing.register_files import Wanted, import_hearings, import_prisoners
from bot.installing.installation import create, open_installation
from sandbox.cast import CAST
from sandbox.clock import SandboxClock
from sandbox.lookalike import DEFAULT_TOKEN, LOOPBACK, Lookalike
from solidarity.codes import give_staff_code
from solidarity.work import Storage
from storage.models import CodeKind

PORT = 8081
PORTS_TRIED = 20
TITLE = "Poruch sandbox"
INTRO = (
    "Each column is one person's chat with the bot. Press Start in Bob's, agree, and send his code, which "
    "stands below. Alice will look after somebody, Bob and Carol coordinate, Vera is family (Bob gives her a "
    "code at his desk). The clock above moves time. Everybody in the register is invented."
)
BOB, CAROL = "Bob's code (administrator and coordinator)", "Carol's code (coordinator)"


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Of the page.")
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@command
def sandbox(port: int, no_browser: bool) -> None:
    """Try everything on this machine, without a Telegram account.

    Opens a page on which to play each person side by side and to move the clock. All of it is invented and
    gone when the command ends (Ctrl-C).
    """
    # Ctrl-C is how this ends, also before the bot has begun to listen for it.
    with suppress(KeyboardInterrupt), tempfile.TemporaryDirectory(prefix="poruch-sandbox-") as name:
        folder = Path(name)
        chosen = _settings(folder, free_port(port))
        logs.configure(chosen.log_level, sys.stderr)
        code = create(chosen, now=HandClock().now()).administrator_code
        asyncio.run(_play(chosen, code, opens_browser=not no_browser))


def free_port(first: int) -> int:
    """Return the first port of this machine from `first` on that nobody uses; 0 means any.

    Raises:
        Refusal: twenty in a row are taken.
    """
    for port in range(first, min(first + PORTS_TRIED, 65536)):
        with socket.socket() as probe, suppress(OSError):
            # Without it a port of a sandbox that has just ended would look taken for a minute.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((LOOPBACK, port))
            return int(probe.getsockname()[1])
    raise Refusal(f"no port from {first} on is free; name another with --port")


def _settings(folder: Path, port: int) -> Settings:
    return Settings(
        data_dir=folder / "data",
        key_source=f"file:{folder / 'key' / 'unseal.key'}",
        token=SecretStr(DEFAULT_TOKEN),
        telegram_api_url=f"http://{LOOPBACK}:{port}",
        time_zone=ZoneInfo("Europe/Minsk"),
        log_level="WARNING",
    )


async def _play(chosen: Settings, administrator_code: str, *, opens_browser: bool) -> None:
    time, clock = SandboxClock(), HandClock()
    storage = await open_installation(chosen)
    try:
        async with storage.unit() as uow:
            given = await give_staff_code(uow, CodeKind.COORDINATOR, issued_by=None, now=clock.now())
        hints = ((BOB, administrator_code), (CAROL, given.words))
        port = int(chosen.telegram_api_url.rpartition(":")[2])
        telegram = await look_alike(port, clock=time, title=TITLE, intro=INTRO, hints=hints)
        chosen = chosen.model_copy(update={"telegram_api_url": telegram.url})
        async with telegram:
            time.on_move(clock.set)
            for name, language in CAST:
                telegram.person(name, language)
            say(f"{telegram.url}/", *(f"{name}: {words}" for name, words in hints))
            await _fill(storage, chosen, clock)
            say("The bot starts. Ctrl-C ends everything and leaves nothing behind.")
            if opens_browser and _has_screen():
                webbrowser.open(f"{telegram.url}/")
            await assemble(chosen, clock=clock, storage=storage).run_until_stopped()
    finally:
        await storage.database.close()


async def look_alike(port: int, **options: Any) -> Lookalike:
    """Start a look-alike on a port, or on the next free one where somebody has taken it just now.

    Raises:
        Refusal: none is free.
    """
    while True:
        try:
            return await Lookalike.start(port=port, **options)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        port = free_port(port + 1)


async def _fill(storage: Storage, chosen: Settings, clock: HandClock) -> None:
    now = clock.now()
    today = now.astimezone(chosen.time_zone).date()
    wanted = Wanted(now, today, is_confirmed=True)
    await import_prisoners(storage, example_prisoners(), wanted, _unheard)
    await import_hearings(storage, example_hearings(today), wanted, _unheard)


def _unheard(stage: str, done: int, total: int) -> None:
    """Show no progress: forty rows take no time."""


def _has_screen() -> bool:
    """Say whether a browser opens a window: without a display it would take over the terminal."""
    return sys.platform != "linux" or bool({"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys())
