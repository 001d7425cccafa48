"""`poruch seal` and `poruch unseal`: the keys of a running bot leave its memory, and come back."""

import asyncio
from collections.abc import Sequence

import click

from bot.commands.common import Refusal, command, say, settings
from bot.commands.passphrase import typed_passphrase
from bot.configuration.settings import Settings
from bot.control.client import ask_each
from bot.control.wire import Refused, Values
from bot.host.unsealing import read_secret, require_installed
from storage.key_sources import PROMPT


@click.command()
@command
def seal() -> None:
    """Let a running bot forget its keys; it goes on and answers everyone with one neutral line.

    What falls due meanwhile is sent after `poruch unseal`.
    """
    chosen = settings()
    _tell(asyncio.run(_asked(chosen, "seal")), "sealed")


@click.command()
@command
def unseal() -> None:
    """Open a sealed bot.

    Where its key is a passphrase, that is asked for, or read as one line of standard input; otherwise the bot
    reads its key again.
    """
    chosen = settings()
    states = [state for state in asyncio.run(_asked(chosen, "status")) if not isinstance(state, Refused)]
    sealed = [state for state in states if state.get("state") == "sealed"]
    if states and not sealed:
        say("The bot is open already; nothing was to be done.")
        return
    secret = _typed_secret(chosen) if any(state.get("is_typed") for state in sealed) else None
    _tell(asyncio.run(_asked(chosen, "unseal", secret)), "open")


def _typed_secret(chosen: Settings) -> str:
    """Make the unseal secret here, so that the passphrase itself never enters the running bot."""
    typed = chosen.model_copy(update={"key_source": PROMPT})
    return read_secret(typed, ask=typed_passphrase).hex()


async def _asked(chosen: Settings, request: str, secret: str | None = None) -> Sequence[Values | Refused]:
    """Ask every process of the data folder.

    Raises:
        InstallationError, Refusal: there is none.
    """
    require_installed(chosen)
    try:
        answers = await ask_each(chosen.data_dir, request, secret=secret)
    except Refused as refusal:
        raise Refusal(str(refusal)) from None
    if not answers:
        raise Refusal(f"no bot runs on {chosen.data_dir}; start it with: poruch run")
    return answers


def _tell(answers: Sequence[Values | Refused], state: str) -> None:
    """Say how it went.

    Raises:
        Refusal: not every process is in this state now.
    """
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    if refusals:
        done = len(answers) - len(refusals)
        others = f" ({done} of {len(answers)} processes are {state})" if done else ""
        raise Refusal(f"{refusals[0]}{others}")
    say(f"The bot is {state}.")
