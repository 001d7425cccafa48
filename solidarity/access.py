"""Who may do what: one table of every action, nobody by default.

Whether the *thing* is theirs is asked by the rule that touches it; here only the kind of person counts.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from solidarity.errors import DeskClosed, NotForYou
from solidarity.hours import Hours


class Who(StrEnum):
    """The kinds of people an action is for."""

    STRANGER = "stranger"
    PERSON = "person"
    RELATIVE = "relative"
    COORDINATOR = "coordinator"
    DESK = "coordinator at an open desk"


@dataclass(frozen=True)
class Actor:
    """The person who taps or writes, as the database knows them at this instant."""

    id: UUID
    language: str
    form: str
    hours: Hours
    today: date
    shows_full_texts: bool
    delete_after_hours: int
    is_relative: bool
    is_coordinator: bool
    is_administrator: bool
    desk_open_until: datetime | None

    def has_open_desk(self, now: datetime) -> bool:
        return self.is_coordinator and self.desk_open_until is not None and self.desk_open_until > now


ACTIONS: dict[str, Who] = {
    "newcomer": Who.STRANGER,
    "menu": Who.PERSON,
    "open": Who.PERSON,
    "help": Who.PERSON,
    "code": Who.PERSON,
    "settings": Who.PERSON,
    "mydata": Who.PERSON,
    "leave": Who.PERSON,
    "hide": Who.PERSON,
    "stay": Who.PERSON,
    "adopt": Who.PERSON,
    "guardianship": Who.PERSON,
    "court": Who.PERSON,
    "family": Who.RELATIVE,
    "desk.open": Who.COORDINATOR,
    "desk": Who.DESK,
    "desk.applications": Who.DESK,
    "desk.register": Who.DESK,
    "desk.prisoners": Who.DESK,
    "desk.invite": Who.DESK,
    "desk.hearings": Who.DESK,
}


# What makes somebody safer, and shows nothing that matters.
SHELTERS = frozenset({"hide", "leave"})


def is_shelter(action: str) -> bool:
    """Say whether an action is open to people also while the alarm stands."""
    return action in SHELTERS


def is_at_desk(action: str) -> bool:
    """Say whether an action belongs to a coordinator's desk."""
    return action.startswith("desk")


def require(actor: Actor | None, action: str, *, now: datetime) -> None:
    """Let an action through or refuse it.

    Raises:
        NotForYou: it is not for this kind of person, or no such action stands in the table.
        DeskClosed: it is, but their desk is closed.
    """
    who = ACTIONS.get(action)
    if who is Who.STRANGER:
        allowed = actor is None
    elif actor is None or who is None:
        allowed = False
    elif who is Who.PERSON:
        allowed = True
    elif who is Who.RELATIVE:
        allowed = actor.is_relative
    else:
        allowed = actor.is_coordinator
    if not allowed:
        raise NotForYou(action)
    if who is Who.DESK and actor is not None and not actor.has_open_desk(now):
        raise DeskClosed(action)
