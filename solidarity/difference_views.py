"""A waiting difference in plain values for the desk: whom it is about, what stands there, what the file says.

Values are names, dates and the fixed words of the register; the storey above puts them into a language.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from solidarity.changes import Change
from solidarity.facts import AT_HOME, Facts, facts_with, reveal_facts
from solidarity.hearings.cities import as_city
from solidarity.hearings.sitting_times import WALL
from solidarity.import_hearings import known_hearing
from solidarity.naming import alias_of
from solidarity.register import HearingRow, PrisonerRow
from storage.models import DifferenceKind, Facility, Hearing, Prisoner, Publicity
from storage.prisoners import OUT_OF_REACH
from storage.unit_of_work import UnitOfWork

# What somebody's source says about them can name them as surely as the name.
NAMING = ("names", "source_url", "born", "interests")
CASE = ("sentence", "articles", "detained_on", "release_on", "recognised_by", "source_url", "gender")


@dataclass(frozen=True)
class FieldChange:
    """One field that differs; an empty side is not known."""

    what: str
    before: str = field(repr=False)
    after: str = field(repr=False)


@dataclass(frozen=True)
class DifferenceView:
    """What a coordinator is shown of one difference; `before` and `after` are its fields in one line each."""

    kind: DifferenceKind
    name: str = field(repr=False)
    fields: tuple[FieldChange, ...] = field(repr=False)

    @property
    def before(self) -> str:
        return "; ".join(change.before for change in self.fields if change.before)

    @property
    def after(self) -> str:
        return "; ".join(change.after for change in self.fields if change.after)


async def describe_change(uow: UnitOfWork, change: Change, *, language: str) -> DifferenceView:
    """Compare what a change says with what stands in the register now."""
    prisoner = None if change.prisoner_id is None else await uow.prisoners.get(change.prisoner_id)
    if isinstance(change.row, PrisonerRow):
        return await _prisoner_view(uow, change, prisoner, change.row, language)
    name = "" if prisoner is None else await _name(uow, prisoner, language)
    if change.row is None:
        return DifferenceView(change.kind, name, ())
    hearing = await known_hearing(uow, change.row)
    return DifferenceView(change.kind, name, await _hearing_fields(uow, hearing, change.row))


async def _name(uow: UnitOfWork, prisoner: Prisoner, language: str) -> str:
    if prisoner.publicity is not Publicity.HIDDEN:
        names = await uow.prisoners.reveal_names(prisoner)
        if names:
            return _in_language(names, language)
    return await alias_of(uow, prisoner, language)


def _in_language(names: dict[str, str], language: str) -> str:
    return next(names[key] for key in (language, *names) if key in names)


async def _prisoner_view(
    uow: UnitOfWork, change: Change, prisoner: Prisoner | None, row: PrisonerRow, language: str
) -> DifferenceView:
    known = None if prisoner is None else await reveal_facts(uow, prisoner)
    # The day is not shown as changed where the row does not name one.
    day = (known.custody_on if known else None) or row.custody_day or date.min
    facts = facts_with(known, row, today=day)
    before = {} if known is None else await _words(uow, known, language)
    after = await _words(uow, facts, language)
    if facts.custody_status not in (*AT_HOME, *OUT_OF_REACH):
        after["facility"] = after["facility"] or row.facility_text
    is_hidden = facts.publicity is Publicity.HIDDEN
    fields = tuple(
        FieldChange(name, before.get(name, ""), after[name])
        for name in after
        if after[name] != before.get(name, "") and not (is_hidden and name in NAMING)
    )
    if prisoner is not None:
        name = await _name(uow, prisoner, language)
    else:
        name = facts.alias or "" if is_hidden else _in_language(facts.names, language)
    return DifferenceView(change.kind, name, fields)


async def _words(uow: UnitOfWork, facts: Facts, language: str) -> dict[str, str]:
    facility = await uow.facilities.get(facts.facility_code)
    is_dated = facts.custody_on not in (None, date.min)
    return {
        "custody_status": facts.custody_status.value,
        "custody_on": facts.custody_on.isoformat() if facts.custody_on and is_dated else "",
        "facility": "" if facility is None else facility_name(facility, language),
        "publicity": facts.publicity.value,
        "names": ", ".join(facts.names.values()),
        "alias": facts.alias or "",
        "born": facts.born.isoformat() if facts.born else "",
        "languages": facts.languages.replace(",", ", "),
        "interests": facts.interests or "",
    } | {key: _listed(facts.case.get(key)) for key in CASE}


def facility_name(facility: Facility, language: str) -> str:
    """Return a place's name in a language."""
    names = {"be": facility.name_be, "ru": facility.name_ru, "en": facility.name_en}
    return names.get(language) or facility.name_be


def _listed(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else value or ""


async def _hearing_fields(
    uow: UnitOfWork, hearing: Hearing | None, row: HearingRow
) -> tuple[FieldChange, ...]:
    known: dict[str, str] = {}
    if hearing is not None:
        known = {
            "starts": f"{hearing.starts_local} {hearing.zone}",
            "status": hearing.status.value,
            "openness": hearing.openness.value,
            "confidence": hearing.confidence.value,
            "city": hearing.city or "",
        } | await uow.hearings.reveal_details(hearing)
    said = {
        "starts": f"{row.starts.strftime(WALL)} {row.zone}",
        "status": row.status,
        "court": row.court,
        "city": await as_city(uow, row.city) or "",
        "room": row.room,
        "judge": row.judge,
        "stage": row.stage,
        "openness": row.openness,
        "confidence": row.confidence,
        "outcome": row.outcome,
    }
    return tuple(
        FieldChange(name, known.get(name, ""), value)
        for name, value in said.items()
        if value and value != known.get(name, "")
    )
