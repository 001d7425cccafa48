"""Every way to do something × every kind of person × whose thing it is about, and what the table says of it.

The ways are read from the program's lists, the verdicts from the table of actions alone: what the program
does is only compared with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bot import cli
from handlers import rooms, routes, vocabulary
from solidarity.access import ACTIONS, Rule, Who, Whose, is_at_desk
from solidarity.duress import Decoy, decoy_of
from tests.attacks.matrix_people import Person, Verdict


class How(StrEnum):
    """In what form something reaches the bot."""

    COMMAND = "command"
    BUTTON = "button"
    WORDS = "words"
    STEP = "newcomer's step"
    HOST = "host command as a button"


class Column(StrEnum):
    """Whose thing a button carries."""

    OWN = "own"
    OTHERS = "other's"
    MISSING = "missing"
    ALIEN = "of another kind"
    NONE = "none"


# Which kind of thing a button's verb is about; all others must answer alike whatever they carry.
THINGS = {
    **dict.fromkeys(
        ("application-withdraw", "go:application", "go:withdrawing", "go:application-sent"), "application"
    ),
    **dict.fromkeys(("application-accept", "application-decline", "go:desk-application"), "application"),
    **dict.fromkeys(("wrote", "step-down", "letter-wrote", "letter-later", "letter-skip"), "guardianship"),
    **dict.fromkeys(("address-abroad", "go:letter-impossible", "go:letter-possible"), "guardianship"),
    **dict.fromkeys(("family-abroad", "go:family-post"), "prisoner"),
    **dict.fromkeys(("one-letter-abroad", "go:one-letter", "one-letter-wrote"), "public"),
    **dict.fromkeys(("answer-came", "came-back", "pause", "resume"), "guardianship"),
    **dict.fromkeys(("go:answer-came", "go:came-back", "go:pausing"), "guardianship"),
    **dict.fromkeys(("go:application-asked", "go:application-answer", "application-answer"), "application"),
    **dict.fromkeys(("go:ask-applicant", "ask-applicant"), "application"),
    **dict.fromkeys(
        ("go:guardianship", "go:address", "go:stepping-down", "go:letter", "go:application-accepted"),
        "guardianship",
    ),
    **dict.fromkeys(("go:letter-check", "letter-check"), "guardianship"),
    **dict.fromkeys(("go:letter-check-once", "letter-check-once"), "public"),
    **dict.fromkeys(("go:prisoner-moved", "go:prisoner-verdict", "go:prisoner-released"), "prisoner"),
    **dict.fromkeys(("go:prisoner-died", "go:prisoner-incommunicado", "go:prisoner-heard-of"), "prisoner"),
    **dict.fromkeys(("go:spoken", "spoken"), "prisoner"),
    **dict.fromkeys(("adopt-send", "go:adopt-person", "go:adopt-promise", "adopt-promise"), "prisoner"),
    **dict.fromkeys(("prisoner-publicity", "invite", "invite-done", "hearing-for"), "prisoner"),
    **dict.fromkeys(("go:prisoner", "go:publicity", "go:invite", "go:unconfirmed"), "prisoner"),
    **dict.fromkeys(("portfolio-take", "portfolio-leave", "go:pass-on", "pass-on"), "prisoner"),
    **dict.fromkeys(
        ("envelope-print", "envelope-form", "go:envelope", "go:envelope-form", "go:envelope-text"), "prisoner"
    ),
    **dict.fromkeys(("note-renew", "note-remove", "go:note", "note"), "prisoner"),
    **dict.fromkeys(("go:desk-pin-wrong", "go:desk-pin-forgotten"), "person"),
    **dict.fromkeys(("hearing-move-save", "hearing-confirm", "hearing-cancel", "hearing-move"), "hearing"),
    **dict.fromkeys(
        ("go:hearing", "go:hearing-move", "go:hearing-move-check", "go:hearing-cancel", "go:hearing-notice"),
        "hearing",
    ),
    **dict.fromkeys(("attend", "stay-away", "calendar", "go:attend", "go:court-date"), "hearing"),
    "follow-somebody": "public",
    **dict.fromkeys(
        ("go:hearing-move-time", "hearing-move-start", "hearing-move-time", "hearing-openness"), "hearing"
    ),
    **dict.fromkeys(
        ("go:hearing-details", "go:hearing-detail", "hearing-detail", "go:hearing-second-source"), "hearing"
    ),
    **dict.fromkeys(("hearing-second-source", "hearing-save-move", "go:hearing-outcome"), "hearing"),
    **dict.fromkeys(("go:hearing-outcome-check",), "hearing"),
    **dict.fromkeys(("hearing-outcome", "hearing-outcome-check", "hearing-no-deadline"), "hearing"),
    "hearing-outcome-save": "hearing",
    "hearing-known-court": "court",
    "go:milestone-notice": "milestone",
    **dict.fromkeys(("register-confirm", "register-refuse", "go:hearing-status"), "difference"),
    **dict.fromkeys(("suspend", "custody", "go:person"), "person"),
    **dict.fromkeys(("code-revoke", "go:code"), "code"),
    **dict.fromkeys(("request-approve", "request-decline", "request-withdraw", "go:request"), "request"),
    **dict.fromkeys(
        ("broadcast-pause", "broadcast-resume", "broadcast-stop", "broadcast-take-back"), "broadcast"
    ),
    **dict.fromkeys(("go:broadcast-report", "go:broadcast-stop", "go:broadcast-take-back"), "broadcast"),
    "go:broadcast": "broadcast",
    "go:request-words": "own words",
    "request-open": "approved",
    "request-reason": "person",
    "freeze": "colleague",
    "custody-over": "detained",
    "go:desk-restricted": "restriction",
    "go:danger": "hiding",
    "one": "prisoner",
    "post": "prisoner",
}
# What a button carries instead, where it is of another kind; anything else carries a difference.
ALIENS = {"difference": "hiding", "public": "prisoner"}
# The word that a button carries beside its thing.
ARGUMENTS = {
    "adopt-language": "be",
    "adopt-rhythm": "4",
    "set": "hour=11:00",
    "contact-remove": "phone",
    "go:contact": "phone",
    "contact": "phone",
    "key": "1",
    "prisoner-publicity": "hidden",
    "invite": "behalf",
    "request-reason": "contact",
    "pin-begin": "pin:new",
    **dict.fromkeys(("envelope-print", "envelope-form", "go:envelope-form"), "dl"),
    "go:evening-form": "5",
    "evening-print": "5:dl",
    "evening-written": "an evening",
    **dict.fromkeys(("answer-came", "came-back"), "1"),
    "pause": "2",
    "go:facility": "F1",
    **dict.fromkeys(("follow-city", "unfollow-city"), "Узорск"),
    **dict.fromkeys(("go:cards", "card-new"), "F1:letter"),
    "go:card": "F1:letter-pretrial",
    **dict.fromkeys(("card-edit", "card-checked", "card-withdraw"), "letter-pretrial"),
    "card-set": "verdict:discouraged",
    "go:card-choose": "verdict",
    **dict.fromkeys(("go:card-advice", "card-advice"), "en"),
    "go:risky-words": "be",
    **dict.fromkeys(("go:risky-list", "risky-list"), "be:politics:0"),
    "go:risky-word": "be:politics:0:палітык*",
    "go:risky-new": "be:politics:0:навіна",
    "word-propose": "be:politics:навіна",
    "word-withdraw": "be:палітык*",
    **dict.fromkeys(("go:coverage", "go:coverage-list", "go:coverage-places"), "all:0"),
    "coverage-picture": "all",
    "broadcast-begin": "own",
    "broadcast-narrow": "role:guardians",
    "broadcast-missing": "out",
    "broadcast-send": "1",
    "broadcast-reason": "1",
    **dict.fromkeys(("go:broadcast-about", "broadcast-about"), "transfer"),
    **dict.fromkeys(("broadcast-remove", "go:broadcast-words", "broadcast-words"), "en"),
    **dict.fromkeys(("go:broadcast-preview", "go:request-words"), "en"),
    "draft-go-on": "hearing",
    "draft-forget": "hearing",
    "go:hearing-notice": "hearing_new:r1",
    "hearing-start": "2026-12-09 10:30",
    "hearing-move-start": "2026-12-10 10:30",
    **dict.fromkeys(("go:hearing-time", "hearing-time", "go:hearing-move-time"), "2026-12-09"),
    "hearing-move-time": "2026-12-10",
    "hearing-openness": "open",
    **dict.fromkeys(("hearing-confirm", "hearing-cancel", "hearing-save-move"), "1"),
    **dict.fromkeys(("go:hearing-second-source", "hearing-second-source"), "1"),
    **dict.fromkeys(("go:hearing-detail", "hearing-detail"), "room"),
    "hearing-outcome": "upheld",
    "go:milestone-notice": "milestone_7d:r1",
    "go:desk-audit-head": "desk_audit_head:r1",
    "go:desk-host-act": "desk_host_act:r1",
}
# Whom a coordinator hands a prisoner over to.
TO_COLLEAGUE = "pass-on"
# The keypad that a button stands on.
KEYPAD_OF = {"pin-ok": "pin-new", "pin-present": "pin-present"}
# A colleague may have decided these: what is gone, what never was and what is not theirs is answered alike.
SOON_GONE = (
    "go:desk-application",
    "go:ask-applicant",
    "register-confirm",
    "register-refuse",
    "go:hearing-status",
    "go:danger",
    "go:desk-restricted",
    "go:code",
    "code-revoke",
    "go:desk-pin-wrong",
    "go:desk-pin-forgotten",
)
TYPED = {
    "adopt-promise": "I write every month",
    "application-answer": "For a year, and gladly",
    "ask-applicant": "For how long can you write?",
    "facilities": "Sample",
    "card-advice": "Write in pen",
    "card-source": "A call on Monday",
    "risky-list": "навіна",
    "letter-check": "Snow has fallen here",
    "letter-check-once": "Snow has fallen here",
    "phrase": "calm green river",
    "contact": "+375290000001",
    "prisoners": "Sampleson",
    "people": "Calm river",
    "request-reason": "They asked to be called",
    "verify": "calm green river",
    "note": "Calls on Fridays",
    "envelope-form": "Sample street 1",
    **dict.fromkeys(("broadcast-about", "broadcast-by-prisoner"), "Sampleson"),
    "broadcast-words": "We meet on Monday",
    "broadcast-urgent": "It is soon",
    **dict.fromkeys(("broadcast-later", "broadcast-evening"), "09.12.2026 10:30"),
    "broadcast-reason": "They should know",
    "hearing-prisoner": "Sampleson",
    "hearing-date": "09.12.2026 10:30",
    "hearing-time": "10:30",
    "hearing-court": "Sample Court",
    "hearing-move-time": "10:30",
    "hearing-detail": "Room 5",
    "hearing-second-source": "A call from the lawyer",
    "hearing-outcome-check": "10.12.2026",
    "hearing-move": "10.12.2026 10:30",
}


@dataclass(frozen=True)
class Way:
    """One way to do something."""

    how: How
    on: str
    action: str

    @property
    def thing(self) -> str | None:
        return THINGS.get(self.on) if self.how is not How.COMMAND else None


@dataclass(frozen=True)
class Cell:
    """One way, with one thing or none."""

    way: Way
    column: Column
    target: UUID | None

    def __str__(self) -> str:
        return f"{self.way.how} {self.way.on} ({self.way.action}), {self.column}"


def ways() -> list[Way]:
    """Return every way that stands in the program's lists."""
    return [
        *(Way(How.COMMAND, route.on, route.action) for route in routes.COMMANDS),
        Way(How.COMMAND, "start ABCDEFGHIJKLMNOPQRSTUV", routes.CODE.action),
        *(Way(How.BUTTON, route.on, route.action) for route in routes.BUTTONS),
        *(Way(How.BUTTON, f"go:{name}", action) for name, action in rooms.ACTION_OF.items()),
        *(Way(How.WORDS, route.on, route.action) for route in routes.WORDS),
        *(Way(How.STEP, name, action) for name, action in vocabulary.ACTION_OF.items()),
        *(Way(How.HOST, action, action) for action in cli.ACTION_OF.values()),
    ]


