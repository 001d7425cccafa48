"""What imported files would change, waiting for a coordinator."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from storage.models import Difference, DifferenceKind
from storage.repository import Repository


class Differences(Repository):
    """Queries about waiting differences."""

    async def open_import(self) -> UUID:
        """Begin an import: a data key of its own seals all its differences."""
        import_id = uuid4()
        await self.vault.create_key(import_id)
        return import_id

    async def add(
        self,
        import_id: UUID,
        kind: DifferenceKind,
        body: dict[str, Any],
        *,
        prisoner_id: UUID | None,
        day: date,
    ) -> None:
        row = Difference(id=uuid4(), import_id=import_id, kind=kind, prisoner_id=prisoner_id, day=day)
        await self.vault.seal(row, body=json.dumps(body, ensure_ascii=False))
        self.session.add(row)

    async def get(self, difference_id: UUID) -> Difference | None:
        return await self.session.get(Difference, difference_id, with_for_update=True)

    async def counts(self) -> dict[DifferenceKind, int]:
        rows = await self.session.execute(select(Difference.kind, func.count()).group_by(Difference.kind))
        return dict(rows.tuples().all())

    async def first(self, kinds: Collection[DifferenceKind], *, limit: int) -> list[Difference]:
        return list(
            await self.session.scalars(
                select(Difference).where(Difference.kind.in_(kinds)).order_by(Difference.id).limit(limit)
            )
        )

    async def reveal_body(self, difference: Difference) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(await self.vault.reveal(difference, "body") or "{}")
        return body

    async def drop(self, difference: Difference) -> None:
        """Delete a decided difference, and the import's key with its last one."""
        import_id = difference.import_id
        await self.session.delete(difference)
        await self.session.flush()
        left = await self.session.scalar(
            select(func.count()).select_from(Difference).where(Difference.import_id == import_id)
        )
        if not left:
            await self.vault.destroy_key(import_id)

    async def drop_all(self) -> None:
        """Delete every waiting difference: a newer file has taken their place."""
        imports = list(await self.session.scalars(select(Difference.import_id).distinct()))
        await self.session.execute(delete(Difference))
        for import_id in imports:
            await self.vault.destroy_key(import_id)
