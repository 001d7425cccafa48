"""People whose account counts as a stranger's: their index lies here until they come back."""

import secrets
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Executable, FromClause, func, select, update

from storage.columns import Id
from storage.given import OverRows
from storage.models import Hiding, Person, Restriction, RestrictionKind
from storage.repository import Repository

_WHO = Hiding.__table__.c.person_id
_IN_CUSTODY = Restriction.__table__.c.person_id


def _among(given: FromClause, _: bool) -> Executable:
    ids = select(given.c.id)
    is_standing = Restriction.kind == RestrictionKind.CUSTODY, Restriction.until.is_(None)
    detained = select(_IN_CUSTODY).where(_IN_CUSTODY.in_(ids), *is_standing)
    return select(_WHO).where(_WHO.in_(ids)).union(detained)


_AMONG = OverRows({"id": Id()}, _among)


class Hidings(Repository):
    """Queries about those who hide."""

    async def add(self, person: Person, *, now: datetime) -> Hiding:
        """Move a person's index here and put random bytes in its place: no path finds them any more."""
        hiding = Hiding(
            person_id=person.id,
            chat_index=person.chat_index,
            hidden_at=now,
            sequence=await self._last(person.chat_index) + 1,
            wrong_tries=0,
        )
        person.chat_index = secrets.token_bytes(len(person.chat_index))
        self.session.add(hiding)
        await self.session.flush()
        return hiding

    async def _last(self, chat_index: bytes) -> int:
        last = select(func.max(Hiding.sequence)).where(Hiding.chat_index == chat_index)
        return await self.session.scalar(last) or 0

    async def get(self, person_id: UUID) -> Hiding | None:
        return await self.session.get(Hiding, person_id, with_for_update=self.locks)

    async def under(self, chat_index: bytes) -> list[Hiding]:
        """Return those hidden under one account, who hid first first."""
        query = (
            select(Hiding)
            .where(Hiding.chat_index == chat_index)
            .order_by(Hiding.sequence, Hiding.hidden_at, Hiding.person_id)
            .execution_options(populate_existing=True)
        )
        return list(await self.session.scalars(query.with_for_update() if self.locks else query))

    async def among(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Return which of some people hide or may be detained; what reached them is taken back."""
        return set((await self.over(_AMONG, ([person_id] for person_id in person_ids))).scalars())

    async def reveal_code(self, hiding: Hiding) -> str | None:
        """Open the hash of the four digits; None while none are chosen, or where it was spoiled."""
        return await self.vault.reveal_readable(hiding, "code")

    async def remove(self, hiding: Hiding, person: Person) -> None:
        """Give a person their index back; nobody else may hold it."""
        person.chat_index = hiding.chat_index
        await self.session.delete(hiding)
        await self.session.flush()

    async def reopen(self, *, now: datetime) -> None:
        """Forget until when doors were closed, once they are open again."""
        is_over = Hiding.blocked_until <= now
        await self.session.execute(update(Hiding).where(is_over).values(blocked_until=None))
