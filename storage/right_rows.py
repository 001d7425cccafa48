"""What gives a person a right or takes one: rows of roles and restrictions, read as the database holds them.

They are read past the models: a word or a length that none of ours has must make a row a forged one, and not
fail whoever else is read along with it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any, cast
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, Integer, LargeBinary, Table, Text, or_, select, type_coerce
from sqlalchemy.types import TypeEngine

from storage.columns import EPOCH, ID_BYTES, MILLISECOND
from storage.models import Base, Restriction, RestrictionKind, Role, RoleName

# A relative's right is given with the first revision; the next odd one says that it was confirmed.
CONFIRMED_FROM = 3
_RESTRICTIONS = Restriction.__table__
# Who is suspended or may be detained: neither has an end until it is lifted.
KEPT_AWAY = select(_RESTRICTIONS.c.person_id).where(
    # Not as a list, which is written into the statement each time it is executed.
    or_(*(_RESTRICTIONS.c.kind == kind for kind in (RestrictionKind.SUSPENDED, RestrictionKind.CUSTODY))),
    _RESTRICTIONS.c.until.is_(None),
)


@dataclass
class HeldRole:
    """A role's row; an even revision is a revoked one, and a relative's third a confirmed one."""

    id: UUID
    role: RoleName
    scope: UUID | None
    granted_by: UUID | None
    day: date
    revision: int
    mac: bytes

    @property
    def stands(self) -> bool:
        return self.revision % 2 == 1


@dataclass
class HeldRestriction:
    """A restriction's row, with its instants in milliseconds."""

    id: UUID
    kind: RestrictionKind
    set_by: UUID | None
    set_ms: int
    until_ms: int | None
    mac: bytes

    @property
    def set_at(self) -> datetime:
        return EPOCH + self.set_ms * MILLISECOND

    @property
    def until(self) -> datetime | None:
        return None if self.until_ms is None else EPOCH + self.until_ms * MILLISECOND

    def is_active(self, now: datetime) -> bool:
        return self.until_ms is None or self.until_ms > in_ms(now)


@dataclass
class Held:
    """All such rows of one person, and the mark over them."""

    mark: bytes | None
    roles: list[HeldRole] = field(default_factory=list)
    restrictions: list[HeldRestriction] = field(default_factory=list)
    # Whether a row stands there that this program never writes.
    has_odd_rows: bool = False
    # The mark and the account for which all of it was checked; whatever is changed here has another mark.
    found_whole: tuple[bytes, bytes] | None = field(default=None, compare=False)

    @property
    def marks(self) -> list[tuple[UUID, bytes]]:
        return [(role.id, role.mac) for role in self.roles] + [(one.id, one.mac) for one in self.restrictions]


def in_ms(instant: datetime) -> int:
    """Return an instant as it is kept and marked."""
    return (instant - EPOCH) // MILLISECOND


def _raw(model: type[Base], **kinds: type[TypeEngine[Any]]) -> Sequence[ColumnElement[Any]]:
    table = cast(Table, model.__table__)
    return [type_coerce(table.c[name], kind).label(f"{table.name}_{name}") for name, kind in kinds.items()]


ROLE = _raw(
    Role,
    id=LargeBinary,
    role=Text,
    scope=LargeBinary,
    granted_by=LargeBinary,
    day=Text,
    revision=Integer,
    mac=LargeBinary,
)
RESTRICTION = _raw(
    Restriction,
    id=LargeBinary,
    kind=Text,
    set_by=LargeBinary,
    set_at=BigInteger,
    until=BigInteger,
    mac=LargeBinary,
)
COLUMNS = (*ROLE, *RESTRICTION)


def held_of(mark: bytes | None, rows: Iterable[Sequence[Any]]) -> Held:
    """Gather one person's rows from a join that repeats each role beside each restriction."""
    roles: dict[bytes, Sequence[Any]] = {}
    restrictions: dict[bytes, Sequence[Any]] = {}
    for row in rows:
        role, restriction = row[: len(ROLE)], row[len(ROLE) :]
        if role[0] is not None:
            roles[role[0]] = role
        if restriction[0] is not None:
            restrictions[restriction[0]] = restriction
    held = Held(mark)
    for role in roles.values():
        _take(held, held.roles, _role, role)
    for restriction in restrictions.values():
        _take(held, held.restrictions, _restriction, restriction)
    return held


def held_of_each(rows: Iterable[Sequence[Any]]) -> dict[UUID, Held]:
    """Gather many people's rows."""
    by_person = groupby(sorted(rows, key=lambda row: row[0]), key=lambda row: row[0])
    held = {}
    for person_id, theirs in by_person:
        each = list(theirs)
        held[person_id] = held_of(each[0][1], (row[2:] for row in each))
    return held


def row_of(person_id: UUID, one: HeldRestriction) -> dict[str, Any]:
    """Return a restriction as its table takes it."""
    return {
        "id": one.id,
        "person_id": person_id,
        "kind": one.kind,
        "set_by": one.set_by,
        "set_at": one.set_at,
        "until": one.until,
        "mac": one.mac,
    }


def _take(held: Held, into: list[Any], read: Any, row: Sequence[Any]) -> None:
    try:
        into.append(read(row))
    except (ValueError, OverflowError):
        held.has_odd_rows = True


def _role(row: Sequence[Any]) -> HeldRole:
    row_id, role, scope, granted_by, day, revision, mac = row
    read = date.fromisoformat(day)
    if read.isoformat() != day or revision < 0:
        raise ValueError("no day or revision of ours")
    return HeldRole(_id(row_id), RoleName(role), _link(scope), _link(granted_by), read, revision, mac)


def _restriction(row: Sequence[Any]) -> HeldRestriction:
    row_id, kind, set_by, set_ms, until_ms, mac = row
    held = HeldRestriction(_id(row_id), RestrictionKind(kind), _link(set_by), set_ms, until_ms, mac)
    if min(set_ms, until_ms or 0) < 0 or held.set_at > (held.until or held.set_at):
        raise ValueError("no instants of ours")
    return held


def _link(raw: bytes | None) -> UUID | None:
    return None if raw is None else _id(raw)


def _id(raw: bytes) -> UUID:
    if len(raw) != ID_BYTES:
        raise ValueError("no id of ours")
    return UUID(bytes=bytes(raw))
