"""Changes from files taken over: the one place that knows which rule takes over which kind."""

from collections.abc import Iterable
from datetime import datetime

from solidarity.changes import Change
from solidarity.errors import NoLongerSo
from solidarity.import_hearings import apply_hearing
from solidarity.import_prisoners import apply_prisoner, apply_status, fall_silent
from solidarity.register import HearingRow
from storage.models import DifferenceKind
from storage.unit_of_work import UnitOfWork


async def apply_change(uow: UnitOfWork, change: Change, *, now: datetime) -> None:
    """Change the register by one row, and tell those concerned; a death is told to nobody.

    Somebody gone from a whole register falls silent until a file lists them again.

    Raises:
        NoLongerSo: the row does not fit the register any more.
    """
    if change.row is None:
        prisoner = None if change.prisoner_id is None else await uow.prisoners.get(change.prisoner_id)
        if change.kind is not DifferenceKind.GONE or prisoner is None:
            raise NoLongerSo(str(change.prisoner_id))
        await fall_silent(uow, prisoner, now=now)
    elif isinstance(change.row, HearingRow):
        await apply_hearing(uow, change.row, compared_with=change.revision, now=now)
    elif change.source_id:
        await apply_prisoner(uow, change.row, now=now)
    else:
        # A sitting brought it: those concerned were told how that ended.
        await apply_status(uow, change.prisoner_id, change.row, now=now)
    await uow.session.flush()


async def apply_changes(uow: UnitOfWork, changes: Iterable[Change], *, now: datetime) -> list[Change]:
    """Take over what still fits; returns the changes that do not."""
    outdated = []
    for change in changes:
        try:
            await apply_change(uow, change, now=now)
        except NoLongerSo:
            outdated.append(change)
    return outdated
