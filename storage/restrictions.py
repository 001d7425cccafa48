"""Restrictions of people: what takes, for a while or until it is lifted, what their roles give."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from storage.models import Person, Restriction, RestrictionKind
from storage.right_rows import HeldRestriction, in_ms, row_of
from storage.rights import RESTRICTIONS, Rights


class Restrictions(Rights):
    """Queries about who is restricted, by whom and until when."""

    async def restrict(
        self,
        person: Person,
        kind: RestrictionKind,
        *,
        set_by: UUID | None,
        now: datetime,
        until: datetime | None = None,
    ) -> HeldRestriction:
        """Restrict a person; also somebody whose rights were changed by hand, who then stays without any."""
        held = await self._locked(person.id)
        chat_index = await self._readable_index(person)
        fits = chat_index is not None and self._fits(person.id, held, chat_index)
        until_ms = None if until is None else in_ms(until)
        one = HeldRestriction(uuid4(), kind, set_by, in_ms(now), until_ms, b"")
        one.mac = self._mark_of(person.id, one)
        await self.session.execute(RESTRICTIONS.insert().values(**row_of(person.id, one)))
        held.restrictions.append(one)
        if fits:
            await self._renew(person.id, held)
        return one

    async def lift(self, person: Person, one: HeldRestriction, *, now: datetime) -> None:
        """Let a restriction be over; its row stays for a while, since some may be set once a day only.

        Raises:
            ForgedRow: their rights were changed by hand.
        """
        held, _ = await self._to_change(person)
        for each in held.restrictions:
            if each.id == one.id and each.is_active(now):
                each.until_ms = max(in_ms(now), each.set_ms)
                await self._sign_restriction(person.id, each)
        await self._renew(person.id, held)

    async def forget_restrictions(self, person: Person, *, until: datetime) -> None:
        """Delete restrictions that were set and over by then; where something was forged, nothing."""
        held = await self._locked(person.id)
        chat_index = await self._readable_index(person)
        if chat_index is None or not self._fits(person.id, held, chat_index):
            return
        over = [one for one in held.restrictions if one.set_at <= until and not one.is_active(until)]
        held.restrictions = [one for one in held.restrictions if one not in over]
        await self.session.execute(delete(RESTRICTIONS).where(RESTRICTIONS.c.id.in_([r.id for r in over])))
        await self._renew(person.id, held)

    async def set_by(self, setter: UUID, kind: RestrictionKind, *, since: datetime) -> list[UUID]:
        """Return whom somebody has restricted so since an instant, once for each time."""
        query = select(Restriction.person_id).where(
            Restriction.set_by == setter, Restriction.kind == kind, Restriction.set_at > since
        )
        return list(await self.session.scalars(query))

    async def with_old_restrictions(self, *, until: datetime) -> list[UUID]:
        """Return about whom a restriction stands that was set and over by then."""
        query = select(Restriction.person_id).where(Restriction.until <= until, Restriction.set_at <= until)
        return sorted(set(await self.session.scalars(query)))

    async def restriction(self, restriction_id: UUID) -> tuple[UUID, HeldRestriction] | None:
        """Return a restriction whose mark fits, with whose it is."""
        whose = select(Restriction.person_id).where(Restriction.id == restriction_id)
        person_id = await self.session.scalar(whose)
        if person_id is None:
            return None
        held = await self._beside(person_id)
        for one in held.restrictions:
            if one.id == restriction_id and self._is_marked(person_id, one):
                return person_id, one
        return None
