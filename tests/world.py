"""What tests of every room agree on: one installation's keys, and one instant to begin at."""

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import text

from storage.audit_chain import Standing
from storage.cells import Place
from storage.columns import Cell
from storage.keyring import KeyRing
from storage.keys import Keys
from storage.models import Person
from storage.unit_of_work import Storage

DEPLOYMENT = UUID("6f0d8c5a-1f6e-4b52-9b0e-3c3a5c1d7e21")
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, noon in Minsk
RING = KeyRing.create(DEPLOYMENT, day=date(2026, 11, 1))
# The trail's; an installation keeps it nowhere.
SEED = bytes(range(32))


def begun_trail() -> dict[str, Any]:
    """The head of a trail without entries."""
    standing = Standing.first(DEPLOYMENT, SEED)
    place = Place("audit_head", "key", DEPLOYMENT, DEPLOYMENT)
    cell = Keys(RING).audit_key().seal(place, standing.to_text())
    return {"id": DEPLOYMENT, "number": 0, "chain": standing.link, "key": Cell(cell)}


def new_person(**changes) -> Person:
    defaults = {
        "language": "en",
        "zone": "Europe/Minsk",
        "hour": time(10),
        "quiet_from": time(21),
        "quiet_to": time(9),
        "delete_after_hours": 24,
        "joined_on": date(2026, 11, 1),
        "last_seen_on": date(2026, 11, 1),
    }
    return Person(**(defaults | changes))


async def count_due(storage: Storage, now: datetime) -> int:
    """Count what the bot has left undone by an instant: messages to send, delete and cover, farewells."""
    due = text(
        "SELECT (SELECT count(*) FROM outbox"
        " WHERE (state = 'claimed' OR (state = 'queued' AND due_at <= :now))"
        " AND person_id NOT IN (SELECT person_id FROM hiding)"
        " AND (kind = 'desk_rights_forged' OR person_id NOT IN (SELECT person_id FROM restriction"
        " WHERE kind IN ('suspended', 'custody') AND until IS NULL)))"
        " + (SELECT count(*) FROM posted"
        " WHERE message_id IS NOT NULL AND (delete_at <= :now OR cover_at <= :now))"
        " + (SELECT count(*) FROM farewell WHERE next_at <= :now)"
    )
    async with storage.view() as uow:
        return await uow.session.scalar(due, {"now": int(now.timestamp() * 1000)}) or 0
