"""What two coordinators may ask for together: what it must be about, and what is done once they agree.

What stands in `DONE_BY` is done with the approval. Everything else is opened afterwards by who asked
(`solidarity/reveals.py`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from solidarity.access import Actor
from solidarity.audit import Act, By, record
from solidarity.broadcasts.life import drop_asked, is_own_broadcast, let_go_out
from solidarity.changing import is_own_card, is_own_word, let_card_count, let_word_count
from solidarity.desk import forget_pin
from solidarity.errors import NoLongerSo, NotForYou
from solidarity.kinship import confirm_kinship, end_unconfirmed, unconfirmed_tie
from solidarity.people import actor_of, person_of
from solidarity.publicity import CHOICES, set_publicity
from solidarity.restrictions import lift_suspension, standing
from storage.models import Prisoner, Publicity, Request, RequestKind, RestrictionKind
from storage.unit_of_work import UnitOfWork

Check = Callable[[UnitOfWork, Actor, UUID, str, datetime], Awaitable[None]]
# Who approved comes along; None is the host.
Done = Callable[[UnitOfWork, Request, UUID | None, datetime], Awaitable[None]]
WIDER = tuple(choice for choice in CHOICES if choice is not Publicity.HIDDEN)


async def _hidden(uow: UnitOfWork, prisoner_id: UUID) -> Prisoner:
    """Return a prisoner whose name is hidden.

    Raises:
        NotForYou: there is none with this id.
        NoLongerSo: the name is not hidden any more.
    """
    prisoner = await uow.prisoners.get(prisoner_id)
    if prisoner is None:
        raise NotForYou(str(prisoner_id))
    if prisoner.publicity is not Publicity.HIDDEN:
        raise NoLongerSo(str(prisoner_id))
    return prisoner


async def _is_another_person(
    uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime
) -> None:
    if argument or (await person_of(uow, about_id)).id == actor.id:
        raise NotForYou(str(about_id))


async def _is_anothers_tie(
    uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime
) -> None:
    if argument or (await unconfirmed_tie(uow, about_id)).person_id == actor.id:
        raise NotForYou(str(about_id))


async def _is_hidden(uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime) -> None:
    if argument:
        raise NotForYou(argument)
    await _hidden(uow, about_id)


async def _would_be_shown(
    uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime
) -> None:
    if argument not in WIDER:
        raise NotForYou(argument)
    await _hidden(uow, about_id)


async def _is_ones_own(uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime) -> None:
    # A code is for nobody yet: it is about who will give it.
    if argument or about_id != actor.id:
        raise NotForYou(str(about_id))


async def _is_suspended(uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime) -> None:
    await _is_another_person(uow, actor, about_id, argument, now)
    person = await person_of(uow, about_id)
    if await standing(uow, person, RestrictionKind.SUSPENDED, now=now) is None:
        raise NoLongerSo(str(about_id))


async def _has_a_desk(uow: UnitOfWork, actor: Actor, about_id: UUID, argument: str, now: datetime) -> None:
    await _is_another_person(uow, actor, about_id, argument, now)
    if not (await actor_of(uow, await person_of(uow, about_id), now=now)).is_coordinator:
        raise NotForYou(str(about_id))


async def _choose_a_pin_anew(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    await forget_pin(uow, request.about_id, now=now)


async def _let_in_again(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    await lift_suspension(uow, request.about_id, by=By.HOST if by is None else by, now=now)


async def _show_name_to_more(uow: UnitOfWork, request: Request, by: UUID | None, now: datetime) -> None:
    prisoner = await _hidden(uow, request.about_id)
    wish = Publicity(request.argument)
    await set_publicity(uow, prisoner, wish, now=now)
    who = By.HOST if by is None else by
    await record(uow, Act.PUBLICITY_CHANGED, by=who, about=prisoner.id, kind=wish, now=now)


# What may be asked for, each with what must be so of its object; what is not here cannot be asked.
CHECKS: dict[RequestKind, Check] = {
    RequestKind.CONTACT: _is_another_person,
    RequestKind.KINSHIP: _is_anothers_tie,
    RequestKind.NAME: _is_hidden,
    RequestKind.PUBLICITY: _would_be_shown,
    RequestKind.ROLE: _is_ones_own,
    RequestKind.UNSUSPEND: _is_suspended,
    RequestKind.NEW_PIN: _has_a_desk,
    RequestKind.RULE_CARD: is_own_card,
    RequestKind.RISKY_WORD: is_own_word,
    RequestKind.BROADCAST: is_own_broadcast,
}
DONE_BY: dict[RequestKind, Done] = {
    RequestKind.KINSHIP: confirm_kinship,
    RequestKind.PUBLICITY: _show_name_to_more,
    RequestKind.UNSUSPEND: _let_in_again,
    RequestKind.NEW_PIN: _choose_a_pin_anew,
    RequestKind.RULE_CARD: let_card_count,
    RequestKind.RISKY_WORD: let_word_count,
    RequestKind.BROADCAST: let_go_out,
}
# What a decline ends besides the request.
ENDED_BY: dict[RequestKind, Callable[[UnitOfWork, Request], Awaitable[None]]] = {
    RequestKind.KINSHIP: end_unconfirmed,
    RequestKind.BROADCAST: drop_asked,
}
