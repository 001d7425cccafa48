"""`poruch erase`: forgets somebody for good who cannot do it in the chat any more."""

import asyncio
from datetime import date, datetime
from uuid import UUID

import click

from bot.clock import Clock
from bot.commands.common import Refusal, ask, command, say, settings
from bot.commands.opening import opened
from bot.configuration.settings import Settings
from bot.control.client import is_any_open
from solidarity.audit import Act, record_of_host
from solidarity.leaving import erase_person
from solidarity.pseudonyms import is_called
from solidarity.work import Storage

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
        person_id, day = await _find(storage, wanted, joined)
        if not is_sure:
            _ask(wanted, day)
        async with storage.unit() as uow:
            now = Clock().now()
            await erase_person(uow, person_id, now=now)
            await record_of_host(uow, Act.PERSON_ERASED, about=person_id, now=now)
    return await is_any_open(chosen.data_dir)


async def _find(storage: Storage, wanted: str, joined: date | None) -> tuple[UUID, date]:
    """Return who is called so and the day they joined.

    Raises:
        Refusal: it is nobody, or more than one.
    """
    async with storage.view() as uow:
        days = await uow.people.joining_days()
    called_so = [(one, day) for one, day in days if is_called(one.bytes, wanted)]
    found = [(one, day) for one, day in called_so if joined in (None, day)]
    if len(found) == 1:
        return found[0]
    if not called_so:
        raise Refusal("nobody is called so; coordinators see the pseudonyms at their desk")
    told = " and ".join(_in_words(day) for day in sorted(day for _, day in called_so))
    if not found:
        raise Refusal(f"who is called so joined on {told}; nothing was erased")
    raise Refusal(
        f"{len(found)} people are called so; they joined on {told}: name the day with --joined, or let the "
        "person write /erase to the bot"
    )


def _ask(wanted: str, joined: date) -> None:
    """Go on only where the pseudonym is typed once more.

    Raises:
        Refusal: it was not.
    """
    say(f"There is one person called so, who joined on {_in_words(joined)}.")
    try:
        typed = ask("Type the pseudonym again to erase them for good")
    except click.Abort:
        say("")
        raise Refusal("nothing was erased") from None
    if typed != wanted:
        raise Refusal("nothing was erased")


def _in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
