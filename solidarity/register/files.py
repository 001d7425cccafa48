"""Takes a register file apart into rows of text: CSV, JSON lines or one JSON array, told by content.

Nothing is interpreted here. Limits come first: 100 MiB and 100,000 rows unless told otherwise. The whole
text is held in memory, a few times its size while it is read; a register of 15,000 rows is about 20 MB.
"""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from .csv_rows import csv_rows
from .json_rows import array_rows, line_rows
from .outcomes import RawRow, Refused, RegisterRefused, RowFile

MAX_BYTES = 100 * 2**20
MAX_ROWS = 100_000
MAX_COLUMNS = 500


def read_rows(source: Path | bytes, *, max_bytes: int = MAX_BYTES, max_rows: int = MAX_ROWS) -> RowFile:
    """Read a file's rows, each with the line it starts on.

    The first character decides: ``[`` is an array, ``{`` are JSON lines, all else is CSV with a header
    (comma, semicolon or tab, whichever its header has most of). A file without rows is refused too:
    taken as a register, it would say that everybody is gone.

    Raises:
        RegisterRefused: unreadable, too large, empty, not UTF-8, broken as a whole.
    """
    text = _text(source, max_bytes)
    start = text.lstrip()[:1]
    if not start:
        raise RegisterRefused("file is empty")
    if start == "[":
        return _collect("json_array", array_rows(text), max_rows)
    if start == "{":
        return _collect("json_lines", line_rows(text), max_rows)
    columns, rows = csv_rows(text)
    return _collect("csv", rows, max_rows, columns)


def _text(source: Path | bytes, max_bytes: int) -> str:
    content = source if isinstance(source, bytes) else _content(source, max_bytes)
    if len(content) > max_bytes:
        raise RegisterRefused("file is too large")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RegisterRefused("file is not UTF-8", content.count(b"\n", 0, error.start) + 1) from None


def _content(path: Path, max_bytes: int) -> bytes:
    try:
        if not path.is_file():
            raise RegisterRefused("no such file")
        with path.open("rb") as file:
            return file.read(max_bytes + 1)
    except OSError:
        raise RegisterRefused("file cannot be read") from None


def _collect(
    shape: str, found: Iterator[RawRow | Refused], max_rows: int, columns: tuple[str, ...] | None = None
) -> RowFile:
    rows: list[RawRow] = []
    refused: list[Refused] = []
    seen: dict[str, None] = dict.fromkeys(columns or ())
    for row in islice(found, max_rows + 1):
        if isinstance(row, Refused):
            refused.append(row)
            continue
        rows.append(row)
        seen.update(dict.fromkeys(row.cells))
        if len(seen) > MAX_COLUMNS:
            raise RegisterRefused("too many columns", row.line)
    if len(rows) + len(refused) > max_rows:
        raise RegisterRefused("too many rows")
    if not rows and not refused:
        raise RegisterRefused("no rows")
    return RowFile(shape, tuple(seen), tuple(rows), tuple(refused))
