"""Rights and desks that somebody changed by hand: they give nothing, and those who can act are told."""

import logging
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from solidarity.audit import Act, record_of_host
from solidarity.colleagues import RULES_FORGED, tell, tell_once_a_day
from solidarity.errors import NoLongerSo, NotForYou
from storage.errors import ForgedRow
from storage.models import Desk, Lane, Person, RestrictionKind, RoleName
from storage.outbox import RIGHTS_FORGED
from storage.right_rows import HeldRole
from storage.unit_of_work import UnitOfWork

_log = logging.getLogger("poruch.rights")


async def believed_roles(uow: UnitOfWork, person: Person, *, now: datetime) -> list[HeldRole] | None:
    """Return the roles somebody holds; None where their rights were changed by hand.

    Coordinators are told of that, and by a unit that only looks the operator's log alone.
    """
    try:
        return await uow.people.roles_of(person)
    except ForgedRow as error:
        _log.error("somebody's rights were changed by hand", exc_info=error)
    if uow.locks:
        await _tell(uow, now=now)
    return None


async def believed_desk(uow: UnitOfWork, person: Person, *, is_due: bool, now: datetime) -> Desk | None:
    """Return somebody's desk; None where it was changed by hand, of which coordinators are told as of rights.

    Args:
        is_due: whether they must have one, so that one which is missing was deleted by hand.
    """
    desk = await uow.desks.get(person.id)
    if desk is None and is_due:
        _log.error("a coordinator's desk was changed by hand")
        if uow.locks:
            await _tell(uow, now=now)
    return desk


async def _tell(uow: UnitOfWork, *, now: datetime) -> None:
    """Queue the warning to all coordinators, one a day; it names nobody.

    Also to those whose own rights do not fit: who changes everybody's must not go unnoticed.
    """
    said = await uow.people.said_to_hold(RoleName.COORDINATOR)
    told = [one for one in said if not await _is_kept_away(uow, one, now=now)]
    await tell(uow, told, RIGHTS_FORGED, key=now.date().isoformat(), lane=Lane.URGENT, now=now)


async def _is_kept_away(uow: UnitOfWork, person: Person, *, now: datetime) -> bool:
    """Say whether a true restriction, and not one that was written by hand, keeps a coordinator away."""
    standing = [one.kind for one in await uow.people.restrictions_of(person) if one.is_active(now)]
    return RestrictionKind.SUSPENDED in standing or RestrictionKind.CUSTODY in standing


async def notice_forged_rules(uow: UnitOfWork, now: datetime) -> None:
    """Tell coordinators each night where a rule card or risky word was changed by hand: it counts nothing."""
    if await uow.card_changes.has_forged() or await uow.word_changes.has_forged():
        await tell_once_a_day(uow, RULES_FORGED, now=now)


async def set_rights_right(uow: UnitOfWork, person_id: UUID, *, now: datetime) -> None:
    """Let the host give somebody whose rights were changed by hand a supporter's, and nothing else.

    Raises:
        NotForYou: nobody has this id.
        NoLongerSo: their rights are as the program wrote them.
    """
    person = await uow.people.get(person_id)
    if person is None:
        raise NotForYou(str(person_id))
    with suppress(ForgedRow):
        await uow.people.roles_of(person)
        raise NoLongerSo(str(person_id))
    await uow.people.take_all(person)
    await uow.people.grant(person, RoleName.SUPPORTER, scope=None, granted_by=None, day=now.date())
    await record_of_host(uow, Act.RIGHTS_FORGED, about=person_id, now=now)
