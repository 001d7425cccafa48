"""Words with their entities, counted in UTF-16 units as Telegram counts."""

from dataclasses import dataclass
from urllib.parse import urlsplit

Entity = dict[str, object]


@dataclass(frozen=True)
class Formatted:
    """A text and its entities, as Telegram keeps them."""

    text: str
    entities: tuple[Entity, ...] = ()


def utf16_length(text: str) -> int:
    """Count as Telegram counts: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def trimmed(formatted: Formatted) -> Formatted:
    """Drop the white space at both ends, as Telegram does, and move the entities along."""
    text = formatted.text.strip()
    start = utf16_length(formatted.text[: len(formatted.text) - len(formatted.text.lstrip())])
    end = utf16_length(text)
    entities = []
    for entity in formatted.entities:
        offset, length = extent(entity)
        first, last = max(offset - start, 0), min(offset - start + length, end)
        if last > first:
            entities.append({**entity, "offset": first, "length": last - first})
    return Formatted(text, tuple(entities))


def extent(entity: Entity) -> tuple[int, int]:
    """Where an entity begins and how long it is."""
    offset, length = entity["offset"], entity["length"]
    assert isinstance(offset, int)
    assert isinstance(length, int)
    return offset, length


def is_link(url: str) -> bool:
    """True for what Telegram makes a link of: http, https, tg and ton addresses, or a bare host name."""
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
    except ValueError:
        return False
    has_host = "." in parts.netloc or parts.hostname == "localhost"
    return parts.scheme in {"tg", "ton"} or (parts.scheme in {"http", "https"} and has_host)
