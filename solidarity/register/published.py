"""Reads a row of the export that human-rights centres publish.

Its quirks are taken as they come: ``FALSE`` for empty, days that do not exist, a place that is no prison, an
arrest after the verdict. They become notes; only a row without id, name or a known status is refused.
"""

import re
from datetime import date

from .cells import Cells
from .custody import Custody, Facts, published_custody, says_death
from .names import is_unnamed, language_of, scripts_of
from .outcomes import RawRow, RowRefused
from .places import Directory, Found
from .rows import PrisonerRow

COLUMNS = frozenset(
    [
        "id",
        "url",
        "name",
        "status",
        "birthday",
        "gender",
        "arrested",
        "articles",
        "verdict_date",
        "decision",
        "penalty",
        "judge",
        "prosecutor",
        "prison",
        "prison/title",
        "prison/address",
        "declaration",
        "release_date",
        "died",
        "description",
    ]
)
LISTS = frozenset({"articles"})

LONGEST_PLACE = 500

_STATUSES = ("active", "former", "np")
_NO_PLACE = re.compile(
    r"released|at liberty|awaiting|abroad|на свободе|на волі|вызвал|освобож", re.IGNORECASE
)
_IS_NO_PLACE = "prison_is_no_place"
_HOUSE_ARREST = re.compile(r"house arrest|home arrest|домашн\w+ арест|хатн\w+ арышт", re.IGNORECASE)
_HOST = re.compile(r"https?://(?:www\.)?([\w.-]+)", re.IGNORECASE)
_NO_DEATH = ("", "no", "0", "нет", "не")
_UNDATED_DEATH = ("true", "yes", "1", "да", "так")
_GENDERS = {"male": "male", "m": "male", "female": "female", "f": "female"}


def published_row(raw: RawRow, *, directory: Directory, today: date) -> PrisonerRow:
    """Understand one row of the published export.

    Raises:
        RowRefused: no id, no name, a status other than ``active``, ``former``, ``np``.
    """
    cells = Cells(raw.cells, is_lenient=True)
    source_id, name, status = _needed(cells)
    arrested, released = cells.day("arrested", until=today), cells.day("release_date")
    place, found = _place(cells, directory)
    is_dead, custody = _custody(cells, status, place, found, (arrested, released), today)
    _note_oddities(cells, name, status, place, released, today)
    born, url = cells.day("birthday", until=today), cells.address("url")
    return PrisonerRow(
        line=raw.line,
        source_id=source_id,
        names={language_of(name): name},
        is_unnamed=is_unnamed(name),
        is_recognised=status != "np",
        custody_status=custody.status,
        born=born,
        gender=_GENDERS.get(cells.text("gender").casefold()),
        custody_day=custody.day,
        facility_text=place,
        facility_code=found.code,
        articles=cells.articles("articles"),
        sentence=_sentence(cells),
        detained_on=arrested,
        release_on=released,
        recognised_by=_publisher(url) if status != "np" else (),
        source_url=url,
        judge=cells.shortened("judge", most=200),
        died=is_dead,
        notes=tuple(dict.fromkeys([*cells.notes, *found.notes, *custody.notes])),
    )


def _needed(cells: Cells) -> tuple[str, str, str]:
    source_id, name = cells.text("id", most=100), cells.text("name", most=200)
    status = cells.text("status").casefold()
    if not source_id:
        raise RowRefused("column is empty: id")
    if not scripts_of(name):
        raise RowRefused("no name")
    if status not in _STATUSES:
        raise RowRefused("unknown word: status")
    return source_id, name, status


def _sentence(cells: Cells) -> str:
    parts = (cells.shortened("decision", most=500), cells.shortened("penalty", most=500))
    return ", ".join(part for part in parts if part)


def _place(cells: Cells, directory: Directory) -> tuple[str, Found]:
    parts = [part for part in (cells.text("prison/title"), cells.text("prison/address")) if part]
    text = "; ".join(parts) or cells.text("prison")
    if len(text) > LONGEST_PLACE:
        cells.notes.append("text_is_cut:prison")
        text = text[: LONGEST_PLACE - 1].rstrip() + "…"
    if _HOUSE_ARREST.search(text):
        return text, Found(None, "house-arrest")
    if _NO_PLACE.search(text):
        return text, Found(None, None, (_IS_NO_PLACE,))
    return text, directory.find(text)


def _custody(
    cells: Cells, status: str, place: str, found: Found, days: tuple[date | None, date | None], today: date
) -> tuple[bool, Custody]:
    death, description = cells.text("died").casefold(), cells.text("description")
    died_on = cells.day("died", until=today) if death not in (*_NO_DEATH, *_UNDATED_DEATH) else None
    is_dead = death not in _NO_DEATH or says_death(description)
    facts = Facts(
        status=status,
        penalty=cells.text("penalty"),
        has_verdict=any(cells.text(column) for column in ("penalty", "decision", "verdict_date")),
        has_place=bool(place) and _IS_NO_PLACE not in found.notes,
        place_kind=found.kind,
        is_house_arrest=found.kind == "house-arrest",
        description=description,
        has_died=is_dead,
        arrested=days[0],
        verdict=cells.day("verdict_date", until=today),
        released=days[1] if days[1] is None or days[1] <= today else None,
        died=died_on,
    )
    return is_dead, published_custody(facts, today=today)


def _note_oddities(
    cells: Cells, name: str, status: str, place: str, released: date | None, today: date
) -> None:
    arrested, verdict = cells.text("arrested"), cells.text("verdict_date")
    # Compared as written, since a verdict's day that does not exist still tells its month.
    if re.fullmatch(r"[0-9-]{10}", arrested) and re.fullmatch(r"[0-9-]{10}", verdict) and arrested > verdict:
        cells.notes.append("arrested_after_verdict")
    if status == "active" and not place:
        cells.notes.append("prison_missing")
    if status == "active" and released is not None and released <= today:
        cells.notes.append("release_date_passed")
    if status == "former" and released is not None and released > today:
        cells.notes.append("release_date_ahead")
    if len(scripts_of(name)) > 1:
        cells.notes.append("mixed_script")


def _publisher(url: str) -> tuple[str, ...]:
    host = _HOST.match(url)
    return (host.group(1).casefold(),) if host else ()
