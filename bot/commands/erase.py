"""`poruch erase`: forgets somebody for good who cannot do it in the chat any more."""

import asyncio
from datetime import datetime

import click

from bot.clock import Clock
from bot.commands.common import Refusal, command, say, settings
from bot.installation import open_installation
from bot.settings import Settings
from solidarity.leaving import erase_person
from solidarity.pseudonyms import is_called
from solidarity.work import Storage

DAY = "%Y-%m-%d"


@click.command()
@click.argument("pseudonym", nargs=-1, required=True)
@click.option("--joined", type=click.DateTime([DAY]), help="The day they joined, where two are called so.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@command
def erase(pseudonym: tuple[str, ...], joined: datetime | None, yes: bool) -> None:
    """Erase everything about the person whom coordinators know by this pseudonym.

    It cannot be undone. Letters they reported stay as numbers without them. The bot empties their chat within
    half a minute while it runs, or when it is started next.
    """
    wanted = " ".join(pseudonym)
    if not yes and click.prompt("Type the pseudonym again to erase this person for good") != wanted:
        raise Refusal("that was another pseudonym; nothing was erased")
    asyncio.run(_erase(settings(), wanted, joined))
    say("Erased. In their chat the bot deletes its messages.")


async def _erase(chosen: Settings, wanted: str, joined: datetime | None) -> None:
    storage = await open_installation(chosen)
    try:
        await _erase_one(storage, wanted, joined)
    finally:
        await storage.database.close()


async def _erase_one(storage: Storage, wanted: str, joined: datetime | None) -> None:
    async with storage.unit() as uow:
        called_so = {
            person_id: day
            for person_id, day in await uow.people.joining_days()
            if is_called(person_id.bytes, wanted)
        }
        found = [one for one, day in called_so.items() if joined is None or day == joined.date()]
        if not found:
            raise Refusal("nobody is called so; coordinators see the pseudonyms at their desk")
        if len(found) > 1:
            days = ", ".join(sorted(day.isoformat() for day in called_so.values()))
            raise Refusal(
                f"{len(found)} people are called so, who joined on {days}; name the day with --joined, or "
                "let the person write /erase to the bot"
            )
        await erase_person(uow, found[0], now=Clock().now())
