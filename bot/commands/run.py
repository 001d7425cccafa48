"""`poruch run`: the bot itself, until it is stopped."""

import asyncio
from functools import partial

import click

from bot.assembly import assemble
from bot.commands.common import Refusal, command, refusals, settings, warn
from bot.commands.passphrase import decoded
from bot.configuration.settings import Settings
from bot.host.unsealing import is_typed, read_secret, require_installed
from bot.program import Poruch
from bot.roles import Role, require_role
from bot.terminal import Keyboard


@click.command()
@click.option(
    "--role",
    type=click.Choice([role.value for role in Role]),
    default=Role.ALL.value,
    show_default=True,
    help="Which part of the work this process does, beside others on one PostgreSQL database.",
)
@command
def run(role: str) -> None:
    """Run the bot until it is stopped (Ctrl-C, or SIGTERM).

    What it accepted is kept: it may be stopped or killed at any time, and goes on where it was. With
    PORUCH_KEY_SOURCE=prompt it starts sealed and asks for the passphrase here, where there is a terminal or a
    line on standard input, and again after `poruch seal`; `poruch unseal` opens it as well.

    \b
    Several processes share one PostgreSQL database, any number in each role:
      delivery  sends what is due
      intake    takes updates and answers them
      clock     tidies chats, forgets, backs up; the others stand by
    """
    chosen = settings()
    require_installed(chosen)
    require_role(Role(role), chosen)
    chosen.token_or_refuse()
    chosen.webhook_or_refuse()
    asyncio.run(_run(chosen, Role(role)))


async def _run(chosen: Settings, role: Role) -> None:
    poruch = assemble(chosen, role=role)
    if not is_typed(chosen):
        await poruch.run_until_stopped()
        return
    with Keyboard() as keyboard:
        await poruch.run_until_stopped(partial(_ask, poruch, keyboard))


async def _ask(poruch: Poruch, keyboard: Keyboard) -> None:
    """Ask for the passphrase whenever the bot is sealed; ends with the bot."""
    while True:
        await poruch.sealed.wait()
        if not await _ask_once(poruch, keyboard):
            await poruch.unsealed.wait()


async def _ask_once(poruch: Poruch, keyboard: Keyboard) -> bool:
    """Ask until something was typed or a command opens the bot; False where nothing can be typed."""
    asking = asyncio.create_task(keyboard.line("Passphrase: "))
    unsealed = asyncio.create_task(poruch.unsealed.wait())
    try:
        await asyncio.wait({asking, unsealed}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        asking.cancel()
        unsealed.cancel()
        await asyncio.wait({asking, unsealed})
    if asking.cancelled():
        if keyboard.is_terminal:
            warn("opened from elsewhere; nothing is to be typed here any more")
        return True
    line = asking.result()
    if keyboard.is_terminal and line == b"\n":
        warn("nothing was typed; type the passphrase")
    elif line is not None:
        await _try(poruch, line)
    return line is not None


async def _try(poruch: Poruch, line: bytes) -> None:
    try:
        with refusals():
            typed = decoded(line)
            secret = await asyncio.to_thread(read_secret, poruch.settings, ask=lambda: typed)
            await poruch.unseal(secret)
    except Refusal as refusal:
        warn(refusal.message)
