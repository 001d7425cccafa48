"""`poruch erase`: forgets somebody for good who cannot do it in the chat any more."""

import asyncio
from datetime import date, datetime

import click

from bot.clock import Clock
from bot.commands.common import Refusal, ask, command, say, settings
from bot.commands.finding import find_person, in_words
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from bot.control.client import is_any_open
from solidarity.audit import Act, record_of_host
from solidarity.leaving import erase_person

EMPTIED = "Erased. In their chat the bot deletes its messages."
NOT_YET_EMPTIED = "Erased. No bot is open on this machine: in their chat its messages stay until one is."
LEDGER_NEXT = "Next: poruch backup, so that the ledger of who left lies beside the data."
DAY_FORMS = ["%Y-%m-%d", "%d.%m.%Y"]


@click.command()
@click.argument("pseudonym", nargs=-1, required=True)
@click.option(
    "--joined",
    type=click.DateTime(DAY_FORMS),
    metavar="DAY",
    help="The day they joined (YYYY-MM-DD or DD.MM.YYYY), where two are called so.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@command
def erase(pseudonym: tuple[str, ...], joined: datetime | None, yes: bool) -> None:
    """Erase everything about the person whom coordinators know by this pseudonym.

    It cannot be undone. Letters they reported stay as numbers without them. The bot empties their chat at
    once while it is open, or as soon as it is.
    """
    day = None if joined is None else joined.date()
    is_emptied = asyncio.run(_erase(settings(), " ".join(pseudonym), day, is_sure=yes))
    say(EMPTIED if is_emptied else NOT_YET_EMPTIED, LEDGER_NEXT)


async def _erase(chosen: Settings, wanted: str, joined: date | None, *, is_sure: bool) -> bool:
    """Erase who is called so; says whether a bot is there that empties their chat now."""
    async with opened(chosen) as storage:
        person_id, day = await find_person(storage, wanted, joined)
        if not is_sure:
            _ask(wanted, day)
        async with storage.unit() as uow:
            now = Clock().now()
            await erase_person(uow, person_id, now=now)
            await record_of_host(uow, Act.PERSON_ERASED, about=person_id, now=now)
    return await is_any_open(chosen.data_dir)


def _ask(wanted: str, joined: date) -> None:
    """Go on only where the pseudonym is typed once more.

    Raises:
        Refusal: it was not.
    """
    say(f"There is one person called so, who joined on {in_words(joined)}.")
    try:
        typed = ask("Type the pseudonym again to erase them for good")
    except click.Abort:
        say("")
        raise Refusal("nothing was erased") from None
    if typed != wanted:
        raise Refusal("nothing was erased")
