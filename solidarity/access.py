"""Who may do what: one table of every action, nobody by default.

Whether the *thing* is theirs is asked by the rule that touches it; here only the kind of person counts.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from solidarity.errors import DeskClosed, DeskFrozen, NotForYou, Resting
from solidarity.hours import Hours

# So long a desk stands open after the last tap or message.
OPEN_FOR = timedelta(minutes=5)
# Another process may have opened it after this one looked at its clock.
CLOCKS_DIFFER = timedelta(minutes=1)


class Who(StrEnum):
    """The kinds of people an action is for."""

    ANYBODY = "anybody"
    STRANGER = "stranger"
    PERSON = "person"
    RELATIVE = "relative"
    COORDINATOR = "coordinator"
    HOST = "host"


class Whose(StrEnum):
    """On whose things an action is done; the rule that does it asks for the thing itself."""

    NOBODYS = "nobody's"
    PUBLIC = "public"
    OWN = "own"
    CONCERNED = "of prisoners who concern them"
    ANY = "anybody's"
    OTHERS = "others', never their own"


@dataclass(frozen=True)
class Rule:
    """Who may do something, on whose things, with an open desk or not, and by how many people.

    A shelter is open also while the alarm stands and to who is suspended or may be detained: it makes
    somebody safer and shows nothing that matters. What stays is open to who is suspended as well: it is
    their own.
    """

    who: Who
    whose: Whose = Whose.NOBODYS
    at_desk: bool = False
    people: int = 1
    is_shelter: bool = False
    stays: bool = False


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
    # A coordinator vouches for them.
    is_vouched: bool = False
    # Also where their rights were changed by hand.
    is_suspended: bool = False
    is_frozen: bool = False
    is_in_custody: bool = False
    # Their desk was opened under duress: no coordinator any more, and a desk that shows only what is public.
    has_decoy_desk: bool = False
    # A coordinator whose desk was changed or deleted by hand in the database: nothing opens it.
    has_forged_desk: bool = False

    @property
    def is_at_work(self) -> bool:
        """Whether they are a coordinator who may act as one now."""
        is_kept_away = self.is_suspended or self.is_frozen or self.is_in_custody
        return self.is_coordinator and not (is_kept_away or self.has_forged_desk)

    def has_open_desk(self, now: datetime) -> bool:
        return self.is_at_work and self._stands_open(now)

    def has_open_decoy(self, now: datetime) -> bool:
        return self.has_decoy_desk and self._stands_open(now)

    def _stands_open(self, now: datetime) -> bool:
        # A clock that was set back must not leave a desk open until it has caught up.
        longest = now + OPEN_FOR + CLOCKS_DIFFER
        return self.desk_open_until is not None and now < self.desk_open_until <= longest


ACTIONS: dict[str, Rule] = {
    "sealed": Rule(Who.ANYBODY),
    "return": Rule(Who.ANYBODY, Whose.OWN, is_shelter=True),
    "newcomer": Rule(Who.STRANGER),
    "newcomer.look": Rule(Who.STRANGER, Whose.PUBLIC),
    "newcomer.agree": Rule(Who.STRANGER),
    "menu": Rule(Who.PERSON),
    "open": Rule(Who.PERSON, Whose.OWN, stays=True),
    "resting": Rule(Who.PERSON, Whose.OWN, stays=True),
    "help": Rule(Who.PERSON),
    "verify": Rule(Who.PERSON, Whose.OWN),
    "code": Rule(Who.PERSON),
    "settings": Rule(Who.PERSON, Whose.OWN),
    "mydata": Rule(Who.PERSON, Whose.OWN, stays=True),
    "leave": Rule(Who.PERSON, Whose.OWN, is_shelter=True),
    "hide": Rule(Who.PERSON, Whose.OWN, is_shelter=True),
    "stay": Rule(Who.PERSON, Whose.OWN),
    "adopt": Rule(Who.PERSON, Whose.ANY),
    "guardianship": Rule(Who.PERSON, Whose.OWN),
    "envelope": Rule(Who.PERSON, Whose.CONCERNED),
    "news": Rule(Who.PERSON, Whose.CONCERNED),
    "court": Rule(Who.PERSON, Whose.CONCERNED),
    "court.public": Rule(Who.PERSON, Whose.PUBLIC),
    "broadcast": Rule(Who.PERSON, Whose.CONCERNED),
    "family": Rule(Who.RELATIVE, Whose.CONCERNED),
    "desk.open": Rule(Who.COORDINATOR, Whose.OWN),
    "desk.told": Rule(Who.COORDINATOR, Whose.ANY),
    "desk": Rule(Who.COORDINATOR, at_desk=True),
    "desk.applications": Rule(Who.COORDINATOR, Whose.OTHERS, at_desk=True),
    "desk.register": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.prisoners": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.invite": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.asked": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.ask": Rule(Who.COORDINATOR, Whose.OTHERS, at_desk=True, people=2),
    "desk.requests": Rule(Who.COORDINATOR, Whose.OWN, at_desk=True, people=2),
    "desk.approve": Rule(Who.COORDINATOR, Whose.OTHERS, at_desk=True, people=2),
    "desk.word": Rule(Who.COORDINATOR, at_desk=True),
    "desk.portfolio": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.note": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.evening": Rule(Who.COORDINATOR, Whose.PUBLIC, at_desk=True),
    "desk.hearings": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.broadcasts": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True, people=2),
    "desk.people": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "desk.restrict": Rule(Who.COORDINATOR, Whose.OTHERS, at_desk=True),
    "desk.facilities": Rule(Who.COORDINATOR, Whose.PUBLIC, at_desk=True),
    "desk.rules": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True, people=2),
    "desk.codes": Rule(Who.COORDINATOR, Whose.ANY, at_desk=True),
    "rights-notice": Rule(Who.PERSON, stays=True),
    "desk.settings": Rule(Who.COORDINATOR, Whose.OWN, at_desk=True),
    "desk.seal": Rule(Who.COORDINATOR, at_desk=True),
    "host.init": Rule(Who.HOST),
    "host.run": Rule(Who.HOST),
    "host.unseal": Rule(Who.HOST),
    "host.seal": Rule(Who.HOST),
    "host.lift": Rule(Who.HOST, Whose.ANY),
    "host.upgrade": Rule(Who.HOST),
    "host.sandbox": Rule(Who.HOST),
    "host.import": Rule(Who.HOST, Whose.ANY),
    "host.keys": Rule(Who.HOST),
    "host.stats": Rule(Who.HOST),
    "host.erase": Rule(Who.HOST, Whose.ANY),
    "host.backup": Rule(Who.HOST, Whose.ANY),
    "host.restore": Rule(Who.HOST, Whose.ANY),
    "host.destroy": Rule(Who.HOST, Whose.ANY),
    "host.code": Rule(Who.HOST),
    "host.audit": Rule(Who.HOST),
    "host.approve": Rule(Who.HOST, Whose.ANY, people=2),
    "host.contact": Rule(Who.HOST, Whose.ANY),
}


def named(action: str) -> str:
    """Return the name of an action that stands in the table; whatever people can do is given one with this.

    Raises:
        ValueError: it does not stand there, so that nobody may do it.
    """
    if action not in ACTIONS:
        raise ValueError(f"the action {action!r} does not stand in the table of who may do what")
    return action


def is_shelter(action: str) -> bool:
    """Say whether an action is open to people also while the alarm stands."""
    return action in ACTIONS and ACTIONS[action].is_shelter


def rests(actor: Actor, action: str) -> bool:
    """Say whether an action is kept from somebody who is suspended or may be detained."""
    rule = ACTIONS.get(action, Rule(Who.HOST))
    if rule.is_shelter:
        return False
    return actor.is_in_custody or (actor.is_suspended and not rule.stays)


def is_at_desk(action: str) -> bool:
    """Say whether an action belongs to a coordinator's desk."""
    return action.startswith("desk")


