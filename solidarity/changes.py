"""One row of a file that differs from the register, and how it is written down while it waits."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from solidarity.register import HearingRow, PrisonerRow
from storage.models import DifferenceKind

Kind = DifferenceKind
HEARING_KINDS = (
    Kind.HEARING_NEW,
    Kind.HEARING_MOVED,
    Kind.HEARING_CANCELLED,
    Kind.HEARING_HELD,
    Kind.HEARING_CHANGED,
)
PRISONER_KINDS = tuple(kind for kind in Kind if kind not in HEARING_KINDS)
# A death is told by a coordinator, in words; all contact cut off is heard with fear; and who is missing
# from a file may only be missing there.
NEVER_IN_A_WAVE = (Kind.CUT_OFF, Kind.DIED, Kind.GONE)

_DAYS = ("born", "custody_day", "detained_on", "release_on")
_LISTS = ("languages", "articles", "recognised_by")
_NOT_KEPT = ("line", "notes")


@dataclass(frozen=True)
class Change:
    """What a row would change; somebody gone from a whole register has no row."""

    kind: DifferenceKind
    source_id: str = field(repr=False)
    prisoner_id: UUID | None = None
    row: PrisonerRow | HearingRow | None = field(default=None, repr=False)
    # The hearing's revision when the file was compared with it.
    revision: int | None = None

    @property
    def line(self) -> int:
        """Where the row starts in its file, from 1; 0 where there is no row, or it has waited."""
        return 0 if self.row is None else self.row.line

    def to_body(self) -> dict[str, Any]:
        """Write the change in plain JSON values."""
        cells = {} if self.row is None else asdict(self.row)
        dropped = _NOT_KEPT if self.kind in HEARING_KINDS else (*_NOT_KEPT, "judge")
        row = {key: _plain(value) for key, value in cells.items() if key not in dropped}
        return {"source_id": self.source_id, "row": row or None, "revision": self.revision}


@dataclass(frozen=True)
class Refusal:
    """A row that was understood and yet does not fit the register."""

    line: int
    reason: str


@dataclass(frozen=True)
class Comparison:
    """Rows of a file against the register."""

    changes: tuple[Change, ...] = field(repr=False)
    unchanged: int
    refused: tuple[Refusal, ...] = ()


def change_from(kind: DifferenceKind, prisoner_id: UUID | None, body: dict[str, Any]) -> Change:
    """Read a change as `to_body` wrote it."""
    source_id, cells = body["source_id"], body["row"]
    if cells is None:
        return Change(kind, source_id, prisoner_id)
    row = _hearing(cells) if kind in HEARING_KINDS else _prisoner(cells)
    return Change(kind, source_id, prisoner_id, row, body.get("revision"))


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _prisoner(cells: dict[str, Any]) -> PrisonerRow:
    days = {key: date.fromisoformat(cells[key]) if cells[key] else None for key in _DAYS}
    lists = {key: tuple(cells[key]) for key in _LISTS}
    return PrisonerRow(line=0, **(cells | days | lists))


def _hearing(cells: dict[str, Any]) -> HearingRow:
    return HearingRow(**(cells | {"line": 0, "starts": datetime.fromisoformat(cells["starts"])}))
