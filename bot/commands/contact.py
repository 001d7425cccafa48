"""`poruch contact`: somebody's contact details on the host, where there is no second coordinator."""

import asyncio
from datetime import date, datetime

import click

from bot.clock import Clock
from bot.commands.common import Refusal, ask, command, say, settings
from bot.commands.finding import find_person
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from solidarity.errors import SolidarityError
from solidarity.host_requests import reveal_contacts_on_host

DAY_FORMS = ["%Y-%m-%d", "%d.%m.%Y"]
LABELS = {"name": "Name", "phone": "Phone", "email": "E-mail", "post": "Post"}


@click.command()
@click.argument("pseudonym", nargs=-1, required=True)
@click.option("--why", help="The reason, in 2 to 200 characters; asked for where it is not given.")
@click.option(
    "--joined",
    type=click.DateTime(DAY_FORMS),
    metavar="DAY",
    help="The day they joined (YYYY-MM-DD or DD.MM.YYYY), where two are called so.",
)
@command
def contact(pseudonym: tuple[str, ...], why: str | None, joined: datetime | None) -> None:
    """Print what the person whom coordinators know by this pseudonym has left as contact details.

    For a group with one coordinator. It is written into the trail and told to all coordinators; the reason is
    not kept. Clear the screen afterwards.
    """
    day = None if joined is None else joined.date()
    contacts = asyncio.run(_reveal(settings(), " ".join(pseudonym), day, why))
    if not contacts:
        say("This person has left no contact details.")
    for field, value in contacts.items():
        say(f"{LABELS[field]}: {value}")


async def _reveal(chosen: Settings, wanted: str, joined: date | None, why: str | None) -> dict[str, str]:
    async with opened(chosen) as storage:
        person_id, _ = await find_person(storage, wanted, joined)
        reason = _reason() if why is None else why
        try:
            async with storage.unit() as uow:
                return await reveal_contacts_on_host(uow, person_id, why=reason, now=Clock().now())
        except SolidarityError:
            raise Refusal("a reason is needed, in 2 to 200 characters; nothing was shown") from None


def _reason() -> str:
    try:
        return ask("Why")
    except click.Abort:
        say("")
        raise Refusal("nothing was shown") from None
