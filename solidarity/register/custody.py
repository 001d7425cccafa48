"""Works out from the published export where a person is held, in our words for custody.

A death is believed before everything, the publisher's status before the description, the penalty before the
place: a letter to somebody at home under "khimiya" can endanger them, one that finds an empty cell cannot.
A suspended sentence means free only where no place is given; a false "released" would stop the letters.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

CUSTODY_STATUSES = (
    "detained",
    "pretrial",
    "convicted",
    "prison_regime",
    "house_arrest",
    "open_facility",
    "home_khimiya",
    "psychiatric",
    "incommunicado",
    "released",
    "exiled",
    "died",
)

# Up to ten days may pass between a seizure and a charge (Code of Criminal Procedure, art. 108).
_UNTIL_CHARGED = timedelta(days=10)

_FREE = "free"
_PENALTIES = tuple(
    (re.compile(pattern), status)
    for pattern, status in (
        (r"suspended|deferred|probation|условн|отсроч|умоўн|умовн|адтэрмін|\bfine\b|штраф", _FREE),
        (r"home confinement|house|domash|damash|дамашн|домашн|хатн|без направл|без накірав", "home_khimiya"),
        (
            r"open penal|open correctional|open-type|khimi|chimi|химия|хімія|открытого|адкрытага",
            "open_facility",
        ),
        (r"psychiatr|психиатр|псіхіятр|compulsory treatment", "psychiatric"),
        (r"security prison|prison regime|тюрем|тюрьм|турэм|турм", "prison_regime"),
        (r"colony|imprisonment|arrest|колон|калон|лишени|пазбаўл|арест|арышт", "convicted"),
    )
)
# Only as a statement of its own: "her father died in prison in 1937" is about somebody else.
_DIED = re.compile(
    r"(?:^|[,;.]\s*)(?:"
    r"(?:s?he )?(?:died|passed away|was killed) (?:while )?(?:in|behind) (?:the |an? )?(?:\w+ )?"
    r"(?:custody|prison|detention|bars|colony|sizo|hospital)"
    r"|(?:умерл?а?|скончал\w+|погибл?а?) (?:в|за) (?:тюрьме|колонии|сизо|заключении|реш[её]ткой|больнице)"
    r"|(?:памёр|памерла|загінуў|загінула) (?:у|ў|за) (?:турме|калоніі|сіза|зняволенні|кратамі|бальніцы)"
    r")(?=\s*(?:$|[,;.(]|on\b))",
    re.IGNORECASE,
)
_RELEASED = re.compile(r"\breleased\b|освобо|вызвал", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What one published row says about custody; ``place_kind`` is ``None`` where the place tells none."""

    status: str
    penalty: str
    has_verdict: bool
    has_place: bool
    place_kind: str | None
    is_house_arrest: bool
    description: str
    has_died: bool
    arrested: date | None
    verdict: date | None
    released: date | None
    died: date | None


@dataclass(frozen=True, slots=True)
class Custody:
    """A custody status, the day it began where the row tells, and what did not fit together."""

    status: str
    day: date | None
    notes: tuple[str, ...] = ()


def says_death(description: str) -> bool:
    """Tell whether a description says that the person died behind bars (and not somebody near them)."""
    return _DIED.search(description) is not None


def published_custody(facts: Facts, *, today: date) -> Custody:
    """Decide the custody status of a published row whose status is ``active``, ``former`` or ``np``.

    Notes: ``status_contradicts_description``, ``penalty_unknown``, ``penalty_contradicts_place``,
    ``sentence_suspended``, ``maybe_prison_regime`` (sentenced to a colony and held in a prison, perhaps only
    on the way).
    """
    if facts.has_died:
        notes = ("status_contradicts_description",) if facts.status == "active" else ()
        return Custody("died", facts.died, notes)
    if facts.status == "former":
        return Custody("released", facts.released)
    custody = _sentenced(facts) if facts.has_verdict else _awaiting(facts, today)
    if _RELEASED.search(facts.description):
        return Custody(custody.status, custody.day, (*custody.notes, "status_contradicts_description"))
    return custody


def _awaiting(facts: Facts, today: date) -> Custody:
    if facts.is_house_arrest:
        return Custody("house_arrest", facts.arrested)
    is_fresh = facts.arrested is not None and not facts.has_place and today - facts.arrested <= _UNTIL_CHARGED
    status = "detained" if facts.place_kind == "ivs" or is_fresh else "pretrial"
    return Custody(status, facts.arrested)


def _sentenced(facts: Facts) -> Custody:
    penalty = facts.penalty.casefold()
    status = next((status for pattern, status in _PENALTIES if pattern.search(penalty)), None)
    if status is None:
        return Custody("convicted", facts.verdict, ("penalty_unknown",))
    if status == _FREE:
        if facts.has_place:
            return Custody("convicted", facts.verdict, ("penalty_contradicts_place",))
        return Custody("released", facts.verdict, ("sentence_suspended",))
    return Custody(status, facts.verdict, _doubts(status, facts.place_kind))


def _doubts(status: str, place_kind: str | None) -> tuple[str, ...]:
    if status == "convicted" and place_kind == "prison":
        return ("maybe_prison_regime",)
    is_behind_bars = place_kind in ("sizo", "prison", "colony", "ivs")
    if status in ("open_facility", "home_khimiya", "psychiatric") and is_behind_bars:
        return ("penalty_contradicts_place",)
    return ()
