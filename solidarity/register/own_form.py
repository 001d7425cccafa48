"""Reads a row of our own form of a register; what is wrong in it refuses the row, so that it is mended."""

import re
from datetime import date

from .cells import Cells
from .custody import CUSTODY_STATUSES
from .names import is_unnamed, scripts_of
from .outcomes import RawRow, RowRefused
from .places import Directory
from .rows import PrisonerRow

COLUMNS = frozenset(
    [
        "source_id",
        "name_be",
        "name_ru",
        "name_en",
        "alias",
        "born",
        "languages",
        "interests",
        "custody_status",
        "facility",
        "articles",
        "sentence",
        "detained_on",
        "release_on",
        "publicity",
        "recognised_by",
        "source_url",
    ]
)
LISTS = frozenset({"languages", "articles", "recognised_by"})

PUBLICITIES = ("public", "guardians", "hidden")
LANGUAGES = ("be", "ru", "en", "pl", "uk", "lt", "lv", "de", "fr", "es", "it", "cs")

_BLANKS = re.compile(r"\s+")


def own_row(raw: RawRow, *, directory: Directory, today: date) -> PrisonerRow:
    """Understand one row of our own form.

    Raises:
        RowRefused: no id, no name, an unknown word, a text too long, a day that is none, birth after
            ``today`` or before 1900.
    """
    cells = Cells(raw.cells, is_lenient=False)
    source_id, names = _source_id(cells), _names(cells)
    status = _custody_status(cells)
    found = directory.find(cells.text("facility"))
    release_on = cells.day("release_on")
    return PrisonerRow(
        line=raw.line,
        source_id=source_id,
        names=names,
        custody_status=status,
        alias=cells.text("alias", most=200),
        born=cells.day("born", until=today),
        languages=_languages(cells),
        interests=cells.text("interests", most=500),
        custody_day=_free_since(status, release_on, today),
        facility_text=cells.text("facility", most=500),
        facility_code=found.code,
        articles=cells.articles("articles"),
        sentence=cells.text("sentence", most=1000),
        detained_on=cells.day("detained_on", until=today),
        release_on=release_on,
        publicity=_word(cells, "publicity", PUBLICITIES),
        recognised_by=cells.words("recognised_by"),
        source_url=cells.address("source_url"),
        is_unnamed=all(is_unnamed(name) for name in names.values()),
        died=status == "died",
        notes=found.notes,
    )


def _source_id(cells: Cells) -> str:
    source_id = cells.text("source_id", most=100)
    if not source_id:
        raise RowRefused("column is empty: source_id")
    return source_id


def _custody_status(cells: Cells) -> str:
    status = _word(cells, "custody_status", CUSTODY_STATUSES)
    if status is None:
        raise RowRefused("column is empty: custody_status")
    return status


def _free_since(status: str, release_on: date | None, today: date) -> date | None:
    is_free = status in ("released", "exiled") and release_on is not None and release_on <= today
    return release_on if is_free else None


def _names(cells: Cells) -> dict[str, str]:
    written = {language: cells.text(f"name_{language}", most=200) for language in ("be", "ru", "en")}
    names = {language: name for language, name in written.items() if name}
    if not names:
        raise RowRefused("no name")
    for language, name in names.items():
        if not scripts_of(name):
            raise RowRefused(f"no letters: name_{language}")
    return names


def _word(cells: Cells, column: str, known: tuple[str, ...]) -> str | None:
    word = _BLANKS.sub("_", cells.text(column).casefold())
    if word and word not in known:
        raise RowRefused(f"unknown word: {column}")
    return word or None


def _languages(cells: Cells) -> tuple[str, ...]:
    languages = tuple(
        dict.fromkeys(part.casefold() for text in cells.words("languages") for part in text.split())
    )
    if not set(languages) <= set(LANGUAGES):
        raise RowRefused("unknown word: languages")
    return languages
