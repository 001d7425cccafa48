"""Places of detention at the desk: found by name, code or town, with the cards that speak of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from solidarity.access import Actor
from solidarity.addresses import Place, name_of, place_of
from solidarity.errors import NotForYou
from solidarity.possible import RuleCard, Thing
from solidarity.rule_cards import cards_in_force
from storage.models import Facility
from storage.unit_of_work import UnitOfWork

ON_A_PAGE = 8
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class FacilityPage:
    """Some places: code and name in the reader's language; `page` is counted from 0."""

    found: Sequence[tuple[str, str]]
    page: int
    has_more: bool


@dataclass(frozen=True)
class FacilityCard:
    """One place as coordinators see it.

    Attributes:
        transit_days: how long letters are under way there; None where nothing is known.
        counts: how many cards speak of each thing there.
    """

    code: str
    kind: str
    place: Place
    transit_days: int | None
    counts: dict[Thing, int]


async def find_facilities(uow: UnitOfWork, actor: Actor, typed: str | None, page: int) -> FacilityPage:
    """Find the places whose code, name or town has every word of a search in it; None finds them all."""
    words = (typed or "").casefold().split()
    found = [
        (one.code, name_of(one, actor.language) or one.code)
        for one in await uow.facilities.all()
        if all(word in _said_of(one) for word in words)
    ]
    found.sort(key=lambda place: _by_number(place[1]))
    return FacilityPage(
        found[page * ON_A_PAGE : (page + 1) * ON_A_PAGE], page, len(found) > (page + 1) * ON_A_PAGE
    )


async def place_named(uow: UnitOfWork, actor: Actor, code: str) -> str:
    """Return a place's name in the reader's language, or the code itself where there is none."""
    facility = await uow.facilities.get(code)
    return code if facility is None else name_of(facility, actor.language) or code


def _by_number(name: str) -> list[tuple[int, str]]:
    """Return what sorts No. 2 before No. 14; every second part is a number."""
    parts = _NUMBERS.split(name.casefold())
    return [(int(part), "") if at % 2 else (0, part) for at, part in enumerate(parts)]


def _said_of(facility: Facility) -> str:
    parts = (facility.code, facility.name_be, facility.name_ru, facility.name_en, facility.city)
    return " ".join(parts).casefold()


async def facility_card(uow: UnitOfWork, actor: Actor, code: str) -> FacilityCard:
    """Return one place.

    Raises:
        NotForYou: there is none with this code.
    """
    facility = await uow.facilities.get(code)
    place = await place_of(uow, code, actor.language, today=actor.today)
    if facility is None or place is None:
        raise NotForYou(code)
    counts = dict.fromkeys(Thing, 0)
    for card in await cards_in_force(uow):
        counts[card.thing] += _speaks_of(card, facility)
    return FacilityCard(code, facility.kind, place, facility.transit_days, counts)


async def cards_of(uow: UnitOfWork, code: str, thing: str) -> list[RuleCard]:
    """Return the cards that speak of a thing at a place, also as of any place; the narrower first.

    Raises:
        NotForYou: there is no such place, or no such thing.
    """
    facility = await uow.facilities.get(code)
    if facility is None or thing not in tuple(Thing):
        raise NotForYou(code)
    found = [card for card in await cards_in_force(uow) if card.thing == thing]
    there = [card for card in found if _speaks_of(card, facility)]
    return sorted(there, key=lambda card: (tuple(-int(part) for part in card.narrowness), card.id))


def _speaks_of(card: RuleCard, facility: Facility) -> bool:
    return card.facility in (None, facility.code) and card.kind in (None, facility.kind)
