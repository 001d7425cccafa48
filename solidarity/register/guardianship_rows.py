"""Reads a file of guardians who write already: a prisoner, a rhythm, and a label for who hands codes out."""

from dataclasses import dataclass, field

from .cells import Cells
from .outcomes import RawRow, Refused, RegisterRefused, RowFile, RowRefused
from .prisoners import check_strict, unknown_columns

COLUMNS = frozenset({"prisoner", "label", "rhythm_weeks"})
RHYTHMS = {"": 4, "2": 2, "4": 4, "8": 8}


@dataclass(frozen=True, slots=True)
class GuardianshipRow:
    """Somebody who writes to a prisoner; `prisoner` is their `source_id`, the label is kept nowhere."""

    line: int
    prisoner: str = field(repr=False)
    label: str = field(repr=False)
    rhythm_weeks: int


@dataclass(frozen=True, slots=True)
class ParsedGuardianships:
    """A file of guardians understood; rows and refused add up to all rows of the file."""

    rows: tuple[GuardianshipRow, ...] = field(repr=False)
    refused: tuple[Refused, ...]
    unknown_columns: tuple[str, ...]


def parse_guardianships(file: RowFile, *, strict: bool = False) -> ParsedGuardianships:
    """Understand every row; an empty rhythm is every four weeks, an empty label the number of the line.

    Raises:
        RegisterRefused: the column of the prisoner is missing, or ``strict`` and a row is refused.
    """
    if "prisoner" not in file.columns:
        raise RegisterRefused("unknown form", 1)
    rows: list[GuardianshipRow] = []
    refused = list(file.refused)
    for raw in file.rows:
        try:
            rows.append(_row(raw))
        except RowRefused as refusal:
            refused.append(Refused(raw.line, refusal.reason))
    refused.sort(key=lambda row: row.line)
    check_strict(refused, strict=strict)
    return ParsedGuardianships(tuple(rows), tuple(refused), unknown_columns(file.columns, COLUMNS, ()))


def _row(raw: RawRow) -> GuardianshipRow:
    cells = Cells(raw.cells, is_lenient=False)
    prisoner = cells.text("prisoner", most=100)
    if not prisoner:
        raise RowRefused("column is empty: prisoner")
    rhythm = RHYTHMS.get(cells.text("rhythm_weeks"))
    if rhythm is None:
        raise RowRefused("unknown word: rhythm_weeks")
    return GuardianshipRow(raw.line, prisoner, cells.text("label", most=100) or f"line {raw.line}", rhythm)
