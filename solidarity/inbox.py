"""What waits for a coordinator: applications by people they see under a pseudonym only."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.addresses import Place, place_of
from solidarity.errors import NotForYou
from solidarity.guardianship import is_kept_away
from solidarity.naming import name_for
from solidarity.people import person_of
from solidarity.portfolios import own_portfolio
from solidarity.pseudonyms import pseudonym
from storage.models import Guardianship, GuardianshipState
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Waiting:
    """One application in a list."""

    guardianship_id: UUID
    name: str
    since: date


@dataclass(frozen=True)
class Application:
    """One application with what is needed to decide it; nothing in it names the applicant."""

    guardianship_id: UUID
    prisoner_id: UUID
    name: str
    place: Place | None
    applicant: str
    rhythm_weeks: int
    languages: tuple[str, ...]
    since: date
    word: str | None
    question: str | None
    answer: str | None
    # Suspended, or said to be perhaps detained.
    is_kept_away: bool


async def waiting_applications(uow: UnitOfWork, actor: Actor) -> list[Waiting]:
    """Return the applications this coordinator may decide, those of their own portfolio and the oldest first.

    Nobody decides their own.
    """
    mine = await own_portfolio(uow, actor)
    waiting = [g for g in await uow.guardianships.waiting() if g.person_id != actor.id]
    waiting.sort(key=lambda g: g.prisoner_id not in mine)
    return [Waiting(g.id, await _name(uow, actor, g), g.applied_on) for g in waiting]


async def count_applications(uow: UnitOfWork, actor: Actor) -> int:
    """Count what `waiting_applications` would return, opening no name."""
    return sum(g.person_id != actor.id for g in await uow.guardianships.waiting())


async def get_application(
    uow: UnitOfWork, actor: Actor, guardianship_id: UUID | None, *, now: datetime
) -> Application | None:
    """Open one waiting application for a coordinator; None where it is decided, withdrawn or their own."""
    found = None if guardianship_id is None else await uow.guardianships.get(guardianship_id)
    if found is None or found.state is not GuardianshipState.APPLIED or found.person_id == actor.id:
        return None
    person = await person_of(uow, found.person_id)
    prisoner = await uow.prisoners.get(found.prisoner_id)
    code = prisoner.facility_code if prisoner else None
    return Application(
        found.id,
        found.prisoner_id,
        await _name(uow, actor, found),
        await place_of(uow, code, actor.language, today=actor.today),
        pseudonym(person.id.bytes, actor.language),
        found.rhythm_weeks,
        tuple(code for code in person.letter_languages.split(",") if code),
        found.applied_on,
        await uow.guardianships.reveal_word(found),
        await uow.guardianships.reveal_question(found),
        await uow.guardianships.reveal_answer(found),
        await is_kept_away(uow, found, now=now),
    )


async def _name(uow: UnitOfWork, actor: Actor, guardianship: Guardianship) -> str:
    prisoner = await uow.prisoners.get(guardianship.prisoner_id)
    if prisoner is None:
        raise NotForYou(str(guardianship.id))
    return await name_for(uow, actor, prisoner, at_desk=True)
