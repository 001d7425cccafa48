"""Coordinators' desks, each row marked as a whole.

A coordinator has a desk from the moment the role is given, before any PIN is chosen: so a row that is gone
was deleted by hand, and one that was changed by hand is none. Putting a whole row back to what it once was is
not noticed.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, or_, select

from storage.macs import Macs
from storage.models import Desk, Person, Role, RoleName
from storage.repository import Repository, as_marked
from storage.right_rows import in_ms

# Whatever number stands there for yes.
_IS_DECOY = Desk.is_decoy.not_in((False,))
_ALL = select(Desk.person_id)


async def begin_desk(queries: Repository, person_id: UUID) -> None:
    """Let a person have a desk without a PIN, instead of any that they had."""
    await queries.session.execute(delete(Desk).where(Desk.person_id == person_id))
    row = {"person_id": person_id, "shuffles": False, "is_decoy": False, "wrong_tries": 0}
    mac = _mac_of(queries.macs, Desk(**row))
    await queries.session.execute(insert(Desk).values(**row, mac=mac))


class Desks(Repository):
    """Queries about desks."""

    async def get(self, person_id: UUID) -> Desk | None:
        """Return a person's desk; None where there is none, or it is not marked as it stands."""
        return await self._read(person_id, locks=self.locks)

    async def _read(self, person_id: UUID, *, locks: bool) -> Desk | None:
        desk = self.session.get(Desk, person_id, with_for_update=locks, populate_existing=self.locks)
        return await as_marked("a desk", desk, self._is_marked)

    async def keep(self, desk: Desk) -> None:
        """Keep a desk that `get` returned as it was changed since, marked anew."""
        desk.mac = _mac_of(self.macs, desk)
        await self.session.flush()

    async def begin_anew(self, person_id: UUID) -> None:
        """Forget a person's desk; the next one begins with the choice of a PIN."""
        await begin_desk(self, person_id)

    async def mark_unmarked(self) -> None:
        """Mark every desk that has no mark yet, and give one to each coordinator who never came to theirs.

        Only to be called in the transaction that brings the column: from then on a missing mark, or a missing
        desk, is a forged one.
        """
        for desk in await self.session.scalars(select(Desk).where(Desk.mac.is_(None))):
            desk.mac = _mac_of(self.macs, desk)
        await self.session.flush()
        holding = select(Role.person_id).where(Role.role == RoleName.COORDINATOR, Role.revision % 2 == 1)
        for person_id in set(await self.session.scalars(holding.where(Role.person_id.not_in(_ALL)))):
            await self.begin_anew(person_id)

    async def forget_times(self, *, now: datetime) -> None:
        """Forget until when desks stood open and keypads rested, once that is over.

        What was changed by hand stays: without its times it might fit its mark again, and nobody would know.
        """
        is_over = or_(Desk.open_until <= now, Desk.locked_until <= now)
        over = await self.session.scalars(select(Desk.person_id).where(is_over).order_by(Desk.person_id))
        for person_id in over.all():
            desk = await self.get(person_id)
            if desk is not None:
                desk.open_until = None if _is_past(desk.open_until, now) else desk.open_until
                desk.locked_until = None if _is_past(desk.locked_until, now) else desk.locked_until
                await self.keep(desk)

    async def reveal_pin_hash(self, desk: Desk) -> str | None:
        return await self.vault.reveal(desk, "pin")

    async def reveal_duress_hash(self, desk: Desk) -> str | None:
        return await self.vault.reveal(desk, "duress_pin")

    async def decoys_with(self, roles: Collection[RoleName]) -> list[Person]:
        """Return whose desk was opened under duress and who still holds one of some roles."""
        stands = Role.role.in_(roles) & (Role.revision % 2 == 1)
        query = (
            select(Person)
            .join(Desk, Desk.person_id == Person.id)
            .where(_IS_DECOY, Person.id.in_(select(Role.person_id).where(stands)))
            .order_by(Person.id)
        )
        people = list(await self.session.scalars(query))
        decoys = [(person, await self._read(person.id, locks=False)) for person in people]
        return [person for person, desk in decoys if desk is not None]

    async def trusted_of(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Return which of some people have a desk as it was marked, that was not opened under duress."""
        # Not locked: two who decide at once would wait for each other's.
        desks = [await self._read(person_id, locks=False) for person_id in person_ids]
        return {desk.person_id for desk in desks if desk is not None and not desk.is_decoy}

    def _is_marked(self, desk: Desk) -> bool:
        return desk.mac is not None and self.macs.matches(desk.mac, _mac_of(self.macs, desk))


def _is_past(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and instant <= now


def _mac_of(macs: Macs, desk: Desk) -> bytes:
    pin, duress_pin = (None if cell is None else cell.raw for cell in (desk.pin, desk.duress_pin))
    return macs.desk_mac(
        desk.person_id,
        pins=(pin, duress_pin),
        shuffles=desk.shuffles,
        is_decoy=desk.is_decoy,
        wrong_tries=desk.wrong_tries,
        locked_ms=None if desk.locked_until is None else in_ms(desk.locked_until),
        open_ms=None if desk.open_until is None else in_ms(desk.open_until),
    )
