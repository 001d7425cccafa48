"""The city of a court: one however it is spelt, found in a court's name where that speaks of a known town.

Towns are written in three languages and two alphabets, and courts carry them as adjectives. What is compared
is their consonants: *Мінск*, *Минск*, *Minsk* and *Мінскага* begin alike.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

from storage.models import Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

LONGEST = 60
SHORTEST_KEY = 3
# Sounds that differ between the spellings of one town are one letter; vowels are none.
_LETTERS: Mapping[str, str] = {
    **dict(zip("бвгґджзйклмнпрстфхцчшщў", "bvhhdzz klmnprstfhttssv", strict=True)),
    **dict(zip("bcdfghjklmnpqrstvwxyz", "btdfhh klmnpkrstvvs z", strict=True)),
}
_WORD = re.compile(r"[^\W\d_]+")
# What an adjective and a case add to a town's consonants.
_ENDING = re.compile(r"(?:n?sk|[st]?k|tsk)?[mhv]?")
_BEFORE = re.compile(r"^(?:г\.|г |горад |город |city of )\s*", re.IGNORECASE)
_NO_TOWN = re.compile(r"(?:^|\b)(?:в\.|д\.|аг\.|с/с|station|станцыя|district|раён|район)", re.IGNORECASE)


def key_of(word: str) -> str:
    """Return what is alike in all spellings of a town's name: its consonants, roughly."""
    folded = unicodedata.normalize("NFKD", word.casefold().replace("ў", "в").replace("ŭ", "v"))
    sounds = "".join(_LETTERS.get(letter, "") for letter in folded).replace(" ", "")
    return sounds.replace("dz", "d")


def town_in(place: str) -> str | None:
    """Return the town of a postal address's city, or None where it is a village or a station."""
    if _NO_TOWN.search(place):
        return None
    town = _BEFORE.sub("", place.partition(",")[0]).strip()
    return town or None


def same_city(city: str, known: Iterable[str]) -> str | None:
    """Return a known city that is this one in another spelling, or None."""
    key = _whole_key(city)
    return next((one for one in known if one == city or (key and _whole_key(one) == key)), None)


def city_in(court: str, known: Iterable[str]) -> str | None:
    """Return the first known town that a court's name speaks of, or None."""
    towns = {key: town for town in known if len(key := _whole_key(town)) >= SHORTEST_KEY}
    for word in _WORD.findall(court):
        spoken = key_of(word)
        for key in sorted(towns, key=len, reverse=True):
            if spoken.startswith(key) and _ENDING.fullmatch(spoken[len(key) :]):
                return towns[key]
    return None


@lru_cache(maxsize=1024)
def _whole_key(city: str) -> str:
    return " ".join(key_of(word) for word in _WORD.findall(city))


async def known_cities(uow: UnitOfWork) -> list[str]:
    """Return the towns of the facilities and the cities of sittings, each in one spelling, in order.

    To be compared with, and shown to nobody: in which city somebody hidden has a sitting tells too much.
    """
    return await _with_towns(uow, await uow.hearings.cities())


async def cities_for_all(uow: UnitOfWork) -> list[str]:
    """Return the towns of the facilities, and the cities of sittings of which anybody may know."""
    return await _with_towns(uow, await uow.hearings.cities_for_all())


async def _with_towns(uow: UnitOfWork, cities: Iterable[str]) -> list[str]:
    found: list[str] = []
    for facility in await uow.facilities.all():
        town = town_in(facility.city)
        if town is not None and same_city(town, found) is None:
            found.append(town)
    found += [city for city in cities if same_city(city, found) is None]
    return sorted(found, key=str.casefold)


async def as_city(uow: UnitOfWork, written: str) -> str | None:
    """Return a city somebody wrote, in the spelling that is known; None where nothing is written."""
    city = " ".join(_BEFORE.sub("", written).split())[:LONGEST]
    return (same_city(city, await known_cities(uow)) or city) if city else None


async def city_for(uow: UnitOfWork, prisoner: Prisoner | None, court: str, written: str = "") -> str | None:
    """Return the city that is kept of somebody's sitting: as it was written, or that of the court.

    Of somebody hidden none is: it stands in clear beside the date, and nobody is told of it by the city.
    """
    if prisoner is None or prisoner.publicity is Publicity.HIDDEN:
        return None
    return await as_city(uow, written) or await city_of_court(uow, court)


async def city_of_court(uow: UnitOfWork, court: str) -> str | None:
    """Return the city of a court by its name, where a known town is named in it."""
    return city_in(court, await known_cities(uow)) if court else None
