"""Coordinators' desks, and drafts of what people are in the middle of saying."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select, update

from storage.models import Desk, Draft, Person, Request, Role, RoleName
from storage.repository import Repository


class Desks(Repository):
    """Queries about desks."""

    async def get(self, person_id: UUID) -> Desk | None:
        return await self.session.get(Desk, person_id, with_for_update=self.locks)

    async def put(self, person_id: UUID) -> Desk:
        """Return a person's desk, made when there is none."""
        desk = await self.get(person_id)
        if desk is None:
            desk = Desk(person_id=person_id, wrong_tries=0)
            self.session.add(desk)
            await self.session.flush()
        return desk

    async def begin_anew(self, person_id: UUID) -> None:
        """Forget a person's desk; the next one begins with the choice of a PIN."""
        await self.session.execute(delete(Desk).where(Desk.person_id == person_id))

    async def forget_times(self, *, now: datetime) -> None:
        """Forget until when desks stood open and keypads rested, once that is over."""
        for column in (Desk.open_until, Desk.locked_until):
            await self.session.execute(update(Desk).where(column <= now).values({column: None}))

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
            .where(Desk.is_decoy.in_((True,)), Person.id.in_(select(Role.person_id).where(stands)))
            .order_by(Person.id)
        )
        return list(await self.session.scalars(query))

    async def decoys_of(self, person_ids: Collection[UUID]) -> set[UUID]:
        """Return which of some people's desks were opened under duress."""
        query = select(Desk.person_id).where(Desk.is_decoy.in_((True,)), Desk.person_id.in_(person_ids))
        return set(await self.session.scalars(query))

    async def forget_requests(self, person_id: UUID) -> None:
        """Delete whatever somebody has asked colleagues to approve, reasons and approvals with it."""
        await self.session.execute(delete(Request).where(Request.requested_by == person_id))


class Drafts(Repository):
    """Queries about drafts; a body is any JSON object of plain values."""

    async def _get(self, person_id: UUID, dialogue: str) -> Draft | None:
        return await self.session.scalar(
            select(Draft).where(Draft.person_id == person_id, Draft.dialogue == dialogue)
        )

    async def put(
        self, person_id: UUID, dialogue: str, body: dict[str, Any], *, expires_at: datetime
    ) -> None:
        draft = await self._get(person_id, dialogue)
        if draft is None:
            draft = Draft(id=uuid4(), person_id=person_id, dialogue=dialogue)
        await self.vault.seal(draft, body=json.dumps(body, ensure_ascii=False))
        draft.expires_at = expires_at
        self.session.add(draft)
        await self.session.flush()

    async def reveal(self, person_id: UUID, dialogue: str, *, now: datetime) -> dict[str, Any]:
        """Open a draft; an empty one where there is none or it has expired."""
        draft = await self._get(person_id, dialogue)
        if draft is None or draft.expires_at <= now:
            return {}
        body: dict[str, Any] = json.loads(await self.vault.reveal(draft, "body") or "{}")
        return body

    async def standing(self, person_id: UUID, *, now: datetime) -> set[str]:
        """Return in which dialogues a person has a draft; nothing is opened."""
        query = select(Draft.dialogue).where(Draft.person_id == person_id, Draft.expires_at > now)
        return set(await self.session.scalars(query))

    async def drop(self, person_id: UUID, dialogue: str | None = None) -> None:
        """Delete one draft of a person, or all of them."""
        query = delete(Draft).where(Draft.person_id == person_id)
        if dialogue is not None:
            query = query.where(Draft.dialogue == dialogue)
        await self.session.execute(query)

    async def forget_expired(self, *, now: datetime) -> None:
        await self.session.execute(delete(Draft).where(Draft.expires_at <= now))
