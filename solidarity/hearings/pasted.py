"""A sitting pasted as one line: whose, when and where; pure."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from solidarity.hearings.sitting_times import read_typed_start

# A day as it is typed at the desk or in a file, then an hour; a short word such as "at" may stand between.
_WHEN = re.compile(
    r"(\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d{2}-\d{2})[,;]?\s+(?:\w{1,2}\s+)?(\d{1,2}[:.]\d{2})(?!\d)"
)
_BETWEEN = " \t\r\n,;|·–—-"
_PARTS = re.compile(r"[\n;|·\t]|,\s|\s[–—-]\s")


@dataclass(frozen=True)
class Pasted:
    """What a line says; `court` is empty where it names none."""

    name: str = field(repr=False)
    starts: datetime
    court: str = field(repr=False)


def read_pasted(text: str) -> Pasted | None:
    """Read a line that names somebody, a date and perhaps a court, the name before the court.

    None where there is no date in it, or nothing but a date: then it is a name, or something else.

    Raises:
        DateUnclear: there is no such day or hour.
    """
    found = _WHEN.search(text)
    if found is None:
        return None
    starts = read_typed_start(" ".join(found.groups()))
    before, after = text[: found.start()].strip(_BETWEEN), text[found.end() :].strip(_BETWEEN)
    if not before:
        before, after = _in_two(after)
    elif not after:
        before, after = _in_two(before)
    name, court = (" ".join(part.split()) for part in (before, after))
    return Pasted(name, starts, court) if name else None


def _in_two(text: str) -> tuple[str, str]:
    parts = _PARTS.split(text, maxsplit=1)
    return parts[0].strip(_BETWEEN), parts[1].strip(_BETWEEN) if len(parts) > 1 else ""
