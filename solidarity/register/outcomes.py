"""What can become of a register file and of each of its rows.

Reasons are fixed words, at most with a known column's name; they and every ``repr`` hold nothing a row says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import SolidarityError


class RegisterRefused(SolidarityError):
    """The file as a whole cannot be taken; ``line`` is the first line that shows why, counted from 1."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason if line is None else f"line {line}: {reason}")
        self.reason = reason
        self.line = line


class RowRefused(Exception):
    """One row cannot be taken; the others go on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as text by column; ``line`` is where it starts in the file, counted from 1."""

    line: int
    cells: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that is wrong. ``source_id`` is empty where the row could not be read that far.

    Whoever looks for people gone from a register needs it: a refused person is not a missing one.
    """

    line: int
    reason: str
    source_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is right but not for this register: ``not_recognised`` or ``unnamed``."""

    line: int
    reason: str
    source_id: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class RowFile:
    """A file taken apart; ``shape`` is ``csv``, ``json_lines`` or ``json_array``."""

    shape: str
    columns: tuple[str, ...]
    rows: tuple[RawRow, ...] = field(repr=False)
    refused: tuple[Refused, ...]

    @property
    def count(self) -> int:
        """All rows of the file, the refused ones too."""
        return len(self.rows) + len(self.refused)
