"""`poruch run`: the bot itself, until it is stopped."""

import asyncio
from functools import partial

import click

from bot.assembly import assemble
from bot.commands.common import Refusal, command, refusals, settings, warn
from bot.commands.passphrase import decoded
from bot.program import Poruch
from bot.settings import Settings
from bot.terminal import hidden_line
from bot.unsealing import is_typed, read_secret


@click.command()
@command
def run() -> None:
    """Run the bot until it is stopped (Ctrl-C, or SIGTERM).

    What it accepted is kept: it may be stopped or killed at any time, and goes on where it was. With
    PORUCH_KEY_SOURCE=prompt it starts sealed and asks for the passphrase here, where there is a terminal or a
    line on standard input; `poruch unseal` opens it as well.
    """
    chosen = settings()
    chosen.token_or_refuse()
    asyncio.run(_run(chosen))


async def _run(chosen: Settings) -> None:
    poruch = assemble(chosen)
    await poruch.run_until_stopped(partial(_ask, poruch) if is_typed(chosen) else None)


async def _ask(poruch: Poruch) -> None:
    """Ask for the passphrase until the bot is open, whoever opens it."""
    opened = asyncio.create_task(poruch.opened.wait())
    try:
        while not opened.done():
            asking = asyncio.create_task(hidden_line("Passphrase: "))
            try:
                await asyncio.wait({asking, opened}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                asking.cancel()
                await asyncio.wait({asking})
            line = None if asking.cancelled() else asking.result()
            if line is None:
                return
            await _try(poruch, line)
    finally:
        opened.cancel()


async def _try(poruch: Poruch, line: bytes) -> None:
    try:
        with refusals():
            typed = decoded(line)
            secret = await asyncio.to_thread(read_secret, poruch.settings, ask=lambda: typed)
            await poruch.unseal(secret)
    except Refusal as refusal:
        warn(refusal.message)
