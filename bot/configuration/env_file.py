"""The lines of a `.env` file, which settings and destroying understand by one parser."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path

from dotenv.parser import Binding, parse_stream


def lines_of(path: Path, *, errors: str = "strict") -> list[Binding]:
    """Return every line in order, also those that are not understood; together they are the whole file.

    Args:
        errors: what becomes of bytes that are no UTF-8, as ``open`` says it.

    Raises:
        OSError, UnicodeDecodeError: it cannot be read.
    """
    with path.open(encoding="utf-8", errors=errors) as text:
        return list(parse_stream(text))


def values_in(lines: Iterable[Binding]) -> dict[str, str]:
    """Return what the lines set; the last one of a name counts."""
    return {line.key: line.value for line in lines if line.key and line.value is not None}


def without(lines: Iterable[Binding], names: Collection[str]) -> list[Binding]:
    """Leave out the lines that set one of these names, and remarks or broken lines in which one stands."""
    standing = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b", re.IGNORECASE)
    return [line for line in lines if not standing.search(line.key or line.original.string)]
