"""Rows of a CSV file with a header."""

import csv
from collections import deque
from collections.abc import Iterator

from .lines import check_cell, column_name, lines_of
from .outcomes import RawRow, Refused, RegisterRefused, RowRefused

_DELIMITERS = ",;\t"
_MAX_LINES_A_ROW = 200


def csv_rows(text: str) -> tuple[tuple[str, ...], Iterator[RawRow | Refused]]:
    """Read the header now and the rows as they are asked for.

    Columns without a name are dropped (spreadsheets leave some at the end). A row with broken quotes, or of
    more than 200 lines, is refused, and reading goes on at the line after its first.

    Raises:
        RegisterRefused: a column stands twice in the header, or the header cannot be read.
    """
    header_line = next(line for line in lines_of(text) if line.strip())
    delimiter = max(_DELIMITERS, key=header_line.count)
    lines = _Lines(lines_of(text))
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        header = next(cells for cells in reader if any(cell.strip() for cell in cells))
    except (csv.Error, StopIteration):
        raise RegisterRefused("header cannot be read", 1) from None
    columns = tuple(column_name(name) for name in header)
    named = [name for name in columns if name]
    if len(set(named)) != len(named):
        raise RegisterRefused("column stands twice", lines.number)
    return tuple(named), _rows(reader, lines, columns)


class _Lines(Iterator[str]):
    """Lines given to the CSV reader, that can be given again when they turn out not to be one row."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._fresh = lines
        self._again: deque[str] = deque()
        self._row: list[str] = []
        self.number = 0

    def __next__(self) -> str:
        if len(self._row) >= _MAX_LINES_A_ROW:
            raise csv.Error("row is too long")
        line = self._again.popleft() if self._again else next(self._fresh)
        self._row.append(line)
        self.number += 1
        return line

    def begin_row(self) -> int:
        self._row.clear()
        return self.number + 1

    def go_on_after_first(self) -> None:
        rest = self._row[1:]
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)


def _rows(reader: Iterator[list[str]], lines: _Lines, columns: tuple[str, ...]) -> Iterator[RawRow | Refused]:
    while True:
        line = lines.begin_row()
        try:
            cells = next(reader)
            if any(cell.strip() for cell in cells):
                yield RawRow(line, _by_column(cells, columns))
        except StopIteration:
            return
        except csv.Error:
            # A quote that is never closed would otherwise swallow the good rows after it.
            lines.go_on_after_first()
            yield Refused(line, "quotes are broken")
        except RowRefused as refusal:
            yield Refused(line, refusal.reason)


def _by_column(cells: list[str], columns: tuple[str, ...]) -> dict[str, str]:
    if len(cells) != len(columns):
        raise RowRefused("wrong number of cells")
    return {name: check_cell(cell) for name, cell in zip(columns, cells, strict=True) if name}
