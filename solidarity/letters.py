"""Letters as their writers report them, and what that does to the rhythm."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from solidarity.access import Actor
from solidarity.covering import count_anew
from solidarity.errors import NoLongerSo, NotForYou, TooManyLetters
from solidarity.guardianship import mine
from solidarity.ladder import note_answer
from solidarity.letter_reminders import plan_letter
from solidarity.rhythm import put_off
from solidarity.suggesting import require_suggestible
from storage.models import Guardianship, GuardianshipState, Letter, LetterOutcome, Prisoner, Publicity
from storage.unit_of_work import UnitOfWork

# More than one person writes in a day.
MOST_SINGLE = 20


async def _active(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> Guardianship:
    """Return one's own guardianship that is not paused; whoever asks for it is there."""
    guardianship = await mine(uow, actor, guardianship_id)
    if guardianship.state is not GuardianshipState.ACTIVE:
        raise NoLongerSo(str(guardianship_id))
    note_answer(guardianship)
    return guardianship


async def report_letter(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> Letter:
    """Note a letter written today; the rhythm starts again. A second report on one day counts once."""
    guardianship = await _active(uow, actor, guardianship_id)
    letters = await uow.letters.of_guardianship(guardianship.id)
    letter = letters[-1] if letters else None
    if letter is None or letter.written_on != actor.today:
        letter = await uow.letters.add(
            person_id=actor.id,
            prisoner_id=guardianship.prisoner_id,
            guardianship_id=guardianship.id,
            day=actor.today,
            facility_code=await _facility_of(uow, guardianship.prisoner_id),
        )
    await plan_letter(uow, guardianship, now=now)
    await count_anew(uow, guardianship.prisoner_id, today=actor.today)
    return letter


async def _facility_of(uow: UnitOfWork, prisoner_id: UUID) -> str | None:
    prisoner = await uow.prisoners.get(prisoner_id)
    return None if prisoner is None else prisoner.facility_code


async def open_letters(uow: UnitOfWork, guardianship: Guardianship) -> list[Letter]:
    """Return the letters of which nothing is known yet, the newest first."""
    letters = await uow.letters.of_guardianship(guardianship.id)
    return [letter for letter in reversed(letters) if letter.outcome is LetterOutcome.WRITTEN]


async def note_outcome(
    uow: UnitOfWork,
    actor: Actor,
    guardianship_id: UUID | None,
    outcome: LetterOutcome,
    *,
    number: int | None,
) -> Letter | None:
    """Note that an answer came, or that a letter came back; answers end what was known as silence.

    Args:
        number: which letter it was; None where the guardian cannot tell: then it is none in particular, and
            an answer alone is noted.

    Raises:
        NotForYou: it is somebody else's, or no letter of theirs has this number.
        NoLongerSo: it is an application still, or has ended, or that letter's fate was noted before.
    """
    guardianship = await mine(uow, actor, guardianship_id)
    if guardianship.state is GuardianshipState.APPLIED:
        raise NoLongerSo(str(guardianship_id))
    note_answer(guardianship)
    if outcome is LetterOutcome.ANSWERED:
        await uow.prisoners.note_heard(guardianship.prisoner_id)
    if number is None:
        return None
    letters = await uow.letters.of_guardianship(guardianship.id)
    letter = next((one for one in letters if one.number == number), None)
    if letter is None:
        raise NotForYou(str(number))
    if letter.outcome is not LetterOutcome.WRITTEN:
        raise NoLongerSo(str(number))
    letter.outcome, letter.outcome_on = outcome, actor.today
    return letter


async def report_single(uow: UnitOfWork, actor: Actor, prisoner_id: UUID | None) -> None:
    """Note a letter without a promise: it counts for coverage. A second one on one day counts once.

    Raises:
        NotForYou: they may not be suggested, or their name is not public.
        TooManyLetters: twenty were reported today; who reports more makes people look written to who are not.
    """
    prisoner = await require_public(uow, prisoner_id)
    written = await uow.letters.single_to(actor.id, day=actor.today)
    if prisoner.id in written:
        return
    if len(written) >= MOST_SINGLE:
        raise TooManyLetters(MOST_SINGLE)
    await uow.letters.add(
        person_id=actor.id,
        prisoner_id=prisoner.id,
        guardianship_id=None,
        day=actor.today,
        facility_code=prisoner.facility_code,
    )
    await count_anew(uow, prisoner.id, today=actor.today)


async def require_public(uow: UnitOfWork, prisoner_id: UUID | None) -> Prisoner:
    """Return a prisoner to whom somebody may write once: one who may be suggested, by name.

    Raises:
        NotForYou: there is none with this id.
    """
    prisoner = await require_suggestible(uow, prisoner_id)
    if prisoner.publicity is not Publicity.PUBLIC:
        raise NotForYou(str(prisoner_id))
    return prisoner


@dataclass(frozen=True)
class LettersSoFar:
    """What is known of the letters reported within one guardianship."""

    written: int
    answered: int
    returned: int


async def letters_so_far(uow: UnitOfWork, guardianship: Guardianship) -> LettersSoFar:
    """Count the letters reported within one guardianship, and those that were answered or came back."""
    outcomes = [letter.outcome for letter in await uow.letters.of_guardianship(guardianship.id)]
    answered, returned = (outcomes.count(one) for one in (LetterOutcome.ANSWERED, LetterOutcome.RETURNED))
    return LettersSoFar(len(outcomes), answered, returned)


async def letters_this_month(uow: UnitOfWork, actor: Actor, prisoner_id: UUID) -> int:
    """Count the letters anybody reported to a prisoner this month, as the person's calendar has it."""
    return await uow.letters.count(prisoner_id, since=actor.today.replace(day=1))


async def remind_in_three_days(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> None:
    """Put the reminder off by three days."""
    guardianship = await _active(uow, actor, guardianship_id)
    await plan_letter(uow, guardianship, on=put_off(actor.today), now=now)


async def skip_letter(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime) -> None:
    """Leave this letter out; the next reminder comes a rhythm from today."""
    guardianship = await _active(uow, actor, guardianship_id)
    rhythm_on = actor.today + timedelta(weeks=guardianship.rhythm_weeks)
    await plan_letter(uow, guardianship, rhythm_on=rhythm_on, now=now)
