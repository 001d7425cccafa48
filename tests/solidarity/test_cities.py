"""One city, however it is spelt; and found in a court's name."""

import pytest

from solidarity.access import Actor
from solidarity.hearings.cities import as_city, city_in, city_of_court, known_cities, same_city, town_in
from solidarity.hearings.details import note_detail
from solidarity.publicity import set_publicity
from storage.models import Publicity
from storage.unit_of_work import UnitOfWork

from .conftest import NOON, House

TOWNS = ["Minsk", "Homieĺ", "Hrodna", "Mahilioŭ", "Viciebsk", "Brest", "Babrujsk", "Žodzina", "Baranavičy"]


@pytest.mark.parametrize(
    ("court", "city"),
    [
        ("Мінскі гарадскі суд", "Minsk"),
        ("Суд Московского района г. Минска", "Minsk"),
        ("Minsk City Court", "Minsk"),
        ("Гомельскі абласны суд", "Homieĺ"),
        ("Гродненский областной суд", "Hrodna"),
        ("суд Ленінскага раёна г. Гродна", "Hrodna"),
        ("Могилевский областной суд", "Mahilioŭ"),
        ("Віцебскі абласны суд", "Viciebsk"),
        ("Брэсцкі абласны суд", "Brest"),
        ("Брестский областной суд", "Brest"),
        ("суд г. Бобруйска и Бобруйского района", "Babrujsk"),
        ("Жодзінскі суд", "Žodzina"),
        ("Барановичский суд", "Baranavičy"),
        ("Вярхоўны суд", None),
        ("Суд Кастрычніцкага раёна", None),
        ("", None),
    ],
)
def test_a_courts_name_tells_its_city(court: str, city: str | None):
    assert city_in(court, TOWNS) == city


@pytest.mark.parametrize("spelt", ["Мінск", "Минск", "minsk", "MINSK"])
def test_one_city_has_many_spellings(spelt: str):
    assert same_city(spelt, TOWNS) == "Minsk"
    assert same_city("Лепель", TOWNS) is None


@pytest.mark.parametrize(
    ("place", "town"),
    [
        ("г. Горки", "Горки"),
        ("Dziaržynsk, Minskaja voblasć", "Dziaržynsk"),
        ("Navasady, Barysaŭ district", None),
        ("station Damanava, Ivacevičy", None),
        ("в. Пашковічы, Навадворскі с/с", None),
        ("", None),
    ],
)
def test_a_village_is_no_town(place: str, town: str | None):
    assert town_in(place) == town


async def test_a_city_is_kept_in_the_spelling_that_is_known(uow: UnitOfWork, house: House):
    await house.facility("A", city="Minsk")
    await house.facility("B", city="Мінск")
    await house.hearing(await house.prisoner(), city="Lida")

    assert await known_cities(uow) == ["Lida", "Minsk"]
    assert [await as_city(uow, text) for text in ("г. Минск", "Ліда", "Orša", " ")] == [
        "Minsk",
        "Lida",
        "Orša",
        None,
    ]


async def test_a_hearing_is_in_the_city_of_its_court(uow: UnitOfWork, house: House):
    await house.facility("A", city="Узорск")
    prisoner = await house.prisoner()

    assert (await house.hearing(prisoner)).city is None
    assert await city_of_court(uow, "Узорский районный суд") == "Узорск"


async def test_of_somebody_hidden_no_city_is_kept_beside_the_date(uow: UnitOfWork, house: House, bob: Actor):
    await house.facility("A", city="Узорск")
    hidden, known = await house.prisoner(Publicity.HIDDEN), await house.prisoner()
    theirs, other = await house.hearing(hidden, city="Узорск"), await house.hearing(known, city="Узорск")
    at_once = theirs.city

    await note_detail(uow, bob, theirs.id, "court", "Узорский районный суд", now=NOON)
    await note_detail(uow, bob, other.id, "court", "Узорский районный суд", now=NOON)
    noted = (theirs.city, other.city)
    await set_publicity(uow, hidden, Publicity.GUARDIANS, now=NOON)
    await set_publicity(uow, known, Publicity.HIDDEN, now=NOON)

    assert (at_once, noted) == (None, (None, "Узорск"))
    assert (theirs.city, other.city) == ("Узорск", None)
