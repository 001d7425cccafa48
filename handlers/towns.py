"""Towns as the reader's language writes them: the register keeps each in one spelling, whoever's it was."""

from functools import cache

from locales import LANGUAGES, Words
from solidarity.hearings.cities import same_city

TOWNS = (
    "asipovichy", "babrujsk", "baranavichy", "barysau", "brest", "dziarzhynsk", "homiel", "horki",
    "hrodna", "ivacevichy", "kobryn", "lida", "mahiliou", "maladzechna", "mazyr", "minsk", "mstislaul",
    "navapolack", "orsha", "pinsk", "polack", "rechyca", "salihorsk", "shklou", "sluck", "svetlahorsk",
    "vaukavysk", "viciebsk", "zhlobin", "zhodzina",
)  # fmt: skip


def town_said(words: Words, city: str) -> str:
    """Return a city in the reader's language, or as it was written where it is none of these."""
    spelling = same_city(city, _spellings())
    return city if spelling is None else words.say(f"town-{_spellings()[spelling]}")


@cache
def _spellings() -> dict[str, str]:
    return {Words(language).say(f"town-{town}"): town for language in LANGUAGES for town in TOWNS}
