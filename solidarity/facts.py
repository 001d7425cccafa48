"""What the register holds about a prisoner, and what it would hold if a row of a file were believed."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from solidarity.register import PrisonerRow
from storage.models import CustodyStatus, DifferenceKind, Prisoner, Publicity
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork

SENTENCED = (
    CustodyStatus.CONVICTED,
    CustodyStatus.PRISON_REGIME,
    CustodyStatus.OPEN_FACILITY,
    CustodyStatus.HOME_KHIMIYA,
    CustodyStatus.PSYCHIATRIC,
)
AT_HOME = (CustodyStatus.HOUSE_ARREST, CustodyStatus.HOME_KHIMIYA)
FREE = (CustodyStatus.RELEASED, CustodyStatus.EXILED)
NARROWNESS = (Publicity.PUBLIC, Publicity.GUARDIANS, Publicity.HIDDEN)


@dataclass(frozen=True)
class Facts:
    """Everything a file can say about a prisoner; its ``repr`` shows none of it."""

    custody_status: CustodyStatus = field(repr=False)
    names: dict[str, str] = field(default_factory=dict, repr=False)
    alias: str | None = field(default=None, repr=False)
    born: date | None = field(default=None, repr=False)
    languages: str = field(default="", repr=False)
    interests: str | None = field(default=None, repr=False)
    custody_on: date | None = field(default=None, repr=False)
    facility_code: str | None = field(default=None, repr=False)
    publicity: Publicity = field(default=Publicity.GUARDIANS, repr=False)
    case: dict[str, Any] = field(default_factory=dict, repr=False)


async def reveal_facts(uow: UnitOfWork, prisoner: Prisoner) -> Facts:
    """Open what the register holds about a prisoner."""
    return Facts(
        custody_status=prisoner.custody_status,
        names=await uow.prisoners.reveal_names(prisoner),
        alias=await uow.prisoners.reveal_alias(prisoner),
        born=await uow.prisoners.reveal_born(prisoner),
        languages=prisoner.languages,
        interests=await uow.prisoners.reveal_interests(prisoner),
        custody_on=prisoner.custody_on,
        facility_code=prisoner.facility_code,
        publicity=prisoner.publicity,
        case=await uow.prisoners.reveal_case(prisoner),
    )


def facts_with(known: Facts | None, row: PrisonerRow, *, today: date) -> Facts:
    """Say what would be known if a row were believed.

    What a row leaves empty stays as it is, but for the place of somebody who is no longer held in one. A
    place nobody here knows takes the known one away: letters there would be lost. The narrower publicity
    stays. Nobody recorded as dead comes back to life by a file.
    """
    if known is not None and known.custody_status is CustodyStatus.DIED:
        return known
    status = CustodyStatus(row.custody_status)
    base = known or Facts(custody_status=status, publicity=Publicity(row.publicity or Publicity.GUARDIANS))
    is_changed = known is None or status is not known.custody_status
    return replace(
        base,
        custody_status=status,
        names=base.names | dict(row.names),
        alias=row.alias or base.alias,
        born=row.born or base.born,
        languages=",".join(row.languages) or base.languages,
        interests=row.interests or base.interests,
        custody_on=row.custody_day or (today if is_changed else base.custody_on),
        facility_code=_place(base, row, status),
        publicity=_narrower(base.publicity, row.publicity),
        case=base.case | _case(row),
    )


def _place(known: Facts, row: PrisonerRow, status: CustodyStatus) -> str | None:
    if status in OUT_OF_REACH:
        return None
    return row.facility_code if row.facility_text or status in AT_HOME else known.facility_code


def _narrower(known: Publicity, claimed: str | None) -> Publicity:
    return known if claimed is None else max(known, Publicity(claimed), key=NARROWNESS.index)


def _case(row: PrisonerRow) -> dict[str, Any]:
    said = {
        "articles": list(row.articles),
        "sentence": row.sentence,
        "detained_on": row.detained_on.isoformat() if row.detained_on else "",
        "release_on": row.release_on.isoformat() if row.release_on else "",
        "recognised_by": list(row.recognised_by),
        "source_url": row.source_url,
        "gender": row.gender,
    }
    return {key: value for key, value in said.items() if value}


def kind_of_change(known: Facts | None, facts: Facts) -> DifferenceKind | None:
    """Name the weightiest thing in which two states differ; ``None`` when they do not."""
    if known is None:
        is_dead = facts.custody_status is CustodyStatus.DIED
        return DifferenceKind.DIED if is_dead else DifferenceKind.NEW
    if facts == known:
        return None
    before, after = known.custody_status, facts.custody_status
    if after is CustodyStatus.DIED:
        return DifferenceKind.DIED
    if after in FREE and before not in FREE:
        return DifferenceKind.RELEASED
    if after is CustodyStatus.INCOMMUNICADO is not before:
        return DifferenceKind.CUT_OFF
    if after in SENTENCED and before not in SENTENCED and _is_new_sentence(known, facts):
        return DifferenceKind.VERDICT
    if facts.facility_code != known.facility_code:
        return DifferenceKind.MOVED
    return DifferenceKind.DETAILS


def _is_new_sentence(known: Facts, facts: Facts) -> bool:
    # Who was sentenced before all contact was cut off is only heard of again.
    was_cut_off = known.custody_status is CustodyStatus.INCOMMUNICADO
    return not was_cut_off or facts.case.get("sentence") != known.case.get("sentence")
