"""What the ready texts of broadcasts are filled with, for one reader: names as this person may know them."""

from dataclasses import dataclass
from datetime import datetime

from solidarity.access import Actor
from solidarity.broadcasts.audience import Said, prisoner_spoken_of
from solidarity.hearings.sitting_times import WALL, wall_start
from solidarity.naming import name_for
from storage.models import Confidence, Hearing
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Filling:
    """Values of a ready text; times are wall time in `zone`, and what it does not speak of is empty."""

    name: str = ""
    starts: datetime | None = None
    zone: str = ""
    court: str = ""
    confidence: Confidence | None = None


async def filling_of(uow: UnitOfWork, actor: Actor, said: Said, *, at_desk: bool = False) -> Filling:
    """Return what a ready text says today, and nothing for own words.

    A court is somebody's words: one that was named since it was sent is not said.

    Args:
        at_desk: names as they stand for who stands by the prisoner, where a coordinator may see them.

    Raises:
        NoLongerSo: it is not so any more.
    """
    if said.when is not None:
        starts = datetime.strptime(said.when, WALL)  # noqa: DTZ007 - a wall time has no zone of its own
        return Filling(starts=starts, zone=uow.home_zone)
    prisoner, hearing = await prisoner_spoken_of(uow, said)
    name = "" if prisoner is None else await name_for(uow, actor, prisoner, at_desk=at_desk)
    if hearing is None:
        return Filling(name)
    court = await court_of(uow, hearing)
    court = court if said.court in (None, court) else ""
    return Filling(name, wall_start(hearing), hearing.zone, court, hearing.confidence)


async def court_of(uow: UnitOfWork, hearing: Hearing) -> str:
    """Return the court of a sitting, or nothing where none is known."""
    return (await uow.hearings.reveal_details(hearing)).get("court", "")
