"""Who was told which date of a sitting, and what still holds of what is told about it."""

from collections.abc import Collection
from datetime import datetime

from solidarity.hearings.life import is_over
from solidarity.hearings.sitting_times import KEPT_AFTER_SITTING
from solidarity.reminders import is_spoken_of, news_for
from storage.claims import Claimed
from storage.hearings import Heard
from storage.models import Hearing, HearingStatus, Lane, Person
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

OUTCOME = "hearing_outcome"
CORRECTIONS = ("hearing_moved", "hearing_changed")
CHANGE_OF = {HearingStatus.MOVED: "hearing_moved", HearingStatus.CANCELLED: "hearing_cancelled"}


async def note_told(uow: UnitOfWork, sent: Collection[Claimed | Due], *, now: datetime) -> None:
    """Remember which revision somebody was just sent; if it is not today's any more, tell them today's."""
    if not sent:
        return
    hearings = {hearing.id: hearing for hearing in await uow.hearings.among({row.about_id for row in sent})}
    people = await uow.people.among({row.person_id for row in sent})
    told = [row for row in sent if row.about_id in hearings and row.person_id in people]
    await uow.hearings.note_told(
        Heard(
            row.about_id, row.person_id, row.revision, hearings[row.about_id].starts_at + KEPT_AFTER_SITTING
        )
        for row in told
    )
    for row in told:
        hearing = hearings[row.about_id]
        if row.revision < hearing.revision and row.kind != "hearing_cancelled":
            await uow.posted.retire_about(
                hearing.id, revision=hearing.revision, people=[row.person_id], now=now
            )
            known = (await uow.hearings.told(hearing.id)).get(row.person_id)
            # They read today's before this one, which came late: without another word the older would count.
            again = f"after{row.revision}" if known == hearing.revision else ""
            await tell_change(uow, hearing, people[row.person_id], again=again, now=now)


async def tell_change(
    uow: UnitOfWork, hearing: Hearing, person: Person, *, again: str = "", now: datetime
) -> None:
    """Tell somebody at once that what they know of a sitting no longer holds; of the silenced nothing.

    Args:
        again: what sets it apart from the same news that they have read before.
    """
    prisoner = await uow.prisoners.get(hearing.prisoner_id)
    if not is_spoken_of(prisoner):
        return
    # They know the hearing now: what waits as the announcement of another one is told as a change.
    await uow.outbox.drop_waiting_for(person.id, [hearing.id], kinds=("hearing_new",))
    kind = CHANGE_OF.get(hearing.status, "hearing_changed")
    revision, lane = hearing.revision, Lane.URGENT
    await uow.outbox.queue(
        [news_for(person, kind, hearing.id, now=now, revision=revision, lane=lane, key=again)]
    )


def still_so(hearing: Hearing, kind: str, revision: int, *, now: datetime) -> bool:
    """Say whether a message about a revision of a hearing may still go out."""
    if revision != hearing.revision:
        return False
    if kind == "hearing_cancelled":
        return hearing.status is HearingStatus.CANCELLED
    if kind == OUTCOME:
        return hearing.status is HearingStatus.HELD and hearing.outcome is not None
    if kind in CORRECTIONS:
        # Also once it has begun: somebody may still expect it on a later day.
        return hearing.status is not HearingStatus.CANCELLED
    return not is_over(hearing, now=now) and kind.startswith("hearing_")
