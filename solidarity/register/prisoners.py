"""Turns a register file into prisoners: what was understood, refused, left out, and what looks double."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date

from . import own_form, published
from .doubles import Double, notice_doubles
from .outcomes import LeftOut, RawRow, Refused, RegisterRefused, RowFile, RowRefused
from .places import Directory, starting_directory
from .rows import PrisonerRow

_SHOWN_AT_MOST = 50
_SHOWABLE = re.compile(r"[\w ./-]{1,40}")
_LIST_PLACE = re.compile(r"/[0-9]{1,3}$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A prisoners' file understood; rows, refused and left out add up to all rows of the file.

    ``form`` is ``own`` or ``published``. ``unknown_columns`` were not read; ``?`` is one not fit to show.
    """

    form: str
    rows: tuple[PrisonerRow, ...] = field(repr=False)
    refused: tuple[Refused, ...]
    left_out: tuple[LeftOut, ...]
    doubles: tuple[Double, ...]
    unknown_columns: tuple[str, ...]


def parse_prisoners(
    file: RowFile, *, today: date, strict: bool = False, directory: Directory | None = None
) -> Parsed:
    """Understand every row of a prisoners' file, in either of the two forms, told by its columns.

    Left out are ``unnamed`` people, whom nobody can write to and whose doubles cannot be told apart, and
    those ``not_recognised`` as political prisoners. Of two rows with one id the first stays.

    Args:
        today: no birth, arrest or verdict lies after it.
        strict: one refused row refuses the file.
        directory: the known places; the shipped ones when not given.

    Raises:
        RegisterRefused: neither form, or ``strict`` and a row is refused.
    """
    places = directory or starting_directory()
    form = _form(file.columns)
    read, module = {"own": (own_form.own_row, own_form), "published": (published.published_row, published)}[
        form
    ]
    id_column = "source_id" if form == "own" else "id"
    rows, refused, left_out = _sort(file, lambda raw: read(raw, directory=places, today=today), id_column)
    check_strict(refused, strict=strict)
    return Parsed(
        form=form,
        rows=tuple(rows),
        refused=refused,
        left_out=tuple(left_out),
        doubles=notice_doubles(rows),
        unknown_columns=unknown_columns(file.columns, module.COLUMNS, module.LISTS),
    )


def check_strict(refused: Collection[Refused], *, strict: bool) -> None:
    """Refuse the file for its first refused row, if so asked."""
    if strict and refused:
        first = min(refused, key=lambda row: row.line)
        raise RegisterRefused(first.reason, first.line)


def unknown_columns(
    found: Collection[str], known: Collection[str], lists: Collection[str]
) -> tuple[str, ...]:
    """Name the columns nothing is read from, at most 50; ``photos/0``, ``photos/1``… are one, ``photos``."""
    names = dict.fromkeys(
        _LIST_PLACE.sub("", name)
        for name in found
        if name not in known and _LIST_PLACE.sub("", name) not in lists
    )
    return tuple(dict.fromkeys(name if _SHOWABLE.fullmatch(name) else "?" for name in names))[:_SHOWN_AT_MOST]


def _form(columns: Collection[str]) -> str:
    if (
        "source_id" in columns
        and "prisoner" not in columns
        and {"name_be", "name_ru", "name_en"} & set(columns)
    ):
        return "own"
    if {"id", "name", "status"} <= set(columns):
        return "published"
    raise RegisterRefused("unknown form", 1)


def _sort(
    file: RowFile, read: Callable[[RawRow], PrisonerRow], id_column: str
) -> tuple[list[PrisonerRow], tuple[Refused, ...], list[LeftOut]]:
    rows: list[PrisonerRow] = []
    refused, left_out, seen = list(file.refused), [], set[str]()
    for raw in file.rows:
        try:
            row = read(raw)
            if row.source_id in seen:
                raise RowRefused("id stands twice")
        except RowRefused as refusal:
            refused.append(Refused(raw.line, refusal.reason, raw.cells.get(id_column, "").strip()[:100]))
            continue
        seen.add(row.source_id)
        if row.is_unnamed or not row.is_recognised:
            reason = "unnamed" if row.is_unnamed else "not_recognised"
            left_out.append(LeftOut(row.line, reason, row.source_id))
        else:
            rows.append(row)
    return rows, tuple(sorted(refused, key=lambda row: row.line)), left_out
