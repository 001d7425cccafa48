"""How a time zone is said to people: by a city whose clock it is, never by its technical name."""

from datetime import datetime
from zoneinfo import ZoneInfo

from locales import Words

ZONES = {
    "minsk": "Europe/Minsk",
    "warsaw": "Europe/Warsaw",
    "vilnius": "Europe/Vilnius",
    "kyiv": "Europe/Kyiv",
    "berlin": "Europe/Berlin",
    "prague": "Europe/Prague",
    "london": "Europe/London",
    "istanbul": "Europe/Istanbul",
    "tbilisi": "Asia/Tbilisi",
    "yerevan": "Asia/Yerevan",
    "new-york": "America/New_York",
    "los-angeles": "America/Los_Angeles",
}


def clock_of(words: Words, zone_name: str) -> str:
    """Say by whose clock a time is meant, as it stands beside the time."""
    return words.say("clock-of", city=_city(words, zone_name))


def zone_label(words: Words, zone_name: str, *, now: datetime) -> str:
    """Name a zone by its city and its distance from UTC on this day."""
    offset = f"{now.astimezone(ZoneInfo(zone_name)):%z}"
    sign, whole, rest = offset[0].replace("-", "−"), int(offset[1:3]), offset[3:5]
    return f"{_city(words, zone_name)}, UTC{sign}{whole}" + (f":{rest}" if rest != "00" else "")


def _city(words: Words, zone_name: str) -> str:
    key = next((key for key, offered in ZONES.items() if offered == zone_name), None)
    return words.say(f"zone-{key}") if key else zone_name.rpartition("/")[2].replace("_", " ")
