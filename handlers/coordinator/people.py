"""People at the desk: found by the pseudonym one knows already, suspended, frozen, or said to be detained."""

from collections.abc import Sequence

from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from solidarity.directory import Known, PersonCard, Standing, colleagues, find_people, person_card
from solidarity.restrictions import (
    flag_custody,
    freeze,
    lift_custody,
    suspend,
)
from solidarity.search import get_search, keep_search
from solidarity.work import RestrictionKind, RoleName

SEARCH = "people"
MOST_COLLEAGUES = 30


@screen("people")
async def people(view: View) -> Screen:
    """Ask for a pseudonym, and show whose it is."""
    typed = await get_search(view.uow, view.actor, SEARCH, now=view.now)
    text, found = view.say("people-ask"), list[Known]()
    if typed is not None:
        found = await find_people(view.uow, view.actor, typed)
        text = view.say("people-found" if found else "people-nobody", typed=typed)
    rows: list[Row] = _rows(found)
    rows += [
        [view.button("people-colleagues", "go:colleagues"), view.button("people-codes", "go:codes")],
        [view.back("desk")],
    ]
    return Screen(f"{view.say('people-title')}\n\n{text}", rows)


async def search(turn: Turn) -> None:
    """Take a typed pseudonym."""
    await keep_search(turn.uow, turn.actor, SEARCH, turn.text, now=turn.now)
    turn.go("people")


@screen("colleagues")
async def all_colleagues(view: View) -> Screen:
    """List the coordinators, by pseudonym."""
    known = await colleagues(view.uow, view.actor)
    text = [view.say("people-colleagues-title"), "", view.say("people-colleagues", count=len(known))]
    return Screen("\n".join(text), [*_rows(known[:MOST_COLLEAGUES]), [view.back("people")]])


def _rows(known: Sequence[Known]) -> list[Row]:
    return [[Button(one.pseudonym, "go:person", one.person_id)] for one in known]


@screen("person")
async def person(view: View) -> Screen:
    """Show one person as coordinators know them, and what can be done."""
    card = await person_card(view.uow, view.actor, view.target, now=view.now)
    lines = [view.say("people-called", pseudonym=card.pseudonym), *_about(view, card)]
    lines += [_restriction(view, one) for one in card.restrictions]
    if card.is_forged:
        lines.append(view.say("people-forged"))
    rows = [] if card.is_me else _choices(view, card)
    return Screen("\n".join(lines), [*rows, [view.back("people")]])


def _about(view: View, card: PersonCard) -> list[str]:
    lines = [view.say("people-since", month=view.words.month(card.month))]
    if card.roles:
        roles = ", ".join(view.say(f"people-role-{role}") for role in card.roles)
        lines.append(view.say("people-roles", roles=roles))
    if card.vouched_by is not None:
        lines.append(view.say("people-vouched", by=card.vouched_by))
    if card.is_me:
        lines.append(view.say("people-me"))
    return lines


def _restriction(view: View, one: Standing) -> str:
    by = view.say("people-by-host") if one.by is None else one.by
    until = "" if one.until is None else view.words.end(one.until, view.actor.hours.zone)
    return view.say(f"people-is-{one.kind}", by=by, until=until)


def _choices(view: View, card: PersonCard) -> list[Row]:
    is_colleague, is_frozen = RoleName.COORDINATOR in card.roles, card.is_(RestrictionKind.FROZEN)
    offered = [
        ("people-suspend", "suspend", not card.is_(RestrictionKind.SUSPENDED)),
        ("people-custody", "custody", not card.is_(RestrictionKind.CUSTODY)),
        ("people-custody-over", "custody-over", _may_say_free(card)),
        ("people-freeze", "freeze", is_colleague and not is_frozen),
        ("request-unsuspend", "ask-unsuspend", card.is_(RestrictionKind.SUSPENDED)),
        ("request-new-pin", "ask-new-pin", is_colleague),
        ("request-contact", "ask-contact", True),
    ]
    return [[view.button(key, verb, card.person_id)] for key, verb, is_so in offered if is_so]


def _may_say_free(card: PersonCard) -> bool:
    """Say whether somebody may be detained, and it was another one who said so."""
    return any(one.kind is RestrictionKind.CUSTODY and not one.is_mine for one in card.restrictions)


async def suspend_person(turn: Turn) -> None:
    """Suspend somebody at once."""
    await suspend(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("people-suspended")
    turn.go("person", turn.target)


async def freeze_colleague(turn: Turn) -> None:
    """Close a colleague's desk for a day."""
    await freeze(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("people-frozen")
    turn.go("person", turn.target)


async def say_detained(turn: Turn) -> None:
    """Say that somebody may be detained."""
    await flag_custody(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("people-flagged")
    turn.go("person", turn.target)


async def say_free(turn: Turn) -> None:
    """Take back that somebody may be detained."""
    await lift_custody(turn.uow, turn.actor, turn.target, now=turn.now)
    turn.hint = turn.say("people-unflagged")
    turn.go("person", turn.target)
