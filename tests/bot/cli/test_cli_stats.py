"""`poruch stats`: how messages stand, in numbers."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import insert

from bot.clock import Clock
from solidarity.people import agree
from storage.models import OutboxRow, OutboxState
from storage.unit_of_work import UnitOfWork

from .conftest import NOW, Run, at_home

HOUR = timedelta(hours=1)


@pytest.fixture
def messages(installed: Path) -> None:
    """One message of each fate, and two that are parked."""
    now = Clock().now()

    async def fill(uow: UnitOfWork) -> None:
        alice = (await agree(uow, 700_000_001, language="en", now=NOW)).id

        def row(
            state: OutboxState, *, due: datetime, kind: str = "letter", **more: object
        ) -> dict[str, object]:
            key = uuid4()
            return {
                "id": key, "person_id": alice, "kind": kind, "about_id": key, "unique_key": str(key),
                "revision": 0, "due_at": due, "planned_at": due, "lane": 2, "attempts": 0, "state": state,
                "settled_at": None, "useful_until": None, **more,
            }  # fmt: skip

        before = {"due": now - HOUR, "settled_at": now}
        rows = [
            row(OutboxState.QUEUED, due=now - HOUR),
            row(OutboxState.QUEUED, due=now + HOUR),
            row(OutboxState.SENT, **before),
            row(OutboxState.DROPPED, **before, useful_until=now - HOUR / 2),
            row(OutboxState.DROPPED, **before, useful_until=now + HOUR),
            row(OutboxState.UNREACHABLE, **before),
            row(OutboxState.PARKED, **before, kind="hearing_1d"),
            row(OutboxState.PARKED, **before),
        ]
        await uow.session.execute(insert(OutboxRow), rows)

    at_home(fill)


def test_it_counts_messages_by_their_fate(messages: None, poruch: Run) -> None:
    ended = poruch("stats", "--json")

    assert (ended.code, ended.json) == (
        0,
        {
            "due": 1,
            "later": 1,
            "claimed": 0,
            "sent": 1,
            "too_late": 1,
            "no_longer_so": 1,
            "unreachable": 1,
            "parked": {"hearing_1d": 1, "letter": 1},
        },
    )


def test_it_says_in_words_what_is_parked(messages: None, poruch: Run) -> None:
    lines = [line.split(maxsplit=1) for line in poruch("stats").out.splitlines()[1:]]

    assert ["2", "parked: our mistake, tried no more; the log says why"] in lines
    assert ["1", "of these hearing 1d"] in lines


def test_it_changes_nothing(messages: None, poruch: Run) -> None:
    async def kept(uow: UnitOfWork) -> object:
        return await uow.outbox.tally(now=NOW)

    before = at_home(kept)
    poruch("stats")

    assert at_home(kept) == before
