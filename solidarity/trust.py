"""How far what is known about the outside, an address or a rule, can be relied on today."""

from datetime import date, timedelta
from enum import StrEnum

VERIFIED_FOR = timedelta(days=180)


class Trust(StrEnum):
    """How long ago somebody checked it."""

    CHECKED = "checked"
    LONG_AGO = "long-ago"
    NEVER = "never"


def trust_of(verified_on: date | None, today: date) -> Trust:
    """Say how far to trust what was last verified on a day: for 180 days; None was never verified."""
    if verified_on is None:
        return Trust.NEVER
    return Trust.CHECKED if today - verified_on <= VERIFIED_FOR else Trust.LONG_AGO
