"""Rows of JSON lines and of one JSON array.

Numbers stay the text they are, ``true`` and ``false`` become ``TRUE`` and ``FALSE`` as in the published
export, ``null`` becomes empty. Lists and objects in a row are spelt out as ``articles/0``, ``prison/title``.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from .lines import check_cell, column_name, lines_of
from .outcomes import RawRow, Refused, RegisterRefused, RowRefused


class _Pairs(list[tuple[str, Any]]):
    """An object as written: a key that stands twice is still seen twice."""


_DECODER = json.JSONDecoder(object_pairs_hook=_Pairs, parse_int=str, parse_float=str, parse_constant=str)
_BLANK = re.compile(r"[ \t\r\n]*")


def line_rows(text: str) -> Iterator[RawRow | Refused]:
    """Yield each line that is not blank as a row; a broken one is refused alone.

    Raises:
        RegisterRefused: not one line is a row of JSON, as when one object is spread over many lines.
    """
    is_any_json = False
    for number, line in enumerate(lines_of(text), start=1):
        if not line.strip():
            continue
        try:
            value = _DECODER.decode(line)
        except json.JSONDecodeError:
            yield Refused(number, "line is not JSON")
        except RecursionError:
            yield Refused(number, "row is nested too deeply")
        else:
            is_any_json = True
            yield _row(value, number)
    if not is_any_json:
        raise RegisterRefused("no line is a JSON row", 1)


def array_rows(text: str) -> Iterator[RawRow | Refused]:
    """Yield each element with the line it starts on.

    Raises:
        RegisterRefused: the array itself is broken, so that where a row ends cannot be known.
    """
    line, counted, place = 1, 0, text.index("[") + 1
    while True:
        place = _skip_blank(text, place)
        line, counted = line + text.count("\n", counted, place), place
        try:
            value, place = _DECODER.raw_decode(text, place)
        except json.JSONDecodeError as error:
            if _is_empty_array(text, place):
                return
            raise RegisterRefused("JSON is broken", error.lineno) from None
        except RecursionError:
            raise RegisterRefused("row is nested too deeply", line) from None
        yield _row(value, line)
        place = _skip_blank(text, place)
        if text[place : place + 1] == "]":
            break
        if text[place : place + 1] != ",":
            raise RegisterRefused("JSON is broken", text.count("\n", 0, place) + 1)
        place += 1
    if text[place + 1 :].strip():
        raise RegisterRefused("text after the array", text.count("\n", 0, place) + 1)


def _skip_blank(text: str, place: int) -> int:
    found = _BLANK.match(text, place)
    return found.end() if found else place


def _is_empty_array(text: str, place: int) -> bool:
    return text[:place].strip() == "[" and text[place:].strip() == "]"


def _row(value: object, line: int) -> RawRow | Refused:
    if not isinstance(value, _Pairs):
        return Refused(line, "row is not an object")
    try:
        return RawRow(line, _flat(value))
    except RowRefused as refusal:
        return Refused(line, refusal.reason)


def _flat(pairs: _Pairs) -> dict[str, str]:
    cells: dict[str, str] = {}
    for key, value in _spelt_out(pairs):
        name = column_name(check_cell(key))
        if name in cells:
            raise RowRefused("column stands twice")
        cells[name] = check_cell(_as_text(value))
    return cells


def _spelt_out(pairs: _Pairs) -> Iterator[tuple[str, object]]:
    for key, value in pairs:
        if isinstance(value, _Pairs):
            yield from ((f"{key}/{inner}", part) for inner, part in value)
        elif isinstance(value, list):
            yield from ((f"{key}/{place}", part) for place, part in enumerate(value))
        else:
            yield key, value


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    raise RowRefused("cell is nested")
