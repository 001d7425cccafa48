"""What imported files would change, waiting for a coordinator."""

import json
from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select

from storage.models import Difference, DifferenceKind
from storage.repository import Repository

AT_ONCE = 500


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
    ) -> Difference:
        row = Difference(id=uuid4(), import_id=import_id, kind=kind, prisoner_id=prisoner_id, day=day)
        await self.vault.seal(row, body=json.dumps(body, ensure_ascii=False))
        self.session.add(row)
        return row

    async def get(self, difference_id: UUID) -> Difference | None:
        return await self.session.get(Difference, difference_id, with_for_update=self.locks)

    async def counts(self) -> dict[DifferenceKind, int]:
        rows = await self.session.execute(select(Difference.kind, func.count()).group_by(Difference.kind))
        return {kind: count for kind, count in rows}  # noqa: C416 - a row is a tuple, which mypy does not see

    async def first(self, kinds: Collection[DifferenceKind], *, limit: int) -> list[Difference]:
        """Return some that wait, in a fixed order."""
        query = select(Difference).where(Difference.kind.in_(kinds)).order_by(Difference.id).limit(limit)
        return list(await self.session.scalars(query.with_for_update() if self.locks else query))

    async def reveal_body(self, difference: Difference) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(await self.vault.reveal(difference, "body") or "{}")
        return body

    async def waiting(self, kinds: Collection[DifferenceKind]) -> list[Difference]:
        """Return all that wait of some kinds, their keys at hand."""
        rows = list(await self.session.scalars(select(Difference).where(Difference.kind.in_(kinds))))
        await self.vault.load_keys(row.import_id for row in rows)
        return rows

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

    async def drop_many(self, differences: Collection[Difference]) -> None:
        """Delete some differences at once, and the keys of imports that have none left."""
        ids = [difference.id for difference in differences]
        for start in range(0, len(ids), AT_ONCE):
            part = ids[start : start + AT_ONCE]
            await self.session.execute(delete(Difference).where(Difference.id.in_(part)))
        imports = {difference.import_id for difference in differences}
        left = set(await self.session.scalars(select(Difference.import_id).distinct()))
        for import_id in imports - left:
            await self.vault.destroy_key(import_id)
