"""What imported files would change, waiting at the desk: kept, counted, taken over or left out."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from solidarity.audit import Act, record
from solidarity.changes import NEVER_IN_A_WAVE, Change, change_from
from solidarity.difference_views import DifferenceView, describe_change
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.importing import apply_change, apply_changes
from solidarity.people import person_of
from storage.models import Difference, DifferenceKind, RoleName
from storage.unit_of_work import UnitOfWork

__all__ = [
    "DifferenceView",
    "apply_difference",
    "apply_wave",
    "describe_difference",
    "difference_of",
    "find_outdated",
    "forget_outdated",
    "refuse_difference",
    "reveal_change",
    "waiting_counts",
]

WAVE = 200
WAVE_KINDS = tuple(kind for kind in DifferenceKind if kind not in NEVER_IN_A_WAVE)


async def find_outdated(
    uow: UnitOfWork, kinds: Collection[DifferenceKind], source_ids: Collection[str]
) -> list[Difference]:
    """Return what waits about ids that a newer file speaks of; thousands are opened, so only look here."""
    outdated = []
    for difference in await uow.differences.waiting(kinds):
        body = await uow.differences.reveal_body(difference)
        if body["source_id"] in source_ids:
            outdated.append(difference)
    return outdated


async def forget_outdated(uow: UnitOfWork, outdated: Collection[Difference]) -> None:
    """Drop what a newer file has replaced; what a coordinator has decided meanwhile is gone already."""
    await uow.differences.drop_many(outdated)


async def waiting_counts(uow: UnitOfWork) -> dict[DifferenceKind, int]:
    """Say how many differences of each kind wait; kinds without any are left out."""
    return await uow.differences.counts()


async def apply_wave(uow: UnitOfWork, actor_id: UUID, *, now: datetime, limit: int = WAVE) -> int:
    """Confirm at most `limit` differences at once; returns how many, so that 0 means none are left.

    Deaths, and people cut off from all contact or gone, are never among them. What no longer fits the
    register is dropped with them.

    Raises:
        NotForYou: `actor_id` is no coordinator's.
    """
    roles = await uow.people.roles_of(await person_of(uow, actor_id))
    if RoleName.COORDINATOR not in {role.role for role in roles}:
        raise NotForYou(str(actor_id))
    waiting = await uow.differences.first(WAVE_KINDS, limit=limit)
    await uow.vault.load_keys(difference.import_id for difference in waiting)
    await apply_changes(uow, [await reveal_change(uow, difference) for difference in waiting], now=now)
    await uow.differences.drop_many(waiting)
    if waiting:
        await record(uow, Act.WAVE_CONFIRMED, by=actor_id, count=len(waiting), now=now)
    return len(waiting)


async def apply_difference(uow: UnitOfWork, difference_id: UUID | None, *, by: UUID, now: datetime) -> None:
    """Confirm one difference, a death too; whoever is concerned is told, and of a death nobody.

    Raises:
        NoLongerSo: a colleague has decided it, a newer file replaced it, or it no longer fits.
    """
    difference = await difference_of(uow, difference_id)
    await apply_change(uow, await reveal_change(uow, difference), now=now)
    about, kind = difference.prisoner_id, difference.kind
    await uow.differences.drop(difference)
    await record(uow, Act.DIFFERENCE_CONFIRMED, by=by, about=about, kind=kind, now=now)


async def refuse_difference(uow: UnitOfWork, difference_id: UUID | None) -> None:
    """Leave one difference out; the next file that still says it brings it again.

    Raises:
        NoLongerSo: a colleague has decided it, or a newer file replaced it.
    """
    await uow.differences.drop(await difference_of(uow, difference_id))


async def difference_of(uow: UnitOfWork, difference_id: UUID | None) -> Difference:
    """Return a waiting difference.

    Raises:
        NoLongerSo: it does not wait any more.
    """
    difference = None if difference_id is None else await uow.differences.get(difference_id)
    if difference is None:
        raise NoLongerSo(str(difference_id))
    return difference


async def reveal_change(uow: UnitOfWork, difference: Difference) -> Change:
    """Open what a difference holds."""
    body = await uow.differences.reveal_body(difference)
    return change_from(difference.kind, difference.prisoner_id, body)


async def describe_difference(
    uow: UnitOfWork, difference: Difference, *, language: str = "be"
) -> DifferenceView:
    """Say what a difference is about, as a desk may see it: somebody hidden by their alias only."""
    return await describe_change(uow, await reveal_change(uow, difference), language=language)
