"""Hearings from a file: compared with those known, and taken over through the rules of hearings.

An empty cell takes nothing back: a date that was confirmed here stays confirmed, until it moves. A sitting
that is known from somebody else, of the same prisoner at the same instant, is no second one: the file
confirms it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import Enum

from solidarity.changes import Change, Comparison, Refusal
from solidarity.errors import NoLongerSo
from solidarity.hearings.cities import city_for
from solidarity.hearings.confirming import LONGEST_SOURCE, confirm_by_source, is_same_source
from solidarity.hearings.doors import set_openness, tell_newcomers
from solidarity.hearings.life import Sitting, add_hearing, cancel_hearing, change_place, is_over, move_hearing
from solidarity.hearings.outcomes import hold_hearing, known_outcome
from solidarity.hearings.sitting_times import WALL, start_instant
from solidarity.hours import local_instant
from solidarity.register import HearingRow
from solidarity.register.outcomes import RowRefused
from solidarity.reminders import STANDING
from solidarity.typed_errors import DatePassed, DateUnclear
from storage.models import Confidence, DifferenceKind, Hearing, HearingStatus, Openness, Prisoner
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork

PLACE = ("court", "room")


class Step(Enum):
    """What a row asks for."""

    ADD = "add"
    MOVE = "move"
    CANCEL = "cancel"
    HOLD = "hold"
    CORRECT = "correct"


KIND_OF = {
    Step.ADD: DifferenceKind.HEARING_NEW,
    Step.MOVE: DifferenceKind.HEARING_MOVED,
    Step.CANCEL: DifferenceKind.HEARING_CANCELLED,
    Step.HOLD: DifferenceKind.HEARING_HELD,
    Step.CORRECT: DifferenceKind.HEARING_CHANGED,
}


async def compare_hearings(uow: UnitOfWork, rows: Sequence[HearingRow], *, now: datetime) -> Comparison:
    """Say what some hundred rows would change, and which do not fit; nothing is changed yet."""
    prisoners = await uow.prisoners.by_sources(row.prisoner for row in rows)
    hearings = await uow.hearings.by_sources(row.source_id for row in rows)
    await uow.vault.load_keys(prisoner.id for prisoner in prisoners.values())
    changes, refused = [], []
    for row in rows:
        prisoner = prisoners.get(row.prisoner)
        hearing = hearings.get(row.source_id) or await _twin(uow, prisoner, row)
        try:
            step = await _step(uow, prisoner, hearing, row, now=now)
        except RowRefused as refusal:
            refused.append(Refusal(row.line, refusal.reason))
            continue
        if step is not None and prisoner is not None:
            kind = DifferenceKind.HEARING_NEW if hearing is None else KIND_OF[step]
            revision = None if hearing is None else hearing.revision
            changes.append(Change(kind, row.source_id, prisoner.id, row, revision))
    return Comparison(tuple(changes), len(rows) - len(changes) - len(refused), tuple(refused))


async def known_hearing(uow: UnitOfWork, row: HearingRow) -> Hearing | None:
    """Return the sitting that a row speaks of: by its id, or because somebody else says the same."""
    found = (await uow.hearings.by_sources([row.source_id])).get(row.source_id)
    if found is not None:
        return found
    return await _twin(uow, (await uow.prisoners.by_sources([row.prisoner])).get(row.prisoner), row)


async def _twin(uow: UnitOfWork, prisoner: Prisoner | None, row: HearingRow) -> Hearing | None:
    if prisoner is None:
        return None
    twins = await uow.hearings.at(prisoner.id, local_instant(row.starts, row.zone))
    return twins[0] if twins else None


def _is_twin(uow: UnitOfWork, hearing: Hearing, row: HearingRow) -> bool:
    return hearing.source_index != uow.hearings.source_index(row.source_id)


def _is_another_source(hearing: Hearing, details: Mapping[str, str], row: HearingRow) -> bool:
    """Say whether a row is from elsewhere than a sitting: read at another site, or only typed here."""
    before, now = details.get("source", ""), row.source_url
    if before and now:
        return not is_same_source(before, now)
    return hearing.source_index is None


async def _step(
    uow: UnitOfWork, prisoner: Prisoner | None, hearing: Hearing | None, row: HearingRow, *, now: datetime
) -> Step | None:
    if prisoner is None:
        raise RowRefused("unknown prisoner")
    if hearing is None:
        return _first_step(prisoner, row, now=now)
    if hearing.prisoner_id != prisoner.id:
        raise RowRefused("id belongs to a hearing of another prisoner")
    step = _next_step(hearing, row, now=now)
    if step is None and await _corrections(uow, hearing, row):
        return Step.CORRECT
    return step


def _first_step(prisoner: Prisoner, row: HearingRow, *, now: datetime) -> Step | None:
    if row.status == HearingStatus.HELD:
        return _held(row, now=now)
    if row.status == HearingStatus.CANCELLED:
        return None
    _require_ahead(row, now=now)
    if prisoner.custody_status in OUT_OF_REACH:
        raise RowRefused("prisoner is no longer held")
    return Step.ADD


def _next_step(hearing: Hearing, row: HearingRow, *, now: datetime) -> Step | None:
    is_standing = hearing.status in STANDING
    if row.status == HearingStatus.HELD:
        is_told = hearing.outcome is not None or known_outcome(row.outcome) is None
        return None if hearing.status is HearingStatus.HELD and is_told else _held(row, now=now)
    if row.status == HearingStatus.CANCELLED:
        return Step.CANCEL if is_standing and hearing.starts_at > now else None
    if local_instant(row.starts, row.zone) == hearing.starts_at:
        return None
    if not is_standing or hearing.starts_at <= now:
        raise RowRefused("hearing is over or cancelled: a new date needs a new id")
    _require_ahead(row, now=now)
    return Step.MOVE


def _held(row: HearingRow, *, now: datetime) -> Step:
    if local_instant(row.starts, row.zone) > now:
        raise RowRefused("held before it starts")
    return Step.HOLD


def _require_ahead(row: HearingRow, *, now: datetime) -> None:
    try:
        start_instant(row.starts, row.zone, now=now)
    except DatePassed:
        raise RowRefused("starts in the past") from None
    except DateUnclear:
        raise RowRefused("starts too far ahead") from None


def _details(row: HearingRow) -> dict[str, str]:
    said = {
        "court": row.court,
        "room": row.room,
        "judge": row.judge,
        "stage": row.stage,
        "outcome": "" if known_outcome(row.outcome) else row.outcome,
        "source": row.source_url,
    }
    return {key: value for key, value in said.items() if value}


async def _corrections(uow: UnitOfWork, hearing: Hearing, row: HearingRow) -> Mapping[str, object]:
    """List what a row knows better about a sitting that stays where it is."""
    details, is_twin = await uow.hearings.reveal_details(hearing), _is_twin(uow, hearing, row)
    said = _details(row)
    if is_same_source(details.get("second_source", ""), row.source_url):
        # It stands there already, beside the first.
        said.pop("source", None)
    # What somebody else has said of a sitting stays as they said it.
    known = said | details if is_twin else details | said
    better: dict[str, object] = {}
    if details != known:
        better["details"] = known
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    city = await city_for(uow, prisoner, row.court, row.city)
    if city is not None and city != hearing.city and (hearing.city is None or (row.city and not is_twin)):
        better["city"] = city
    if row.openness not in (Openness.UNKNOWN, hearing.openness):
        better["openness"] = Openness(row.openness)
    says_so_too = is_twin and _is_another_source(hearing, details, row)
    is_certain = row.confidence == Confidence.CONFIRMED or says_so_too
    if is_certain and hearing.confidence is Confidence.REPORTED:
        better["confidence"] = Confidence.CONFIRMED
    return better


async def apply_hearing(
    uow: UnitOfWork, row: HearingRow, *, compared_with: int | None = None, now: datetime
) -> None:
    """Take a row over; who is told what is the rule of hearings.

    Args:
        compared_with: the hearing's revision when the file was read; None where there was no hearing yet.

    Raises:
        NoLongerSo: the row no longer fits, as when its date has passed while it waited, or when the hearing
            has been changed since: what a colleague knows is newer than the file.
    """
    prisoner = (await uow.prisoners.by_sources([row.prisoner])).get(row.prisoner)
    hearing = await known_hearing(uow, row)
    if hearing is not None and compared_with is not None and hearing.revision > compared_with:
        raise NoLongerSo(str(hearing.id))
    try:
        step = await _step(uow, prisoner, hearing, row, now=now)
    except RowRefused as refusal:
        raise NoLongerSo(refusal.reason) from None
    if step is None or prisoner is None:
        return
    if hearing is None:
        await _add(uow, prisoner, row, now=now)
        return
    if step is Step.CANCEL:
        await cancel_hearing(uow, hearing, now=now)
    elif step is Step.HOLD:
        await _hold(uow, hearing, row, now=now)
    elif step is Step.MOVE:
        hearing.confidence = Confidence(row.confidence)
        await move_hearing(uow, hearing, row.starts, row.zone, now=now)
    is_elsewhere = step is Step.CORRECT and await _names_another_place(uow, hearing, row)
    await _correct(uow, hearing, row, now=now)
    if hearing.source_index is None:
        # From now on the file's own id leads to it.
        hearing.source_index = uow.hearings.source_index(row.source_id)
    if is_elsewhere and not is_over(hearing, now=now):
        await change_place(uow, hearing, now=now)


async def _names_another_place(uow: UnitOfWork, hearing: Hearing, row: HearingRow) -> bool:
    """Say whether a row contradicts the court or room that people were told."""
    if _is_twin(uow, hearing, row):
        return False
    known, said = await uow.hearings.reveal_details(hearing), _details(row)
    return any(known.get(part, new) != new for part in PLACE if (new := said.get(part)))


async def _add(uow: UnitOfWork, prisoner: Prisoner, row: HearingRow, *, now: datetime) -> None:
    openness, confidence = Openness(row.openness), Confidence(row.confidence)
    if row.status != HearingStatus.HELD:
        sitting = Sitting(row.starts, row.zone, openness, confidence, _details(row), row.city)
        await add_hearing(uow, prisoner, sitting, source_id=row.source_id, now=now)
        return
    hearing = Hearing(
        prisoner_id=prisoner.id,
        starts_local=row.starts.strftime(WALL),
        zone=row.zone,
        starts_at=local_instant(row.starts, row.zone),
        openness=openness,
        confidence=confidence,
        status=HearingStatus.HELD,
        revision=1,
        outcome=known_outcome(row.outcome),
    )
    await uow.hearings.add(hearing, details=_details(row), source_id=row.source_id)


async def _hold(uow: UnitOfWork, hearing: Hearing, row: HearingRow, *, now: datetime) -> None:
    """Note that a sitting was held; until when an appeal is possible a coordinator says, who sees the day."""
    outcome, is_past = known_outcome(row.outcome), hearing.starts_at <= now
    if outcome is not None and is_past and hearing.status is not HearingStatus.CANCELLED:
        await hold_hearing(uow, hearing, outcome, None, now=now)
        return
    hearing.status = HearingStatus.HELD
    await uow.outbox.drop_waiting(hearing.id)


async def _confirm(uow: UnitOfWork, hearing: Hearing, row: HearingRow, *, now: datetime) -> None:
    details = await uow.hearings.reveal_details(hearing)
    is_second = _is_twin(uow, hearing, row) and _is_another_source(hearing, details, row)
    is_source = 0 < len(row.source_url) <= LONGEST_SOURCE
    if is_second and is_source and not is_over(hearing, now=now):
        await confirm_by_source(uow, hearing, row.source_url, now=now)
    hearing.confidence = Confidence.CONFIRMED


async def _correct(uow: UnitOfWork, hearing: Hearing, row: HearingRow, *, now: datetime) -> None:
    better = dict(await _corrections(uow, hearing, row))
    details, openness = better.pop("details", None), better.pop("openness", None)
    if better.pop("confidence", None) is not None:
        await _confirm(uow, hearing, row, now=now)
        details = dict(await _corrections(uow, hearing, row)).get("details")
    if isinstance(details, dict):
        await uow.hearings.describe(hearing, details)
    for column, value in better.items():
        setattr(hearing, column, value)
    if isinstance(openness, Openness):
        await set_openness(uow, hearing, openness, now=now)
    elif "city" in better:
        await tell_newcomers(uow, hearing, now=now)
