"""The base of all tables: STRICT and without row ids on SQLite, constraints with names of their own."""

from typing import Any, ClassVar, Self
from uuid import UUID, uuid4

from sqlalchemy import MetaData, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped

from storage.columns import Id, pseudonymous

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
STRICT = {"sqlite_strict": True, "sqlite_with_rowid": False}


class Base(DeclarativeBase):
    """A table of Poruch."""

    metadata = MetaData(naming_convention=NAMING)
    __table_args__: Any = STRICT
    # The attribute that names whose data key seals this table's cells.
    subject_attribute: ClassVar[str] = "id"

    def apart(self) -> Self:
        """Return a copy that no session knows: to change it changes nothing."""
        return type(self)(**{each.key: getattr(self, each.key) for each in inspect(type(self)).column_attrs})


class Identified:
    """A row with a random id of its own."""

    id: Mapped[UUID] = pseudonymous(Id, primary_key=True, default=uuid4)
