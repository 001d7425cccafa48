"""A question to an applicant and their answer; neither side learns who the other is."""

from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.guardianship import application_of, mine
from solidarity.people import person_of
from solidarity.reminders import news_for
from solidarity.typed_errors import TextTooLong
from storage.models import Guardianship, GuardianshipState, Lane
from storage.unit_of_work import UnitOfWork

LONGEST = 500
ASKED, ANSWERED = "application_asked", "application_answered"


def _tidy(text: str) -> str:
    words = text.strip()
    if not words:
        raise NotForYou("nothing was said")
    if len(words) > LONGEST:
        raise TextTooLong(LONGEST)
    return words


async def ask_applicant(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, question: str, *, now: datetime
) -> None:
    """Ask an applicant something before deciding; a new question takes the place of the last.

    Raises:
        NotForYou: there is no such application, it is the coordinator's own, or nothing was typed.
        NoLongerSo: it was decided or withdrawn meanwhile.
        TextTooLong: it is longer than 500 characters.
    """
    application = await application_of(uow, actor, guardianship_id)
    await uow.guardianships.ask(application, _tidy(question), by=actor.id)
    person = await person_of(uow, application.person_id)
    asked = news_for(person, ASKED, application.id, lane=Lane.WAITED_FOR, key=now.isoformat(), now=now)
    await uow.outbox.queue([asked])


async def asked_of(uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None) -> tuple[Guardianship, str]:
    """Return one's own application and what is asked about it.

    Raises:
        NotForYou: it is somebody else's, or there is none.
        NoLongerSo: it was decided meanwhile, or nothing is asked.
    """
    application = await mine(uow, actor, guardianship_id)
    question = await uow.guardianships.reveal_question(application)
    if application.state is not GuardianshipState.APPLIED or question is None:
        raise NoLongerSo(str(guardianship_id))
    return application, question


async def is_asked(uow: UnitOfWork, application: Guardianship) -> bool:
    """Say whether a question waits for the applicant's answer."""
    if application.state is not GuardianshipState.APPLIED:
        return False
    answer = await uow.guardianships.reveal_answer(application)
    return answer is None and await uow.guardianships.reveal_question(application) is not None


async def answer_question(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, answer: str, *, now: datetime
) -> None:
    """Answer what was asked about one's own application; who asked is told of the first.

    A new answer replaces the last.

    Raises:
        NotForYou: it is somebody else's, there is none, or nothing was typed.
        NoLongerSo: it was decided meanwhile, or nothing is asked.
        TextTooLong: it is longer than 500 characters.
    """
    application, _ = await asked_of(uow, actor, guardianship_id)
    is_first = await uow.guardianships.reveal_answer(application) is None
    await uow.guardianships.say(application, _tidy(answer))
    asker = None if application.asked_by is None else await uow.people.get(application.asked_by)
    if asker is not None and is_first:
        told = news_for(asker, ANSWERED, application.id, lane=Lane.WAITED_FOR, key=now.isoformat(), now=now)
        await uow.outbox.queue([told])