def require(actor: Actor | None, action: str, *, now: datetime) -> None:
    """Let an action through or refuse it.

    Raises:
        Resting: they are suspended or may be detained, and it is neither a shelter nor stays open to them.
        NotForYou: it is not for this kind of person, or no such action stands in the table.
        DeskFrozen: a colleague has closed their desk for a day.
        DeskClosed: it is, but their desk is closed.
    """
    # First, so that whatever they try is answered alike.
    if actor is not None and rests(actor, action):
        raise Resting(action)
    rule = ACTIONS.get(action)
    if rule is None or not _is_for(rule.who, actor):
        raise NotForYou(action)
    if rule.who is Who.COORDINATOR and actor is not None and actor.is_frozen:
        raise DeskFrozen(action)
    if rule.at_desk and (actor is None or not actor.has_open_desk(now)):
        raise DeskClosed(action)


def is_decoyed(actor: Actor | None, action: str) -> bool:
    """Say whether an action only seems to be done: one of the desk, for somebody whose desk is a decoy."""
    return actor is not None and actor.has_decoy_desk and is_at_desk(action)


def admit(actor: Actor, action: str, *, now: datetime) -> None:
    """Let an action through as `require` does, and an action of the desk to somebody whose desk is a decoy.

    Whoever asks this and not `require` lets a decoy desk only seem to do it.

    Raises:
        Resting, NotForYou, DeskFrozen, DeskClosed: as `require`.
    """
    if not is_decoyed(actor, action):
        require(actor, action, now=now)
        return
    if rests(actor, action):
        raise Resting(action)
    rule = ACTIONS.get(action)
    if rule is None or rule.who is not Who.COORDINATOR:
        raise NotForYou(action)
    if actor.is_frozen:
        raise DeskFrozen(action)
    if rule.at_desk and not actor.has_open_decoy(now):
        raise DeskClosed(action)


def _is_for(who: Who, actor: Actor | None) -> bool:
    if actor is None:
        return who in (Who.ANYBODY, Who.STRANGER)
    match who:
        case Who.ANYBODY | Who.PERSON:
            return True
        case Who.RELATIVE:
            return actor.is_relative
        case Who.COORDINATOR:
            return actor.is_coordinator
        case _:
            # A stranger's screens are for nobody who is known, and the host's commands for nobody in a chat.
            return False
