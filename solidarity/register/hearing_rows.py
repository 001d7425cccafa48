"""Reads a file of hearings: one court sitting a row, in the court's own time."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from .cells import EARLIEST, LATEST, Cells, parse_day
from .outcomes import RawRow, Refused, RegisterRefused, RowFile, RowRefused
from .prisoners import check_strict, unknown_columns

COLUMNS = frozenset(
    [
        "source_id",
        "prisoner",
        "starts",
        "zone",
        "court",
        "city",
        "room",
        "judge",
        "stage",
        "openness",
        "confidence",
        "status",
        "outcome",
        "source_url",
    ]
)
DEFAULT_ZONE = "Europe/Minsk"
OPENNESS = ("unknown", "open", "closed")
CONFIDENCE = ("reported", "confirmed")
STATUSES = ("scheduled", "moved", "cancelled", "held")

_STARTS = re.compile(r"(\S+)(?: |T|t)([0-9]{1,2}):([0-9]{2})(?::00)?")
_ZONE = re.compile(r"UTC|(?!posix/|right/)[A-Za-z]+(?:/[A-Za-z0-9_+-]+){1,2}")


@dataclass(frozen=True, slots=True)
class HearingRow:
    """A hearing as a row claims it; ``starts`` is naive, the court's wall time in ``zone``.

    ``prisoner`` is the prisoner's own ``source_id``. A wall time that occurs twice means the first.
    """

    line: int
    source_id: str = field(repr=False)
    prisoner: str = field(repr=False)
    starts: datetime = field(repr=False)
    zone: str = field(repr=False)
    court: str = field(repr=False)
    room: str = field(repr=False)
    judge: str = field(repr=False)
    stage: str = field(repr=False)
    openness: str = field(repr=False)
    confidence: str = field(repr=False)
    status: str = field(repr=False)
    outcome: str = field(repr=False)
    source_url: str = field(repr=False)
    city: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class ParsedHearings:
    """A hearings' file understood; rows and refused add up to all rows of the file."""

    rows: tuple[HearingRow, ...] = field(repr=False)
    refused: tuple[Refused, ...]
    unknown_columns: tuple[str, ...]


def parse_hearings(file: RowFile, *, strict: bool = False, home_zone: str = DEFAULT_ZONE) -> ParsedHearings:
    """Understand every row of a hearings' file. Of two rows with one id, or one claim, the first stays.

    An empty zone is ``home_zone``, empty openness ``unknown``, confidence ``reported``, status ``scheduled``.

    Raises:
        RegisterRefused: a column of id, prisoner or start is missing, or ``strict`` and a row is refused.
    """
    if not {"source_id", "prisoner", "starts"} <= set(file.columns):
        raise RegisterRefused("unknown form", 1)
    rows: dict[str, HearingRow] = {}
    claims: set[tuple[str, datetime]] = set()
    refused = list(file.refused)
    for raw in file.rows:
        try:
            row = _hearing(raw, home_zone)
            if row.source_id in rows:
                raise RowRefused("id stands twice")
            # One file is one source: what it says twice is no more certain by that.
            claim = (row.prisoner, row.starts.replace(tzinfo=ZoneInfo(row.zone)).astimezone(UTC))
            if claim in claims:
                raise RowRefused("hearing stands twice")
            claims.add(claim)
            rows[row.source_id] = row
        except RowRefused as refusal:
            refused.append(Refused(raw.line, refusal.reason, raw.cells.get("source_id", "").strip()[:100]))
    refused.sort(key=lambda row: row.line)
    check_strict(refused, strict=strict)
    return ParsedHearings(tuple(rows.values()), tuple(refused), unknown_columns(file.columns, COLUMNS, ()))


def _hearing(raw: RawRow, home_zone: str) -> HearingRow:
    cells = Cells(raw.cells, is_lenient=False)
    zone = _zone(cells.text("zone") or home_zone)
    return HearingRow(
        line=raw.line,
        source_id=_needed(cells, "source_id"),
        prisoner=_needed(cells, "prisoner"),
        starts=_starts(_needed(cells, "starts"), zone),
        zone=zone.key,
        court=_needed(cells, "court", most=300),
        room=cells.text("room", most=100),
        judge=cells.text("judge", most=200),
        stage=cells.text("stage", most=200),
        openness=_word(cells, "openness", OPENNESS),
        confidence=_word(cells, "confidence", CONFIDENCE),
        status=_word(cells, "status", STATUSES),
        outcome=cells.text("outcome", most=1000),
        source_url=cells.address("source_url"),
        city=cells.text("city", most=60),
    )


def _needed(cells: Cells, column: str, most: int = 100) -> str:
    text = cells.text(column, most=most)
    if not text:
        raise RowRefused(f"column is empty: {column}")
    return text


def _word(cells: Cells, column: str, known: tuple[str, ...]) -> str:
    word = cells.text(column).casefold() or known[0]
    if word not in known:
        raise RowRefused(f"unknown word: {column}")
    return word


def _zone(key: str) -> ZoneInfo:
    try:
        if _ZONE.fullmatch(key):
            return ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        pass
    raise RowRefused("unknown zone: zone")


def _starts(written: str, zone: ZoneInfo) -> datetime:
    found = _STARTS.fullmatch(written)
    day = parse_day(found.group(1)) if found else None
    if found is None or day is None or not EARLIEST <= day <= LATEST:
        raise RowRefused("time is none: starts")
    hour, minute = int(found.group(2)), int(found.group(3))
    if hour > 23 or minute > 59:
        raise RowRefused("time is none: starts")
    starts = datetime.combine(day, time(hour, minute))
    there_and_back = starts.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None, fold=0) != starts:
        raise RowRefused("time does not exist in its zone: starts")
    return starts
