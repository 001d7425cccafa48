"""The courts that coordinators have named."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, select

from storage.models import Court
from storage.repository import Repository

INDEX_BYTES = 16


class Courts(Repository):
    """Queries about courts."""

    async def note(self, name: str, *, day: date) -> None:
        """Remember that a court was named on a day; how it was first written stays."""
        index = self._index(name)
        court = await self.session.scalar(select(Court).where(Court.name_index == index))
        if court is None:
            court = Court(id=uuid4(), name_index=index, named_on=day)
            await self.vault.create_key(court.id)
            await self.vault.seal(court, name=name)
            self.session.add(court)
        court.named_on = max(court.named_on, day)
        await self.session.flush()

    async def get(self, court_id: UUID) -> Court | None:
        return await self.session.get(Court, court_id)

    async def latest(self, *, limit: int, offset: int = 0) -> list[Court]:
        """Return some courts, the last named first, their keys at hand."""
        query = select(Court).order_by(Court.named_on.desc(), Court.id).limit(limit).offset(offset)
        courts = list(await self.session.scalars(query))
        await self.vault.load_keys(court.id for court in courts)
        return courts

    async def reveal_name(self, court: Court) -> str:
        return await self.vault.reveal_readable(court, "name") or ""

    async def forget(self, *, until: date) -> None:
        """Forget courts that were last named on a day or before it, and destroy their keys."""
        old = list(await self.session.scalars(select(Court.id).where(Court.named_on <= until)))
        await self.session.execute(delete(Court).where(Court.id.in_(old)))
        for court_id in old:
            await self.vault.destroy_key(court_id)

    def _index(self, name: str) -> bytes:
        return self.blind.of("court", "name", "folded", name.casefold(), size=INDEX_BYTES)
