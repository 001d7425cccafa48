"""Changes of rule cards and risky words, each row marked as a whole; one that was changed by hand is none.

A row that was deleted, or put back to what it once was, is not noticed.
"""

import logging
from datetime import datetime
from typing import ClassVar, Generic, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, delete, or_, select, update

from storage.models.rule import CardChange, WordChange
from storage.repository import Repository
from storage.right_rows import in_ms

_log = logging.getLogger("poruch.changes")
Of = TypeVar("Of", CardChange, WordChange)
Change = CardChange | WordChange
# What no column of ours could hold was written by hand.
UNREADABLE = (ValueError, OverflowError)


class _Changes(Repository, Generic[Of]):
    """Queries about one kind of change."""

    model: ClassVar[type[CardChange | WordChange]]
    # What a change is about: of two about the same the later counts, and the other is forgotten.
    about: ClassVar[tuple[str, ...]]
    _agreed: list[Of] | None = None

    async def add(self, change: Of) -> Of:
        """Keep a new change, to which nobody has agreed."""
        change.agreed_by, change.agreed_at = None, None
        self.session.add(change)
        # The id that is marked is given out with the flush.
        change.mac = b""
        await self.session.flush()
        await self._mark(change)
        return change

    async def get(self, change_id: UUID) -> Of | None:
        """Return a change as it stands now; None where there is none, or it is not marked as it stands.

        In a unit that changes something it is locked: of two who agree at once the second finds it agreed to.
        """
        return await self._read(change_id, locks=self.locks)

    async def agreed(self) -> list[Of]:
        """Return what two have agreed upon, the oldest agreement first.

        However often a unit asks, it is read once, and anew after what the unit itself changes.
        """
        if self._agreed is None:
            stands: ColumnElement[bool] = self.model.agreed_at.is_not(None)
            self._agreed = await self._marked(stands)
        return self._agreed

    async def agree(self, change: Of, *, by: UUID | None, at: datetime) -> None:
        """Let a change count from now on instead of what was agreed before; `by` None is the host."""
        stood = self.model.agreed_at.is_not(None)
        same = (getattr(self.model, name) == getattr(change, name) for name in self.about)
        for before in await self._marked(stood, *same):
            await self.session.delete(before)
        change.agreed_by, change.agreed_at = by, at
        await self._mark(change)
        self._agreed = None

    async def has_forged(self) -> bool:
        """Say whether there is a row that is not marked as it stands."""
        return len(await self._marked()) < len(await self._ids())

    async def forget_waiting(self, *, until: datetime) -> None:
        """Delete what was proposed by an instant and nobody has agreed to."""
        waits = self.model.agreed_at.is_(None) & (self.model.proposed_at <= until)
        await self.session.execute(delete(self.model).where(waits))

    async def forget_person(self, person_id: UUID) -> None:
        """Delete what somebody proposed and nobody agreed to; what they agreed upon stands without them."""
        model, self._agreed = self.model, None
        theirs = or_(model.proposed_by == person_id, model.agreed_by == person_id)
        await self.session.execute(
            delete(model).where(model.proposed_by == person_id, model.agreed_at.is_(None))
        )
        for change in await self._marked(theirs):
            change.proposed_by = None if change.proposed_by == person_id else change.proposed_by
            change.agreed_by = None if change.agreed_by == person_id else change.agreed_by
            await self._mark(change)
        # Left are those written by hand, which stay as little as they were.
        for column in (model.proposed_by, model.agreed_by):
            await self.session.execute(update(model).where(column == person_id).values({column: None}))

    async def _ids(self, *conditions: ColumnElement[bool]) -> list[UUID]:
        model = self.model
        query = select(model.id).where(*conditions).order_by(model.agreed_at, model.id)
        return list(await self.session.scalars(query))

    async def _marked(self, *conditions: ColumnElement[bool]) -> list[Of]:
        query = select(self.model).where(*conditions).order_by(self.model.agreed_at, self.model.id)
        try:
            found = await self.session.scalars(query.execution_options(populate_existing=True))
            rows = cast(list[Of], list(found))
        except UNREADABLE:
            # One of them was written by hand; the others count.
            each = [await self._read(one, locks=False) for one in await self._ids(*conditions)]
            return [change for change in each if change is not None]
        return [change for change in rows if self._is_marked(change)]

    async def _read(self, change_id: UUID, *, locks: bool) -> Of | None:
        query = select(self.model).where(self.model.id == change_id)
        query = query.execution_options(populate_existing=True)
        try:
            found = await self.session.scalar(query.with_for_update() if locks else query)
        except UNREADABLE:
            self._say_forged()
            return None
        change = cast(Of | None, found)
        return change if change is None or self._is_marked(change) else None

    def _is_marked(self, change: Change) -> bool:
        is_marked = self.macs.matches(change.mac, self._mac_of(change))
        if not is_marked:
            self._say_forged()
        return is_marked

    def _say_forged(self) -> None:
        _log.error("a change in %s is not marked by this installation", self.model.__tablename__)

    async def _mark(self, change: Change) -> None:
        change.mac = self._mac_of(change)
        await self.session.flush()

    def _mac_of(self, change: Change) -> bytes:
        return self.macs.change_mac(
            change.__tablename__,
            change.id,
            change.words,
            proposed=(change.proposed_by, in_ms(change.proposed_at)),
            agreed=(change.agreed_by, None if change.agreed_at is None else in_ms(change.agreed_at)),
        )


class CardChanges(_Changes[CardChange]):
    """Queries about changes of rule cards."""

    model = CardChange
    about = ("card",)


class WordChanges(_Changes[WordChange]):
    """Queries about changes of the list of risky words."""

    model = WordChange
    about = ("language", "entry")
