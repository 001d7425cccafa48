"""What one row says about a prisoner, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class PrisonerRow:
    """A row that was understood; its ``repr`` shows the line and nothing else.

    Attributes:
        line: where the row starts in its file, from 1.
        names: by language, ``be``, ``ru``, ``en``; at least one.
        custody_status: one of ``custody.CUSTODY_STATUSES``.
        custody_day: when that status began, as far as the row tells.
        facility_text: the place as written, empty when the row names none.
        facility_code: the known place it leads to.
        release_on: the day of release, past or expected.
        publicity: ``public``, ``guardians``, ``hidden``, or ``None`` when the file says nothing.
        recognised_by: who recognises the case; for the published export the host of its address.
        judge: only to notice doubles; it is not for keeping.
        is_recognised: false for ``np`` of the published export.
        is_unnamed: no name but "Citizen P." and the like.
        notes: fixed codes of what was odd, some with a column: ``date_is_none:verdict_date``.
    """

    line: int
    source_id: str = field(repr=False)
    names: Mapping[str, str] = field(repr=False)
    custody_status: str = field(repr=False)
    alias: str = field(default="", repr=False)
    born: date | None = field(default=None, repr=False)
    gender: str | None = field(default=None, repr=False)
    languages: tuple[str, ...] = field(default=(), repr=False)
    interests: str = field(default="", repr=False)
    custody_day: date | None = field(default=None, repr=False)
    facility_text: str = field(default="", repr=False)
    facility_code: str | None = field(default=None, repr=False)
    articles: tuple[str, ...] = field(default=(), repr=False)
    sentence: str = field(default="", repr=False)
    detained_on: date | None = field(default=None, repr=False)
    release_on: date | None = field(default=None, repr=False)
    publicity: str | None = field(default=None, repr=False)
    recognised_by: tuple[str, ...] = field(default=(), repr=False)
    source_url: str = field(default="", repr=False)
    judge: str = field(default="", repr=False)
    is_recognised: bool = field(default=True, repr=False)
    is_unnamed: bool = field(default=False, repr=False)
    died: bool = field(default=False, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)
