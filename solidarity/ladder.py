"""What follows from reminders that nobody answers: a question, a line for the coordinators, somebody new.

Answered is a reminder by a tap on one of its buttons; that it was opened says nothing. After two, the third
asks whether to pause. Three make a guardian quiet once a week has passed since the third, or with the fourth.
Two weeks later, or when a coordinator says so, the prisoner is suggested to others; who comes new stands
beside the quiet one for a rhythm, and then the quiet one's promise ends by itself.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity import coverage, letter_reminders, people
from solidarity.access import Actor
from solidarity.reminders import exclude_person, news_for
from storage.claims import Claimed
from storage.models import Guardianship, GuardianshipState
from storage.unit_of_work import UnitOfWork

ASKED_AFTER = 2
QUIET_AFTER = 3
WEEK = timedelta(days=7)
OFFERED_AFTER = timedelta(days=14)
HANDED_OVER = "handed_over"
KIND = "guardianship_handed_over"


def asks_to_pause(guardianship: Guardianship) -> bool:
    """Say whether the reminder that stands unanswered now is to ask for a pause: two before it were not."""
    return guardianship.unanswered > ASKED_AFTER


async def note_reminded(uow: UnitOfWork, delivered: Collection[Claimed], *, now: datetime) -> None:
    """Count the letter reminders among some delivered messages; the day is that in UTC."""
    reminded = {row.about_id for row in delivered if row.kind == letter_reminders.LETTER}
    if reminded:
        await uow.guardianships.count_reminded(reminded, day=now.date())


def note_answer(guardianship: Guardianship) -> None:
    """Take a tap, a letter or a pause as a sign that the guardian is there: they are not quiet any more."""
    guardianship.unanswered = 0
    guardianship.quiet_on = guardianship.offered_on = guardianship.handed_over_on = None


async def notice_silence(uow: UnitOfWork, now: datetime) -> None:
    """Each night: count as quiet who has become so, and offer to others whose guardian stayed it.

    Whoever is kept away is quiet as well: nothing is sent to them, and their prisoner would wait for them.
    """
    today = now.date()
    await uow.guardianships.turn_quiet(reminders=QUIET_AFTER, reminded_until=today - WEEK, today=today)
    await uow.guardianships.turn_kept_away_quiet(today=today)
    await uow.guardianships.offer_quiet(quiet_until=today - OFFERED_AFTER, today=today)


async def offer_again(uow: UnitOfWork, actor: Actor, prisoner_ids: Collection[UUID]) -> int:
    """Suggest to others at once whoever of some prisoners has a quiet guardian; says how many.

    May be asked again: what is offered already stays so.
    """
    waiting = [one for one in await uow.guardianships.quiet_of(prisoner_ids) if one.offered_on is None]
    for guardianship in waiting:
        guardianship.offered_on = actor.today
    await uow.session.flush()
    offered = {guardianship.prisoner_id for guardianship in waiting}
    if offered:
        await uow.coverage.count_anew(offered, coverage.counting(actor.today))
    return len(offered)


async def hand_over(uow: UnitOfWork, accepted: Guardianship, *, now: datetime) -> None:
    """Let somebody who was accepted take the place of the guardian who has been quiet longest, if any."""
    quiet = [
        one
        for one in await uow.guardianships.quiet_of({accepted.prisoner_id})
        if one.offered_on is not None and one.handed_over_on is None and one.id != accepted.id
    ]
    if quiet:
        quiet[0].handed_over_on = now.date()


async def end_overlaps(uow: UnitOfWork, now: datetime) -> None:
    """Each night: end the promises of quiet guardians beside whom somebody new has stood for a rhythm."""
    for guardianship in await uow.guardianships.handed_over():
        assert guardianship.handed_over_on is not None
        if guardianship.handed_over_on + timedelta(weeks=guardianship.rhythm_weeks) <= now.date():
            await _end(uow, guardianship, now=now)


async def _end(uow: UnitOfWork, guardianship: Guardianship, *, now: datetime) -> None:
    person = await people.person_of(uow, guardianship.person_id)
    guardianship.state, guardianship.reason = GuardianshipState.ENDED, HANDED_OVER
    guardianship.ended_on = now.astimezone(ZoneInfo(person.zone)).date()
    await uow.session.flush()
    await uow.outbox.drop_waiting(guardianship.id)
    await exclude_person(uow, person.id, guardianship.prisoner_id, now=now)
    await uow.outbox.queue([news_for(person, KIND, guardianship.id, now=now)])
