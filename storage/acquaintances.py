"""People read many at once, with their keys and rights, past the session that would look after each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, inspect, select

from storage.cells import DataKey
from storage.columns import Id
from storage.given import OverRows
from storage.models import Person, Restriction, Role, WrappedKey
from storage.right_rows import COLUMNS, Held, held_of

_PERSON, _ROLE, _RESTRICTION, _KEY = (
    cast(Table, model.__table__) for model in (Person, Role, Restriction, WrappedKey)
)
_KEPT = (_KEY.c.gen, _KEY.c.kid, _KEY.c.wrapped)
_OF_PERSON, _OF_KEY = len(_PERSON.c), len(_PERSON.c) + len(_KEPT)
_ID, _MARK = (list(_PERSON.c).index(_PERSON.c[name]) for name in ("id", "rights"))

# The mark and what is under it come by one statement: between two of them somebody else may change both.
WITH_RIGHTS = OverRows(
    {"id": Id()},
    lambda given, _: (
        select(*_PERSON.c, *_KEPT, *COLUMNS)
        .select_from(
            _PERSON.outerjoin(_KEY, _KEY.c.subject == _PERSON.c.id)
            .outerjoin(_ROLE, _ROLE.c.person_id == _PERSON.c.id)
            .outerjoin(_RESTRICTION, _RESTRICTION.c.person_id == _PERSON.c.id)
        )
        .where(_PERSON.c.id.in_(select(given.c.id)))
    ),
)


@dataclass(slots=True)
class Acquaintances:
    """Some people as they were at one moment, their keys and what their rights rest on; for looking only."""

    people: dict[UUID, Person] = field(default_factory=dict)
    rights: dict[UUID, Held] = field(default_factory=dict)
    # By the people's numbers.
    keys: dict[int, DataKey] = field(default_factory=dict)


def gathered(rows: Iterable[Sequence[Any]], unwrapped: Callable[..., DataKey | None]) -> Acquaintances:
    """Gather the rows of `WITH_RIGHTS`; who has a key that `unwrapped` cannot give is there without it."""
    # By numbers: UUIDs would be hashed by Python.
    by_person: dict[int, list[Sequence[Any]]] = {}
    for row in rows:
        by_person.setdefault(row[_ID].int, []).append(row)
    found = Acquaintances()
    for number, theirs in by_person.items():
        first = theirs[0]
        person_id: UUID = first[_ID]
        found.people[person_id] = _plain(first)
        found.rights[person_id] = held_of(first[_MARK], [row[_OF_KEY:] for row in theirs])
        if (key := unwrapped(person_id, *first[_OF_PERSON:_OF_KEY])) is not None:
            found.keys[number] = key
    return found


def _plain(row: Sequence[Any]) -> Person:
    """Return a person whom no session knows; what is set on it is kept nowhere."""
    new, names = _making()
    person = new()
    person.__dict__.update(zip(names, row, strict=False))
    return person


@cache
def _making() -> tuple[Callable[[], Person], tuple[str, ...]]:
    mapper = inspect(Person)
    names = tuple(mapper.get_property_by_column(column).key for column in _PERSON.c)
    return mapper.class_manager.new_instance, names
