"""What every row must keep to, whatever the file's shape: names of columns, sizes, whole characters."""

import re
from collections.abc import Iterator

from .outcomes import RowRefused

MAX_CELL = 10_000

_LINE = re.compile(r"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")
_HALF_LETTER = re.compile("[\ud800-\udfff]")


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines with their ends, one by one; only carriage return and line feed end a line."""
    return (match.group() for match in _LINE.finditer(text))


def column_name(written: str) -> str:
    """Say how a column is looked up: case and outer blanks do not count."""
    return written.strip().casefold()


def check_cell(cell: str) -> str:
    """Give a cell back that can be kept.

    Raises:
        RowRefused: over 10,000 characters, a NUL, or half of a surrogate pair.
    """
    if len(cell) > MAX_CELL:
        raise RowRefused("cell is too long")
    if "\0" in cell:
        raise RowRefused("cell holds a NUL")
    if _HALF_LETTER.search(cell):
        raise RowRefused("cell holds half a character")
    return cell
