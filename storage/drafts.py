"""Drafts of what people are in the middle of saying."""

import json
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from storage.models import Draft
from storage.repository import Repository


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
