"""The life of a promise to write: applied for, accepted or declined, taken over, ended."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.coverage import MOST_GUARDIANS
from solidarity.covering import count_anew
from solidarity.errors import (
    AlreadyGuardian,
    ApplicantKeptAway,
    GuardiansFull,
    NoLongerSo,
    NotForYou,
    TooManyPrisoners,
)
from solidarity.hours import within_waking_hours
from solidarity.ladder import hand_over
from solidarity.letter_reminders import plan_letter
from solidarity.people import actor_of, person_of
from solidarity.reminders import exclude_person, hours_of, include_person, news_for
from solidarity.rhythm import RHYTHMS
from solidarity.suggesting import require_suggestible
from solidarity.typed_errors import TextTooLong
from storage.errors import AlreadyThere
from storage.guardianships import STANDING
from storage.models import (
    Guardianship,
    GuardianshipState,
    Lane,
    Person,
    RoleName,
)
from storage.outbox import Due
from storage.unit_of_work import UnitOfWork

MOST_PRISONERS = 3
WORD_LIMIT = 500
ASK_AGAIN = timedelta(days=3)
JUST_BEFORE = timedelta(milliseconds=1)


async def require_free_hands(uow: UnitOfWork, actor: Actor) -> None:
    """Refuse another promise to a person who looks after as many prisoners as one person may.

    Raises:
        TooManyPrisoners: they have three, applications included.
    """
    _require_fewer(await uow.guardianships.of_person(actor.id, *STANDING))


def _require_fewer(standing: Collection[Guardianship]) -> None:
    if len(standing) >= MOST_PRISONERS:
        raise TooManyPrisoners(MOST_PRISONERS)


def tidy_word(text: str) -> str:
    """Return the optional word of an application without stray spaces.

    Raises:
        TextTooLong: it is longer than 500 characters.
    """
    word = text.strip()
    if len(word) > WORD_LIMIT:
        raise TextTooLong(WORD_LIMIT)
    return word


async def apply_as_guardian(
    uow: UnitOfWork, actor: Actor, prisoner_id: UUID, *, rhythm_weeks: int, word: str | None, now: datetime
) -> Guardianship:
    """Keep an application; coordinators are reminded of it after three days.

    Raises:
        AlreadyGuardian: this person stands by this prisoner already, or has applied.
        GuardiansFull: the prisoner has three guardians.
        TooManyPrisoners: the person has three prisoners.
        TextTooLong: the optional word is longer than 500 characters.
    """
    await require_suggestible(uow, prisoner_id)
    if rhythm_weeks not in RHYTHMS:
        raise NotForYou("rhythm")
    word = tidy_word(word or "") or None
    await require_free_hands(uow, actor)
    await _require_room(uow, prisoner_id)
    try:
        guardianship = await uow.guardianships.add(
            person_id=actor.id, prisoner_id=prisoner_id, rhythm_weeks=rhythm_weeks, word=word, day=actor.today
        )
    except AlreadyThere as error:
        raise AlreadyGuardian(str(prisoner_id)) from error
    coordinators = await uow.people.with_role(RoleName.COORDINATOR)
    await uow.outbox.queue(
        Due(
            c.id,
            "application_waiting",
            guardianship.id,
            f"application_waiting:{guardianship.id}:person:{c.id}",
            within_waking_hours(now + ASK_AGAIN, hours_of(c)),
        )
        for c in coordinators
        if c.id != actor.id
    )
    await count_anew(uow, prisoner_id, today=actor.today)
    return guardianship


async def _require_room(uow: UnitOfWork, prisoner_id: UUID) -> None:
    active = await uow.guardianships.of_prisoner(prisoner_id, GuardianshipState.ACTIVE)
    # Whose guardian fell silent is offered to others, beside whoever that is.
    if len([one for one in active if one.offered_on is None]) >= MOST_GUARDIANS:
        raise GuardiansFull(MOST_GUARDIANS)


async def application_of(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> Guardianship:
    """Return somebody else's application that waits.

    Raises:
        NotForYou: there is none, or it is the coordinator's own, which a colleague decides.
        NoLongerSo: it was decided or withdrawn meanwhile.
    """
    found = None if guardianship_id is None else await uow.guardianships.get(guardianship_id)
    if found is None or found.person_id == actor.id:
        raise NotForYou(str(guardianship_id))
    if found.state is not GuardianshipState.APPLIED:
        raise NoLongerSo(str(guardianship_id))
    return found


async def is_kept_away(uow: UnitOfWork, application: Guardianship, *, now: datetime) -> bool:
    """Say whether an applicant is suspended or may be detained."""
    applicant = await actor_of(uow, await person_of(uow, application.person_id), now=now)
    return applicant.is_suspended or applicant.is_in_custody


async def accept_guardian(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> None:
    """Accept an application: the guardian is told, reminded in their rhythm, and told of hearings.

    Raises:
        NoLongerSo: it was decided or withdrawn meanwhile, or the prisoner is free, hidden or gone.
        NotForYou: nobody decides their own application.
        ApplicantKeptAway: the applicant is suspended or may be detained.
        GuardiansFull: the prisoner has three guardians meanwhile.
    """
    application = await application_of(uow, actor, guardianship_id)
    if await is_kept_away(uow, application, now=now):
        raise ApplicantKeptAway(str(guardianship_id))
    try:
        await require_suggestible(uow, application.prisoner_id)
    except NotForYou as refusal:
        raise NoLongerSo(str(guardianship_id)) from refusal
    # Two who accept at once must not both find room.
    await uow.prisoners.lock(application.prisoner_id)
    await _require_room(uow, application.prisoner_id)
    application.decided_by = actor.id
    await _begin(uow, application, now=now)
    await hand_over(uow, application, now=now)
    await _settle(uow, actor, application, now=now)


async def _begin(uow: UnitOfWork, guardianship: Guardianship, *, now: datetime) -> None:
    """Let a guardianship stand: its guardian is told whom they stand by, and reminded from now on."""
    person = await person_of(uow, guardianship.person_id)
    guardianship.state = GuardianshipState.ACTIVE
    guardianship.started_on = now.astimezone(ZoneInfo(person.zone)).date()
    await uow.session.flush()
    await uow.outbox.drop_waiting(guardianship.id)
    accepted = news_for(person, "application_accepted", guardianship.id, lane=Lane.WAITED_FOR, now=now)
    # Who waits for the morning reads first whom they stand by, then of that person's hearings.
    await uow.outbox.queue([accepted._replace(due_at=accepted.due_at - JUST_BEFORE)])
    await plan_letter(uow, guardianship, now=now)
    await include_person(uow, person, guardianship.prisoner_id, now=now)


async def take_over(
    uow: UnitOfWork, person: Person, prisoner_id: UUID | None, *, rhythm_weeks: int | None, now: datetime
) -> None:
    """Let somebody who writes to a prisoner already go on here as their guardian, without an application.

    How many others there are does not matter: they have been writing all along. An application of theirs
    for the same prisoner is decided by it; a guardianship that stands stays as it is.

    Raises:
        NoLongerSo: the prisoner is free, dead, hidden or gone meanwhile.
        TooManyPrisoners: the person has three prisoners; the code is not spent.
    """
    try:
        prisoner = await require_suggestible(uow, prisoner_id)
    except NotForYou as refusal:
        raise NoLongerSo(str(prisoner_id)) from refusal
    mine = await uow.guardianships.of_person(person.id, *STANDING)
    standing = next((one for one in mine if one.prisoner_id == prisoner.id), None)
    if standing is not None and standing.state is not GuardianshipState.APPLIED:
        return
    if standing is None:
        _require_fewer(mine)
    today = now.astimezone(ZoneInfo(person.zone)).date()
    guardianship = standing or await uow.guardianships.add(
        person_id=person.id,
        prisoner_id=prisoner.id,
        rhythm_weeks=rhythm_weeks or RHYTHMS[1],
        word=None,
        day=today,
    )
    await _begin(uow, guardianship, now=now)
    await count_anew(uow, prisoner.id, today=today)


async def decline_guardian(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> None:
    """Decline an application; the applicant is told, without a reason that could be held against anyone.

    Raises:
        NoLongerSo: it was decided or withdrawn meanwhile.
        NotForYou: nobody decides their own application.
    """
    application = await application_of(uow, actor, guardianship_id)
    person = await person_of(uow, application.person_id)
    application.state = GuardianshipState.DECLINED
    application.decided_by = actor.id
    application.ended_on = actor.today
    await uow.outbox.drop_waiting(application.id)
    declined = news_for(person, "application_declined", application.id, lane=Lane.WAITED_FOR, now=now)
    await uow.outbox.queue([declined])
    await _settle(uow, actor, application, now=now)


async def _settle(uow: UnitOfWork, actor: Actor, application: Guardianship, *, now: datetime) -> None:
    await count_anew(uow, application.prisoner_id, today=actor.today)
    about, kind = application.person_id, application.state
    await record(uow, Act.GUARDIANSHIP_DECIDED, by=actor.id, about=about, kind=kind, now=now)


async def standing_of(uow: UnitOfWork, actor: Actor) -> list[Guardianship]:
    """Return a person's own applications and guardianships that stand, oldest first."""
    return await uow.guardianships.of_person(actor.id, *STANDING)


