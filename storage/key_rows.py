"""How data keys are kept, found and brought along: as rows of a table, never as objects of a session.

A session would keep such objects for as long as it lives, and look after each with every flush.
"""

from functools import cache
from typing import TypeVar, cast
from uuid import UUID

from sqlalchemy import Select, Table, bindparam, delete, insert, select, update

from storage.columns import Cell
from storage.models.base import Base
from storage.models.installation import Installation, WrappedKey

Row = TypeVar("Row", bound=Base)

_KEYS = cast(Table, WrappedKey.__table__)
_KEPT = (_KEYS.c.gen, _KEYS.c.kid, _KEYS.c.wrapped)
_NEW = {column.name: bindparam(column.name, type_=column.type) for column in _KEPT}
_SUBJECT = bindparam("of", type_=_KEYS.c.subject.type)
_IS_ITS = _KEYS.c.subject == _SUBJECT

ADD = insert(_KEYS).values(subject=_SUBJECT, **_NEW)
# Locks the installation's row as well: a statement of its own for that would cost as much as the key.
ADD_LOCKING = (
    insert(_KEYS)
    .from_select(
        ["subject", *_NEW],
        select(_SUBJECT, *_NEW.values())
        .where(Installation.deployment == bindparam("deployment"))
        .with_for_update(read=True, key_share=True),
    )
    .execution_options(preserve_rowcount=True)
)
WRAP_ANEW = update(_KEYS).where(_IS_ITS).values(_NEW)
DESTROY = delete(_KEYS).where(_IS_ITS)
FIND = select(*_KEPT).where(_IS_ITS)


def of_subjects(subjects: list[UUID]) -> Select[UUID, int, bytes, Cell]:
    """Find the keys of some subjects."""
    return select(_KEYS.c.subject, *_KEPT).where(_KEYS.c.subject.in_(subjects))


def with_keys(query: Select[Row]) -> Select[Row, int, bytes, Cell]:
    """Let a query of one kind of sealed rows bring along each row's key, or nothing where that is gone."""
    [what] = query.column_descriptions
    subject = getattr(what["entity"], what["entity"].subject_attribute)
    return query.add_columns(*_KEPT).outerjoin(_KEYS, _KEYS.c.subject == subject)


@cache
def by_id(model: type[Row]) -> Select[Row]:
    """Find a row by its id, with a statement that is built once."""
    return select(model).where(model.__table__.c.id == bindparam("id"))


@cache
def by_id_with_key(model: type[Row]) -> Select[Row, int, bytes, Cell]:
    """Find a row and its key by the row's id."""
    return with_keys(by_id(model))
