"""Data keys whose subject is in no row any more."""

from sqlalchemy import ColumnElement, delete, exists, select

from storage.columns import ColumnClass
from storage.models import Base, WrappedKey
from storage.repository import Repository
from storage.rotation import HAS_SUBJECT


def sealing_models() -> list[type[Base]]:
    """Return the tables whose cells are sealed under a subject's data key."""
    return [
        mapper.class_
        for mapper in Base.registry.mappers
        if mapper.class_ is not WrappedKey
        and any(column.info["class"] is ColumnClass.SEALED for column in mapper.columns)
    ]


class Orphans(Repository):
    """Queries about keys of nobody and nothing."""

    async def destroy(self) -> None:
        """Destroy each key under which no row stands, in whatever table its subject would."""
        strays = delete(WrappedKey).where(~HAS_SUBJECT)
        await self.session.execute(strays.execution_options(synchronize_session=False))
        rows = await self.session.scalars(
            select(WrappedKey.subject).where(*map(_is_not_in, sealing_models()))
        )
        for subject in rows.all():
            await self.vault.destroy_key(subject)


def _is_not_in(model: type[Base]) -> ColumnElement[bool]:
    return ~exists().where(getattr(model, model.subject_attribute) == WrappedKey.subject)
