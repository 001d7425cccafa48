"""Notices rows that may be the same person under another spelling and another id. Nothing is ever merged.

Two rows are a double when their names fold to one spelling, nothing contradicts it, and something besides the
name agrees. It is a hint for a coordinator: people of one name, tried together, are noticed too.
"""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from .rows import PrisonerRow
from .spelling import fold_name, fold_names

# Rows looked back at for each thing that agrees; it keeps a file of equal names from costing its square.
_LOOK_BACK = 50

_COUNTER = re.compile(r"(?:-[0-9]{1,2})+$")


@dataclass(frozen=True, slots=True)
class Double:
    """Two rows, the earlier first; ``why`` is of ``birthday``, ``arrest``, ``judge``, ``address``.

    The ids tell rows apart where a whole array stands on one line.
    """

    line_a: int
    line_b: int
    why: tuple[str, ...]
    id_a: str = field(repr=False)
    id_b: str = field(repr=False)


def notice_doubles(rows: Iterable[PrisonerRow]) -> tuple[Double, ...]:
    """Name the pairs of rows that look like one person, in the order of the later row.

    Birthday, gender and day of arrest must agree or be missing; an equal birthday outweighs another day of
    arrest, since people are arrested twice. ``address`` means web addresses alike but for a counter at the
    end. They are made of the names, so equal ones tell something only where the names are spelt differently.
    """
    earlier: dict[tuple[str, str, str], deque[PrisonerRow]] = defaultdict(partial(deque, maxlen=_LOOK_BACK))
    found: list[Double] = []
    for row in rows:
        agrees: dict[tuple[int, str], list[str]] = defaultdict(list)
        for key in _keys(row):
            for other in earlier[key]:
                if _may_be_one(other, row) and _tells_something(key[1], other, row):
                    agrees[other.line, other.source_id].append(key[1])
            earlier[key].append(row)
        for (line, source_id), words in sorted(agrees.items()):
            found.append(Double(line, row.line, tuple(dict.fromkeys(words)), source_id, row.source_id))
    return tuple(found)


def _keys(row: PrisonerRow) -> Iterator[tuple[str, str, str]]:
    marks = {
        "birthday": row.born.isoformat() if row.born else "",
        "arrest": row.detained_on.isoformat() if row.detained_on else "",
        "judge": fold_name(row.judge),
        "address": _COUNTER.sub("", row.source_url.rstrip("/").casefold()),
    }
    for name in sorted(frozenset().union(*map(fold_names, row.names.values()))):
        yield from ((name, word, mark) for word, mark in marks.items() if mark)


def _tells_something(word: str, one: PrisonerRow, other: PrisonerRow) -> bool:
    return word != "address" or one.source_url != other.source_url or one.names != other.names


def _may_be_one(one: PrisonerRow, other: PrisonerRow) -> bool:
    if one.source_id == other.source_id or (one.gender and other.gender and one.gender != other.gender):
        return False
    if one.born and other.born:
        return one.born == other.born
    return one.detained_on is None or other.detained_on is None or one.detained_on == other.detained_on
