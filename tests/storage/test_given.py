"""Rows given to a statement as one text arrive as they were, on both engines."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from storage.buttons import Action
from storage.columns import Flag, Id, Number, UtcMs, Word
from storage.given import OverRows
from storage.models import Button, Lane, OutboxState, Person
from storage.sending import Prepared, Unsent
from storage.unit_of_work import Storage

NOON = datetime(2026, 11, 28, 12, 0, 0, 123000, tzinfo=UTC)
ODD = "«хто?» \"'\\ ; -- \n 🕊 \u2028"
BACK = OverRows(
    {"id": Id(), "at": UtcMs(), "yes": Flag(), "lane": Number(Lane), "word": Word(OutboxState)},
    lambda given, _: select(*given.c).order_by(given.c.at),
)


async def test_every_kind_of_value_arrives_as_it_was(storage: Storage):
    rows = [(uuid4(), NOON, True, Lane.BROADCAST, OutboxState.SENT), (None,) * 5]
    async with storage.view() as uow:
        arrived = {tuple(row) for row in await uow.sending.over(BACK, rows)}

    assert arrived == set(rows)


async def test_a_naive_time_is_refused(storage: Storage):
    row = (uuid4(), NOON.replace(tzinfo=None), True, Lane.URGENT, OutboxState.QUEUED)
    async with storage.view() as uow:
        with pytest.raises(ValueError, match="naive"):
            await uow.sending.over(BACK, [row])


async def test_words_that_mallory_chose_stay_words(storage: Storage, alice: Person):
    unsent = Unsent(uuid4(), alice.id, "menu", None, ODD, True, NOON, NOON)
    async with storage.unit() as uow:
        await uow.sending.add([Prepared(unsent, [(b"\0" * 12, Action("open", unsent.id, ODD))])])

    async with storage.view() as uow:
        kept = await uow.posted.get(unsent.id)
        button = await uow.session.get(Button, b"\0" * 12)
    assert (kept.argument, kept.is_covered, kept.delete_at, kept.cover_at) == (ODD, True, NOON, None)
    assert (button.argument, button.target, button.expires_at) == (ODD, unsent.id, NOON)
