"""Seals and opens the cells of rows with the data key of the subject they are about.

Data keys are unwrapped on demand and kept for at most 60 seconds; those of people who are only written to, no
longer than their messages are written. Every opening goes through
`reveal…`, so that `grep reveal_` lists where plaintext leaves storage.
"""

import logging
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.util import identity_key

from storage import key_rows
from storage.cells import DataKey, Place, WrappingKey, new_dek
from storage.columns import Cell
from storage.errors import ForgedRow, UnknownKey, UnreadableCell, UnreadableDataKey
from storage.key_rows import Row
from storage.keyring import KeyEntry, Purpose
from storage.keys import Keys
from storage.models.base import Base

GENERATION = 1
AT_ONCE = 500
_log = logging.getLogger("poruch.vault")


class Vault:
    """The sealed side of one unit of work."""

    def __init__(self, session: AsyncSession, keys: Keys) -> None:
        self._session = session
        self._keys = keys
        self._cache = keys.cache
        # By the subjects' numbers, as in the cache.
        self._known: Mapping[int, DataKey] = {}
        # Nobody can retire it while this transaction lasts; what a savepoint locks it may let go of again.
        self._kek: KeyEntry | None = None
        # A rotation that ends meanwhile takes keys out, and this transaction still sees rows under them.
        self._ring_of_then = keys.ring
        # Whether this unit destroyed a key, so that its bytes must leave the write-ahead log as well.
        self.has_destroyed = False

    @property
    def deployment(self) -> UUID:
        """Which installation this is."""
        return self._keys.deployment

    async def create_key(self, subject: UUID) -> None:
        """Give a new subject a data key of its own, wrapped under the ring's primary.

        Raises:
            ForgedRow: the installation's own row is gone.
        """
        dek = new_dek()
        if self._kek is None:
            await self._keep_and_settle(subject, dek)
        else:
            await self._session.execute(key_rows.ADD, self._row_of(subject, dek, self._kek))
        self._cache.put(DataKey(dek, deployment=self._keys.deployment, subject=subject, gen=GENERATION))

    async def _keep_and_settle(self, subject: UUID, dek: bytes) -> None:
        """Keep a data key, and settle on today's wrapping key: no rotation can retire it before this ends.

        What the database says of keys is not asked: who can write there could name one that was rotated away.
        """
        kek = self._keys.ring.primary(Purpose.KEK)
        row = {**self._row_of(subject, dek, kek), "deployment": self._keys.deployment}
        kept = await self._session.execute(key_rows.ADD_LOCKING, row)
        if cast(CursorResult[Any], kept).rowcount != 1:
            raise ForgedRow(f"installation {self._keys.deployment} is not in its database")
        # Asked once the row is locked: a ring that succeeds later waits for us before it wraps anything anew.
        today = self._keys.wrapping_key()
        if today.kid != kek.kid:
            await self._session.execute(key_rows.WRAP_ANEW, self._row_of(subject, dek, today))
        if not self._session.in_nested_transaction():
            self._kek = today

    def _row_of(self, subject: UUID, dek: bytes, kek: KeyEntry) -> dict[str, Any]:
        wrapped = self._keys.cipher_of(kek.kid).wrap(dek, subject=subject, gen=GENERATION)
        return {"of": subject, "gen": GENERATION, "kid": kek.kid, "wrapped": Cell(wrapped)}

    async def destroy_key(self, subject: UUID) -> None:
        """Delete a subject's data key: what it sealed can be opened by nobody any more."""
        await self._session.execute(key_rows.DESTROY, {"of": subject})
        self._cache.drop(subject)
        self.has_destroyed = True

    async def load_keys(self, subjects: Iterable[UUID]) -> None:
        """Unwrap the keys of many subjects with one query; one that cannot be fails where it is needed."""
        missing = self._missing(set(subjects))
        for start in range(0, len(missing), AT_ONCE):
            query = key_rows.of_subjects(missing[start : start + AT_ONCE])
            for subject, gen, kid, wrapped in await self._session.execute(query):
                self._take(subject, gen, kid, wrapped)

    async def get(self, model: type[Row], row_id: UUID) -> Row | None:
        """Return a row that is its own subject, with its key; what the unit has read is not read again."""
        if (known := self._session.identity_map.get(identity_key(model, row_id))) is not None:
            # Past the session, which would go a long way for what it has in its hand.
            return known if not instance_state(known).expired else await self._session.get(model, row_id)
        if self._cache.get(row_id) is None:
            return await self.first(key_rows.by_id_with_key(model), {"id": row_id})
        return (await self._session.scalars(key_rows.by_id(model), {"id": row_id})).first()

    async def first(self, query: Select[Row, int, bytes, Cell], values: dict[str, Any]) -> Row | None:
        """Return the first row of a query that was built by `with_keys`, with its subject's key."""
        found = (await self._session.execute(query, values)).first()
        return None if found is None else self.with_key(*found)

    def _missing(self, subjects: Iterable[UUID]) -> list[UUID]:
        return [subject for subject in subjects if self._cache.get(subject) is None]

    def with_key(self, row: Row, gen: int | None, kid: bytes | None, wrapped: Cell | None) -> Row:
        """Take a row, and the key that a query built by `with_keys` brought along."""
        subject: UUID = getattr(row, row.subject_attribute)
        if gen is not None and kid is not None and wrapped is not None and self._cache.get(subject) is None:
            self._take(subject, gen, kid, wrapped)
        return row

    def _take(self, subject: UUID, gen: int, kid: bytes, wrapped: Cell) -> None:
        """Keep a key at hand; one that cannot be unwrapped fails where it is needed."""
        try:
            self._unwrap(subject, gen, kid, wrapped)
        except (UnreadableDataKey, UnknownKey):
            return

    def _unwrap(self, subject: UUID, gen: int, kid: bytes, wrapped: Cell) -> DataKey:
        key = self._unwrapped(subject, gen, kid, wrapped)
        self._cache.put(key)
        return key

    def _unwrapped(self, subject: UUID, gen: int, kid: bytes, wrapped: Cell) -> DataKey:
        dek = self._cipher_of(kid).unwrap(wrapped.raw, subject=subject, gen=gen)
        return DataKey(dek, deployment=self._keys.deployment, subject=subject, gen=gen)

    def unwrapped(
        self, subject: UUID, gen: int | None, kid: bytes | None, wrapped: Cell | None
    ) -> DataKey | None:
        """Return a key that a query brought along, without keeping it; None where it cannot be unwrapped."""
        if gen is None or kid is None or wrapped is None:
            return None
        with suppress(UnreadableDataKey, UnknownKey):
            return self._cache.get(subject) or self._unwrapped(subject, gen, kid, wrapped)
        return None

    def know(self, keys: Mapping[int, DataKey]) -> None:
        """Have keys at hand, by their subjects' numbers, for the rest of a unit that only looks."""
        self._known = keys

    def _at_hand(self, subject: UUID) -> DataKey | None:
        return self._known.get(subject.int) or self._cache.get(subject)

    def _cipher_of(self, kid: bytes) -> WrappingKey:
        try:
            return self._keys.cipher_of(kid)
        except UnknownKey:
            entry = self._ring_of_then.by_kid(kid, Purpose.KEK)
            return WrappingKey(entry.key, deployment=self._keys.deployment)

    async def _load(self, subject: UUID) -> DataKey:
        if subject == self.deployment:
            return self._keys.audit_key()
        kept = (await self._session.execute(key_rows.FIND, {"of": subject})).first()
        if kept is None:
            raise UnknownKey(f"of subject {subject}")
        return self._unwrap(subject, *kept)

    async def seal(self, row: Base, **fields: str | None) -> None:
        """Set sealed columns of a row that already has its id and its subject; None empties a column."""
        subject, row_id = _subject_and_row(row)
        key = self._at_hand(subject) or await self._load(subject)
        for column, value in fields.items():
            place = Place(row.__tablename__, column, row_id, subject)
            setattr(row, column, None if value is None else Cell(key.seal(place, value)))

    async def reveal(self, row: Base, column: str) -> str | None:
        """Open one cell of a row; an empty column is None.

        Raises:
            UnreadableCell: the cell was changed, or stands where it does not belong.
            UnknownKey: the subject's key is gone.
        """
        cell: Cell | None = getattr(row, column)
        if cell is None:
            return None
        subject, row_id = _subject_and_row(row)
        key = self._at_hand(subject) or await self._load(subject)
        return key.open(Place(row.__tablename__, column, row_id, subject), cell.raw).decode()

    async def reveal_readable(self, row: Base, column: str) -> str | None:
        """Open one cell; what was spoiled is logged and None, so that a list keeps its other rows."""
        try:
            return await self.reveal(row, column)
        except (UnreadableCell, UnreadableDataKey, UnknownKey) as error:
            _log.error("a cell cannot be read", exc_info=error)
            return None


def _subject_and_row(row: Base) -> tuple[UUID, UUID]:
    subject: UUID = getattr(row, row.subject_attribute)
    return subject, subject if row.subject_attribute == "id" else getattr(row, "id", subject)
