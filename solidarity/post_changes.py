"""What follows where a letter becomes impossible or possible again: a reminder less, or one more, and a word.

A prisoner's own change is followed at once. That cards or places changed, or a place ceased to be one, is
followed each night; whatever is due meanwhile is asked about again when it is sent.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from solidarity import letter_reminders, post
from solidarity.reminders import is_within_reach, news_for
from storage.models import Guardianship, GuardianshipState, Prisoner
from storage.unit_of_work import UnitOfWork

AT_ONCE = 500
A_WEEK = timedelta(days=7)


async def follow_prisoner(
    uow: UnitOfWork, prisoner: Prisoner, *, is_said: bool = False, now: datetime
) -> None:
    """Let the reminders about one prisoner be as their custody status and place ask for.

    Args:
        is_said: whether other news, sent at the same time, say that nobody is reminded.
    """
    active = await uow.guardianships.of_prisoner(prisoner.id, GuardianshipState.ACTIVE)
    await _follow(uow, active, [prisoner], now=now)
    if is_said:
        for promise in active:
            await uow.outbox.drop_waiting(promise.id, kinds=(letter_reminders.IMPOSSIBLE,))


async def follow_cards(uow: UnitOfWork, now: datetime) -> None:
    """Let everybody's reminders be as the cards in force ask for; done twice it is done once."""
    await _follow_all(uow, await uow.guardianships.without_rhythm(), now=now)
    for status, code in await uow.guardianships.held_in():
        if not await post.is_written_under(uow, status, code, today=now.date()):
            await _follow_all(uow, await uow.guardianships.with_rhythm(status, code), now=now)


async def _follow_all(uow: UnitOfWork, promises: Sequence[Guardianship], *, now: datetime) -> None:
    for start in range(0, len(promises), AT_ONCE):
        some = promises[start : start + AT_ONCE]
        prisoners = await uow.prisoners.among({promise.prisoner_id for promise in some})
        await _follow(uow, some, prisoners, now=now)


async def _follow(
    uow: UnitOfWork, promises: Collection[Guardianship], prisoners: Collection[Prisoner], *, now: datetime
) -> None:
    reachable = {prisoner.id for prisoner in prisoners if is_within_reach(prisoner)}
    possible = await post.written_to(uow, prisoners, today=now.date())
    asked = await letter_reminders.asked_to_write(uow, promises)
    for promise in promises:
        is_asked, is_possible = promise.id in asked, promise.prisoner_id in possible
        if promise.prisoner_id not in reachable or is_asked is is_possible:
            continue
        if is_possible:
            await _begin_again(uow, promise, now=now)
        else:
            await letter_reminders.plan_letter(uow, promise, now=now)


async def _begin_again(uow: UnitOfWork, promise: Guardianship, *, now: datetime) -> None:
    # The word asks for a letter itself: what the rhythm had asked for meanwhile is given a week.
    rhythm_on = max(await letter_reminders.rhythm_day(uow, promise), now.date() + A_WEEK)
    await letter_reminders.plan_letter(uow, promise, rhythm_on=rhythm_on, now=now)
    await uow.outbox.drop_waiting(promise.id, kinds=(letter_reminders.IMPOSSIBLE,))
    person = await uow.people.get(promise.person_id)
    if person is not None:
        await uow.outbox.queue(
            [news_for(person, letter_reminders.POSSIBLE, promise.id, key=now.isoformat(), now=now)]
        )
