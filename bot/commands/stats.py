"""`poruch stats`: how many messages stand how; numbers only, nobody's."""

import asyncio
from dataclasses import asdict

import click

from bot.clock import Clock
from bot.commands.common import command, say, say_json, settings
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from storage.outbox import Tally


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def stats(as_json: bool) -> None:
    """Count the messages that wait, went out, came too late, or are parked. Changes nothing.

    What is done with is counted for seven days.
    """
    tally = asyncio.run(_tally(settings()))
    if as_json:
        say_json(asdict(tally))
    else:
        say(*_lines(tally))


async def _tally(chosen: Settings) -> Tally:
    async with opened(chosen) as storage, storage.view() as uow:
        return await uow.outbox.tally(now=Clock().now())


def _lines(tally: Tally) -> list[str]:
    rows = [
        (tally.due, "due now"),
        (tally.later, "due later"),
        (tally.claimed, "being sent"),
        (tally.sent, "sent"),
        (tally.too_late, "left out: their hour had passed when they could have gone out"),
        (tally.no_longer_so, "left out: what they spoke of was no longer so"),
        (tally.unreachable, "waiting for somebody who blocked the bot to come back"),
        (sum(tally.parked.values()), "parked: our mistake, tried no more; the log says why"),
        *((number, f"  of these {kind.replace('_', ' ')}") for kind, number in tally.parked.items()),
    ]
    return ["Messages, those done with of the last seven days:", *(f"{n:>9,}  {what}" for n, what in rows)]
