"""What can become of one message handed to Telegram, and when it is tried again.

A reason is one short fixed word and never Telegram's own text, which may hold names.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram took it; ``message_id`` is None where its answer names no message."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Later:
    """Surely not taken now; ``after`` is the wait Telegram named, None where it named none."""

    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody can say whether Telegram took it."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The person cannot be reached any more."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Our mistake: the message is parked, the person kept."""

    reason: str


Outcome = Delivered | Later | Unsure | Gone | Refused


def next_attempt(outcome: Outcome, *, attempts: int, now: datetime) -> datetime | None:
    """Say when a message is due again; None once it is settled.

    A wait that Telegram named is kept to the second. Otherwise 30 seconds, doubled with each
    attempt, an hour at most. An uncertain send is tried again: twice is a nuisance, a hearing
    nobody heard of is a harm.

    Args:
        attempts: attempts so far, this one included; at least 1.

    Raises:
        ValueError: ``attempts`` is below 1.
    """
    if attempts < 1:
        raise ValueError("an outcome needs an attempt")
    match outcome:
        case Later(after=timedelta() as after):
            return now + after
        case Later() | Unsure():
            return now + _wait(attempts)
        case Delivered() | Gone() | Refused():
            return None


def _wait(attempts: int) -> timedelta:
    # The power is bounded first: a row tried for months would overflow a timedelta.
    doublings = min(attempts - 1, (LONGEST_WAIT // FIRST_WAIT).bit_length())
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)
