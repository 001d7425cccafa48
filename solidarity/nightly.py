"""What the calendar alone brings about: the clockwork goes through it each night and after a start."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from solidarity.digest import plan_digests
from solidarity.forgery import notice_forged_rules
from solidarity.ladder import end_overlaps, notice_silence
from solidarity.pausing import end_pauses
from solidarity.post_changes import follow_cards
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Work:
    """One thing that comes about; done twice in a night it is done once."""

    what: str
    do: Callable[[UnitOfWork, datetime], Awaitable[None]]

    async def apply(self, uow: UnitOfWork, *, now: datetime) -> None:
        """Bring it about for everybody whom it concerns today."""
        await self.do(uow, now)


COMES_ABOUT = (
    Work("pauses that are over", end_pauses),
    Work("letters that became possible or impossible", follow_cards),
    Work("guardians who have fallen silent", notice_silence),
    Work("overlaps that are over", end_overlaps),
    Work("the coordinators' weekly word", plan_digests),
    Work("rules that were changed by hand", notice_forged_rules),
)
