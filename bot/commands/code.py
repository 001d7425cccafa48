"""`poruch code`: one-time codes for the people who run and coordinate the group."""

import asyncio

import click

from bot.clock import Clock
from bot.commands.common import command, say, say_json, settings
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from solidarity.codes import GivenCode, give_staff_code
from storage.models import CodeKind

MOMENT = "%Y-%m-%d %H:%M"


@click.command()
@click.argument("role", type=click.Choice([CodeKind.ADMINISTRATOR.value, CodeKind.COORDINATOR.value]))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@command
def code(role: str, as_json: bool) -> None:
    """Make a one-time code that makes its finder an administrator or a coordinator.

    Give it in person or over a channel you trust. It works once, within 48 hours.
    """
    chosen = settings()
    given = asyncio.run(_give(chosen, CodeKind(role)))
    if as_json:
        say_json({"code": given.words, "expires_at": given.expires_at.isoformat()})
        return
    until = given.expires_at.astimezone(chosen.time_zone).strftime(MOMENT)
    say(
        f"Code for one {role}: {given.words}",
        f"It works once, until {until} ({chosen.time_zone.key}), and is not shown again.",
        "Who gets it writes /start to the bot, agrees, and sends the code.",
    )


async def _give(chosen: Settings, kind: CodeKind) -> GivenCode:
    async with opened(chosen) as storage, storage.unit() as uow:
        return await give_staff_code(uow, kind, issued_by=None, now=Clock().now())
