"""Messages on their way to Telegram: the rows they stand as before it took them, and their ids after."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Executable, FromClause, Table, delete, select, update

from storage.buttons import BUTTON_COLUMNS, Action, button_row
from storage.columns import BigInt, Id
from storage.given import OverRows
from storage.models import Button, Posted, Purpose
from storage.repository import Repository

_POSTED = cast(Table, Posted.__table__)


@dataclass(slots=True)
class Unsent:
    """A message about to be sent, as the row that it becomes says it."""

    id: UUID
    person_id: UUID
    screen: str
    target: UUID | None
    argument: str
    is_covered: bool
    posted_at: datetime
    delete_at: datetime
    cover_at: datetime | None = None
    purpose: Purpose = Purpose.PUSH
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """The rows of a message about to be sent: itself, and what its buttons do; not stored yet."""

    posted: Unsent
    buttons: Sequence[tuple[bytes, Action]] = ()


_MESSAGE = tuple(field.name for field in fields(Unsent))
_row_of = attrgetter(*_MESSAGE)


def _note_sent(given: FromClause, _: bool) -> Executable:
    told = update(_POSTED).where(_POSTED.c.id == given.c.id).values(message_id=given.c.message_id)
    return told.execution_options(preserve_rowcount=True)


def _missing(given: FromClause, _: bool) -> Executable:
    return select(given.c.id).where(given.c.id.not_in(select(_POSTED.c.id)))


def _remove_unsent(given: FromClause, _: bool) -> Executable:
    return delete(_POSTED).where(_POSTED.c.id.in_(select(given.c.id)), _POSTED.c.message_id.is_(None))


_NOTE_SENT = OverRows({"id": Id(), "message_id": BigInt}, _note_sent)
_MISSING = OverRows({"id": Id()}, _missing)
_REMOVE_UNSENT = OverRows({"id": Id()}, _remove_unsent)


class Sending(Repository):
    """Queries about messages that are handed to Telegram."""

    async def add(self, messages: Collection[Prepared], *, again: Collection[UUID] = ()) -> None:
        """Keep messages about to be sent, in two statements; one whose id is known already stays as it is.

        Args:
            again: which of them may have been tried before: the row of that attempt gives way.
        """
        await self.remove_unsent(again)
        rows = [_row_of(each.posted) for each in messages]
        buttons = [
            button_row(token, action, each.posted.id, each.posted.delete_at)
            for each in messages
            for token, action in each.buttons
        ]
        await self.insert_new(Posted, _MESSAGE, rows)
        await self.insert_new(Button, BUTTON_COLUMNS, buttons)

    async def note_sent(self, message_ids: Collection[tuple[UUID, int]]) -> set[UUID]:
        """Tell rows the ids of the messages they became; returns which rows there are none of."""
        if not message_ids:
            return set()
        told = await self.over(_NOTE_SENT, message_ids)
        if cast(CursorResult[Any], told).rowcount == len(message_ids):
            return set()
        return set((await self.over(_MISSING, ([row_id] for row_id, _ in message_ids))).scalars())

    async def remove_unsent(self, posted_ids: Collection[UUID]) -> None:
        """Forget messages that were not sent; one whose id a tap has told stands, and stays."""
        if posted_ids:
            await self.over(_REMOVE_UNSENT, ([posted_id] for posted_id in posted_ids))
