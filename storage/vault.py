"""Seals and opens the cells of rows with the data key of the subject they are about.

Data keys are unwrapped on demand and kept for at most 60 seconds. Every opening goes through
`reveal…`, so that `grep reveal_` lists where plaintext leaves storage.
"""

import logging
from collections.abc import Iterable
from contextlib import suppress
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.cells import DataKey, Place, new_dek
from storage.columns import Cell
from storage.errors import UnknownKey, UnreadableCell, UnreadableDataKey
from storage.keyring import KeyEntry, Purpose
from storage.keys import Keys
from storage.models.base import Base
from storage.models.installation import Installation, WrappedKey

GENERATION = 1
_log = logging.getLogger("poruch.vault")


class Vault:
    """The sealed side of one unit of work."""

    def __init__(self, session: AsyncSession, keys: Keys) -> None:
        self._session = session
        self._keys = keys
        self._cache = keys.cache
        self._kek: KeyEntry | None = None
        # A rotation that ends meanwhile takes keys out, and this transaction still sees rows under them.
        self._ring_of_then = keys.ring
        # Whether this unit destroyed a key, so that its bytes must leave the write-ahead log as well.
        self.has_destroyed = False

    async def create_key(self, subject: UUID) -> None:
        """Give a new subject a data key of its own, wrapped under the ring's primary."""
        kek = await self._wrapping_key()
        dek, deployment = new_dek(), self._keys.deployment
        wrapped = self._keys.cipher_of(kek).wrap(dek, subject=subject, gen=GENERATION)
        self._session.add(WrappedKey(subject=subject, gen=GENERATION, kid=kek.kid, wrapped=Cell(wrapped)))
        await self._session.flush()
        self._cache.put(DataKey(dek, deployment=deployment, subject=subject, gen=GENERATION))

    async def _wrapping_key(self) -> KeyEntry:
        """Return today's wrapping key; no rotation can retire it before this transaction ends.

        What the database says of keys is not asked: who can write there could name one that was rotated away.
        """
        if self._kek is None:
            # Locked first: a ring that succeeds after this waits for us before it wraps anything anew.
            await self._session.execute(
                select(Installation.deployment).with_for_update(read=True, key_share=True)
            )
            self._kek = self._keys.wrapping_key()
        return self._kek

    async def destroy_key(self, subject: UUID) -> None:
        """Delete a subject's data key: what it sealed can be opened by nobody any more."""
        await self._session.execute(delete(WrappedKey).where(WrappedKey.subject == subject))
        self._cache.drop(subject)
        self.has_destroyed = True

    async def load_keys(self, subjects: Iterable[UUID]) -> None:
        """Unwrap the keys of many subjects with one query; one that cannot be fails where it is needed."""
        missing = [subject for subject in set(subjects) if self._cache.get(subject) is None]
        for start in range(0, len(missing), 500):
            part = missing[start : start + 500]
            for row in await self._session.scalars(select(WrappedKey).where(WrappedKey.subject.in_(part))):
                with suppress(UnreadableDataKey, UnknownKey):
                    self._unwrap(row)

    def _unwrap(self, row: WrappedKey) -> DataKey:
        kek = self._keys.cipher_of(self._wrapping_key_of(row))
        dek = kek.unwrap(row.wrapped.raw, subject=row.subject, gen=row.gen)
        key = DataKey(dek, deployment=self._keys.deployment, subject=row.subject, gen=row.gen)
        self._cache.put(key)
        return key

    def _wrapping_key_of(self, row: WrappedKey) -> KeyEntry:
        try:
            return self._keys.by_kid(row.kid)
        except UnknownKey:
            return self._ring_of_then.by_kid(row.kid, Purpose.KEK)

    async def _key_of(self, subject: UUID) -> DataKey:
        key = self._cache.get(subject)
        if key is not None:
            return key
        row = await self._session.get(WrappedKey, subject)
        if row is None:
            raise UnknownKey(f"of subject {subject}")
        return self._unwrap(row)

    async def seal(self, row: Base, **fields: str | None) -> None:
        """Set sealed columns of a row that already has its id and its subject; None empties a column."""
        subject, row_id = _subject_and_row(row)
        key = await self._key_of(subject)
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
        key = await self._key_of(subject)
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
    row_id: UUID = getattr(row, "id", subject)
    return subject, row_id