def cells(person: Person, missing: UUID) -> Iterator[Cell]:
    """Give every cell of one kind of person; where nothing of a kind is theirs, no cell of their own."""
    for way in ways():
        if way.how in (How.COMMAND, How.HOST):
            yield Cell(way, Column.NONE, None)
            continue
        thing = way.thing or "guardianship"
        if thing in person.own:
            yield Cell(way, Column.OWN, person.own[thing])
        yield Cell(way, Column.OTHERS, person.others[thing])
        yield Cell(way, Column.MISSING, missing)
        yield Cell(way, Column.ALIEN, person.others[ALIENS.get(thing, "difference")])


def expected(person: Person, cell: Cell) -> Verdict:
    """Say what the table of actions makes of a cell."""
    way, rule = cell.way, ACTIONS[cell.way.action]
    if person.rests is not None and not _stays_open(person, cell):
        is_none = way.how in (How.STEP, How.HOST) and person.rests is Verdict.RESTING
        return Verdict.STALE if is_none else person.rests
    if person.is_frozen and rule.who is Who.COORDINATOR:
        return Verdict.DESK_FROZEN
    if person.has_decoy_desk and is_at_desk(way.action):
        return _seems(way)
    if rule.who not in person.counts_as:
        return _shown_out(person, way)
    if way.on == "first":
        return Verdict.GREETED
    if rule.at_desk and not person.has_open_desk:
        return Verdict.KEPT if way.how is How.WORDS else Verdict.DESK_CLOSED
    if way.thing is None:
        return Verdict.DONE
    if not _is_allowed(rule, way, cell.column):
        return Verdict.GONE if way.on in SOON_GONE else Verdict.NOT_FOR_YOU
    has_ended = person.is_over and way.thing == "guardianship" and cell.column is Column.OWN
    return Verdict.GONE if has_ended else Verdict.DONE


