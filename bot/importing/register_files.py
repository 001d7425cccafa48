"""A register file on its way into the database: read, compared, then taken over or left to wait.

It goes in batches, each a unit of work of its own, so that a running bot is not held up. Interrupted in the
middle, the same command again does the rest: what was taken over no longer differs.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from bot.importing.report import Report
from solidarity.audit import Act, Imported, record_of_host
from solidarity.changes import HEARING_KINDS, PRISONER_KINDS, Change, Comparison
from solidarity.differences import find_outdated, forget_outdated
from solidarity.import_facilities import apply_facility, compare_facilities, parse_facilities
from solidarity.import_guardianships import fitting_rows, hand_out_codes
from solidarity.import_hearings import compare_hearings
from solidarity.import_prisoners import compare_prisoners, find_gone
from solidarity.importing import apply_changes
from solidarity.kept_changes import keep_differences
from solidarity.register import (
    Directory,
    HearingRow,
    Parsed,
    PrisonerRow,
    RegisterRefused,
    parse_guardianships,
    parse_hearings,
    parse_prisoners,
    read_rows,
)
from solidarity.work import Storage, UnitOfWork
from storage.models import DifferenceKind, Facility
from storage.progress import Progress

BATCH = 200
NOT_FITTING = "does not fit the register any more"
PLACE_COLUMNS = ("code", "kind", "name_be", "name_ru", "name_en", "postal_code", "city", "street")

Row = TypeVar("Row", PrisonerRow, HearingRow)


@dataclass(frozen=True)
class Wanted:
    """How a file is to be taken.

    Attributes:
        is_dry_run: say what would happen, and do nothing.
        is_confirmed: change the register now; otherwise differences wait for a coordinator.
        is_strict: one bad row refuses the file.
        is_whole: the file is the whole register, so that who is missing from it is gone.
        language: of the words that are handed out.
        now, today: the instant, and the day where the group lives.
    """

    now: datetime
    today: date
    is_dry_run: bool = False
    is_confirmed: bool = False
    is_strict: bool = False
    is_whole: bool = False
    language: str = "be"


async def import_prisoners(
    storage: Storage, source: Path | bytes, wanted: Wanted, progress: Progress
) -> Report:
    """Import a prisoners' file in our own form or the published one.

    A death is recorded and told to nobody. Who is gone waits for a coordinator in any case.

    Raises:
        RegisterRefused: the file as a whole cannot be taken; nothing was changed.
    """
    file = read_rows(source)
    directory = await _directory(storage)
    parsed = parse_prisoners(file, today=wanted.today, strict=wanted.is_strict, directory=directory)

    async def compare(uow: UnitOfWork, rows: Sequence[PrisonerRow]) -> Comparison:
        return await compare_prisoners(uow, rows, today=wanted.today)

    report = Report(file.count, is_dry_run=wanted.is_dry_run, unknown_columns=parsed.unknown_columns)
    report.refused += [(row.line, row.reason) for row in parsed.refused]
    report.left_out.update(row.reason for row in parsed.left_out)
    report.doubles += [(double.line_a, double.line_b, double.why) for double in parsed.doubles]
    for row in parsed.rows:
        for note in row.notes:
            report.oddities.setdefault(note, []).append(row.line)
    changes = await _compare(storage, parsed.rows, compare, report, progress)
    if wanted.is_whole:
        changes += await _gone(storage, parsed, report)
    ids = {row.source_id for row in parsed.rows} | {change.source_id for change in changes}
    await _finish(storage, changes, (PRISONER_KINDS, ids), wanted, report, progress)
    return report


async def import_hearings(
    storage: Storage, source: Path | bytes, wanted: Wanted, progress: Progress
) -> Report:
    """Import a hearings' file; its prisoners must be in the register.

    Raises:
        RegisterRefused: the file as a whole cannot be taken; nothing was changed.
    """
    file = read_rows(source)
    parsed = parse_hearings(file, strict=wanted.is_strict, home_zone=storage.home_zone)

    async def compare(uow: UnitOfWork, rows: Sequence[HearingRow]) -> Comparison:
        return await compare_hearings(uow, rows, now=wanted.now)

    report = Report(file.count, is_dry_run=wanted.is_dry_run, unknown_columns=parsed.unknown_columns)
    report.refused += [(row.line, row.reason) for row in parsed.refused]
    changes = await _compare(storage, parsed.rows, compare, report, progress)
    _require_all(report, wanted)
    ids = {row.source_id for row in parsed.rows}
    await _finish(storage, changes, (HEARING_KINDS, ids), wanted, report, progress)
    return report


async def import_facilities(
    storage: Storage, source: Path | bytes, wanted: Wanted, progress: Progress
) -> Report:
    """Import places of detention; being public, they are taken over at once unless it is a dry run.

    Raises:
        RegisterRefused: the file as a whole cannot be taken; nothing was changed.
    """
    file = read_rows(source)
    parsed = parse_facilities(file, today=wanted.today, strict=wanted.is_strict)
    async with storage.view() as uow:
        found = await compare_facilities(uow, parsed.rows)
    report = Report(file.count, is_dry_run=wanted.is_dry_run, unknown_columns=parsed.unknown_columns)
    report.refused += [(row.line, row.reason) for row in (*parsed.refused, *found.refused)]
    report.differences.update(["new"] * len(found.new) + ["details"] * len(found.changed))
    report.unchanged = found.unchanged
    _require_all(report, wanted)
    rows = (*found.new, *found.changed)
    if wanted.is_dry_run or not rows:
        return report
    progress("Taking over", 0, len(rows))
    async with storage.unit() as uow:
        for row in rows:
            await apply_facility(uow, row)
        await record_of_host(
            uow, Act.IMPORT_CONFIRMED, kind=Imported.FACILITIES, count=len(rows), now=wanted.now
        )
    progress("Taking over", len(rows), len(rows))
    report.is_applied, report.applied_rows = True, len(rows)
    return report


async def import_guardianships(
    storage: Storage, source: Path | bytes, wanted: Wanted, progress: Progress
) -> Report:
    """Hand out a code for everybody who writes already, unless it is a dry run; the labels are kept nowhere.

    Raises:
        RegisterRefused: the file as a whole cannot be taken; nothing was changed.
    """
    file = read_rows(source)
    parsed = parse_guardianships(file, strict=wanted.is_strict)
    async with storage.view() as uow:
        rows, refused = await fitting_rows(uow, parsed.rows)
    report = Report(file.count, is_dry_run=wanted.is_dry_run, unknown_columns=parsed.unknown_columns)
    report.refused += [(row.line, row.reason) for row in (*parsed.refused, *refused)]
    report.differences.update(["guardian"] * len(rows))
    _require_all(report, wanted)
    if wanted.is_dry_run or not rows:
        return report
    progress("Making codes", 0, len(rows))
    async with storage.unit() as uow:
        report.handed = await hand_out_codes(uow, rows, language=wanted.language, now=wanted.now)
        kind = Imported.GUARDIANSHIPS
        await record_of_host(uow, Act.IMPORT_CONFIRMED, kind=kind, count=len(rows), now=wanted.now)
    progress("Making codes", len(rows), len(rows))
    report.is_applied, report.applied_rows = True, len(rows)
    return report


def _require_all(report: Report, wanted: Wanted) -> None:
    if wanted.is_strict and report.refused:
        line, reason = min(report.refused)
        raise RegisterRefused(reason, line)


async def _directory(storage: Storage) -> Directory:
    async with storage.view() as uow:
        return Directory([_place(facility) for facility in await uow.facilities.all()])


def _place(facility: Facility) -> dict[str, str]:
    place = {column: str(getattr(facility, column)) for column in PLACE_COLUMNS}
    return place | {"replaced_by": facility.replaced_by or ""}


async def _compare(
    storage: Storage,
    rows: Sequence[Row],
    compare: Callable[[UnitOfWork, Sequence[Row]], Awaitable[Comparison]],
    report: Report,
    progress: Progress,
) -> list[Change]:
    changes: list[Change] = []
    for start in range(0, len(rows), BATCH):
        progress("Comparing", start, len(rows))
        async with storage.view() as uow:
            found = await compare(uow, rows[start : start + BATCH])
        changes += found.changes
        report.unchanged += found.unchanged
        report.refused += [(row.line, row.reason) for row in found.refused]
    progress("Comparing", len(rows), len(rows))
    report.differences.update(change.kind.value for change in changes)
    return changes


async def _gone(storage: Storage, parsed: Parsed, report: Report) -> list[Change]:
    if any(not row.source_id for row in parsed.refused):
        report.gone_is_unknown = True
        return []
    listed = {row.source_id for row in parsed.rows}
    listed |= {row.source_id for row in parsed.refused} | {row.source_id for row in parsed.left_out}
    async with storage.view() as uow:
        gone = await find_gone(uow, listed)
    report.differences.update(change.kind.value for change in gone)
    return gone


async def _finish(
    storage: Storage,
    changes: Sequence[Change],
    spoken_of: tuple[Collection[DifferenceKind], Collection[str]],
    wanted: Wanted,
    report: Report,
    progress: Progress,
) -> None:
    if wanted.is_dry_run:
        return
    async with storage.view() as uow:
        outdated = await find_outdated(uow, *spoken_of)
    if outdated:
        async with storage.unit() as uow:
            await forget_outdated(uow, outdated)
    now_due = [c for c in changes if wanted.is_confirmed and c.kind is not DifferenceKind.GONE]
    waiting = [c for c in changes if not wanted.is_confirmed or c.kind is DifferenceKind.GONE]
    kind = Imported.HEARINGS if spoken_of[0] is HEARING_KINDS else Imported.PRISONERS
    for batch in _batches(now_due, "Taking over", progress):
        async with storage.unit() as uow:
            unfit = await apply_changes(uow, batch, now=wanted.now)
            if not report.applied_rows:
                await record_of_host(uow, Act.IMPORT_CONFIRMED, kind=kind, count=len(now_due), now=wanted.now)
        report.refused += [(change.line, NOT_FITTING) for change in unfit]
        report.applied_rows += len(batch) - len(unfit)
    for batch in _batches(waiting, "Setting aside", progress):
        async with storage.unit() as uow:
            await keep_differences(uow, batch, day=wanted.today)
    report.is_applied, report.waiting = wanted.is_confirmed, len(waiting)


def _batches(changes: Sequence[Change], stage: str, progress: Progress) -> Iterator[Sequence[Change]]:
    for start in range(0, len(changes), BATCH):
        progress(stage, start, len(changes))
        yield changes[start : start + BATCH]
    if changes:
        progress(stage, len(changes), len(changes))
