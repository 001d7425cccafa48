"""Detention places from a file in the columns of the starting list; being public, they are taken at once."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from solidarity.register import Refused, RegisterRefused, RowFile
from solidarity.register.cells import Cells
from solidarity.register.outcomes import RawRow, RowRefused
from solidarity.register.prisoners import check_strict, unknown_columns
from storage.models import Facility
from storage.unit_of_work import UnitOfWork

NEEDED = ("code", "kind", "name_be", "name_ru", "name_en")
TEXTS = ("kind", "name_be", "name_ru", "name_en", "postal_code", "city", "street", "source")
DAYS = ("valid_from", "valid_to")
COLUMNS = frozenset({"code", *TEXTS, *DAYS, "verified_on", "replaced_by"})
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_KIND = re.compile(r"[a-z]+(?:-[a-z]+)*")


@dataclass(frozen=True)
class FacilityRow:
    """A place as a row tells it; what the row leaves empty is not in `told`."""

    line: int
    code: str
    told: dict[str, Any]
    verified_on: date | None


@dataclass(frozen=True)
class ParsedFacilities:
    """A file of places understood; rows and refused add up to all rows of the file."""

    rows: tuple[FacilityRow, ...]
    refused: tuple[Refused, ...]
    unknown_columns: tuple[str, ...]


@dataclass(frozen=True)
class FacilityChanges:
    """Which rows are new, which differ, and how many say what is known."""

    new: tuple[FacilityRow, ...] = ()
    changed: tuple[FacilityRow, ...] = ()
    unchanged: int = 0
    refused: tuple[Refused, ...] = field(default=())


def parse_facilities(file: RowFile, *, today: date, strict: bool = False) -> ParsedFacilities:
    """Understand every row of a file of places. Of two rows with one code the first stays.

    Raises:
        RegisterRefused: a column of code, kind or names is missing, or `strict` and a row is refused.
    """
    if not set(NEEDED) <= set(file.columns):
        raise RegisterRefused("unknown form", 1)
    rows: dict[str, FacilityRow] = {}
    refused = list(file.refused)
    for raw in file.rows:
        try:
            row = _row(raw, today)
            if row.code in rows:
                raise RowRefused("code stands twice")
            rows[row.code] = row
        except RowRefused as refusal:
            refused.append(Refused(raw.line, refusal.reason))
    refused.sort(key=lambda row: row.line)
    check_strict(refused, strict=strict)
    return ParsedFacilities(tuple(rows.values()), tuple(refused), unknown_columns(file.columns, COLUMNS, ()))


def _row(raw: RawRow, today: date) -> FacilityRow:
    cells = Cells(raw.cells, is_lenient=False)
    code = cells.text("code", most=40)
    empty = next((column for column in NEEDED if not cells.text(column)), None)
    if empty is not None:
        raise RowRefused(f"column is empty: {empty}")
    if not _CODE.fullmatch(code) or not _KIND.fullmatch(cells.text("kind", most=40)):
        raise RowRefused("unknown word: kind" if _CODE.fullmatch(code) else "unknown word: code")
    told: dict[str, Any] = {column: cells.text(column, most=500) for column in TEXTS}
    told |= {column: cells.day(column) for column in DAYS}
    told["replaced_by"] = cells.text("replaced_by", most=40)
    kept = {column: value for column, value in told.items() if value}
    return FacilityRow(raw.line, code, kept, cells.day("verified_on", until=today))


async def compare_facilities(uow: UnitOfWork, rows: Sequence[FacilityRow]) -> FacilityChanges:
    """Say which places are new and which differ; a successor must be known, here or in the file."""
    known = {facility.code: facility for facility in await uow.facilities.all()}
    fitting, refused = _with_known_successors(rows, known)
    new = tuple(row for row in fitting if row.code not in known)
    changed = tuple(row for row in fitting if row.code in known and _differs(known[row.code], row))
    return FacilityChanges(new, changed, len(fitting) - len(new) - len(changed), refused)


def _with_known_successors(
    rows: Sequence[FacilityRow], known: Collection[str]
) -> tuple[list[FacilityRow], tuple[Refused, ...]]:
    codes = {row.code for row in rows} | set(known)
    refused = [
        Refused(row.line, "unknown word: replaced_by")
        for row in rows
        if row.told.get("replaced_by", row.code) not in codes
    ]
    lines = {row.line for row in refused}
    return [row for row in rows if row.line not in lines], tuple(refused)


def _differs(facility: Facility, row: FacilityRow) -> bool:
    is_verified_anew = row.verified_on not in (None, facility.verified_on)
    return is_verified_anew or any(getattr(facility, column) != value for column, value in row.told.items())


async def apply_facility(uow: UnitOfWork, row: FacilityRow) -> None:
    """Add a place or correct it; an address that changes is unverified unless the row says otherwise."""
    known = await uow.facilities.get(row.code)
    empty = dict.fromkeys(TEXTS, "") if known is None else {}
    is_moved = known is None or any(
        getattr(known, column) != row.told.get(column, getattr(known, column))
        for column in ("postal_code", "city", "street")
    )
    verified_on = row.verified_on if is_moved or row.verified_on else known.verified_on if known else None
    await uow.facilities.put(row.code, verified_on=verified_on, **(empty | row.told))
