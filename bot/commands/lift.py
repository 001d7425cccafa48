"""`poruch lift`: let the bot send again after an alarm, and people act again who were kept from it."""

import asyncio

import click

from bot.alarm.alarm import FILE, State, write_state
from bot.clock import Clock
from bot.commands.common import Refusal, command, say, settings
from bot.commands.finding import find_person
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from bot.control.client import ask_each
from bot.control.wire import Refused
from bot.host.unsealing import require_installed
from solidarity.errors import NoLongerSo, RightsForged
from solidarity.forgery import set_rights_right
from solidarity.restrictions import lift_restriction
from solidarity.work import RestrictionKind


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


@lift.command()
@click.argument("pseudonym", nargs=-1, required=True)
@command
def freeze(pseudonym: tuple[str, ...]) -> None:
    """Open the desk of a coordinator whom a colleague has frozen. It also ends by itself after 24 hours."""
    _lift(" ".join(pseudonym), RestrictionKind.FROZEN)
    say("The freeze is lifted; their PIN opens the desk again.")


@lift.command()
@click.argument("pseudonym", nargs=-1, required=True)
@command
def custody(pseudonym: tuple[str, ...]) -> None:
    """Take back that somebody may be detained, where no other coordinator is there to do it."""
    _lift(" ".join(pseudonym), RestrictionKind.CUSTODY)
    say("Taken back. What waited for them and still helps goes out.")


@lift.command()
@click.argument("pseudonym", nargs=-1, required=True)
@command
def forgery(pseudonym: tuple[str, ...]) -> None:
    """Let somebody act again whose rights were changed by hand in the database, without any role.

    First find out who can write there. Restrictions that were truly set stay; a coordinator needs a new code,
    and a relative new words.
    """
    asyncio.run(_set_right(settings(), " ".join(pseudonym)))
    say("They are a supporter again, and nothing else. Look with your colleagues at what was changed.")


def _lift(wanted: str, kind: RestrictionKind) -> None:
    asyncio.run(_lift_restriction(settings(), wanted, kind))


async def _lift_restriction(chosen: Settings, wanted: str, kind: RestrictionKind) -> None:
    async with opened(chosen) as storage:
        person_id, _ = await find_person(storage, wanted)
        async with storage.unit() as uow:
            try:
                await lift_restriction(uow, person_id, kind, now=Clock().now())
            except NoLongerSo:
                raise Refusal("nothing of this kind stands; nothing was changed") from None
            except RightsForged:
                raise Refusal(
                    "their rights were changed by hand in the database: poruch lift forgery"
                ) from None


async def _set_right(chosen: Settings, wanted: str) -> None:
    async with opened(chosen) as storage:
        person_id, _ = await find_person(storage, wanted)
        async with storage.unit() as uow:
            try:
                await set_rights_right(uow, person_id, now=Clock().now())
            except NoLongerSo:
                raise Refusal("their rights are as this program wrote them; nothing was changed") from None
