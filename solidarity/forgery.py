"""Rights that somebody changed by hand in the database: nobody has them, and those who can act are told."""

import logging
from datetime import datetime, timedelta

from storage.errors import ForgedRow
from storage.models import Lane, Person, RoleName
from storage.outbox import Due
from storage.right_rows import HeldRole
from storage.unit_of_work import UnitOfWork

KIND = "desk_rights_forged"
USEFUL_FOR = timedelta(days=3)
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


async def _tell(uow: UnitOfWork, *, now: datetime) -> None:
    """Queue the warning to all coordinators, one a day; it names nobody.

    Also to those whose own rights do not fit: who changes everybody's must not go unnoticed.
    """
    await uow.outbox.queue(
        Due(
            one.id,
            KIND,
            one.id,
            f"{KIND}:{now.date().isoformat()}:person:{one.id}",
            now,
            useful_until=now + USEFUL_FOR,
            lane=Lane.URGENT,
        )
        for one in await uow.people.said_to_hold(RoleName.COORDINATOR)
    )
