"""Guardians who write already, taken over from a file: each row becomes a code that joins one of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from solidarity.codes import give_guardian_code
from solidarity.errors import NotForYou
from solidarity.register import GuardianshipRow, Refused
from solidarity.suggesting import require_suggestible
from storage.unit_of_work import UnitOfWork

UNKNOWN, NOT_WRITTEN_TO = "unknown prisoner", "nobody writes to them here"


@dataclass(frozen=True)
class Handed:
    """A code for one row, under the label by which whoever hands it out knows whom it is for."""

    label: str = field(repr=False)
    words: str = field(repr=False)


async def fitting_rows(
    uow: UnitOfWork, rows: Sequence[GuardianshipRow]
) -> tuple[list[GuardianshipRow], list[Refused]]:
    """Part rows into those whose prisoner can be written to, and the others with the reason."""
    known = await uow.prisoners.by_sources(row.prisoner for row in rows)
    fitting: list[GuardianshipRow] = []
    refused: list[Refused] = []
    for row in rows:
        prisoner = known.get(row.prisoner)
        try:
            if prisoner is None:
                refused.append(Refused(row.line, UNKNOWN))
                continue
            await require_suggestible(uow, prisoner.id)
            fitting.append(row)
        except NotForYou:
            refused.append(Refused(row.line, NOT_WRITTEN_TO))
    return fitting, refused


async def hand_out_codes(
    uow: UnitOfWork, rows: Sequence[GuardianshipRow], *, language: str, now: datetime
) -> list[Handed]:
    """Make a code for each row whose prisoner is known; they are good for seven days."""
    known = await uow.prisoners.by_sources(row.prisoner for row in rows)
    handed = []
    for row in rows:
        given = await give_guardian_code(
            uow, known[row.prisoner].id, rhythm_weeks=row.rhythm_weeks, language=language, now=now
        )
        handed.append(Handed(row.label, given.words))
    return handed
