"""`poruch lift alarm`: let the bot send again, once the operator has seen to who else held its token."""

import asyncio

import click

from bot.alarm.alarm import FILE, State, write_state
from bot.commands.common import Refusal, command, say, settings
from bot.control.client import ask_each
from bot.control.wire import Refused
from bot.host.unsealing import require_installed


@click.group()
def lift() -> None:
    """Lift what keeps the bot from its work until somebody has looked."""


@lift.command()
@command
def alarm() -> None:
    """Let the bot send again, after somebody else seemed to hold its token.

    First make sure that nobody does: see "The alarm" in docs/operations.md. A webhook that is not ours is
    taken down. Needs no key. Where no bot runs, the next one finds the alarm lifted.
    """
    chosen = settings()
    require_installed(chosen)
    try:
        answers = asyncio.run(ask_each(chosen.data_dir, "lift-alarm"))
    except Refused as refusal:
        raise Refusal(str(refusal)) from None
    refusals = [answer for answer in answers if isinstance(answer, Refused)]
    if refusals:
        raise Refusal(str(refusals[0]))
    if not answers:
        write_state(chosen.data_dir / FILE, State.LIFTED)
        say("No bot runs here; the next one begins with the alarm lifted.")
        return
    stood = any(not isinstance(answer, Refused) and answer.get("stood") for answer in answers)
    say("The alarm is lifted; the bot sends again." if stood else "No alarm stood.")
