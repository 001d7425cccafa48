"""Reads single cells of a row: texts, days, lists, web addresses.

A wrong cell refuses the row in our own form, where somebody can mend it; in the published export, which
nobody here can mend, it is taken as empty and noted.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from .outcomes import RowRefused

EARLIEST = date(1900, 1, 1)
LATEST = date(2149, 12, 31)
LONGEST_ADDRESS = 500

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_WEB = re.compile(r"https?://[^\W_][\w.-]*(?::[0-9]+)?(?:/\S*)?", re.IGNORECASE)
_CUT_ARTICLES = re.compile(r"[\n;]|,\s*(?=(?:part|art|ч\.|ст\.|арт))", re.IGNORECASE)
_CUT_WORDS = re.compile(r"[\n;,|]")


def one_line(written: str) -> str:
    """Put a text into one line: NFC, no control or invisible characters or halves of one, single spaces."""
    if not written.isprintable():
        written = "".join(" " if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in written)
    return " ".join(unicodedata.normalize("NFC", written).split())


def clean(written: str) -> str:
    """Put a cell into one line; FALSE is empty."""
    text = one_line(written)
    return "" if text.casefold() == "false" else text


def parse_day(written: str) -> date | None:
    """Read YYYY-MM-DD or DD.MM.YYYY; ``None`` when there is no such day."""
    if found := _ISO.fullmatch(written):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DOTTED.fullmatch(written):
        day, month, year = (int(part) for part in found.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


class Cells:
    """The cells of one row, read by column, and what was odd about them.

    With ``is_lenient`` an odd cell becomes empty and is noted as ``code:column`` in ``notes``; without,
    the row is refused.
    """

    def __init__(self, cells: Mapping[str, str], *, is_lenient: bool) -> None:
        self._cells = cells
        self._is_lenient = is_lenient
        self.notes: list[str] = []

    def raw(self, column: str) -> str:
        return self._cells.get(column, "")

    def text(self, column: str, *, most: int | None = None) -> str:
        """Read a text of at most ``most`` characters; a longer one is always refused.

        Raises:
            RowRefused: longer than ``most``.
        """
        text = clean(self.raw(column))
        if most is not None and len(text) > most:
            raise RowRefused(f"text is too long: {column}")
        return text

    def shortened(self, column: str, *, most: int) -> str:
        """Read a text; what is longer than ``most`` characters is cut and noted."""
        text = self.text(column)
        if len(text) <= most:
            return text
        self.notes.append(f"text_is_cut:{column}")
        return text[: most - 1].rstrip() + "…"

    def day(self, column: str, *, until: date = LATEST) -> date | None:
        """Read a day between 1900 and ``until``, both included."""
        written = self.text(column)
        if not written:
            return None
        day = parse_day(written)
        if day is not None and EARLIEST <= day <= until:
            return day
        if day is None:
            self._odd("date_is_none", column)
        elif day < EARLIEST:
            self._odd("date_too_early", column)
        else:
            self._odd("date_too_late" if until == LATEST else "date_ahead", column)
        return None

    def address(self, column: str) -> str:
        """Read a web address: http or https, without a user or password in it, at most 500 characters."""
        written = self.text(column)
        if not written or (len(written) <= LONGEST_ADDRESS and _WEB.fullmatch(written)):
            return written
        self._odd("address_is_none", column)
        return ""

    def words(self, column: str) -> tuple[str, ...]:
        """Read a list: ``column/0``, ``column/1``… or one cell cut at ``;``, ``,``, ``|`` and line ends."""
        return self._listed(column, _CUT_WORDS)

    def articles(self, column: str) -> tuple[str, ...]:
        """Read articles of law: as ``words``, but a comma cuts only where the next article begins."""
        return self._listed(column, _CUT_ARTICLES)

    def _listed(self, column: str, cut: re.Pattern[str]) -> tuple[str, ...]:
        single = [value for name, value in self._cells.items() if name.startswith(f"{column}/")]
        cleaned = (clean(part) for part in [*single, *cut.split(self.raw(column))])
        return tuple(dict.fromkeys(part for part in cleaned if part))

    def _odd(self, code: str, column: str) -> None:
        if not self._is_lenient:
            raise RowRefused(f"{code.replace('_', ' ')}: {column}")
        self.notes.append(f"{code}:{column}")
