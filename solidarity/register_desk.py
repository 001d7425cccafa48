"""Waiting differences in the order in which a coordinator's desk shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from solidarity.access import Actor
from solidarity.changes import NEVER_IN_A_WAVE
from solidarity.difference_views import DifferenceView
from solidarity.differences import describe_difference
from solidarity.errors import NoLongerSo
from storage.models import DifferenceKind
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class DifferenceAtDesk:
    """One waiting difference, and what it says."""

    difference_id: UUID
    seen: DifferenceView


def count_for_wave(counts: Mapping[DifferenceKind, int]) -> int:
    """Count what may be confirmed together: all but deaths, people cut off, and people gone."""
    return sum(count for kind, count in counts.items() if kind not in NEVER_IN_A_WAVE)


async def difference_at_desk(uow: UnitOfWork, actor: Actor, passed: int) -> DifferenceAtDesk | None:
    """Open the first waiting difference after `passed` others, or None where there is none."""
    rows = await uow.differences.first(tuple(DifferenceKind), limit=passed + 1)
    if len(rows) <= passed:
        return None
    row = rows[passed]
    return DifferenceAtDesk(row.id, await describe_difference(uow, row, language=actor.language))


async def waiting_difference(uow: UnitOfWork, actor: Actor, difference_id: UUID | None) -> DifferenceAtDesk:
    """Open one waiting difference.

    Raises:
        NoLongerSo: it waits no more.
    """
    row = None if difference_id is None else await uow.differences.get(difference_id)
    if row is None:
        raise NoLongerSo(str(difference_id))
    return DifferenceAtDesk(row.id, await describe_difference(uow, row, language=actor.language))
