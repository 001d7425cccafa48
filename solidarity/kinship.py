"""Family ties: one coordinator gives the words, a second one confirms who came with them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from solidarity.audit import Act, By, record
from solidarity.errors import NoLongerSo, RightsForged
from solidarity.hearings.milestones import plan_milestones_of
from solidarity.people import person_of
from solidarity.pseudonyms import pseudonym
from solidarity.reminders import include_person, news_for
from storage.errors import ForgedRow
from storage.models import Kinship, KinshipState, Person, Request, RoleName
from storage.right_rows import HeldRole
from storage.unit_of_work import UnitOfWork

CONFIRMED = "kinship_confirmed"


@dataclass(frozen=True)
class Unconfirmed:
    """Somebody who redeemed a prisoner's words and is told nothing yet."""

    kinship_id: UUID
    relative: str
    since: date


async def unconfirmed_relatives(uow: UnitOfWork, prisoner_id: UUID, language: str) -> list[Unconfirmed]:
    """Return who waits to be confirmed as a prisoner's family, by pseudonym."""
    return [
        Unconfirmed(tie.id, pseudonym(tie.person_id.bytes, language), tie.since)
        for tie in await uow.kinships.unconfirmed(prisoner_id)
    ]


async def unconfirmed_tie(uow: UnitOfWork, kinship_id: UUID) -> Kinship:
    """Return a tie that waits to be confirmed.

    Raises:
        NoLongerSo: it was confirmed or ended meanwhile, or its person left.
    """
    tie = await uow.kinships.get(kinship_id)
    if tie is None or tie.state is KinshipState.ENDED or await is_confirmed(uow, tie.person_id, tie.id):
        raise NoLongerSo(str(kinship_id))
    return tie


async def _right_of(uow: UnitOfWork, person: Person, tie: Kinship) -> HeldRole | None:
    """Return the right that came with a tie, as long as it stands.

    Raises:
        RightsForged: the person's rights were changed by hand.
    """
    try:
        roles = await uow.people.roles_of(person)
    except ForgedRow as error:
        raise RightsForged(str(person.id)) from error
    return next(
        (one for one in roles if one.role is RoleName.RELATIVE and one.scope == tie.prisoner_id), None
    )


async def confirm_kinship(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    """Let a relative see and hear what is for family, from now on.

    What counts is their right, which is signed as confirmed; a tie that says so alone was written by hand.

    Raises:
        NoLongerSo: see `unconfirmed_tie`, or the right that came with it has ended.
        RightsForged: the person's rights were changed by hand.
    """
    tie = await unconfirmed_tie(uow, request.about_id)
    person = await person_of(uow, tie.person_id)
    right = await _right_of(uow, person, tie)
    if right is None:
        raise NoLongerSo(str(tie.id))
    await uow.people.confirm(right, person)
    tie.state, tie.confirmed_by = KinshipState.CONFIRMED, by
    await uow.session.flush()
    await uow.outbox.queue([news_for(person, CONFIRMED, tie.id, now=now)])
    await include_person(uow, person, tie.prisoner_id, now=now)
    await plan_milestones_of(uow, person, now=now)
    await record(uow, Act.RELATIVE_CONFIRMED, by=By.HOST if by is None else by, about=person.id, now=now)


async def end_unconfirmed(uow: UnitOfWork, request: Request) -> None:
    """End a tie that a second coordinator did not confirm; the relative is told nothing.

    Raises:
        NoLongerSo: see `unconfirmed_tie`.
        RightsForged: the person's rights were changed by hand.
    """
    tie = await unconfirmed_tie(uow, request.about_id)
    tie.state = KinshipState.ENDED
    person = await person_of(uow, tie.person_id)
    right = await _right_of(uow, person, tie)
    if right is not None:
        await uow.people.revoke(right, person)


async def is_confirmed(uow: UnitOfWork, person_id: UUID, kinship_id: UUID) -> bool:
    """Say whether a tie is this person's, and stands."""
    return any(tie.id == kinship_id for tie in await uow.kinships.of_person(person_id))


async def waits_to_be_confirmed(uow: UnitOfWork, person_id: UUID) -> bool:
    """Say whether somebody has redeemed words as family, and nobody has confirmed any tie of theirs yet."""
    return bool(await uow.kinships.standing_of(person_id)) and not await uow.kinships.of_person(person_id)
