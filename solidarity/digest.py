"""One word a week for each coordinator about whom they look after, and whom nobody does; nothing, no word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from solidarity import naming
from solidarity.access import Actor
from solidarity.hours import at_their_hour
from solidarity.ladder import offer_again
from solidarity.reminders import hours_of
from solidarity.silence import silences
from storage.digests import Those
from storage.models import Person, RoleName
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

KIND = "desk_digest"
SHOWN = 10
MOST_OFFERED = 500
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """A prisoner as the desk names them, with the day that matters."""

    prisoner_id: UUID
    name: str
    day: date | None


@dataclass(frozen=True)
class Part:
    """How many there are, and the first ten of them."""

    count: int
    lines: Sequence[Line]


@dataclass(frozen=True)
class Digest:
    """Whose guardians are quiet, whose silence is beyond the usual since a week, and who has nobody."""

    quiet: Part
    unheard: Part
    nobodys: Part


async def plan_digests(uow: UnitOfWork, now: datetime) -> None:
    """Each night: note new silences, and queue this week's word for every coordinator who has one coming.

    It is due on Monday at their hour, or at once where that is over; weeks and days are those in UTC.
    """
    today = now.date()
    await uow.prisoners.note_unheard([one.prisoner_id for one in await silences(uow, today=today)], today)
    monday = today - timedelta(days=today.weekday())
    people = await uow.people.with_role(RoleName.COORDINATOR)
    await uow.outbox.queue(
        [_due(one, monday, now=now) for one in people if await has_news(uow, one.id, since=monday - WEEK)]
    )


def _due(person: Person, monday: date, *, now: datetime) -> Due:
    due_at = max(at_their_hour(monday, hours_of(person)), now)
    until = datetime.combine(monday + WEEK, time(), UTC)
    key = f"{KIND}:{monday.isoformat()}:person:{person.id}"
    return Due(person.id, KIND, person.id, key, due_at, useful_until=until)


async def has_news(uow: UnitOfWork, person_id: UUID, *, since: date) -> bool:
    """Say whether there is anything to tell a coordinator."""
    return await uow.digests.has_any(person_id, since=since)


async def digest_of(uow: UnitOfWork, actor: Actor) -> Digest:
    """Return what stands for a coordinator today, by the names that the desk may show."""
    parts = (
        await uow.digests.quiet(actor.id, limit=SHOWN),
        await uow.digests.unheard(actor.id, since=actor.today - WEEK, limit=SHOWN),
        await uow.digests.nobodys(actor.id, limit=SHOWN),
    )
    return Digest(*[await _named(uow, actor, part) for part in parts])


async def offer_all_again(uow: UnitOfWork, actor: Actor) -> int:
    """Suggest to others at once everybody of one's own whose guardian is quiet; says how many."""
    quiet = await uow.digests.quiet(actor.id, limit=MOST_OFFERED)
    return await offer_again(uow, actor, {prisoner_id for prisoner_id, _ in quiet.first})


async def _named(uow: UnitOfWork, actor: Actor, those: Those) -> Part:
    lines = []
    for prisoner_id, day in those.first:
        prisoner = await uow.prisoners.get(prisoner_id)
        if prisoner is not None:
            lines.append(Line(prisoner_id, await naming.name_for(uow, actor, prisoner, at_desk=True), day))
    return Part(those.count, lines)
