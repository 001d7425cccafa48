"""People who never were, kept many at once; their account numbers are 1 and what follows."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert

from bench.grounds import DAY, settle
from storage.cells import DataKey, Place, WrappingKey, new_dek
from storage.columns import Cell
from storage.keyring import Purpose
from storage.models import Base, Draft, Person, WrappedKey
from storage.rights import CHAT_INDEX_BYTES
from storage.unit_of_work import Storage

TWO = ("chat", "phrase")
SIX = (*TWO, "name", "phone", "email", "post")
SETTINGS = {
    "language": "en", "zone": "Europe/Minsk", "hour": time(10), "quiet_from": time(21), "quiet_to": time(9),
    "delete_after_hours": 24, "joined_on": DAY, "last_seen_on": DAY,
}  # fmt: skip
AT_ONCE = 1_000


async def fill(
    storage: Storage, number: int, *, fields: tuple[str, ...] = TWO, has_draft: bool = False
) -> None:
    """Keep so many people, each with a data key and sealed fields, and let the database settle."""
    accounts = iter(range(1, number + 1))
    while rows := list(_some(storage, accounts, fields, has_draft)):
        async with storage.database.session() as session:
            for table in (WrappedKey, Person, Draft):
                if some := [row[table] for row in rows if table in row]:
                    await session.execute(insert(table), some)
            await session.commit()
    await settle(storage)


def _some(
    storage: Storage, accounts: Iterator[int], fields: tuple[str, ...], has_draft: bool
) -> Iterator[dict[type[Base], dict[str, Any]]]:
    ring = storage.keys.ring
    wrapping = WrappingKey(ring.primary(Purpose.KEK).key, deployment=ring.deployment)
    blind, macs = storage.keys.blind(), storage.keys.macs()
    for _, account in zip(range(AT_ONCE), accounts, strict=False):
        subject, dek = uuid4(), new_dek()
        key = DataKey(dek, deployment=ring.deployment, subject=subject, gen=1)
        said = dict.fromkeys(fields, "what somebody said") | {"chat": str(account)}
        row = {
            WrappedKey: {
                "subject": subject, "gen": 1, "kid": wrapping.kid,
                "wrapped": Cell(wrapping.wrap(dek, subject=subject, gen=1)),
            },
            Person: {
                "id": subject, **SETTINGS,
                "chat_index": blind.of("person", "chat", "decimal", str(account), size=CHAT_INDEX_BYTES),
                "rights": macs.rights_mac(subject, []),
                **{name: _cell(key, "person", name, subject, said[name]) for name in fields},
            },
        }  # fmt: skip
        if has_draft:
            draft = uuid4()
            row[Draft] = {
                "id": draft, "person_id": subject, "dialogue": "x",
                "body": _cell(key, "draft", "body", draft, "what somebody said"),
                "expires_at": datetime(2100, 1, 1, tzinfo=UTC),
            }  # fmt: skip
        yield row


def _cell(key: DataKey, table: str, column: str, row: UUID, said: str) -> Cell:
    return Cell(key.seal(Place(table, column, row, key.subject), said))
