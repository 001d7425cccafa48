"""Finding the one person whom coordinators know by a pseudonym, for what the host does to them."""

from datetime import date
from uuid import UUID

from bot.commands.common import Refusal
from solidarity.pseudonyms import is_called
from solidarity.work import Storage


async def find_person(storage: Storage, wanted: str, joined: date | None = None) -> tuple[UUID, date]:
    """Return who is called so, and the day they joined.

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
        raise Refusal(f"nobody has the pseudonym {wanted}; coordinators see the pseudonyms at their desk")
    told = " and ".join(in_words(day) for day in sorted(day for _, day in called_so))
    if not found:
        raise Refusal(f"{wanted} joined on {told}; nothing was changed")
    raise Refusal(
        f"{len(found)} people have the pseudonym {wanted}; they joined on {told}: name the day with --joined "
        "DAY, or let the person write /erase to the bot"
    )


def in_words(day: date) -> str:
    """Write a day as a line for the operator says it."""
    return f"{day.day} {day:%B %Y}"
