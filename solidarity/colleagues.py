"""Telling coordinators what concerns them all; what happens again within a day is told once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.reminders import news_for
from storage.models import Lane, Person, RoleName
from storage.unit_of_work import UnitOfWork

USEFUL_FOR = timedelta(days=3)
# What is told once a day: each kind, and its screen, stands for one thing that happened.
WRONG_CODES, GROUP, PROFILE, ALARM = "desk_wrong_codes", "desk_group", "desk_profile", "desk_alarm"
RULES_FORGED = "desk_rules_forged"
DAILY = (WRONG_CODES, GROUP, PROFILE, ALARM, RULES_FORGED)


async def tell(
    uow: UnitOfWork,
    people: Iterable[Person],
    kind: str,
    *,
    key: str,
    about_id: UUID | None = None,
    lane: Lane = Lane.REMINDER,
    useful_for: timedelta = USEFUL_FOR,
    now: datetime,
) -> None:
    """Queue a message to some people; only an urgent one is for the night.

    Args:
        key: what makes this one message, however often it is queued.
        about_id: what it is about; None where each is told of nothing in particular.
    """
    until = now + useful_for
    await uow.outbox.queue(
        news_for(one, kind, about_id or one.id, key=key, lane=lane, useful_until=until, now=now)
        for one in people
    )


async def warn_of(
    uow: UnitOfWork,
    kind: str,
    person_id: UUID,
    *,
    key: str,
    useful_for: timedelta = USEFUL_FOR,
    now: datetime,
) -> None:
    """Queue an urgent message about somebody to every coordinator but them, once for each key."""
    others = [one for one in await uow.people.with_role(RoleName.COORDINATOR) if one.id != person_id]
    urgent = Lane.URGENT
    await tell(uow, others, kind, key=key, about_id=person_id, lane=urgent, useful_for=useful_for, now=now)


async def tell_once_a_day(uow: UnitOfWork, kind: str, *, now: datetime) -> None:
    """Queue one of the `DAILY` kinds to every coordinator, calmly: at most one a day, in UTC."""
    coordinators = await uow.people.with_role(RoleName.COORDINATOR)
    await tell(uow, coordinators, kind, key=now.date().isoformat(), now=now)
