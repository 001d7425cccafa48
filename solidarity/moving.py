"""Moving to another account: somebody stays who they are, and their old chat is emptied and forgotten."""

from datetime import datetime, timedelta

from solidarity.access import Actor
from solidarity.audit import Act, record
from solidarity.code_words import new_link_code
from solidarity.colleagues import warn_of
from solidarity.errors import AccountInUse, CodeUnknown
from solidarity.leaving import begin_farewell, remove_person
from solidarity.people import actor_of, person_of
from storage.models import Code, CodeKind, GuardianshipState, Person, RoleName
from storage.unit_of_work import UnitOfWork

KIND = "desk_account_moved"
CODE_LIFE = timedelta(hours=48)


async def give_account_code(uow: UnitOfWork, actor: Actor, *, now: datetime) -> tuple[str, datetime]:
    """Make the code by which a person goes on under another account; one given before stops working.

    Returns it, to be shown once, and until when it works.
    """
    await uow.codes.forget_of(actor.id, kind=CodeKind.ACCOUNT)
    words, expires_at = new_link_code(), now + CODE_LIFE
    await uow.codes.add(words, CodeKind.ACCOUNT, expires_at=expires_at, issued_by=actor.id)
    return words, expires_at


async def move_account(uow: UnitOfWork, actor: Actor, code: Code, *, now: datetime) -> Actor:
    """Let the person who made the code go on under the account of who typed it; returns them as who acts.

    Roles are signed for the new account, the old chat is emptied, its account a stranger's from then on. The
    one who was kept for the new account until now is forgotten.

    Raises:
        CodeUnknown: who made it has left, hides, is suspended, may be detained, or is who typed it.
        AccountInUse: who typed it has roles, guardianships or ties of their own.
    """
    person = await _who_moves(uow, actor, code, now=now)
    await _require_empty(uow, actor)
    # In the order in which a delivery locks them.
    await uow.claims.take_back(person.id)
    await uow.codes.forget_of(person.id, kind=CodeKind.ACCOUNT)
    chat_id = await uow.people.reveal_chat(await person_of(uow, actor.id))
    await begin_farewell(uow, person, now=now)
    await uow.posted.hand_over(actor.id, to=person.id)
    await remove_person(uow, actor.id, now=now)
    await uow.departures.add(actor.id, day=now.date())
    await uow.people.move(person, chat_id)
    await uow.session.flush()
    moved = await actor_of(uow, person, now=now)
    if moved.is_coordinator:
        # What somebody with a coordinator's telephone would do.
        await warn_of(uow, KIND, moved.id, key=now.isoformat(), now=now)
    await record(uow, Act.ACCOUNT_MOVED, by=moved.id, now=now)
    return moved


async def _who_moves(uow: UnitOfWork, actor: Actor, code: Code, *, now: datetime) -> Person:
    person = None if code.issued_by is None else await uow.people.get(code.issued_by)
    if person is None or person.id == actor.id or await uow.hidings.get(person.id) is not None:
        raise CodeUnknown(str(code.id))
    moving = await actor_of(uow, person, now=now)
    if moving.is_suspended or moving.is_in_custody:
        raise CodeUnknown(str(code.id))
    return person


async def _require_empty(uow: UnitOfWork, actor: Actor) -> None:
    person = await person_of(uow, actor.id)
    roles = {role.role for role in await uow.people.roles_of(person)}
    if (
        roles - {RoleName.SUPPORTER}
        or await uow.people.restrictions_of(person)
        or await uow.guardianships.of_person(person.id, *GuardianshipState)
        or await uow.kinships.of_person(person.id)
    ):
        raise AccountInUse(str(person.id))