def _seems(way: Way) -> Verdict:
    """Say what a decoy desk makes of an action of the desk."""
    if decoy_of(way.action) is Decoy.NOTHING and way.how is How.BUTTON and way.on.startswith("go:"):
        return Verdict.NOTHING
    return Verdict.SEEMS


def _stays_open(person: Person, cell: Cell) -> bool:
    """Say whether somebody who is kept away has this left: a way to safety, or what is their own."""
    rule = ACTIONS[cell.way.action]
    return rule.is_shelter or (rule.stays and person.rests is Verdict.RESTING)


def _is_allowed(rule: Rule, way: Way, column: Column) -> bool:
    match column:
        case Column.OWN:
            return rule.whose in (Whose.OWN, Whose.CONCERNED, Whose.ANY, Whose.PUBLIC)
        case Column.OTHERS:
            is_public = rule.whose is Whose.PUBLIC and way.thing == "public"
            return is_public or rule.whose in (Whose.ANY, Whose.OTHERS)
        case _:
            return False


def _shown_out(person: Person, way: Way) -> Verdict:
    if person.is_stranger:
        return Verdict.GREETED
    # What is no button of theirs at all is told apart from what they may not do.
    return Verdict.STALE if way.how in (How.STEP, How.HOST) else Verdict.NOT_FOR_YOU


def may_know(person: Person, cell: Cell) -> bool:
    """Say whether a cell may show what is only for those whom it concerns: at an open desk alone."""
    rule = ACTIONS[cell.way.action]
    return rule.who is Who.COORDINATOR and person.has_open_desk
