"""What anybody may see without being kept: prisoners whose name is public, and where letters are sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from uuid import UUID

from solidarity.addresses import Place, place_of
from solidarity.errors import NotForYou
from solidarity.naming import alias_of
from solidarity.possible import Writer
from solidarity.post import Post, post_for
from storage.models import Prisoner
from storage.unit_of_work import UnitOfWork

PAGE = 8
LANGUAGES = ("be", "ru", "en")


@dataclass(frozen=True)
class Entry:
    """One line of a list, with the id that leads to its page."""

    id: UUID
    name: str


@dataclass(frozen=True)
class Page:
    """A part of a list; `number` counts from 0."""

    entries: Sequence[Entry]
    number: int
    is_last: bool


@dataclass(frozen=True)
class Glimpse:
    """A public prisoner as a stranger may see them; what is not known is None."""

    name: str
    place: Place | None
    # Leads to the address; None where there is none to write to.
    place_id: UUID | None
    since: date | None
    interests: str | None
    post: Post


async def public_prisoners(uow: UnitOfWork, *, language: str, number: int) -> Page:
    """Return a page of the prisoners whose name is public and who are within reach, in no telling order."""
    found = await uow.prisoners.public(limit=PAGE + 1, offset=number * PAGE)
    await uow.vault.load_keys(p.id for p in found)
    entries = [Entry(p.id, await _name(uow, p, language)) for p in found[:PAGE]]
    return Page(entries, number, is_last=len(found) <= PAGE)


async def glimpse(uow: UnitOfWork, prisoner_id: UUID | None, *, language: str, today: date) -> Glimpse:
    """Return what a stranger may know of one prisoner.

    Raises:
        NotForYou: there is none with this id, or their name is not public.
    """
    prisoner = None if prisoner_id is None else await uow.prisoners.get_public(prisoner_id)
    if prisoner is None:
        raise NotForYou(str(prisoner_id))
    since = (await uow.prisoners.reveal_case(prisoner)).get("detained_on")
    code = prisoner.facility_code
    place = await place_of(uow, code, language, today=today)
    return Glimpse(
        name=await _name(uow, prisoner, language),
        place=place,
        place_id=None if code is None or place is None or place.is_closed else _place_id(code),
        since=date.fromisoformat(since) if since else None,
        interests=await uow.prisoners.reveal_interests(prisoner),
        post=await post_for(uow, prisoner, Writer.STRANGER, today=today),
    )


async def addresses(uow: UnitOfWork, *, language: str, number: int, today: date) -> Page:
    """Return a page of the places that letters can be sent to today."""
    # A place that was moved leads to its successor, which stands in the list itself.
    places = {place: code for code, place in reversed(await _open_places(uow, language, today=today))}
    entries = [Entry(_place_id(code), place.name) for place, code in reversed(places.items())]
    part = entries[number * PAGE : (number + 1) * PAGE]
    return Page(part, number, is_last=len(entries) <= (number + 1) * PAGE)


async def address(uow: UnitOfWork, wanted: UUID | None, *, language: str, today: date) -> Place:
    """Return a place by the id of its list entry.

    Raises:
        NotForYou: no place that letters can be sent to has this id.
    """
    for code, place in await _open_places(uow, language, today=today):
        if _place_id(code) == wanted:
            return place
    raise NotForYou(str(wanted))


async def _open_places(uow: UnitOfWork, language: str, *, today: date) -> list[tuple[str, Place]]:
    codes = sorted([facility.code for facility in await uow.facilities.all()], key=_by_number)
    places = [(code, await place_of(uow, code, language, today=today)) for code in codes]
    return [(code, place) for code, place in places if place is not None and not place.is_closed]


def _by_number(code: str) -> list[str | int]:
    """Return what puts IK-2 before IK-14: texts and numbers by turns."""
    return [int(part) if index % 2 else part for index, part in enumerate(re.split("([0-9]+)", code))]


def _place_id(code: str) -> UUID:
    # A hash of the public code: codes have any length, and a stranger's button holds 64 bytes.
    return UUID(bytes=blake2b(code.encode(), digest_size=16).digest())


async def _name(uow: UnitOfWork, prisoner: Prisoner, language: str) -> str:
    names = await uow.prisoners.reveal_names(prisoner)
    return _first(names, language) or await alias_of(uow, prisoner, language)


def _first(names: Mapping[str, str], language: str) -> str | None:
    return next((names[one] for one in (language, *LANGUAGES) if one in names), None)
