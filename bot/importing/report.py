"""What became of an imported file, as lines for a person and as one object for a program; never a name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.importing.words import in_words
from solidarity.import_guardianships import Handed

SHOWN = 50
LINES_SHOWN = 10
NEW_KINDS = frozenset({"new", "hearing_new"})
KIND_WORDS = {
    "new": "new",
    "details": "with other details",
    "moved": "moved",
    "cut_off": "cut off from all contact",
    "verdict": "with a verdict",
    "released": "released",
    "died": "died",
    "gone": "gone from the file",
    "hearing_new": "new",
    "hearing_moved": "moved",
    "hearing_cancelled": "cancelled",
    "hearing_held": "held",
    "hearing_changed": "with other details",
    "guardian": "of guardians who write already",
}


@dataclass
class Report:
    """Counts and line numbers of one file.

    Attributes:
        differences: how many rows differ, by kind.
        refused: pairs of line and reason.
        doubles: two lines and what they share.
        oddities: what was odd about rows that were taken all the same, with their lines.
        is_applied: the register was changed; otherwise differences wait, or nothing was done.
        waiting: how many differences this file left for a coordinator.
    """

    rows: int
    is_dry_run: bool = False
    differences: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    doubles: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    oddities: dict[str, list[int]] = field(default_factory=dict)
    unknown_columns: tuple[str, ...] = ()
    is_applied: bool = False
    applied_rows: int = 0
    waiting: int = 0
    gone_is_unknown: bool = False
    # Shown once, to whoever hands them out.
    handed: list[Handed] = field(default_factory=list, repr=False)

    @property
    def new(self) -> int:
        return sum(count for kind, count in self.differences.items() if kind in NEW_KINDS)

    @property
    def changed(self) -> int:
        return self.differences.total() - self.new - self.differences["gone"]

    def to_json(self) -> dict[str, object]:
        """Return everything as plain JSON values."""
        return {
            "rows": self.rows,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "differences": dict(sorted(self.differences.items())),
            "refused": [{"line": line, "reason": reason} for line, reason in sorted(self.refused)],
            "left_out": dict(sorted(self.left_out.items())),
            "doubles": [[first, second, list(why)] for first, second, why in self.doubles],
            "oddities": dict(sorted(self.oddities.items())),
            "unknown_columns": list(self.unknown_columns),
            "dry_run": self.is_dry_run,
            "applied": self.is_applied,
            "applied_rows": self.applied_rows,
            "waiting": self.waiting,
        } | self._handed_json()

    def lines(self) -> list[str]:
        """Return one line for each fact; of many bad rows or doubles the first 50."""
        return [
            f"{_counted(self.rows, 'row')} in the file",
            *(f"{count} {KIND_WORDS[kind]}" for kind, count in sorted(self.differences.items())),
            f"{self.unchanged} as before",
            *self._refused_lines(),
            *(f"{count} left out: {in_words(reason)}" for reason, count in self.left_out.items()),
            *self._double_lines(),
            *self._oddity_lines(),
            *_if(self.unknown_columns, f"Columns not read: {', '.join(self.unknown_columns)}"),
            *_if(self.gone_is_unknown, "Nobody is called gone: a refused row has no id, it may be theirs."),
            *self._outcome_lines(),
            *self._handed_lines(),
        ]

    def _refused_lines(self) -> list[str]:
        return _listed(
            f"{len(self.refused)} refused:",
            [f"line {line}: {in_words(why)}" for line, why in sorted(self.refused)],
        )

    def _double_lines(self) -> list[str]:
        return _listed(
            f"{_counted(len(self.doubles), 'pair')} of rows may be one person (nothing is merged):",
            [f"lines {first} and {second}: same {', '.join(why)}" for first, second, why in self.doubles],
        )

    def _oddity_lines(self) -> list[str]:
        return _listed(
            "Odd, and taken as far as it goes:",
            [f"{_some(lines)}: {in_words(note)}" for note, lines in sorted(self.oddities.items())],
        )

    def _handed_json(self) -> dict[str, object]:
        codes = [{"label": one.label, "words": one.words} for one in self.handed]
        return {"codes": codes} if codes else {}

    def _handed_lines(self) -> list[str]:
        if not self.handed:
            return []
        codes = [f"  {one.label}: {one.words}" for one in self.handed]
        return ["Codes, each for one person, once, within 7 days; they are not shown again:", *codes]

    def _outcome_lines(self) -> Iterator[str]:
        if self.is_dry_run:
            yield "Dry run: nothing was changed."
            return
        if self.applied_rows:
            yield f"{_counted(self.applied_rows, 'row')} taken over."
        if self.waiting:
            yield f"{_counted(self.waiting, 'difference')} left for a coordinator: in the chat, Desk, Inbox."
        if not self.applied_rows and not self.waiting:
            yield "Nothing to do."


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _some(lines: Sequence[int]) -> str:
    more = f" and {len(lines) - LINES_SHOWN} more" if len(lines) > LINES_SHOWN else ""
    noun = "line" if len(lines) == 1 else "lines"
    return f"{noun} {', '.join(map(str, lines[:LINES_SHOWN]))}{more}"


def _if(condition: object, line: str) -> Iterable[str]:
    return [line] if condition else []


def _listed(title: str, items: Sequence[str]) -> list[str]:
    if not items:
        return []
    more = [f"  and {len(items) - SHOWN} more"] if len(items) > SHOWN else []
    return [title, *(f"  {item}" for item in items[:SHOWN]), *more]
