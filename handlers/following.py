"""Open court dates of people whose name is public: all, and those that somebody asks to be told of."""

from handlers.court import to_sitting
from handlers.screen import Button, Row, Screen, Turn, View
from handlers.screens import screen
from handlers.towns import town_said
from solidarity.cards import hearing_card
from solidarity.hearings.cities import cities_for_all
from solidarity.hearings.following import (
    follow_city,
    follow_prisoner,
    followed,
    open_sittings,
    unfollow_city,
    unfollow_prisoner,
)
from solidarity.looking import public_prisoners

ON_A_PAGE = 8


@screen("court-open")
async def open_screen(view: View) -> Screen:
    """List the open sittings of public prisoners, next first."""
    number = _number(view)
    found = await open_sittings(view.uow, number, now=view.now)
    rows: list[Row] = [
        [to_sitting(view, hearing, await hearing_card(view.uow, view.actor, hearing))]
        for hearing in found.shown
    ]
    said = view.say("court-open-some" if found.shown else "court-open-none")
    text = "\n\n".join([view.say("court-open-title"), said])
    return Screen(text, [*rows, *_turns(view, "court-open", number, has_more=found.has_more), _back(view)])


@screen("follow")
async def follow_screen(view: View) -> Screen:
    """List what somebody asked for; a tap on one ends it."""
    listed = await followed(view.uow, view.actor)
    rows: list[Row] = []
    for one in listed:
        is_city = one.prisoner_id is None
        verb, city = ("unfollow-city", one.name) if is_city else ("unfollow-somebody", "")
        name = town_said(view.words, one.name) if is_city else one.name
        rows.append([view.button("follow-end", verb, one.prisoner_id, city, name=name)])
    rows.append(
        [view.button("follow-somebody", "go:follow-somebody"), view.button("follow-cities", "go:follow-city")]
    )
    said = view.say("follow-some" if listed else "follow-none")
    return Screen(f"{view.say('follow-about')}\n\n{said}", [*rows, [view.back("court")]])


@screen("follow-somebody")
async def whom(view: View) -> Screen:
    """List those whose name is public."""
    page = await public_prisoners(view.uow, language=view.actor.language, number=_number(view))
    rows: list[Row] = [[Button(entry.name, "follow-somebody", entry.id)] for entry in page.entries]
    said = view.say("follow-whom" if rows else "follow-nobody")
    turns = _turns(view, "follow-somebody", page.number, has_more=not page.is_last)
    return Screen(said, [*rows, *turns, [view.back("follow")]])


@screen("follow-city")
async def where(view: View) -> Screen:
    """List the cities that are known."""
    cities, number = await cities_for_all(view.uow), _number(view)
    shown = cities[number * ON_A_PAGE : (number + 1) * ON_A_PAGE]
    rows: list[Row] = [[Button(town_said(view.words, city), "follow-city", argument=city)] for city in shown]
    said = view.say("follow-where" if rows else "follow-nowhere")
    turns = _turns(view, "follow-city", number, has_more=len(cities) > (number + 1) * ON_A_PAGE)
    return Screen(said, [*rows, *turns, [view.back("follow")]])


async def begin_somebody(turn: Turn) -> None:
    """Tell of a prisoner's open sittings from now on."""
    await follow_prisoner(turn.uow, turn.actor, turn.target, now=turn.now)
    _begun(turn)


async def begin_city(turn: Turn) -> None:
    """Tell of a city's open sittings from now on."""
    await follow_city(turn.uow, turn.actor, turn.argument, now=turn.now)
    _begun(turn)


def _begun(turn: Turn) -> None:
    turn.hint = turn.say("follow-begun")
    turn.go("follow")


async def end_somebody(turn: Turn) -> None:
    """Tell of a prisoner's sittings no longer."""
    await unfollow_prisoner(turn.uow, turn.actor, turn.target, now=turn.now)
    _ended(turn)


async def end_city(turn: Turn) -> None:
    """Tell of a city's sittings no longer."""
    await unfollow_city(turn.uow, turn.actor, turn.argument, now=turn.now)
    _ended(turn)


def _ended(turn: Turn) -> None:
    turn.hint = turn.say("follow-ended")
    turn.go("follow")


def _number(view: View) -> int:
    return int(view.argument) if view.argument.isdecimal() else 0


def _turns(view: View, name: str, number: int, *, has_more: bool) -> list[Row]:
    turns: Row = [
        view.button(label, f"go:{name}", argument=str(to))
        for label, to, is_there in (
            ("look-earlier", number - 1, number > 0),
            ("look-next", number + 1, has_more),
        )
        if is_there
    ]
    return [turns] if turns else []


def _back(view: View) -> Row:
    return [view.back("court")]
