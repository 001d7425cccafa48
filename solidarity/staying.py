"""Whether somebody who has been away for a year stays: asked once, and any visit is a yes."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from solidarity.reminders import news_for
from storage.models import Person
from storage.outbox import STAY
from storage.unit_of_work import UnitOfWork


async def ask_whether_they_stay(uow: UnitOfWork, person: Person, *, now: datetime) -> None:
    """Queue the question; the days in which it can be answered count anew from when it is sent."""
    person.asked_on = now.date()
    question = news_for(person, STAY, person.id, now=now, key=person.asked_on.isoformat())
    await uow.outbox.queue([question])


async def note_asked(uow: UnitOfWork, person_ids: Collection[UUID], *, now: datetime) -> None:
    """Note that the question has reached some people's chats, save those who were there meanwhile."""
    if not person_ids:
        return
    for person in (await uow.people.among(person_ids)).values():
        if person.asked_on is not None:
            person.asked_on = now.date()


async def is_asked(uow: UnitOfWork, person_id: UUID) -> bool:
    """Say whether somebody still has to answer."""
    person = await uow.people.get(person_id)
    return person is not None and person.asked_on is not None