async def mine(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> Guardianship:
    """Return a person's own standing guardianship.

    Raises:
        NotForYou: it is somebody else's, or there is none.
        NoLongerSo: it has ended.
    """
    found = None if guardianship_id is None else await uow.guardianships.get(guardianship_id)
    if found is None or found.person_id != actor.id:
        raise NotForYou(str(guardianship_id))
    if found.state not in STANDING:
        raise NoLongerSo(str(guardianship_id))
    return found


async def withdraw_application(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> None:
    """Take one's own application back."""
    application = await mine(uow, actor, guardianship_id)
    if application.state is not GuardianshipState.APPLIED:
        raise NoLongerSo(str(guardianship_id))
    application.state = GuardianshipState.WITHDRAWN
    application.ended_on = actor.today
    await uow.outbox.drop_waiting(application.id)
    await count_anew(uow, application.prisoner_id, today=actor.today)


async def step_down(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime) -> None:
    """End one's own guardianship: nothing more is sent about it or the prisoner's hearings.

    Raises:
        NoLongerSo: it is still an application, which is withdrawn instead, or has ended.
    """
    guardianship = await mine(uow, actor, guardianship_id)
    if guardianship.state is GuardianshipState.APPLIED:
        raise NoLongerSo(str(guardianship_id))
    guardianship.state = GuardianshipState.ENDED
    guardianship.ended_on = actor.today
    guardianship.reason = "stepped_down"
    await uow.session.flush()
    await uow.outbox.drop_waiting(guardianship.id)
    await exclude_person(uow, actor.id, guardianship.prisoner_id, now=now)
    await count_anew(uow, guardianship.prisoner_id, today=actor.today)
