"""What tests of every room agree on: one installation's keys, and one instant to begin at."""

from datetime import UTC, date, datetime, time
from uuid import UUID

from storage.keyring import KeyRing
from storage.models import Person

DEPLOYMENT = UUID("6f0d8c5a-1f6e-4b52-9b0e-3c3a5c1d7e21")
NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, noon in Minsk
RING = KeyRing.create(DEPLOYMENT, day=date(2026, 11, 1))


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
