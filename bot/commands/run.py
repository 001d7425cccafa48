"""`poruch run`: the bot itself, until it is stopped."""

import asyncio

import click

from bot.assembly import assemble
from bot.commands.common import command, settings
from bot.settings import Settings


@click.command()
@command
def run() -> None:
    """Run the bot until it is stopped (Ctrl-C, or SIGTERM).

    What it accepted is kept: it may be stopped or killed at any time, and goes on where it was.
    """
    chosen = settings()
    chosen.token_or_refuse()
    asyncio.run(_run(chosen))


async def _run(chosen: Settings) -> None:
    await assemble(chosen).run_until_stopped()
