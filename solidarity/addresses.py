"""Where to write: a place's part of an address, and how far it can be relied on."""

import re
from dataclasses import dataclass
from datetime import date

from solidarity.trust import Trust, trust_of
from storage.models import Facility
from storage.unit_of_work import UnitOfWork

COUNTRY = "REPUBLIC OF BELARUS"
CLOSED = ("-closed-site", "-liquidated")
MOST_MOVES = 5
SOURCE_LENGTH = 90
LINK = re.compile(r"https?://(?:www\.|amp\.)?([^/\s]+)\S*")
LATIN = re.compile(r"[A-Za-z]{3}")


@dataclass(frozen=True)
class Place:
    """A place of detention as somebody who writes there needs it; `name` is in the reader's language."""

    name: str
    # Institution, street, postal code and town; empty where mail must not be sent there any more.
    lines: tuple[str, ...]
    trust: Trust
    verified_on: date | None
    source: str
    street: str = ""
    postal_code: str = ""
    town: str = ""

    @property
    def is_closed(self) -> bool:
        return not self.lines

    @property
    def is_in_latin(self) -> bool:
        return any(LATIN.search(line) for line in self.lines)


async def place_of(uow: UnitOfWork, code: str | None, language: str, *, today: date) -> Place | None:
    """Return where a prisoner is written to, or None where no place is known.

    A place that was replaced gives way to the one that took its part. The institution's name is in Belarusian
    or Russian even for readers of English: it stands on the envelope.
    """
    facility = await standing_facility(uow, code, today)
    if facility is None:
        return None
    languages = ("ru", "be") if language == "ru" else ("be", "ru")
    written = next((n for n in (getattr(facility, f"name_{x}") for x in languages) if n), facility.name_en)
    town = " ".join(part for part in (facility.postal_code, facility.city) if part)
    return Place(
        name=name_of(facility, language),
        lines=()
        if is_closed(facility, today)
        else tuple(line for line in (written, facility.street, town) if line),
        trust=trust_of(facility.verified_on, today),
        verified_on=facility.verified_on,
        source=source_in_words(facility.source),
        street=facility.street,
        postal_code=facility.postal_code,
        town=facility.city,
    )


def name_of(facility: Facility, language: str) -> str:
    """Return a place's name in the reader's language, or in another; empty where it has none."""
    names = (getattr(facility, f"name_{each}") for each in (language, "be", "ru", "en"))
    return next((name for name in names if name), "")


def source_in_words(source: str) -> str:
    """Shorten a source to what a reader needs: of a link only the site's name, at most 90 characters."""
    words = LINK.sub(r"\1", source).split(", as kept in")[0].split(";")[0].strip()
    return words if len(words) <= SOURCE_LENGTH else words[: SOURCE_LENGTH - 1].rstrip() + "…"


def is_closed(facility: Facility, today: date) -> bool:
    """Say whether nothing must be sent to a place any more."""
    return facility.kind.endswith(CLOSED) or is_over(facility, today)


async def standing_facility(uow: UnitOfWork, code: str | None, today: date) -> Facility | None:
    """Return a place, or the one that took its part; None where it is not known."""
    facility = await uow.facilities.get(code)
    for _ in range(MOST_MOVES):
        if facility is None or facility.replaced_by is None or not is_over(facility, today):
            break
        facility = await uow.facilities.get(facility.replaced_by) or facility
    return facility


def is_over(facility: Facility, today: date) -> bool:
    """Say whether a place ceased to be one before a day."""
    return facility.valid_to is not None and facility.valid_to < today
